"""The production chain, computed from facts: when each case reached each step (STEER-03). Set-based and idempotent."""

import datetime as dt
from collections.abc import Iterable

from django.db import models
from django.db.models import F, Min, OuterRef, Subquery
from django.db.models.functions import Greatest

from jobformidler.casework.models import Case
from jobformidler.citizens.models import CV
from jobformidler.core.rebuild import register_rebuild
from jobformidler.placements.models import STARTED, Placement, WeekHours
from jobformidler.steering.enums import Step
from jobformidler.steering.models import ChainStep

Key = tuple[int, int]


def computed(cases: "models.QuerySet[Case]") -> dict[Key, tuple[int, dt.date]]:
    """(case, step) → (municipality, day reached) for these cases, in five queries.

    CV: the first CV started, not before the case opened. Internship: first day of a placement that has begun.
    Agreement: the day the municipality approved it. Ordinary hours: the first week with paid hours. More hours: the
    first week with more paid hours than that first week.
    """
    ids = cases.values("pk")
    placements = Placement.objects.filter(case__in=ids)
    paid = WeekHours.objects.filter(placement__case__in=ids, withdrawn_at=None, paid__gt=0)
    first = paid.filter(placement__case=OuterRef("placement__case")).order_by("week", "pk")
    queries = {
        Step.CV: CV.objects.filter(citizen__in=cases.values("citizen"), withdrawn_at=None, citizen__cases__in=ids)
        .annotate(case=F("citizen__cases"), day=Greatest("started_on", "citizen__cases__opened_on"))
        .filter(case__in=ids),
        Step.INTERNSHIP: placements.filter(status__in=STARTED).annotate(day=F("starts_on")),
        Step.AGREEMENT: placements.filter(approved_on__isnull=False).annotate(day=F("approved_on")),
        Step.HOURS: paid.annotate(day=F("week")),
        Step.PROGRESSION: paid.annotate(day=F("week")).filter(paid__gt=Subquery(first.values("paid")[:1])),
    }
    found: dict[Key, tuple[int, dt.date]] = {}
    for step, query in queries.items():
        case = "placement__case_id" if query.model is WeekHours else "case" if step == Step.CV else "case_id"
        rows = query.order_by().values_list(case, "municipality_id").annotate(first=Min("day"))
        for case_id, municipality_id, day in rows.values_list(case, "municipality_id", "first"):
            found[case_id, int(step)] = (municipality_id, day)
    return found


def refresh(case_ids: Iterable[int] | None = None) -> int:
    """Bring the rows of these cases (all of the tenant, without ids) in line with the facts; returns how many differed."""
    cases = Case.objects.all() if case_ids is None else Case.objects.filter(pk__in=list(case_ids))
    right = computed(cases)
    stored = {(row.case_id, row.step): row for row in ChainStep.objects.filter(case__in=cases.values("pk"))}
    wrong = [row.pk for key, row in stored.items() if key not in right or right[key][1] != row.reached_on]
    new = [
        ChainStep(case_id=key[0], step=key[1], municipality_id=tenant, reached_on=day)
        for key, (tenant, day) in right.items()
        if key not in stored or stored[key].reached_on != day
    ]
    ChainStep.objects.filter(pk__in=wrong).delete()
    ChainStep.objects.bulk_create(new, batch_size=5000)
    return len(wrong) + sum((row.case_id, row.step) not in stored for row in new)


register_rebuild("chain", refresh)
