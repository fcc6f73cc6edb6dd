"""Telling many citizens of right and duty at once: the order, each letter, the file to print (RULE-08)."""

import base64
import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.casework import event_kinds as kinds
from jobformidler.casework import guidance_letters
from jobformidler.casework.models import Case, LetterRun
from jobformidler.casework.writing import still_open, working
from jobformidler.citizens.enums import ExportStatus
from jobformidler.core import clock
from jobformidler.core.actions import action, allow, check
from jobformidler.core.events import record
from jobformidler.core.rows import change, create, lock
from jobformidler.messaging.letters import keep_letter
from jobformidler.registers.actions import give_guidance
from jobformidler.registers.enums import GuidanceWay

#: The most citizens of one order, and how long its file to print can be fetched.
MOST, LASTS = 500, dt.timedelta(days=7)


@action
def order_letters(*, cases: Sequence[Case], by: User, at: dt.datetime) -> LetterRun:
    """Order a guidance letter for each of these cases; a job makes them. Who got one about the date is passed over.

    Raises ActionError when nobody is to get one, or for more than `MOST` cases, PermissionDenied for a stranger's case.
    """
    check(len(cases) <= MOST, _("Choose at most %(n)s citizens at a time.") % {"n": MOST})
    for case in cases:
        working(case, by, at)
        still_open(case)
    wanted = [one.case.pk for one in guidance_letters.due(cases, clock.local_date(at)) if one.to_send]
    check(wanted, _("All of them have got their letter, or have no date."))
    run = create(LetterRun, municipality_id=cases[0].municipality_id, cases=wanted, by=by, asked_at=at)
    from jobformidler.casework.tasks import make_letters

    make_letters.defer(run_id=run.pk, municipality_id=run.municipality_id)
    record(kinds.LETTERS_ORDERED, run, by=by, at=at, count=len(wanted))
    return run


@action
def send_guidance(*, run: LetterRun, case: Case, by: User | None, at: dt.datetime) -> bool:
    """Make the letter of one case and note that the citizen was told; returns False when it is made already.

    The letter is kept with the citizen, the guidance with its date, and the run counts one more, all or nothing.
    """
    lock(run)
    found = guidance_letters.due([case], clock.local_date(at))[0]
    made = found.to_send
    if made:
        guidance = give_guidance(
            citizen=case.citizen,
            about=found.about,
            given_on=clock.local_date(at),
            way=GuidanceWay.LETTER,
            arises_on=found.on,
            by=by,
            at=at,
        )
        letter = keep_letter(
            content=guidance_letters.guidance_letter(found, by, clock.local_date(at)),
            kind=guidance_letters.LETTER,
            subject=guidance,
            by=by,
            at=at,
            citizen_id=case.citizen_id,
        )
        run.letters = [*run.letters, letter.pk]
    run.progress += 1
    run.save(update_fields=["letters", "progress"])
    return made


@action
def fetch_letters(*, run: LetterRun, by: User, at: dt.datetime) -> bytes:
    """The letters as one PDF to print, for who ordered them; every fetch is an event.

    Letters to citizens with protected name and address are not in it. Raises ActionError when there is nothing to fetch.
    """
    allow(run.by_id == by.pk)
    lock(run)
    ready = run.status == ExportStatus.READY and run.expires_at is not None and at < run.expires_at
    check(ready and run.content, _("There is nothing to print here."))
    change(run, fetched_at=at)
    record(kinds.LETTERS_FETCHED, run, by=by, at=at, count=len(run.letters))
    return base64.b64decode(str(run.content))
