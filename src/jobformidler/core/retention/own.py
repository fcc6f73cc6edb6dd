"""What happens to the core's own tables, and to those of the libraries."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from jobformidler.core import clock
from jobformidler.core.models import QuarantinedRow
from jobformidler.core.retention.rules import DataType, Found, register_type
from jobformidler.core.retention.table import classify

SETTINGS = "settings of the municipality; about nobody"
LIBRARY = "belongs to a library; about nobody"

classify(
    "core.Municipality",
    keep="code name unit_name employer_entry_name main_phone answer_hours answer_clock contact_floor_days stall_weeks"
    " step_goal_days stale_place_days aftercare_days consent_days cutoff_days review_months hours_reminder"
    " caseload_limit_jobformidler caseload_limit_caseworker small_cell clock_shift is_demo",
    why=SETTINGS,
)
classify(
    "core.Event",
    title=_("What has happened"),
    keep="kind subject_type subject_id citizen_id workplace_id actor_id at",
    anonymise="actor_label payload=shape",
    why="what happened and when is the statistics; the texts of the sentence go",
)
classify("core.HandledEvent", keep="event_id handler at", why="which handler has run; no text")
classify(
    "core.FailedHandler",
    keep="event_id handler attempts error first_failed_at last_failed_at resolved_at",
    why="where a handler failed; the text holds lines of the program and no values",
)
classify("core.ListItem", keep="list code label position active", why=SETTINGS)
classify("core.ColumnMapping", keep="kind name headers", why=SETTINGS)
classify(
    "core.Delivery",
    keep="kind file_name status by_id at finished_at stored_as headers progress read inserted updated unchanged"
    " quarantined error",
    why="counts of a file; its rows are in the citizens' tables",
)
classify("core.QuarantinedRow", rows="delete", why="own rule: lines that were not taken in, by the age of the file")
classify("core.RetentionRule", keep="data_type months", why=SETTINGS)
classify("core.RetentionRun", keep="started_at finished_at by_id counts error", why="what retention has done; numbers")

classify("contenttypes.ContentType", keep="app_label model", why=LIBRARY)
classify("auth.Permission", keep="name content_type_id codename", why=LIBRARY)
classify("auth.Group", keep="name", why=LIBRARY)
classify("auth.Group_permissions", keep="group_id permission_id", why=LIBRARY)
classify("sessions.Session", rows="delete", why=LIBRARY + "; sessions end by themselves")
classify("pghistory.MiddlewareEvents", keep="user_id url", why="a view of the library over history; not used")
classify("pghistory.Context", keep="created_at updated_at metadata", why="not used: context stands in the history rows")


def _quarantine(before: dt.date) -> Sequence[Found]:
    rows = QuarantinedRow.objects.filter(delivery__at__lt=clock.at_time(before, 0))
    counts: dict[int, int] = {}
    for delivery_id in rows.values_list("delivery_id", flat=True):
        counts[delivery_id] = counts.get(delivery_id, 0) + 1
    return [Found(key, str(key), count) for key, count in sorted(counts.items())]


def _end_quarantine(found: Found, at: dt.datetime) -> dict[str, int]:
    number, _by_model = QuarantinedRow.objects.filter(delivery_id=found.key).delete()
    return {"core.QuarantinedRow": number}


register_type(DataType("quarantine", _("lines of files that were not taken in"), 3, _quarantine, _end_quarantine))
