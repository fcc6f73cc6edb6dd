"""What must never be, looked for every night; and the read model of reached steps, rebuilt from the weeks."""

import datetime as dt

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from jobformidler.citizens.models import Citizen
from jobformidler.core.rebuild import register_check, register_rebuild
from jobformidler.openings.models import Place
from jobformidler.placements import ladder
from jobformidler.placements.enums import BEFORE_START, RUNNING, PlacementStatus
from jobformidler.placements.models import AgreementVersion, LadderStep, Placement, WeekHours

FULL_TIME = 37
TAKING = [*BEFORE_START[3:], *RUNNING]


def started_without_signatures() -> QuerySet[Placement]:
    """Begun though no version was ever signed by both, or nobody approved."""
    both = AgreementVersion.objects.filter(placement=OuterRef("pk")).annotate(
        signed=Count("confirmations", filter=Q(confirmations__confirmed_at__isnull=False))
    )
    return Placement.objects.begun().filter(Q(approved_by=None) | ~Exists(both.filter(signed__gte=2)))


def hours_outside_the_period() -> list[WeekHours]:
    """Weeks reported before the first or after the last day."""
    rows = WeekHours.objects.standing().select_related("placement")
    early = Q(week__lt=F("placement__starts_on") - dt.timedelta(days=6)) | Q(placement__starts_on=None)
    late = Q(placement__ended_on__isnull=False, week__gte=F("placement__ended_on"))
    return list(rows.filter(early | late))


def more_than_full_time() -> QuerySet[Citizen]:
    """Citizens whose placements under way add up to more than 37 hours a week."""
    return Citizen.objects.annotate(
        hours=Sum("cases__placements__weekly_hours", filter=Q(cases__placements__status__in=RUNNING))
    ).filter(hours__gt=FULL_TIME)


def openings_over_capacity() -> QuerySet[Place]:
    """Openings with more agreements out or under way than places."""
    return Place.objects.annotate(taken=Count("placements", filter=Q(placements__status__in=TAKING))).filter(
        taken__gt=F("capacity")
    )


def state_against_hours() -> QuerySet[Placement]:
    """Under way with hours though none stand, or without though some do."""
    paid = WeekHours.objects.standing().filter(placement=OuterRef("pk"), paid__gt=0)
    return Placement.objects.filter(
        Q(status=PlacementStatus.WITH_HOURS) & ~Exists(paid) | Q(status=PlacementStatus.INTERNSHIP) & Exists(paid)
    )


def rebuild_steps() -> int:
    """Bring every step in line with the reported weeks; returns how many were not."""
    differed = []
    rows = LadderStep.objects.select_related("placement").order_by("placement_id", "position")
    weeks: dict[int, list[WeekHours]] = {}
    for week in WeekHours.objects.standing().filter(paid__gt=0).order_by("week"):
        weeks.setdefault(week.placement_id, []).append(week)
    for step in rows:
        found = ladder.standing(step, weeks.get(step.placement_id, []), step.placement.starts_on)
        if found != (step.reached_on, step.status):
            step.reached_on, step.status = found
            differed.append(step)
    LadderStep.objects.bulk_update(differed, ["reached_on", "status"], batch_size=1000)
    return len(differed)


register_check("placements.started_without_signatures", started_without_signatures)
register_check("placements.hours_outside_the_period", hours_outside_the_period)
register_check("placements.more_than_full_time", more_than_full_time)
register_check("placements.openings_over_capacity", openings_over_capacity)
register_check("placements.state_against_hours", state_against_hours)
register_rebuild("ladder_steps", rebuild_steps)
