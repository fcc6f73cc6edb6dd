"""Journal notes and attendance facts (GOV-11, CIT-16)."""

import datetime as dt

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.casework import event_kinds as kinds
from jobformidler.casework.models import Case, Incident, JournalNote
from jobformidler.casework.writing import tenant, told, working
from jobformidler.core.actions import action, check
from jobformidler.core.rows import create


@action
def write_note(
    *, case: Case, text: str, by: User | None, at: dt.datetime, corrects: JournalNote | None = None
) -> JournalNote:
    """Write a dated, signed note. It is never changed or removed; a new note with `corrects` corrects it (GOV-11)."""
    working(case, by, at)
    check(corrects is None or corrects.case_id == case.pk, _("The note belongs to another case."))
    note = create(JournalNote, **tenant(case), by=by, text=text.strip(), at=at, corrects=corrects)
    kind = kinds.NOTE_CORRECTED if corrects else kinds.NOTE_WRITTEN
    told(case, kind, note, by=by, at=at, corrects=corrects.pk if corrects else None)
    return note


@action
def report_incident(
    *,
    case: Case,
    kind: str,
    on: dt.date,
    what: str,
    reporter: str,
    by: User | None,
    at: dt.datetime,
) -> Incident:
    """Note an attendance fact with who reported it: what happened, not a judgement (CIT-16)."""
    day = working(case, by, at)
    check(on <= day, _("The day has not come yet."), "on")
    incident = create(Incident, **tenant(case), by=by, kind=kind, on=on, what=what.strip(), reporter=reporter.strip())
    told(case, kinds.INCIDENT_REPORTED, incident, by=by, at=at, incident=kind, on=on.isoformat())
    return incident
