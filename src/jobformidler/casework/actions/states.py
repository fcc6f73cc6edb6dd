"""The state of a case and its next step."""

import datetime as dt

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.casework import event_kinds as kinds
from jobformidler.casework import evidence
from jobformidler.casework.enums import CaseStatus
from jobformidler.casework.models import Case
from jobformidler.casework.perms import SYSTEM
from jobformidler.casework.transitions import CASE, STEPS
from jobformidler.casework.writing import still_open, told, working
from jobformidler.core import clock
from jobformidler.core.actions import action, check
from jobformidler.core.rows import change, lock


@action
def reach(*, case: Case, status: str, at: dt.datetime, by: User | None) -> Case:
    """Move the case forward to `status` when what happened brings it there; never back, and never from an end state.

    Called by the action whose registration is the evidence, which has checked the permission.
    """
    lock(case)
    name, _label = STEPS[CaseStatus(status)]
    if case.status not in CASE.transitions[name].sources:
        return case
    was = CASE.apply(name, case, powers=[SYSTEM])
    _moved(case, was, clock.local_date(at), by=by, at=at)
    return case


@action
def settle(*, case: Case, at: dt.datetime, by: User | None) -> Case:
    """Bring the state in line with the evidence, forward or back: after a registration was withdrawn or corrected,
    or a placement ended. Leaves closed cases and those in aftercare as they are.
    """
    lock(case)
    if case.status not in evidence.ORDER:
        return case
    status, since = evidence.furthest(case)
    if status != case.status:
        was, case.status = case.status, status
        _moved(case, was, since, by=by, at=at)
    return case


def _moved(case: Case, was: str, since: dt.date, *, by: User | None, at: dt.datetime) -> None:
    case.status_since = since
    case.save(update_fields=["status", "status_since"])
    told(case, kinds.REACHED, case, by=by, at=at, status=str(case.status), was=str(was), on=since.isoformat())


@action
def set_next_step(
    *, case: Case, text: str, on: dt.date | None, by: User | None, at: dt.datetime, version: int | None = None
) -> Case:
    """Say what happens next and when; empty text and None take it away. Raises StaleError."""
    working(case, by, at)
    still_open(case)
    text = text.strip()
    check(not text or on, _("Choose a date for the next step."), "next_step_on")
    check(text or not on, _("Write the next step."), "next_step")
    if change(case, version=version, next_step=text, next_step_on=on):
        told(case, kinds.NEXT_STEP_SET, case, by=by, at=at, on=on.isoformat() if on else None)
    return case


@action
def set_effort_model(*, case: Case, code: str, by: User | None, at: dt.datetime, version: int | None = None) -> Case:
    """Choose the model of the effort (list "effort_model")."""
    working(case, by, at)
    if change(case, version=version, effort_model=code):
        told(case, kinds.EFFORT_MODEL_SET, case, by=by, at=at, model=code)
    return case
