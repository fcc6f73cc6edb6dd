"""Which facts support which state of a case: one query a state for any number of cases.

Higher packages add their own (`placements`: match, placement, ordinary hours, job). A state follows the evidence
when the only registration behind it is withdrawn, and `check-inconsistencies` compares the two.
"""

import datetime as dt
from collections.abc import Callable, Sequence

from django.db.models import F, Min
from django.db.models.functions import Lower, TruncDate

from jobformidler.casework.enums import ACTIVE, CaseRole, CaseStatus, ContactKind, GoalLetter
from jobformidler.casework.models import Assignment, Case, Contact, Goal
from jobformidler.citizens.models import CV

Since = dict[int, dt.date]
Evidence = Callable[[Sequence[int]], Since]

#: Earlier states first; a case is as far as its furthest evidence.
ORDER = (*ACTIVE, CaseStatus.IN_JOB)
SOURCES: dict[str, list[Evidence]] = {}


def register_evidence(status: str, find: Evidence) -> None:
    """Make a fact known that supports a state: `find(case_ids)` gives the day since when, for the cases that have it."""
    SOURCES.setdefault(status, []).append(find)


def of(case_ids: Sequence[int], *statuses: str) -> dict[str, Since]:
    """For each state (all, without names) the cases that have evidence of it, with the first day."""
    found: dict[str, Since] = {}
    for status in statuses or ORDER:
        days: Since = found.setdefault(status, {})
        for find in SOURCES.get(status, ()):
            for case_id, day in find(case_ids).items():
                days[case_id] = min(day, days.get(case_id, day))
    return found


def furthest(case: Case) -> tuple[str, dt.date]:
    """The furthest state the case has evidence of, and since when."""
    found = of([case.pk])
    for status in reversed(ORDER):
        if case.pk in found[status]:
            return status, found[status][case.pk]
    return CaseStatus.CREATED, case.opened_on


def _opened(case_ids: Sequence[int]) -> Since:
    return dict(Case.objects.filter(pk__in=case_ids).values_list("pk", "opened_on"))


def _assigned(case_ids: Sequence[int]) -> Since:
    rows = Assignment.objects.filter(case__in=case_ids, role=CaseRole.JOBFORMIDLER)
    return dict(rows.values_list("case").annotate(day=Min(Lower("period"))).order_by())


def _contact(kind: str) -> Evidence:
    def find(case_ids: Sequence[int]) -> Since:
        rows = Contact.objects.standing().filter(case__in=case_ids, kind=kind)
        return dict(rows.values_list("case").annotate(day=Min(TruncDate("at"))).order_by())

    return find


def _cv(case_ids: Sequence[int]) -> Since:
    rows = CV.objects.standing().filter(citizen__cases__in=case_ids, updated_on__gte=F("citizen__cases__opened_on"))
    return dict(rows.values_list("citizen__cases").annotate(day=Min("started_on")).order_by())


def _goal(case_ids: Sequence[int]) -> Since:
    rows = Goal.objects.filter(plan__case__in=case_ids, letter=GoalLetter.A, plan__goal_registered_on__isnull=False)
    return {case_id: day for case_id, day in rows.values_list("plan__case", "plan__goal_registered_on") if day}


register_evidence(CaseStatus.CREATED, _opened)
register_evidence(CaseStatus.ASSIGNED, _assigned)
register_evidence(CaseStatus.FIRST_CONVERSATION, _contact(ContactKind.FIRST_CONVERSATION))
register_evidence(CaseStatus.CV_STARTED, _cv)
register_evidence(CaseStatus.PLAN_MADE, _goal)
register_evidence(CaseStatus.COMPANY_VISIT, _contact(ContactKind.TASTER_VISIT))
