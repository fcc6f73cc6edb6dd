"""What happens to placements: hours, dates and steps stay, texts go; links go by their own rule."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from jobformidler.core import clock
from jobformidler.core.retention import DataType, Found, classify, register_type
from jobformidler.core.retention.ways import register_loose
from jobformidler.placements.models import SignedLink

DATES = "dates, hours and steps are the statistics; texts go"

register_loose("placements.SignedLink", "placement_id", "placements.Placement")
classify(
    "placements.Placement",
    title=_("Placements"),
    keep="transferred_on case_id workplace_id opening_id kind purpose status status_since starts_on ends_on weekly_hours"
    " contact_id hours_discussed follow_up_days approved_on approved_by_id ended_on in_doubt vitas_status created_on by_id",
    anonymise="transfer_receipt function no_contact_reason reason_citizen reason_employer end_reason tried learning what_next"
    " vitas_number",
    why=DATES,
)
classify(
    "placements.AgreementVersion",
    title=_("Agreements"),
    keep="placement_id number made_at made_by_id sent_at",
    anonymise="content=shape digest changed=shape",
    why="the agreement keeps its numbers and dates",
)
classify(
    "placements.Confirmation",
    title=_("Signatures"),
    keep="version_id party read_at confirmed_at carried_from_id",
    anonymise="name digest",
    why=DATES,
)
classify(
    "placements.SignedLink",
    title=_("Links for signing"),
    rows="delete",
    why="goes with the citizen, and by its own rule",
)
classify(
    "placements.LadderStep",
    title=_("Steps of the hours ladder"),
    keep="placement_id position paid_hours planned_on mastered_on reached_on status",
    anonymise="task mastered_when",
    why=DATES,
)
classify(
    "placements.WeekHours",
    title=_("Hours"),
    keep="withdrawn_at withdrawn_by_id placement_id week paid unpaid absence source reported_at by_id",
    anonymise="withdrawn_reason",
    why=DATES,
)
classify(
    "placements.FollowUp",
    title=_("Follow-up at the workplace"),
    keep="placement_id contact_id at_workplace",
    anonymise="hours_said tasks_adjusted time_adjusted considerations_adjusted decision",
    why=DATES,
)
classify(
    "placements.DisclosureCard",
    title=_("Cards for workplaces"),
    keep="placement_id number purpose contact_id made_at made_by_id approved_at approved_how approved_by_id sent_at"
    " read_at withdrawn_at withdrawn_by_id",
    anonymise="content=shape digest",
    why=DATES,
)
classify(
    "placements.Story",
    title=_("Stories"),
    keep="citizen_id workplace_id workplace_yes_on written_on published_on by_id",
    anonymise="title text workplace_yes_by",
    why="a published story ends when the citizen's time is up",
)


def _links(before: dt.date) -> Sequence[Found]:
    count = SignedLink.objects.filter(expires_at__lt=clock.at_time(before, 0)).count()
    if not count:
        return []
    return [Found(before.toordinal(), ngettext("%(n)s link", "%(n)s links", count) % {"n": count}, count)]


def _end_links(found: Found, at: dt.datetime) -> dict[str, int]:
    before = clock.at_time(dt.date.fromordinal(found.key), 0)
    number, _by_model = SignedLink.objects.filter(expires_at__lt=before).delete()
    return {"placements.SignedLink": number}


register_type(DataType("links", _("links that have expired"), 12, _links, _end_links))
