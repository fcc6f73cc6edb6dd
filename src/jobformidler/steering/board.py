"""The way to ordinary hours in figures: five counts, who went on, time in each step, and who waits (STEER-03, STEER-04).

The numbers and the lists behind them are asked of the same rows, so they cannot differ. Everything is counted by the
database: the work does not grow with the number of cases shown.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import (
    Aggregate,
    Count,
    DateField,
    F,
    Func,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Greatest

from jobformidler.casework.enums import ACTIVE, CaseRole
from jobformidler.casework.models import Assignment, Case
from jobformidler.steering.enums import Step
from jobformidler.steering.models import ChainStep
from jobformidler.steering.scope import Scope, among

WAITING_SHOWN = 3


class Median(Aggregate):
    """The middle value; of two middle values the lower."""

    function = "PERCENTILE_DISC"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    name = "Median"


class Days(Func):
    """Days from the second date to the first, as a whole number: sorted in a fraction of the time of a duration."""

    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = IntegerField()


class First(ArrayAgg):
    """The first few values in an order."""

    def as_sql(self, *args: Any, **context: Any) -> Any:
        """The aggregate, cut short inside the database."""
        sql, params = super().as_sql(*args, **context)
        return f"({sql})[1:{WAITING_SHOWN}]", params


@dataclass(frozen=True)
class Waiting:
    """A citizen who waits in a step. Days of waiting, never a judgement of the owner."""

    case_id: int
    citizen: str
    owner: str
    days: int


@dataclass(frozen=True)
class StepFigure:
    """One step: how many reached it, the share that went on, and the days it took.

    `count` and `waiting_count` are None where the viewer may not see so small a number. `onward` is the share (0–1)
    of those in this step who also reached the next; `median_days` between the two among them; `longest_days` of those
    still here. None where nobody makes the figure.
    """

    step: Step
    count: int | None
    onward: float | None = None
    median_days: int | None = None
    longest_days: int | None = None
    waiting_count: int | None = 0
    waiting: list[Waiting] = field(default_factory=list)


@dataclass(frozen=True)
class Chain:
    """The five steps, and how many have a CV and wait for a workplace longer than the goal for a step."""

    steps: list[StepFigure]
    goal_days: int
    waiting_for_employer: int | None


Stand = tuple[int, dt.date]


def in_step(scope: Scope, step: int) -> list[Stand]:
    """The cases behind the count of a step, with the day they reached it; the newest first."""
    rows = ChainStep.objects.filter(among("case_id", scope.ids), step=step)
    return list(rows.order_by("-reached_on", "case_id").values_list("case_id", "reached_on"))


def waiting_in(scope: Scope, step: int, before: dt.date | None = None) -> list[Stand]:
    """The cases behind "who waits": not ended, and this step is the furthest; with the day they stand there from.

    The longest first. With `before` only those who stood there before that day.
    """
    rows = _stands(scope.in_states(ACTIVE)).filter(furthest=step)
    if before:
        rows = rows.filter(since__lt=before)
    return list(rows.order_by("since", "case_id").values_list("case_id", "since"))


def _stands(ids: list[int]) -> Any:
    """One row a case: the furthest step, and since when it stands there: from the latest of its days."""
    rows = ChainStep.objects.filter(among("case_id", ids)).order_by().values("case_id")
    return rows.annotate(furthest=Max("step"), since=Max("reached_on"))


def chain(scope: Scope, goal_days: int) -> Chain:
    """The five steps with their figures, in two queries for any number of cases."""
    numbers = _numbers(scope, goal_days)
    waiting = _by_name(scope, numbers) if scope.names else {}
    steps = []
    for step in Step:
        n, on = numbers[f"count_{step}"], numbers.get(f"on_{step}")
        shown = scope.shown(n)
        median = numbers.get(f"median_{step}")
        # A share of a visible number gives the number itself away.
        tellable = on is not None and shown and scope.shown(on) is not None
        since = numbers.get(f"since_{step}")
        waits = scope.shown(numbers.get(f"waits_{step}") or 0)
        steps.append(
            StepFigure(
                step=step,
                count=shown,
                onward=on / n if tellable else None,
                median_days=median if tellable else None,
                longest_days=max(0, (scope.day - since).days) if since and waits else None,
                waiting_count=waits,
                waiting=waiting.get(step, []),
            )
        )
    return Chain(steps, goal_days, scope.shown(numbers["late"]))


def _numbers(scope: Scope, goal_days: int) -> dict[str, Any]:
    """One query over one row a case.

    Of all cases how many reached each step, how many went on and the days it took; of the active ones how many stand in
    each step, since when, and who has stood there longest.
    """
    days = {f"day_{step}": Max("reached_on", filter=Q(step=step), output_field=DateField()) for step in Step}
    active = among("case_id", scope.in_states(ACTIVE))
    steps = ChainStep.objects.filter(among("case_id", scope.ids)).order_by()
    stands = steps.annotate(active=active).values("case_id", "active").annotate(**days)
    since = Greatest(*(F(name) for name in days), output_field=DateField())
    numbers: dict[str, Any] = {}
    for step in Step:
        numbers[f"count_{step}"] = Count(f"day_{step}")
        if step == Step.PROGRESSION:
            continue
        on = Q(**{f"day_{step}__isnull": False, f"day_{step + 1}__isnull": False})
        before = [F(f"day_{n}") for n in range(1, step + 1)]
        stood = Greatest(*before) if step > 1 else before[0]
        took = Greatest(Days(F(f"day_{step + 1}"), stood), Value(0))
        numbers[f"on_{step}"] = Count("case_id", filter=on)
        numbers[f"median_{step}"] = Median(took, filter=on, output_field=IntegerField())
        # A step can be reached before an earlier one (an agreement is approved before the internship starts), so a
        # case stands in its furthest step from the latest of its days.
        here = Q(active=True, **{f"day_{step}__isnull": False})
        here &= Q(**{f"day_{later}__isnull": True for later in Step if later > step})
        numbers[f"waits_{step}"] = Count("case_id", filter=here)
        numbers[f"since_{step}"] = Min(since, filter=here)
        if scope.names:
            numbers[f"first_{step}"] = First("case_id", filter=here, order_by=(since, "case_id"))
        if step == Step.CV:
            late = here & Q(since__lt=scope.day - dt.timedelta(days=goal_days))
    return stands.annotate(since=since).aggregate(**numbers, late=Count("case_id", filter=late))


def _by_name(scope: Scope, numbers: dict[str, Any]) -> dict[int, list[Waiting]]:
    """Those who have waited longest in each step but the last. One query."""
    stands = {pk: step for step in Step for pk in numbers.get(f"first_{step}") or ()}
    found: dict[int, list[Waiting]] = {}
    for case in with_owner(Case.objects.filter(pk__in=stands), scope.day).annotate(since=Max("chain__reached_on")):
        days = max(0, (scope.day - case.since).days)
        owner = case.owner.split(" ")[0]  # type: ignore[attr-defined]  # annotated by with_owner
        found.setdefault(stands[case.pk], []).append(Waiting(case.pk, case.citizen.full_name, owner, days))
    for waiting in found.values():
        waiting.sort(key=lambda one: (-one.days, one.case_id))
    return found


def with_owner(cases: "QuerySet[Case]", day: dt.date) -> "QuerySet[Case]":
    """Cases with citizen, unit and the jobformidler's name on the day ("" without)."""
    owner = (
        Assignment.objects.active_on(day)
        .filter(case=OuterRef("pk"), role=CaseRole.JOBFORMIDLER)
        .values("user__name")[:1]
    )
    return cases.select_related("citizen", "unit").annotate(owner=Coalesce(Subquery(owner), Value("")))
