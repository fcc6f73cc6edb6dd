"""One referral, two rows that follow each other: its ground in the registers, and the decision with its letter (D.1-36)."""

from django.utils.translation import gettext as _

from jobformidler.casework import decision_events as kinds
from jobformidler.casework.actions.decisions import LETTER
from jobformidler.casework.attention import refresh
from jobformidler.casework.decision_enums import Answer, DecisionKind
from jobformidler.casework.decision_letters import decision_letter
from jobformidler.casework.models import Case, Decision
from jobformidler.core import clock
from jobformidler.core.events import handles
from jobformidler.core.models import Delivery, Event
from jobformidler.messaging.letters import keep_letter
from jobformidler.messaging.models import Letter
from jobformidler.registers import event_kinds as registers_kinds
from jobformidler.registers.actions import decide_referral, withdraw_referral
from jobformidler.registers.enums import ReferralBasis
from jobformidler.registers.models import Clock, FleksjobApproval, ReferralDecision, ReferralRequest, Spell

GROUND = ReferralDecision._meta.label_lower


@handles(kinds.DECIDED, at_once=True)
def note_the_ground(event: Event) -> None:
    """A referral decided on the page of decisions, after hearing or recommendation, gets its ground in the registers.

    A new decision that refuses it takes the ground away.
    """
    rows = Decision.objects.filter(pk=event.subject_id, kind=DecisionKind.REFERRAL)
    decision = rows.select_related("case__citizen").first()
    if decision is None:
        return
    if decision.outcome == Answer.REFUSED or decision.subject_id is not None:
        for ground in ReferralDecision.objects.filter(pk=decision.subject_id or 0):
            if decision.outcome == Answer.REFUSED:
                withdraw_referral(referral=ground, reason=decision.title, by=event.actor, at=event.at)
        return
    made = decide_referral(
        citizens=[decision.case.citizen],
        basis=_basis(decision, event),
        decided_on=clock.local_date(event.at),
        reason=_("By decision: %(title)s") % {"title": decision.title},
        legal_basis=decision.paragraph,
        by=event.actor,
        at=event.at,
    )
    for ground in made:
        rows.update(subject_type=GROUND, subject_id=ground.pk)


def _basis(decision: Decision, event: Event) -> str:
    """Asked for: the right. A year has passed: the duty. Else the municipality's own decision."""
    citizen, day = decision.case.citizen_id, clock.local_date(event.at)
    if ReferralRequest.objects.filter(citizen=citizen, withdrawn_at=None).exists():
        return ReferralBasis.RIGHT
    passed = Clock.objects.running_on(day).filter(citizen=citizen, duty_on__lte=day)
    return ReferralBasis.DUTY if passed.exists() else ReferralBasis.OWN


@handles(registers_kinds.REFERRAL_DECIDED)
def write_the_letter(event: Event) -> None:
    """The letter of a referral decided at once, perhaps with many others, with its true reason."""
    decision = (
        Decision.objects.filter(subject_type=GROUND, subject_id=event.subject_id)
        .select_related("case__citizen", "case__municipality", "decided_by", "municipality")
        .first()
    )
    if decision is None:
        return
    kept = Letter.objects.filter(subject_type=decision._meta.label_lower, subject_id=decision.pk, kind=LETTER)
    if not kept.exists():
        keep_letter(
            content=decision_letter(decision, clock.local_date(event.at)),
            kind=LETTER,
            subject=decision,
            by=decision.decided_by,
            at=event.at,
            citizen_id=event.citizen_id,
        )


@handles(registers_kinds.CLOCKS_MOVED)
def follow_moved_clocks(event: Event) -> None:
    """What waits because of a date is looked at again: for those a delivery tells of, or for everybody."""
    cases = Case.objects.order_by("pk")
    if event.subject_type == Delivery._meta.label_lower:
        touched = {"delivery": event.subject_id}
        people = Spell.objects.filter(**touched).values("citizen")
        cases = cases.filter(citizen__in=people.union(FleksjobApproval.objects.filter(**touched).values("citizen")))
    refresh(list(cases.values_list("pk", flat=True)), clock.local_date(event.at))
