"""The figures of the board: five counts, conversion, time in each step, who waits, trend, and where hours arise.

Every figure is computed from the same chain rows its list shows, so a number and its cases cannot differ.
"""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from jobformidler.accounts.viewer import Viewer
from jobformidler.casework.enums import ACTIVE, CaseRole, CaseStatus
from jobformidler.casework.models import Assignment, Case
from jobformidler.core.periods import monday
from jobformidler.placements.models import Placement, WeekHours
from jobformidler.steering.enums import Step
from jobformidler.steering.models import ChainStep

TREND_WEEKS = 12
WAITING_SHOWN = 3


@dataclass(frozen=True)
class Filters:
    """What the board is narrowed to. `since`: cases that were open at some time from this day on."""

    since: dt.date
    unit: int | None = None
    benefit: str = ""


@dataclass(frozen=True)
class Waiting:
    """A citizen who waits in a step, the longest first. Days of waiting, never a judgement of the owner."""

    case_id: int
    citizen: str
    owner: str
    days: int


@dataclass(frozen=True)
class StepFigure:
    """One step: how many reached it, the share that went on, and the days it took.

    `onward` is the share (0–1) of those in this step who also reached the next; `median_days` between the two among
    them; `longest_days` and `waiting` of those still here. None where nobody makes the figure.
    """

    step: Step
    count: int
    onward: float | None
    median_days: int | None
    longest_days: int | None
    waiting_count: int
    waiting: list[Waiting] = field(default_factory=list)


@dataclass(frozen=True)
class HoursPlace:
    """A workplace where paid hours arise (STEER-05)."""

    workplace_id: int
    name: str
    industry: str
    functions: list[str]
    paid: Decimal
    placements: int
    with_hours: int


def cases_for(viewer: Viewer, filters: Filters) -> "QuerySet[Case]":
    """Cases on the board: those the viewer may see, open at some time since the day, in the unit, on the benefit."""
    cases = Case.objects.visible_to(viewer).filter(Q(closed_on__isnull=True) | Q(closed_on__gte=filters.since))
    if filters.unit:
        cases = cases.filter(unit=filters.unit)
    if filters.benefit:
        cases = cases.filter(citizen__benefit=filters.benefit)
    return cases


def cases_in_step(cases: "QuerySet[Case]", step: int) -> "QuerySet[Case]":
    """The cases behind the count of a step."""
    return cases.filter(chain__step=step)


def cases_waiting(cases: "QuerySet[Case]", step: int) -> "QuerySet[Case]":
    """The cases behind "who waits": in this step as their furthest, and not ended. Longest first."""
    furthest = ChainStep.objects.filter(case=OuterRef("pk")).order_by("-step").values("step")[:1]
    return (
        cases.filter(status__in=ACTIVE, chain__step=step)
        .annotate(furthest=Subquery(furthest), waiting_since=F("chain__reached_on"))
        .filter(furthest=step)
        .order_by("waiting_since", "pk")
    )


def funnel(cases: "QuerySet[Case]", day: dt.date) -> list[StepFigure]:
    """The five steps with their figures, in two queries plus names for those who wait longest."""
    reached: dict[int, dict[int, dt.date]] = {}
    rows = ChainStep.objects.filter(case__in=cases.values("pk")).values_list(
        "case_id", "step", "reached_on", "case__status"
    )
    active: set[int] = set()
    for case_id, step, on, status in rows:
        reached.setdefault(case_id, {})[step] = on
        if status in ACTIVE:
            active.add(case_id)
    waiting: dict[int, list[tuple[int, int]]] = {int(step): [] for step in Step}
    for case_id in active:
        furthest = max(reached[case_id])
        waiting[furthest].append((max(0, (day - reached[case_id][furthest]).days), case_id))
    shown = {
        step: sorted(found, key=lambda pair: (-pair[0], pair[1]))[:WAITING_SHOWN] for step, found in waiting.items()
    }
    names = _names([case_id for found in shown.values() for _days, case_id in found], day)
    figures = []
    for step in Step:
        here = [steps for steps in reached.values() if step in steps]
        later = [max(0, (steps[step + 1] - steps[step]).days) for steps in here if step + 1 in steps]
        last = step == Step.PROGRESSION
        figures.append(
            StepFigure(
                step=step,
                count=len(here),
                onward=None if last or not here else len(later) / len(here),
                median_days=round(median(later)) if later else None,
                longest_days=shown[step][0][0] if shown[step] and not last else None,
                waiting_count=0 if last else len(waiting[step]),
                waiting=[] if last else [Waiting(case_id, *names[case_id], days) for days, case_id in shown[step]],
            )
        )
    return figures


def _names(case_ids: list[int], day: dt.date) -> dict[int, tuple[str, str]]:
    """case → (citizen, first name of the jobformidler)."""
    owner = (
        Assignment.objects.active_on(day)
        .filter(case=OuterRef("pk"), role=CaseRole.JOBFORMIDLER)
        .values("user__name")[:1]
    )
    cases = Case.objects.filter(pk__in=case_ids).select_related("citizen").annotate(owner=Coalesce(Subquery(owner), ""))
    return {case.pk: (case.citizen.full_name, case.owner.split(" ")[0]) for case in cases}


def waiting_for_employer(cases: "QuerySet[Case]", day: dt.date, days: int) -> int:
    """Citizens with a CV and no placement after more than `days` days: the sentence at the top of the board."""
    return cases_waiting(cases, Step.CV).filter(chain__reached_on__lt=day - dt.timedelta(days=days)).count()


def trend(cases: "QuerySet[Case]", day: dt.date) -> list[tuple[dt.date, int, Decimal]]:
    """(Monday, citizens with paid hours, paid hours) for the last whole weeks, oldest first (STEER-06)."""
    this = monday(day)
    first = this - dt.timedelta(weeks=TREND_WEEKS)
    rows = (
        WeekHours.objects.filter(
            placement__case__in=cases.values("pk"), withdrawn_at=None, paid__gt=0, week__gte=first, week__lt=this
        )
        .values("week")
        .annotate(citizens=Count("placement__case__citizen", distinct=True), hours=Sum("paid"))
    )
    by_week = {row["week"]: (row["citizens"], row["hours"]) for row in rows}
    weeks = [first + dt.timedelta(weeks=n) for n in range(TREND_WEEKS)]
    return [(week, *by_week.get(week, (0, Decimal(0)))) for week in weeks]


def hours_places(cases: "QuerySet[Case]", day: dt.date, limit: int | None = None) -> list[HoursPlace]:
    """Where paid hours arose in the last whole week, most first, with how many placements gave hours this year."""
    week = monday(day) - dt.timedelta(weeks=1)
    year = dt.date(day.year, 1, 1)
    started = Placement.objects.filter(
        case__in=cases.values("pk"), starts_on__lte=day, approved_on__isnull=False
    ).filter(Q(ended_on__isnull=True) | Q(ended_on__gte=year))
    paid = Q(weeks__week=week, weeks__withdrawn_at=None, weeks__paid__gt=0)
    ranked = (
        started.values("workplace_id", "workplace__name", "workplace__industry_code")
        .annotate(
            paid=Coalesce(Sum("weeks__paid", filter=paid), Decimal(0)),
            placements=Count("pk", distinct=True),
            with_hours=Count("pk", distinct=True, filter=Q(weeks__paid__gt=0, weeks__withdrawn_at=None)),
        )
        .order_by("-paid", "workplace__name")
    )
    rows = list(ranked[:limit] if limit else ranked)
    functions: dict[int, list[str]] = {}
    ids = [row["workplace_id"] for row in rows]
    for workplace_id, function in (
        started.filter(workplace__in=ids, weeks__paid__gt=0)
        .values_list("workplace_id", "function")
        .distinct()
        .order_by("function")
    ):
        if function:
            functions.setdefault(workplace_id, []).append(function)
    return [
        HoursPlace(
            row["workplace_id"],
            row["workplace__name"],
            row["workplace__industry_code"],
            functions.get(row["workplace_id"], []),
            row["paid"],
            row["placements"],
            row["with_hours"],
        )
        for row in rows
    ]


def running(cases: "QuerySet[Case]") -> dict[str, int]:
    """How many are in a placement and how many of them have ordinary hours (STEER-06)."""
    return cases.aggregate(
        in_placement=Count("pk", filter=Q(status__in=[CaseStatus.IN_PLACEMENT, CaseStatus.ORDINARY_HOURS])),
        with_hours=Count("pk", filter=Q(status=CaseStatus.ORDINARY_HOURS)),
    )


def latest_registration(cases: "QuerySet[Case]"):
    """When hours were last reported: what the figures are as fresh as."""
    return WeekHours.objects.filter(placement__case__in=cases.values("pk")).aggregate(at=Max("reported_at"))["at"]
