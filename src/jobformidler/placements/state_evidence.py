"""Which placements support which state of a case (see `casework.evidence`): what is so now, not what once was."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Exists, F, Min, OuterRef, Q
from django.db.models.functions import Coalesce, Greatest

from jobformidler.casework.enums import CaseStatus
from jobformidler.casework.evidence import register_evidence
from jobformidler.placements.enums import BEFORE_START, RUNNING, PlacementStatus
from jobformidler.placements.models import Placement, WeekHours

Since = dict[int, dt.date]


def _matched(case_ids: Sequence[int]) -> Since:
    states = [state for state in BEFORE_START if state != PlacementStatus.IDEA]
    rows = Placement.objects.filter(case__in=case_ids, status__in=states)
    return dict(rows.values_list("case").annotate(day=Min("created_on")).order_by())


def _in_placement(case_ids: Sequence[int]) -> Since:
    rows = Placement.objects.filter(case__in=case_ids, status__in=RUNNING)
    return dict(rows.values_list("case").annotate(day=Min("starts_on")).order_by())


def _with_hours(case_ids: Sequence[int]) -> Since:
    rows = WeekHours.objects.standing().filter(
        paid__gt=0, placement__case__in=case_ids, placement__status=PlacementStatus.WITH_HOURS
    )
    first = Min(Greatest("week", Coalesce("placement__starts_on", "week")))
    return dict(rows.values_list("placement__case").annotate(day=first).order_by())


def _in_job(case_ids: Sequence[int]) -> Since:
    later = Placement.objects.filter(
        Q(status__in=[*BEFORE_START, *RUNNING]), case=OuterRef("case"), created_on__gte=OuterRef("ended_on")
    )
    rows = Placement.objects.filter(
        ~Exists(later), case__in=case_ids, status=PlacementStatus.CONVERTED, ended_on__gte=F("case__opened_on")
    )
    return dict(rows.values_list("case").annotate(day=Min("ended_on")).order_by())


register_evidence(CaseStatus.MATCHED, _matched)
register_evidence(CaseStatus.IN_PLACEMENT, _in_placement)
register_evidence(CaseStatus.ORDINARY_HOURS, _with_hours)
register_evidence(CaseStatus.IN_JOB, _in_job)
