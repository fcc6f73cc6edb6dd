"""Complaints about decisions and about the effort (GOV-10, PROV-52)."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.casework import decision_events as kinds
from jobformidler.casework.actions.decisions import take_up_again
from jobformidler.casework.authority import decider_powers
from jobformidler.casework.deadlines import REASSESS_WEEKS, weeks_after
from jobformidler.casework.deciding import move
from jobformidler.casework.decision_enums import ComplaintOutcome, ComplaintStatus, DecisionKind, DecisionStatus
from jobformidler.casework.decision_letters import complaint_letter
from jobformidler.casework.decision_transitions import COMPLAINT
from jobformidler.casework.models import Case, Complaint, Decision
from jobformidler.casework.perms import may_work_on
from jobformidler.casework.writing import tenant, told
from jobformidler.citizens.answers import is_self
from jobformidler.core import clock
from jobformidler.core.actions import action, allow, check
from jobformidler.core.rows import create, lock, validate
from jobformidler.messaging.letters import keep_letter

LETTER = "complaint"


def _what(complaint: Complaint) -> str:
    return complaint.decision.get_kind_display() if complaint.decision else _("the effort")


def _move(complaint: Complaint, verb: str, *, by: User, at: dt.datetime, **changes: Any) -> dt.date:
    day = clock.local_date(at)
    lock(complaint)
    kind = complaint.decision.kind if complaint.decision else DecisionKind.EFFORT_COMPLAINT
    COMPLAINT.apply(verb, complaint, powers=decider_powers(by, complaint.case, kind, day))
    for name, value in changes.items():
        setattr(complaint, name, value)
    complaint.status_since = day
    complaint.version += 1
    validate(complaint, only={"status", *changes})
    complaint.save()
    return day


@action
def receive_complaint(
    *,
    case: Case,
    text: str,
    received_on: dt.date,
    by: User,
    at: dt.datetime,
    decision: Decision | None = None,
    complainant: str = "",
    late_reason: str = "",
) -> Complaint:
    """Register a complaint, by the citizen or by a colleague who got it; the receipt is drawn and kept.

    A complaint after the last day is taken with a reason. Without a decision it is about the effort (PROV-52).
    """
    day = clock.local_date(at)
    own = is_self(by, case.citizen, day)
    allow(own or may_work_on(by, case, day))
    check(text.strip(), _("Write what the complaint is about."), "text")
    check(received_on <= day, _("The day has not come yet."), "received_on")
    if decision is not None:
        check(decision.case_id == case.pk, _("The decision belongs to another case."))
        check(
            decision.status in (DecisionStatus.DECIDED, DecisionStatus.DELIVERED),
            _("Only a decision that is made can be complained about."),
        )
        late = decision.complaint_until is not None and received_on > decision.complaint_until
        check(
            own or not late or late_reason.strip(),
            _("The four weeks have passed. Write why the complaint is taken all the same, or that it is dismissed."),
            "late_reason",
        )
    complaint = create(
        Complaint,
        **tenant(case),
        decision=decision,
        text=text.strip(),
        complainant=complainant.strip() or case.citizen.full_name,
        received_on=received_on,
        reassess_by=weeks_after(received_on, REASSESS_WEEKS),
        late_reason=late_reason.strip(),
        status_since=day,
        by=by,
    )
    keep_letter(
        content=complaint_letter(complaint, None if own else by, day),
        kind=LETTER,
        subject=complaint,
        by=by,
        at=at,
        citizen_id=case.citizen_id,
    )
    told(case, kinds.COMPLAINT_RECEIVED, complaint, by=by, at=at, what=_what(complaint))
    return complaint


@action
def let_stand(*, complaint: Complaint, note: str, by: User, at: dt.datetime) -> Complaint:
    """The municipality has looked again and stands by its decision; the complaint goes on to Ankestyrelsen."""
    check(note.strip(), _("Write why the decision stands."), "note")
    _move(complaint, "stand", by=by, at=at, note=note.strip(), reassessed_on=clock.local_date(at))
    told(complaint.case, kinds.COMPLAINT_STANDS, complaint, by=by, at=at, what=_what(complaint))
    return complaint


@action
def forward_complaint(*, complaint: Complaint, on: dt.date, receipt: str, by: User, at: dt.datetime) -> Complaint:
    """Note the day the complaint and the papers were sent to Ankestyrelsen."""
    check(on <= clock.local_date(at), _("The day has not come yet."), "on")
    _move(complaint, "forward", by=by, at=at, forwarded_on=on, receipt=receipt.strip())
    told(complaint.case, kinds.COMPLAINT_FORWARDED, complaint, by=by, at=at, what=_what(complaint))
    return complaint


@action
def end_complaint(*, complaint: Complaint, outcome: str, note: str, by: User, at: dt.datetime) -> Complaint:
    """End the complaint with its outcome. A changed, overturned or sent-back decision is taken up again at once."""
    check(note.strip(), _("Write what was found."), "note")
    here = (ComplaintOutcome.CHANGED, ComplaintOutcome.WITHDRAWN, ComplaintOutcome.DISMISSED)
    allowed = [str(value) for value in ComplaintOutcome] if complaint.status == ComplaintStatus.FORWARDED else here
    if complaint.decision is None:
        allowed = [*here, ComplaintOutcome.UPHELD]
    check(outcome in allowed, _("Only Ankestyrelsen can end a complaint like this, and it has not got it."), "outcome")
    day = clock.local_date(at)
    _move(complaint, "end", by=by, at=at, outcome=outcome, note=note.strip(), closed_on=day)
    decision = complaint.decision
    if decision is not None and outcome in (
        ComplaintOutcome.CHANGED,
        ComplaintOutcome.OVERTURNED,
        ComplaintOutcome.REMITTED,
    ):
        if outcome == ComplaintOutcome.REMITTED and decision.status == DecisionStatus.DELIVERED:
            move(decision, "remit", by=by, at=at)
        take_up_again(decision=decision, reason=complaint.get_outcome_display(), by=by, at=at)
    told(complaint.case, kinds.COMPLAINT_ENDED, complaint, by=by, at=at, what=_what(complaint))
    return complaint
