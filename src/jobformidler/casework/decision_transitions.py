"""The states of decisions and complaints as tables: the buttons, the refusals and the matrix test come from here."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobformidler.casework.decision_enums import PREPARING, Answer, ComplaintStatus, DecisionStatus
from jobformidler.casework.models import Complaint, Decision
from jobformidler.casework.perms import AUTHORITY, SYSTEM, WORKERS
from jobformidler.core.transitions import table

S = DecisionStatus
DECISION = table("casework.decision")
COMPLAINT = table("casework.complaint")
DECIDER = [AUTHORITY]
WORK = sorted(str(power) for power in WORKERS)


def says_something(decision: Decision) -> str | None:
    """Outcome and paragraph are there, and a burden for the citizen has its facts and reasons (GOV-07)."""
    lacking = [
        label
        for label, there in (
            (_("what is decided"), decision.outcome),
            (_("law"), decision.law.strip()),
            (_("paragraph"), decision.paragraph.strip()),
            (_("the facts it rests on"), decision.facts or decision.outcome == Answer.GRANTED),
            (_("why"), decision.reasons or decision.outcome == Answer.GRANTED),
        )
        if not there
    ]
    return _("Missing: %(what)s.") % {"what": ", ".join(lacking)} if lacking else None


def heard(decision: Decision) -> str | None:
    """What burdens the citizen is decided after a hearing, or with the reason why there was none."""
    if decision.outcome == Answer.GRANTED or decision.no_hearing_reason or decision.status == S.READY:
        return None
    return _("Hear the citizen first, or write why it is not needed.")


def has_facts(decision: Decision) -> str | None:
    """A hearing shows the facts."""
    return None if decision.facts else _("Write the facts the decision will rest on first.")


def hearing_is_over(decision: Decision) -> str | None:
    """Answered, or the last day has passed. `as_of` is the day of the action; without it only the answer counts."""
    hearing = decision.hearings.first()
    day = getattr(decision, "as_of", None)
    if hearing is None or hearing.answered_at or (day is not None and day > hearing.due_on):
        return None
    return _("The citizen can still answer.")


add = DECISION.add
add("prepare", gettext_lazy("Follow the recommendation"), [S.RECOMMENDED], S.DRAFT, who=DECIDER)
add(
    "reject",
    gettext_lazy("Do not follow the recommendation"),
    [S.RECOMMENDED],
    S.REJECTED,
    who=DECIDER,
    needs_reason=True,
)
add("hear", gettext_lazy("Send to hearing"), [S.DRAFT], S.HEARING, who=DECIDER, guards=(has_facts,))
add(
    "end_hearing",
    gettext_lazy("The hearing is over"),
    [S.HEARING],
    S.READY,
    who=[*DECIDER, SYSTEM],
    guards=(hearing_is_over,),
)
add("hear_again", gettext_lazy("Hear again"), [S.READY], S.HEARING, who=DECIDER, guards=(has_facts,))
add("decide", gettext_lazy("Decide"), [S.DRAFT, S.READY], S.DECIDED, who=DECIDER, guards=(says_something, heard))
add(
    "decide_at_once",
    gettext_lazy("Decided with what it is about"),
    [S.DRAFT, S.RECOMMENDED],
    S.DECIDED,
    who=DECIDER,
    guards=(says_something, heard),
)
add("deliver", gettext_lazy("Note the delivery"), [S.DECIDED], S.DELIVERED, who=DECIDER)
add("remit", gettext_lazy("Sent back by Ankestyrelsen"), [S.DELIVERED], S.REMITTED, who=DECIDER)
add(
    "replace", gettext_lazy("A new decision replaces it"), [S.DECIDED, S.DELIVERED, S.REMITTED], S.REPLACED, who=DECIDER
)
add("drop", gettext_lazy("Not made after all"), [S.RECOMMENDED, *PREPARING], S.DROPPED, who=DECIDER, needs_reason=True)

C = ComplaintStatus


def of_decision(complaint: Complaint) -> str | None:
    """Only a decision can go to Ankestyrelsen; a complaint about the effort is decided here (PROV-52)."""
    if complaint.decision_id:
        return None
    return _("A complaint about the effort is decided by the municipality itself.")


COMPLAINT.add(
    "stand", gettext_lazy("The decision stands"), [C.RECEIVED], C.REASSESSED, who=DECIDER, guards=(of_decision,)
)
COMPLAINT.add("forward", gettext_lazy("Send to Ankestyrelsen"), [C.REASSESSED], C.FORWARDED, who=DECIDER)
COMPLAINT.add("end", gettext_lazy("End the complaint"), [C.RECEIVED, C.REASSESSED, C.FORWARDED], C.CLOSED, who=DECIDER)
