"""Where and when ordinary hours arise: the trend by week, and workplaces, industries and functions (STEER-05, STEER-06)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Left

from jobformidler.casework.models import Case
from jobformidler.core.periods import monday
from jobformidler.placements.models import STARTED, Placement, WeekHours
from jobformidler.steering.scope import Scope, among

TREND_WEEKS = 12
_WEEK = dt.timedelta(weeks=1)


@dataclass(frozen=True)
class WeekFigure:
    """A week: citizens in placements, citizens with paid hours, and how many hours. None where too few to be shown."""

    week: dt.date
    placed: int | None
    citizens: int | None
    hours: Decimal | None


@dataclass(frozen=True)
class HoursPlace:
    """A workplace with its paid hours in the last whole week, and its placements this year (STEER-05)."""

    workplace_id: int
    name: str
    industry: str
    paid: Decimal
    placements: int
    with_hours: int
    functions: list[str]


def last_week(day: dt.date) -> dt.date:
    """The Monday of the last whole week."""
    return monday(day) - _WEEK


def _paid() -> "QuerySet[WeekHours]":
    return WeekHours.objects.filter(withdrawn_at=None, paid__gt=0).order_by()


def paid_weeks(scope: Scope) -> "QuerySet[WeekHours]":
    """Standing reports of weeks with paid hours."""
    return _paid().filter(among("placement__case_id", scope.ids))


def with_paid_hours(scope: Scope, week: dt.date, workplace: int | None = None) -> "QuerySet[Case]":
    """The cases behind the number of citizens with paid hours in a week (at one workplace)."""
    weeks = paid_weeks(scope).filter(week=week)
    if workplace:
        weeks = weeks.filter(placement__workplace=workplace)
    return Case.objects.filter(pk__in=weeks.values("placement__case"))


def _under_way(first: dt.date, end: dt.date) -> "QuerySet[Placement]":
    """Placements that have begun and were under way on some day from `first` to before `end`."""
    lasted = Q(ended_on__isnull=True) | Q(ended_on__gte=first)
    return Placement.objects.filter(lasted, status__in=STARTED, starts_on__lt=end).order_by()


def in_placements(scope: Scope, week: dt.date) -> "QuerySet[Case]":
    """The cases behind the number of citizens in placements in a week (STEER-06)."""
    return Case.objects.filter(pk__in=_under_way(week, week + _WEEK).filter(among("case_id", scope.ids)).values("case"))


def trend(scope: Scope) -> list[WeekFigure]:
    """The last whole weeks, oldest first. Two queries."""
    this = monday(scope.day)
    first = this - TREND_WEEKS * _WEEK
    reports = paid_weeks(scope).filter(week__gte=first, week__lt=this).values("week")
    numbers = reports.annotate(citizens=Count("placement__case", distinct=True), hours=Sum("paid"))
    paid = {row["week"]: (row["citizens"], row["hours"]) for row in numbers}
    figures = []
    for number, cases in enumerate(_placed(scope, first)):
        week = first + number * _WEEK
        citizens, hours = paid.get(week, (0, Decimal(0)))
        visible = scope.shown(citizens) is not None
        figures.append(
            WeekFigure(week, scope.shown(len(cases)), citizens if visible else None, hours if visible else None)
        )
    return figures


def _placed(scope: Scope, first: dt.date) -> list[set[int]]:
    """The cases in placements in each week of the trend. One query, which hands over whole columns."""
    columns = _under_way(first, first + TREND_WEEKS * _WEEK).aggregate(
        cases=ArrayAgg("case", default=[]),
        starts=ArrayAgg("starts_on", default=[]),
        ends=ArrayAgg("ended_on", default=[]),
    )
    found: list[set[int]] = [set() for _week in range(TREND_WEEKS)]
    for case, starts, ended in zip(columns["cases"], columns["starts"], columns["ends"], strict=True):
        if case in scope.known:
            over = TREND_WEEKS if ended is None else (ended - first).days // 7 + 1
            for number in range(max(0, (starts - first).days // 7), min(TREND_WEEKS, over)):
                found[number].add(case)
    return found


def _this_year(scope: Scope) -> "QuerySet[Placement]":
    lasted = Q(ended_on__isnull=True) | Q(ended_on__gte=dt.date(scope.day.year, 1, 1))
    return Placement.objects.filter(lasted, starts_on__lte=scope.day, approved_on__isnull=False)


def running_this_year(scope: Scope) -> "QuerySet[Placement]":
    """Placements that have begun and lasted into this year."""
    return _this_year(scope).filter(among("case_id", scope.ids))


def places_with_hours(scope: Scope, limit: int) -> tuple[list[HoursPlace], int]:
    """The workplaces with most paid hours in the last whole week, and how many have any. Two queries.

    Without case access only workplaces with enough citizens to be shown.
    """
    where = "placement__workplace"
    hours: dict[tuple[int, str, str], Decimal] = defaultdict(Decimal)
    citizens: dict[tuple[int, str, str], set[int]] = defaultdict(set)
    reports = _paid().filter(week=last_week(scope.day))
    for pk, name, industry, case, paid in reports.values_list(
        where, f"{where}__name", f"{where}__industry_code", "placement__case", "paid"
    ):
        if case in scope.known:
            hours[pk, name, industry] += paid
            citizens[pk, name, industry].add(case)
    shown = [place for place in hours if len(citizens[place]) >= scope.least]
    top = sorted(shown, key=lambda place: (-hours[place], place[1]))[:limit]
    year = _by_workplace(scope, [pk for pk, *_said in top])
    found = []
    for place in top:
        pk, name, industry = place
        counts = year.get(pk, {"n": 0, "gave": 0, "functions": ()})
        found.append(
            HoursPlace(pk, name, industry, hours[place], counts["n"], counts["gave"], sorted(counts["functions"]))
        )
    return found, len(shown)


def all_places(scope: Scope) -> list[HoursPlace]:
    """Every workplace with a placement this year, most paid hours last week first. Two queries."""
    year = _by_workplace(scope)
    rows = paid_weeks(scope).filter(week=last_week(scope.day)).order_by().values("placement__workplace")
    hours = {row["placement__workplace"]: row["hours"] for row in rows.annotate(hours=Sum("paid"))}
    found = [
        HoursPlace(
            pk, row["name"], row["industry"], hours.get(pk, Decimal(0)), row["n"], row["gave"], sorted(row["functions"])
        )
        for pk, row in year.items()
        if row["n"] >= scope.least
    ]
    return sorted(found, key=lambda place: (-place.paid, place.name))


def _by_workplace(scope: Scope, workplaces: Collection[int] | None = None) -> dict[int, dict[str, Any]]:
    """Placements of this year by workplace (only these): how many, how many gave paid hours, and in which functions."""
    gave = WeekHours.objects.filter(placement=OuterRef("pk"), withdrawn_at=None, paid__gt=0)
    placements = _this_year(scope).annotate(gave=Exists(gave)).order_by()
    if workplaces is not None:
        placements = placements.filter(workplace__in=workplaces)
    names = ("workplace__name", "workplace__industry_code")
    found: dict[int, dict[str, Any]] = {}
    for pk, case, function, gave_hours, name, industry in placements.values_list(
        "workplace", "case", "function", "gave", *names
    ):
        if case not in scope.known:
            continue
        row = found.setdefault(pk, {"name": name, "industry": industry, "n": 0, "gave": 0, "functions": set()})
        row["n"] += 1
        row["gave"] += gave_hours
        if gave_hours and function:
            row["functions"].add(function)
    return found


def by_industry(scope: Scope) -> list[tuple[str, Decimal, int]]:
    """(industry division, paid hours, citizens) of the last whole week, most hours first. One query."""
    rows = (
        paid_weeks(scope)
        .filter(week=last_week(scope.day))
        .order_by()
        .annotate(division=Left("placement__workplace__industry_code", 2))
        .values("division")
        .annotate(hours=Sum("paid"), citizens=Count("placement__case", distinct=True))
        .filter(citizens__gte=scope.least)
        .order_by("-hours", "division")
    )
    return [(row["division"], row["hours"], row["citizens"]) for row in rows]


def by_function(scope: Scope) -> list[tuple[str, Decimal, int]]:
    """(function, paid hours, citizens) of the last whole week, most hours first; "" where none is written. One query."""
    rows = (
        paid_weeks(scope)
        .filter(week=last_week(scope.day))
        .order_by()
        .values("placement__function")
        .annotate(hours=Sum("paid"), citizens=Count("placement__case", distinct=True))
        .filter(citizens__gte=scope.least)
        .order_by("-hours", "placement__function")
    )
    return [(row["placement__function"], row["hours"], row["citizens"]) for row in rows]
