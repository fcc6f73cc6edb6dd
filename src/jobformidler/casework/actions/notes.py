"""Journal notes and attendance facts (GOV-11, CIT-16)."""

import datetime as dt

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.casework import event_kinds as kinds
from jobformidler.casework.models import Case, Incident, JournalNote
from jobformidler.casework.writing import tenant, told, working
from jobformidler.citizens import health
from jobformidler.core.actions import action, allow, check
from jobformidler.core.rows import create

#: Letters an encrypted text may have; its column cannot tell.
LONGEST, SHORT = 4000, 300


@action
def write_note(
    *,
    case: Case,
    text: str,
    by: User | None,
    at: dt.datetime,
    corrects: JournalNote | None = None,
    confidential: bool = False,
) -> JournalNote:
    """Write a dated, signed note. It is never changed or removed; a new note with `corrects` corrects it (GOV-11).

    A confidential one is encrypted and read by those close to the citizen alone, who are also those that write it; what
    corrects a confidential note is confidential too.
    """
    day = working(case, by, at)
    check(corrects is None or corrects.case_id == case.pk, _("The note belongs to another case."))
    confidential = confidential or (corrects is not None and corrects.confidential)
    allow(not confidential or health.may_write(by, case.citizen, day))
    said = text.strip()
    check(said, _("Write the note."), "text")
    check(len(said) <= LONGEST, _("At most %(n)s letters.") % {"n": LONGEST}, "text")
    words = {"text": "", "sealed": said} if confidential else {"text": said}
    note = create(JournalNote, **tenant(case), by=by, at=at, corrects=corrects, confidential=confidential, **words)
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
    check(len(what) <= SHORT, _("At most %(n)s letters.") % {"n": SHORT}, "what")
    said = what.strip() or None
    incident = create(Incident, **tenant(case), by=by, kind=kind, on=on, what=said, reporter=reporter.strip())
    told(case, kinds.INCIDENT_REPORTED, incident, by=by, at=at, incident=kind, on=on.isoformat())
    return incident
