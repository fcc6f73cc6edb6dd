"""Questions about the target group: who is on ledighedsydelse, for how long, in which group, and what was done (CIT-03…23)."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Case as Choose
from django.db.models import CharField, Count, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from jobformidler.casework.enums import OPEN
from jobformidler.casework.models import Case, EffortNote, GroupNote, GroupText, Review
from jobformidler.casework.target_enums import AUTHORITY_ONLY, FOCUS, REVIEWED, STATUS, ReviewStep, TargetGroup
from jobformidler.casework.target_querysets import is_authority
from jobformidler.citizens.models import Citizen
from jobformidler.law.months import add_months
from jobformidler.registers.enums import UnemploymentLength
from jobformidler.registers.models import FleksjobApproval, ReferralDecision
from jobformidler.registers.runs import of_length, on_ledighedsydelse

if TYPE_CHECKING:
    from jobformidler.accounts.viewer import Viewer

#: Citizens without a group, or whose group the viewer may not read.
NO_GROUP = "none"


def target_group(viewer: "Viewer", *, mine: bool = False) -> QuerySet[Citizen]:
    """Citizens on ledighedsydelse the viewer may see, with `run_since`, `half_on`, `year_on`, `case_pk` (of the open case),
    `group` (empty where the viewer may read none), `effort`, `effort_on` and `referred`.

    `mine`: only those in whose case the viewer has a role today.
    """
    day = viewer.day
    open_cases = Case.objects.filter(citizen=OuterRef("pk"), status__in=OPEN)
    citizens = Citizen.objects.visible_to(viewer)
    if mine:
        cases = Case.objects.filter(status__in=OPEN).of_user(viewer.user, day)
        citizens = citizens.filter(pk__in=cases.values("citizen"))
    notes = GroupNote.objects.filter(case=OuterRef("case_pk")).order_by("-since", "-pk")
    efforts = EffortNote.objects.filter(case=OuterRef("case_pk")).order_by("-on", "-pk")
    hidden = () if is_authority(viewer) else AUTHORITY_ONLY
    blank = Value("", output_field=CharField())
    return (
        on_ledighedsydelse(citizens, day)
        .annotate(case_pk=Subquery(open_cases.values("pk")[:1]))
        .annotate(noted=Coalesce(Subquery(notes.values("group")[:1]), blank))
        .annotate(
            group=Choose(When(noted__in=hidden, then=blank), default=F("noted"), output_field=CharField()),
            effort=Coalesce(Subquery(efforts.values("status")[:1]), blank),
            effort_on=Subquery(efforts.values("on")[:1]),
            referred=Exists(
                ReferralDecision.objects.filter(
                    citizen=OuterRef("pk"), withdrawn_at=None, decided_on__gte=OuterRef("run_since")
                )
            ),
        )
    )


def in_group(group: str) -> Q:
    """The annotated citizens of one group; `NO_GROUP` for those without one."""
    return Q(group="" if group == NO_GROUP else group)


def counts(citizens: QuerySet[Any], day: dt.date) -> dict[str, int]:
    """How many there are by length of unemployment, which adds up to all of them, and by group. One query."""
    by_length = {length: Count("pk", filter=of_length(length, day)) for length in UnemploymentLength.values}
    groups = (*TargetGroup.values, NO_GROUP)
    by_group = {f"group_{group}": Count("pk", filter=in_group(group)) for group in groups}
    return citizens.aggregate(all=Count("pk"), **by_length, **by_group)


def near_cutoff(citizens: QuerySet[Any], day: dt.date, days: int) -> QuerySet[Any]:
    """Those ready for a job with at most so many days to half a year or a year, soonest first, as `cutoff_on` (CIT-23)."""
    last = day + dt.timedelta(days=days)
    ahead = [When(**{f"{name}__gt": day, f"{name}__lte": last}, then=F(name)) for name in ("half_on", "year_on")]
    return (
        citizens.filter(group=TargetGroup.READY, referred=False)
        .annotate(cutoff_on=Choose(*ahead, default=None, output_field=DateField()))
        .filter(cutoff_on__isnull=False)
        .order_by("cutoff_on", "pk")
    )


def words_of_groups() -> dict[str, dict[str, str]]:
    """Name, status and focus of each group: the municipality's own words, else the product's. One query."""
    own = {row.group: row for row in GroupText.objects.all()}

    def words(group: str) -> dict[str, str]:
        row = own.get(group)
        if row is not None:
            return {"name": row.name, "status": row.status, "focus": row.focus}
        return {
            "name": str(TargetGroup(group).label),
            "status": str(STATUS[group]),
            "focus": str(FOCUS[group]),
        }

    return {group: words(group) for group in TargetGroup.values}


def readable_groups(viewer: "Viewer") -> list[str]:
    """The groups the viewer may read about. No query."""
    return [group for group in TargetGroup.values if is_authority(viewer) or group not in AUTHORITY_ONLY]


def to_review(viewer: "Viewer", months: int, *, mine: bool = False) -> QuerySet[FleksjobApproval]:
    """Approvals in force, so many months old and not assessed since, with `case_pk`, `reviewed_on`, `last_step`, `last_on`.

    Sorted by the day of the approval (CIT-17). An approval that was assessed comes back when as many months have passed.
    """
    day = viewer.day
    before = dt.date.fromordinal(add_months(day.toordinal(), -months))
    cases = Case.objects.visible_to(viewer).filter(status__in=OPEN)
    if mine:
        cases = cases.of_user(viewer.user, day)
    reviews = Review.objects.filter(approval=OuterRef("pk"))
    done = reviews.filter(step__in=REVIEWED).order_by("-on").values("on")[:1]
    standing = Q(ended_on=None) | Q(ended_on__gt=day)
    newest = reviews.order_by("-pk")
    return (
        FleksjobApproval.objects.filter(standing, citizen__in=cases.values("citizen"), approved_on__lte=before)
        .annotate(
            case_pk=Subquery(cases.filter(citizen=OuterRef("citizen")).values("pk")[:1]),
            reviewed_on=Subquery(done),
            last_step=Subquery(newest.values("step")[:1]),
            last_on=Subquery(newest.values("on")[:1]),
        )
        .filter(Q(reviewed_on=None) | Q(reviewed_on__lte=before))
        .select_related("citizen")
        .order_by("approved_on", "pk")
    )


def planned(approval: Any) -> dt.date | None:
    """For which day the re-assessment of an annotated approval is planned, None when it is not."""
    return approval.last_on if approval.last_step == ReviewStep.PLANNED else None
