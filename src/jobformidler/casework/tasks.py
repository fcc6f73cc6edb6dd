"""Work of casework that waits for a day."""

import base64

from django.utils import translation
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from jobformidler.casework import guidance_letters
from jobformidler.casework.actions.guidance import LASTS, send_guidance
from jobformidler.casework.actions.states import reach
from jobformidler.casework.attention import rebuild, refresh
from jobformidler.casework.enums import CaseRole, CaseStatus
from jobformidler.casework.models import Assignment, Case, LetterRun
from jobformidler.citizens.enums import ExportStatus
from jobformidler.core import clock, db
from jobformidler.core.models import Municipality
from jobformidler.messaging.letters.drawing import together
from jobformidler.messaging.models import Letter


@app.task(name="casework.begin_assignment", retry=RetryStrategy(max_attempts=3, exponential_wait=2))
def begin_assignment(assignment_id: int, municipality_id: int) -> None:
    """On the first day of an assignment made in advance: move the state and the work list to the new holder."""
    municipality = Municipality.objects.get(pk=municipality_id)
    with db.enter(municipality, reason="an assignment begins"):
        now = clock.now()
        found = Assignment.objects.active_on(clock.local_date(now)).filter(pk=assignment_id).select_related("case")
        for assignment in found:
            if assignment.role == CaseRole.JOBFORMIDLER:
                reach(case=assignment.case, status=CaseStatus.ASSIGNED, at=now, by=None)
            refresh([assignment.case_id], clock.local_date(now))


@app.task(name="casework.begin_rules", retry=RetryStrategy(max_attempts=3, exponential_wait=2))
def begin_rules(municipality_id: int) -> None:
    """On the first day of rules chosen in advance: make the work lists anew."""
    municipality = Municipality.objects.get(pk=municipality_id)
    with db.enter(municipality, reason="rules begin"):
        rebuild(clock.today())


@app.task(name="casework.make_letters", retry=RetryStrategy(max_attempts=3, exponential_wait=4))
def make_letters(run_id: int, municipality_id: int) -> None:
    """Make the letters of an order, each in a transaction of its own; how far it has come stands on the row.

    A job that runs again goes on where it was: who has got a letter about the date gets no second one.
    """
    municipality = Municipality.objects.get(pk=municipality_id)
    with db.enter(municipality, reason="letters: begin"):
        run = LetterRun.objects.filter(
            pk=run_id, status__in=(ExportStatus.WAITING, ExportStatus.RUNNING, ExportStatus.FAILED)
        ).first()
        if run is None:
            return
        LetterRun.objects.filter(pk=run_id).update(status=ExportStatus.RUNNING, progress=0)
    try:
        for case_id in run.cases:
            with db.enter(municipality, run.by, "letters: one"), translation.override("da"):
                case = Case.objects.select_related("citizen", "municipality").get(pk=case_id)
                send_guidance(run=run, case=case, by=run.by, at=clock.now())
        with db.enter(municipality, run.by, "letters: print"), translation.override("da"):
            _ready(LetterRun.objects.get(pk=run_id))
    except Exception:
        with db.enter(municipality, reason="letters: failed"):
            LetterRun.objects.filter(pk=run_id).update(status=ExportStatus.FAILED)
        raise


def _ready(run: LetterRun) -> None:
    """Put the letters that may be printed together into one file."""
    at = clock.now()
    citizens = Letter.objects.filter(pk__in=run.letters).values("citizen_id")
    cases = Case.objects.filter(pk__in=run.cases, citizen__in=citizens).select_related("citizen", "municipality")
    found = guidance_letters.due(list(cases.order_by("pk")), clock.local_date(at))
    contents = [
        guidance_letters.guidance_letter(one, run.by, clock.local_date(at))
        for one in found
        if one.on is not None and not one.case.citizen.protected_address
    ]
    LetterRun.objects.filter(pk=run.pk).update(
        status=ExportStatus.READY,
        content=base64.b64encode(together(contents)).decode() if contents else None,
        ready_at=at,
        expires_at=at + LASTS,
    )


@app.periodic(cron="27 * * * *")
@app.task(name="casework.end_letters", queueing_lock="casework.end_letters")
def end_letters(timestamp: int) -> None:
    """Empty the files to print that can no longer be fetched; the letters stay with the citizens."""
    for municipality in Municipality.objects.order_by("code"):
        with db.enter(municipality, reason="letters: expired"):
            LetterRun.objects.filter(status=ExportStatus.READY, expires_at__lte=clock.now()).update(
                status=ExportStatus.EXPIRED, content=None
            )
