"""Hearing of the citizen before a decision (partshøring)."""

import datetime as dt

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.casework import decision_events as kinds
from jobformidler.casework.authority import may_decide
from jobformidler.casework.deadlines import is_free
from jobformidler.casework.deciding import apply, move, tell
from jobformidler.casework.decision_enums import DecisionStatus
from jobformidler.casework.decision_letters import hearing_letter
from jobformidler.casework.models import Decision, Hearing
from jobformidler.casework.perms import SYSTEM, may_work_on
from jobformidler.casework.writing import tenant
from jobformidler.citizens.answers import is_self
from jobformidler.core import clock
from jobformidler.core.actions import action, allow, check
from jobformidler.core.rows import change, create, lock
from jobformidler.messaging.letters import keep_letter

LETTER = "hearing"


def _ends_well(due_on: dt.date, after: dt.date) -> None:
    check(due_on > after, _("The deadline must be after today."), "due_on")
    check(not is_free(due_on), _("The deadline falls on a free day. Choose a working day."), "due_on")


@action
def send_hearing(*, decision: Decision, text: str, due_on: dt.date, by: User, at: dt.datetime) -> Hearing:
    """Send the facts to the citizen and ask for an answer by a day. The letter is drawn and kept.

    The decision waits until the citizen has answered or the day has passed.
    """
    day = clock.local_date(at)
    check(text.strip(), _("Write what the citizen is asked to answer."), "text")
    _ends_well(due_on, day)
    verb = "hear_again" if decision.status == DecisionStatus.READY else "hear"
    move(decision, verb, by=by, at=at)
    hearing = create(
        Hearing,
        **tenant(decision.case),
        decision=decision,
        text=text.strip(),
        sent_at=at,
        first_due_on=due_on,
        due_on=due_on,
        by=by,
    )
    keep_letter(
        content=hearing_letter(hearing, by, day),
        kind=LETTER,
        subject=hearing,
        by=by,
        at=at,
        citizen_id=decision.case.citizen_id,
    )
    tell(decision, kinds.HEARING_SENT, by, at)
    return hearing


@action
def extend_hearing(*, hearing: Hearing, due_on: dt.date, reason: str, by: User, at: dt.datetime) -> Hearing:
    """Give the citizen more time, with the reason."""
    decision, day = hearing.decision, clock.local_date(at)
    allow(may_decide(by, decision.case, decision.kind, day))
    check(reason.strip(), _("Write why, in a few words."), "reason")
    _ends_well(due_on, day)
    lock(hearing)
    check(hearing.answered_at is None and decision.status == DecisionStatus.HEARING, _("The hearing is over."))
    check(due_on > hearing.due_on, _("The new deadline must be after the old one."), "due_on")
    change(hearing, due_on=due_on, extended_reason=reason.strip())
    tell(decision, kinds.HEARING_EXTENDED, by, at)
    return hearing


@action
def answer_hearing(*, hearing: Hearing, answer: str, by: User, at: dt.datetime) -> Hearing:
    """The citizen's answer: written by the citizen, or by a colleague on the case who got it by talk or letter.

    It counts after the last day too, as long as nothing is decided.
    """
    case, day = hearing.case, clock.local_date(at)
    allow(is_self(by, case.citizen, day) or may_work_on(by, case, day))
    check(answer.strip(), _("Write the answer."), "answer")
    lock(hearing)
    decision = lock(hearing.decision)
    check(hearing.answered_at is None, _("The answer is here already."))
    check(
        decision.status in (DecisionStatus.HEARING, DecisionStatus.READY),
        _("The decision is made. You can complain about it instead."),
    )
    change(hearing, answer=answer.strip(), answered_at=at, answered_by=by)
    if decision.status == DecisionStatus.HEARING:
        apply(decision, "end_hearing", powers=frozenset({SYSTEM}), day=day)
    tell(decision, kinds.HEARING_ANSWERED, by, at)
    return hearing


@action
def end_hearing(*, decision: Decision, by: User, at: dt.datetime) -> Decision:
    """Go on without an answer when the last day has passed."""
    move(decision, "end_hearing", by=by, at=at)
    tell(decision, kinds.HEARING_ENDED, by, at)
    return decision
