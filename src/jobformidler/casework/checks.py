"""Rows that contradict each other although every constraint holds."""

from collections import Counter
from collections.abc import Callable

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from jobformidler.casework import evidence
from jobformidler.casework.enums import OPEN, CaseRole, CaseStatus
from jobformidler.casework.models import Assignment, Case, Contact, Decision, Enquiry, Participant, Plan
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import Citizen, Competence, Consideration, Relation
from jobformidler.core import clock
from jobformidler.core.files.rows import missing
from jobformidler.core.models import ListItem
from jobformidler.core.rebuild import register_check
from jobformidler.registers.models import ReferralDecision

_PERSONAL = tuple(str(role) for role in CaseRole)


def _codes(name: str) -> QuerySet:
    return ListItem.objects.filter(list=name).values("code")


def open_without_team() -> QuerySet[Case]:
    """Open cases whose unit has no relation to the citizen: nobody of the team could continue."""
    team = Relation.objects.active_on(clock.today()).filter(
        citizen=OuterRef("citizen"), unit=OuterRef("unit"), kind=RelationKind.TEAM
    )
    return Case.objects.open().filter(~Exists(team))


def open_without_one_jobformidler() -> list[Case]:
    """Open cases past "created" without exactly one jobformidler today."""
    held = Counter(
        Assignment.objects.active_on(clock.today())
        .filter(role=CaseRole.JOBFORMIDLER, case__status__in=OPEN)
        .values_list("case", flat=True)
    )
    begun = Case.objects.open().exclude(status=CaseStatus.CREATED)
    return [case for case in begun.order_by("pk") if held[case.pk] != 1]


def relation_without_assignment() -> QuerySet[Relation]:
    """Personal relations in force that no assignment in force explains."""
    day = clock.today()
    behind = Assignment.objects.active_on(day).filter(
        case__citizen=OuterRef("citizen"), user=OuterRef("user"), role=OuterRef("kind")
    )
    return Relation.objects.active_on(day).filter(kind__in=_PERSONAL, user__isnull=False).filter(~Exists(behind))


def assignment_without_relation() -> QuerySet[Assignment]:
    """Assignments in force without the relation that lets the holder see the citizen."""
    day = clock.today()
    behind = Relation.objects.active_on(day).filter(
        citizen=OuterRef("case__citizen"), user=OuterRef("user"), kind=OuterRef("role")
    )
    return Assignment.objects.active_on(day).filter(~Exists(behind))


def closed_with_assignment() -> QuerySet[Case]:
    """Cases closed before today in which somebody still has a role; the day of closing still counts."""
    day = clock.today()
    still = Assignment.objects.active_on(day).filter(case=OuterRef("pk"))
    return Case.objects.filter(Exists(still), status=CaseStatus.CLOSED, closed_on__lt=day)


def status_without_evidence() -> list[Case]:
    """Cases under way whose state no registration supports."""
    cases = list(Case.objects.filter(status__in=evidence.ORDER).order_by("pk"))
    wrong: list[Case] = []
    for status in evidence.ORDER:
        here = [case for case in cases if case.status == status]
        if here:
            supported = evidence.of([case.pk for case in here], status)[status]
            wrong += [case for case in here if case.pk not in supported]
    return wrong


def aftercare_without_end() -> QuerySet[Case]:
    """Cases in aftercare without outcome or end."""
    return Case.objects.filter(status=CaseStatus.AFTERCARE).filter(Q(outcome="") | Q(aftercare_until=None))


def unknown_benefit() -> QuerySet[Citizen]:
    """Citizens with a benefit the list does not know."""
    return Citizen.objects.exclude(benefit="").exclude(benefit__in=_codes("benefit"))


def unknown_origin() -> QuerySet[Competence]:
    """Competences from an origin the list does not know."""
    return Competence.objects.exclude(origin__in=_codes("competence_origin"))


def unknown_consideration() -> QuerySet[Consideration]:
    """Considerations with a code the list does not know."""
    return Consideration.objects.exclude(code="").exclude(code__in=_codes("accommodation"))


def unknown_tick() -> list[Contact]:
    """First conversations with a tick the checklist does not know."""
    known = set(ListItem.objects.filter(list="first_conversation").values_list("code", flat=True))
    ticked = Contact.objects.exclude(ticked=[]).only("pk", "ticked").order_by("pk")
    return [contact for contact in ticked if set(contact.ticked) - known]


def contact_without_participant() -> QuerySet[Contact]:
    """Contacts nobody took part in."""
    return Contact.objects.filter(~Exists(Participant.objects.filter(contact=OuterRef("pk"))))


def enquiry_answered_before_received() -> QuerySet[Enquiry]:
    """Messages whose answer is due or given before they came."""
    return Enquiry.objects.filter(Q(due_at__lte=F("received_at")) | Q(answered_at__lt=F("received_at")))


def goal_date_without_goal() -> QuerySet[Plan]:
    """Plans that date a job goal but have none."""
    return Plan.objects.filter(goal_registered_on__isnull=False).exclude(goals__letter="a")


def referral_without_decision() -> QuerySet[ReferralDecision]:
    """Grounds of referral that no decision is about."""
    about = Decision.objects.filter(subject_type=ReferralDecision._meta.label_lower, subject_id=OuterRef("pk"))
    return ReferralDecision.objects.filter(~Exists(about), withdrawn_at=None)


CHECKS: dict[str, Callable[[], "QuerySet | list"]] = {
    "casework.open_case_without_team": open_without_team,
    "casework.open_case_without_one_jobformidler": open_without_one_jobformidler,
    "casework.relation_without_assignment": relation_without_assignment,
    "casework.assignment_without_relation": assignment_without_relation,
    "casework.closed_case_with_assignment": closed_with_assignment,
    "casework.status_without_evidence": status_without_evidence,
    "casework.aftercare_without_end": aftercare_without_end,
    "casework.contact_without_participant": contact_without_participant,
    "casework.enquiry_answered_before_received": enquiry_answered_before_received,
    "casework.goal_date_without_goal": goal_date_without_goal,
    "casework.referral_without_decision": referral_without_decision,
    "casework.unknown_first_conversation_tick": unknown_tick,
    "citizens.unknown_benefit": unknown_benefit,
    "citizens.unknown_competence_origin": unknown_origin,
    "citizens.unknown_consideration": unknown_consideration,
}
for _name, _find in CHECKS.items():
    register_check(_name, _find)
register_check("casework.document_without_file", missing)
