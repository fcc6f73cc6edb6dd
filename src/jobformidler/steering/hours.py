"""Where and when ordinary hours arise: the trend by week, and workplaces, industries and functions (STEER-05, STEER-06)."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, DateField, DecimalField, Exists, F, OuterRef, Q, QuerySet, Sum, Value
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


def paid_weeks(scope: Scope) -> "QuerySet[WeekHours]":
    """Standing reports of weeks with paid hours."""
    return WeekHours.objects.filter(among("placement__case_id", scope.ids), withdrawn_at=None, paid__gt=0)


def with_paid_hours(scope: Scope, week: dt.date, workplace: int | None = None) -> "QuerySet[Case]":
    """The cases behind the number of citizens with paid hours in a week (at one workplace)."""
    weeks = paid_weeks(scope).filter(week=week)
    if workplace:
        weeks = weeks.filter(placement__workplace=workplace)
    return Case.objects.filter(pk__in=weeks.values("placement__case"))


def _under_way(scope: Scope, first: dt.date, end: dt.date) -> "QuerySet[Placement]":
    """Placements that have begun and were under way on some day from `first` to before `end`."""
    lasted = Q(ended_on__isnull=True) | Q(ended_on__gte=first)
    begun = Placement.objects.filter(among("case_id", scope.ids), status__in=STARTED, starts_on__lt=end)
    return begun.filter(lasted).order_by()


def in_placements(scope: Scope, week: dt.date) -> "QuerySet[Case]":
    """The cases behind the number of citizens in placements in a week (STEER-06)."""
    return Case.objects.filter(pk__in=_under_way(scope, week, week + _WEEK).values("case"))


def trend(scope: Scope) -> list[WeekFigure]:
    """The last whole weeks, oldest first. One query."""
    this = monday(scope.day)
    first = this - TREND_WEEKS * _WEEK
    paid = (
        paid_weeks(scope)
        .filter(week__gte=first, week__lt=this)
        .order_by()
        .values(start=F("week"))
        .annotate(end=Value(None, DateField()), number=Count("placement__case", distinct=True), total=Sum("paid"))
        .values_list("start", "end", "number", "total")
    )
    under_way = (
        _under_way(scope, first, this)
        .annotate(start=F("starts_on"), end=F("ended_on"), number=F("case_id"))
        .annotate(total=Value(None, DecimalField(max_digits=9, decimal_places=1)))
        .values_list("start", "end", "number", "total")
    )
    found: dict[dt.date, tuple[int, Decimal]] = {}
    placements: list[tuple[dt.date, dt.date | None, int]] = []
    # Weeks with hours and placements in one journey to the database: a row without hours is a placement.
    rows: Any = paid.union(under_way, all=True)
    for start, end, number, total in rows:
        if total is None:
            placements.append((start, end, number))
        else:
            found[start] = (number, total)
    figures = []
    for week in (first + n * _WEEK for n in range(TREND_WEEKS)):
        placed = {
            case
            for starts_on, ended_on, case in placements
            if starts_on < week + _WEEK and (ended_on is None or ended_on >= week)
        }
        citizens, hours = found.get(week, (0, Decimal(0)))
        visible = scope.shown(citizens) is not None
        figures.append(
            WeekFigure(week, scope.shown(len(placed)), citizens if visible else None, hours if visible else None)
        )
    return figures


def running_this_year(scope: Scope) -> "QuerySet[Placement]":
    """Placements that have begun and lasted into this year."""
    year = dt.date(scope.day.year, 1, 1)
    return Placement.objects.filter(
        among("case_id", scope.ids),
        Q(ended_on__isnull=True) | Q(ended_on__gte=year),
        starts_on__lte=scope.day,
        approved_on__isnull=False,
    )


def places_with_hours(scope: Scope, limit: int) -> tuple[list[HoursPlace], int]:
    """The workplaces with most paid hours in the last whole week, and how many have any. Two queries.

    Without case access only workplaces with enough citizens to be shown.
    """
    rows = (
        paid_weeks(scope)
        .filter(week=last_week(scope.day))
        .order_by()
        .values("placement__workplace", "placement__workplace__name", "placement__workplace__industry_code")
        .annotate(hours=Sum("paid"), citizens=Count("placement__case", distinct=True))
        .filter(citizens__gte=scope.least)
        .order_by("-hours", "placement__workplace__name")
    )
    ranked = list(rows)
    top = {row["placement__workplace"]: row for row in ranked[:limit]}
    year = _by_workplace(running_this_year(scope).filter(workplace__in=top))
    found = []
    for pk, row in top.items():
        counts = year.get(pk, {"n": 0, "gave": 0, "functions": []})
        name, industry = row["placement__workplace__name"], row["placement__workplace__industry_code"]
        found.append(HoursPlace(pk, name, industry, row["hours"], counts["n"], counts["gave"], counts["functions"]))
    return found, len(ranked)


def all_places(scope: Scope) -> list[HoursPlace]:
    """Every workplace with a placement this year, most paid hours last week first. Two queries."""
    year = _by_workplace(running_this_year(scope))
    rows = paid_weeks(scope).filter(week=last_week(scope.day)).order_by().values("placement__workplace")
    hours = {row["placement__workplace"]: row["hours"] for row in rows.annotate(hours=Sum("paid"))}
    found = [
        HoursPlace(pk, row["name"], row["industry"], hours.get(pk, Decimal(0)), row["n"], row["gave"], row["functions"])
        for pk, row in year.items()
        if row["n"] >= scope.least
    ]
    return sorted(found, key=lambda place: (-place.paid, place.name))


def _by_workplace(placements: "QuerySet[Placement]") -> dict[int, dict]:
    gave = WeekHours.objects.filter(placement=OuterRef("pk"), withdrawn_at=None, paid__gt=0)
    rows = (
        placements.annotate(gave_hours=Exists(gave))
        .order_by()
        .values("workplace", "workplace__name", "workplace__industry_code")
        .annotate(
            n=Count("pk"),
            gave=Count("pk", filter=Q(gave_hours=True)),
            functions=ArrayAgg("function", filter=Q(gave_hours=True) & ~Q(function=""), distinct=True, default=[]),
        )
    )
    return {
        row["workplace"]: {
            "name": row["workplace__name"],
            "industry": row["workplace__industry_code"],
            "n": row["n"],
            "gave": row["gave"],
            "functions": row["functions"],
        }
        for row in rows
    }


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
