"""What the board says about contact: caseloads, answers in time, talk about ordinary hours, the first employer contact."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet

from jobformidler.casework.caseload import limit_for
from jobformidler.casework.enums import OPEN, CaseRole, ContactKind, Part
from jobformidler.casework.models import Assignment, Case, Contact, Enquiry
from jobformidler.core import clock
from jobformidler.placements.reading import with_first_days
from jobformidler.steering.board import Median
from jobformidler.steering.scope import Scope, among

if TYPE_CHECKING:
    from jobformidler.core.models import Municipality

#: Talks in which ordinary hours are to be raised (CON-02, CON-16).
TALKS = (ContactKind.FIRST_CONVERSATION, ContactKind.CONVERSATION, ContactKind.FOLLOW_UP)


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def share(self) -> float | None:
        """0–1, None of nothing."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True)
class CaseloadRow:
    """One employee's open cases in a unit and role against the limit (STEER-13). Sorted by name, never by number."""

    unit: str
    user_id: int
    name: str
    role: str
    count: int
    limit: int | None

    @property
    def over(self) -> int:
        """How many more than the limit."""
        return max(0, self.count - self.limit) if self.limit else 0


def caseloads(scope: Scope, municipality: "Municipality") -> list[CaseloadRow]:
    """Open cases by unit, role and employee, alphabetical. One query."""
    rows = (
        Assignment.objects.active_on(scope.day)
        .filter(among("case_id", scope.in_states(OPEN)), role__in=[CaseRole.JOBFORMIDLER, CaseRole.CASEWORKER])
        .order_by()
        .values("case__unit__name", "user", "user__name", "role")
        .annotate(n=Count("pk"))
    )
    found = [
        CaseloadRow(
            row["case__unit__name"],
            row["user"],
            row["user__name"],
            row["role"],
            row["n"],
            limit_for(row["role"], municipality),
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: (row.unit, row.role != CaseRole.JOBFORMIDLER, row.name))


def missing_jobformidler(scope: Scope, rows: list[CaseloadRow]) -> int:
    """How many open cases have no jobformidler: a case has at most one, so the table of caseloads says it."""
    return len(scope.in_states(OPEN)) - sum(row.count for row in rows if row.role == CaseRole.JOBFORMIDLER)


def without_jobformidler(scope: Scope) -> "QuerySet[Case]":
    """Open cases with no jobformidler today (JF-01)."""
    cases: Any = scope.cases
    return cases.without_role(scope.day, CaseRole.JOBFORMIDLER)


def of_person(scope: Scope, user_id: int, role: str) -> "QuerySet[Case]":
    """The open cases behind a number of the table of caseloads."""
    mine = Assignment.objects.active_on(scope.day).filter(user=user_id, role=role)
    return scope.cases.filter(status__in=OPEN, pk__in=mine.values("case"))


def _enquiries(scope: Scope) -> "QuerySet[Enquiry]":
    return Enquiry.objects.filter(among("case_id", scope.ids), received_at__gte=clock.at_time(scope.since, 0))


def _late(now: dt.datetime) -> Q:
    return Q(answered_at__gt=F("due_at")) | Q(answered_at__isnull=True, due_at__lt=now)


def answers(scope: Scope, now: dt.datetime) -> tuple[Share, Share]:
    """Answered in time, of all that were to be answered by now: from citizens, and from workplaces (CON-05). One query."""
    in_time = Q(answered_at__lte=F("due_at"))
    company = Q(sender=Part.EMPLOYER)
    found = _enquiries(scope).aggregate(
        all=Count("pk", filter=~company & (in_time | _late(now))),
        good=Count("pk", filter=~company & in_time),
        all_company=Count("pk", filter=company & (in_time | _late(now))),
        good_company=Count("pk", filter=company & in_time),
    )
    return Share(found["good"], found["all"]), Share(found["good_company"], found["all_company"])


def answered_late(scope: Scope, now: dt.datetime) -> "QuerySet[Case]":
    """Cases with an enquiry in the period that was not answered in time."""
    return scope.cases.filter(pk__in=_enquiries(scope).filter(_late(now)).values("case"))


def talks(scope: Scope) -> "QuerySet[Contact]":
    """Conversations and follow-ups of the period, in which ordinary hours are to be raised."""
    in_period = Contact.objects.standing().filter(kind__in=TALKS, at__gte=clock.at_time(scope.since, 0))
    return in_period.filter(among("case_id", scope.ids))


def hours_not_raised(scope: Scope) -> "QuerySet[Case]":
    """Cases that had talks in the period, and ordinary hours were raised in none of them."""
    held = talks(scope)
    return scope.cases.filter(pk__in=held.values("case")).exclude(
        pk__in=held.filter(ordinary_hours_raised=True).values("case")
    )


@dataclass(frozen=True)
class FirstDays:
    """Median days from the case opened to the first contact with a workplace and to the first day there (PLC-18).

    Of the cases opened in the period that have got so far; None where nobody has, or too few to be shown.
    """

    to_employer: int | None
    employer_cases: int
    to_placement: int | None
    placement_cases: int


def first_days(scope: Scope) -> FirstDays:
    """From registration to the first employer contact and placement day. One query."""
    opened = with_first_days(Case.objects.filter(among("pk", scope.ids), opened_on__gte=scope.since)).order_by()

    def since_opened(name: str) -> ExpressionWrapper:
        return ExpressionWrapper(F(name) - F("opened_on"), output_field=DurationField())

    took = opened.annotate(employer=since_opened("first_employer_on"), there=since_opened("first_placement_on"))
    found = took.aggregate(
        employers=Count("employer"), employer_days=Median("employer"), starts=Count("there"), start_days=Median("there")
    )

    def days(median: dt.timedelta | None, cases: int) -> int | None:
        return None if median is None or scope.shown(cases) is None else max(0, median.days)

    return FirstDays(
        days(found["employer_days"], found["employers"]),
        found["employers"],
        days(found["start_days"], found["starts"]),
        found["starts"],
    )
