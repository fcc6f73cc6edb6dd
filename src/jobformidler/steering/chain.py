"""The production chain, computed from facts: when each case reached each step (STEER-03). Set-based and idempotent."""

import datetime as dt
from collections.abc import Iterable

from django.db import models
from django.db.models import F, Min, Q, Sum, Window
from django.db.models.functions import FirstValue, Greatest

from jobformidler.casework.models import Case
from jobformidler.citizens.models import CV
from jobformidler.core.rebuild import register_rebuild
from jobformidler.placements.models import STARTED, Placement, WeekHours
from jobformidler.steering.enums import Step
from jobformidler.steering.models import ChainStep

Key = tuple[int, int]
#: (case, municipality, day reached)
Reached = tuple[int, int, dt.date]


def computed(cases: "models.QuerySet[Case]") -> dict[Key, tuple[int, dt.date]]:
    """(case, step) → (municipality, day reached) for these cases, in five queries.

    CV: the first CV started before the case closed, not counted before the case opened. Internship: first day of a
    placement that has begun. Agreement: the day the municipality approved it. Ordinary hours: the first week with paid
    hours. More hours: the first week with more paid hours, over all workplaces, than that first week.
    """
    ids = cases.values("pk")
    placements = Placement.objects.filter(case__in=ids)
    weeks = WeekHours.objects.filter(placement__case__in=ids, withdrawn_at=None, paid__gt=0)
    queries: dict[Step, Iterable[Reached]] = {
        Step.CV: _first(_cvs(ids), "citizen__cases"),
        Step.INTERNSHIP: _first(placements.filter(status__in=STARTED).annotate(day=F("starts_on")), "case_id"),
        Step.AGREEMENT: _first(placements.filter(approved_on__isnull=False).annotate(day=F("approved_on")), "case_id"),
        Step.HOURS: _first(weeks.annotate(day=F("week")), "placement__case_id"),
        Step.PROGRESSION: _more_hours(weeks),
    }
    return {
        (case_id, int(step)): (municipality_id, day)
        for step, rows in queries.items()
        for case_id, municipality_id, day in rows
    }


def _first(rows: "models.QuerySet", case: str) -> "models.QuerySet":
    return rows.order_by().values_list(case, "municipality_id").annotate(first=Min("day"))


def _cvs(ids: "models.QuerySet") -> "models.QuerySet":
    """CVs by case: one started after a case closed belongs to a later case."""
    in_time = Q(citizen__cases__closed_on__isnull=True) | Q(started_on__lte=F("citizen__cases__closed_on"))
    return CV.objects.filter(in_time, withdrawn_at=None, citizen__cases__in=ids).annotate(
        day=Greatest("started_on", "citizen__cases__opened_on")
    )


def _more_hours(weeks: "models.QuerySet[WeekHours]") -> Iterable[Reached]:
    """The first week of each case with more paid hours in all than its first week with paid hours."""
    by_week = (
        weeks.order_by()
        .values("placement__case_id", "municipality_id", "week")
        .annotate(total=Sum("paid"))
        .annotate(first=Window(FirstValue("total"), partition_by="placement__case_id", order_by="week"))
        .filter(total__gt=F("first"))
        .order_by("placement__case_id", "week")
    )
    seen: set[int] = set()
    for row in by_week.iterator(chunk_size=5000):
        if row["placement__case_id"] not in seen:
            seen.add(row["placement__case_id"])
            yield row["placement__case_id"], row["municipality_id"], row["week"]


def refresh(case_ids: Iterable[int] | None = None) -> int:
    """Bring the rows of these cases (all of the tenant, without ids) in line with the facts.

    Returns how many rows differed.
    """
    cases = Case.objects.all() if case_ids is None else Case.objects.filter(pk__in=list(case_ids))
    right = computed(cases)
    stored = {
        (case_id, step): (pk, day)
        for pk, case_id, step, day in ChainStep.objects.filter(case__in=cases.values("pk")).values_list(
            "pk", "case_id", "step", "reached_on"
        )
    }
    wrong = [pk for key, (pk, day) in stored.items() if key not in right or right[key][1] != day]
    new = [
        ChainStep(case_id=key[0], step=key[1], municipality_id=tenant, reached_on=day)
        for key, (tenant, day) in right.items()
        if key not in stored or stored[key][1] != day
    ]
    if wrong:
        ChainStep.objects.filter(pk__in=wrong).delete()
    ChainStep.objects.bulk_create(new, batch_size=5000)
    return len(wrong) + sum((row.case_id, row.step) not in stored for row in new)


register_rebuild("chain", refresh)
