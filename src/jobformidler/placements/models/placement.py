"""Placements, versions of the work agreement with their confirmations, the hours ladder and follow-up."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobformidler.casework.models import Case, Contact
from jobformidler.core.history import tracked
from jobformidler.core.models import TenantModel, Transferable, VersionedModel, Withdrawable
from jobformidler.employers.models import ContactPerson, Workplace
from jobformidler.openings.models import Place
from jobformidler.placements.enums import (
    ENDED,
    RUNNING,
    HoursSource,
    Party,
    PlacementKind,
    PlacementStatus,
    Purpose,
    StepStatus,
    VitasStatus,
)
from jobformidler.placements.querysets import OfPlacementQuerySet, PlacementQuerySet

OVER = [str(state) for state in ENDED]
STARTED = [*(str(state) for state in RUNNING), *OVER]


@tracked()
class Placement(VersionedModel, Transferable):
    """A citizen at a workplace (PLC-01). `starts_on` included, `ends_on` the first day after it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="placements")
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="placements")
    opening = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="placements")
    kind = models.CharField(_("kind"), max_length=14, choices=PlacementKind.choices, default=PlacementKind.INTERNSHIP)
    purpose = models.CharField(_("purpose"), max_length=14, choices=Purpose.choices, blank=True)
    status = models.CharField(_("state"), max_length=20, choices=PlacementStatus.choices, default=PlacementStatus.IDEA)
    status_since = models.DateField()
    function = models.CharField(_("function"), max_length=120, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    weekly_hours = models.DecimalField(_("hours a week"), max_digits=4, decimal_places=1, null=True, blank=True)
    contact = models.ForeignKey(
        ContactPerson,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="placements",
        verbose_name=_("contact person at the workplace"),
    )
    no_contact_reason = models.CharField(_("why there is no contact person"), max_length=200, blank=True)
    hours_discussed = models.BooleanField(_("ordinary hours were discussed at the first visit"), null=True)
    reason_citizen = models.CharField(_("why it is good for the citizen"), max_length=300, blank=True)
    reason_employer = models.CharField(_("why it is good for the workplace"), max_length=300, blank=True)
    follow_up_days = models.PositiveSmallIntegerField(_("days between visits"), default=14)
    approved_on = models.DateField(null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True)
    in_doubt = models.BooleanField(_("given up in doubt about readiness"), default=False)
    tried = models.CharField(_("what was tried"), max_length=300, blank=True)
    learning = models.CharField(_("what we take with us"), max_length=300, blank=True)
    what_next = models.CharField(_("what now"), max_length=160, blank=True)
    vitas_number = models.CharField(_("VITAS number"), max_length=20, blank=True)
    vitas_status = models.CharField(
        _("status in VITAS"), max_length=10, choices=VitasStatus.choices, default=VitasStatus.NONE
    )
    created_on = models.DateField(editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = PlacementQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        constraints = [
            *VersionedModel.Meta.constraints,
            models.CheckConstraint(
                name="placements_placement_order",
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("The end must not be before the start."),
            ),
            models.CheckConstraint(
                name="placements_placement_hours",
                condition=Q(weekly_hours__isnull=True) | Q(weekly_hours__gt=0, weekly_hours__lte=37),
                violation_error_message=_("Hours must be between 0 and 37 a week."),
            ),
            models.CheckConstraint(
                name="placements_placement_started",
                condition=~Q(status__in=STARTED)
                | Q(starts_on__isnull=False, approved_on__isnull=False, approved_by__isnull=False) & ~Q(purpose=""),
                violation_error_message=_("A placement cannot start without purpose, start date and approval."),
            ),
            models.CheckConstraint(
                name="placements_placement_contact",
                condition=~Q(status__in=STARTED) | Q(contact__isnull=False) | ~Q(no_contact_reason=""),
                violation_error_message=_("A placement needs a contact person at the workplace, or a reason."),
            ),
            models.CheckConstraint(
                name="placements_placement_ended",
                condition=Q(status__in=OVER, ended_on__isnull=False) | ~Q(status__in=OVER) & Q(ended_on__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "status"], name="placements_placement_case"),
            models.Index(fields=["workplace", "status"], name="placements_placement_work"),
        ]

    def __str__(self):
        return f"{self.workplace_id}:{self.pk}"

    @property
    def is_running(self) -> bool:
        """Under way."""
        return self.status in RUNNING

    @property
    def is_over(self) -> bool:
        """Ended, whatever the way."""
        return self.status in ENDED

    @property
    def sent_version(self) -> "AgreementVersion | None":
        """The newest version that was sent, the only one that can be confirmed."""
        return self.versions.filter(sent_at__isnull=False).first()

    def waiting_for(self, version: "AgreementVersion") -> list[str]:
        """Names of those who have not confirmed the version."""
        done = set(version.confirmations.filter(confirmed_at__isnull=False).values_list("party", flat=True))
        return [version.signer(party) for party in version.parties if party not in done]


@tracked()
class AgreementVersion(TenantModel):
    """One version of the work agreement: its whole content as fields (PLC-T2), frozen once sent.

    `digest` is the SHA-256 of the content; a confirmation names the digest it confirmed.
    """

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64, blank=True)
    changed = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = OfPlacementQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        ordering = ["-number"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["placement", "number"], name="placements_version_number"),
            models.CheckConstraint(name="placements_version_sent", condition=Q(sent_at__isnull=True) | ~Q(digest="")),
        ]

    @property
    def parties(self) -> list[Party]:
        """Who signs this version, in signing order."""
        return [party for party in Party if party != Party.STAFF or self.content.get("staff_rep")]

    def signer(self, party: str) -> str:
        """Who signs for the party, by name."""
        if party == Party.CITIZEN:
            return self.content["citizen"]
        if party == Party.STAFF:
            return (self.content.get("staff_rep") or {}).get("name") or ""
        return (self.content.get("representative") or {}).get("name") or self.content["workplace"]


@tracked()
class Confirmation(TenantModel):
    """One party's reading and confirmation of a version. `carried_from`: an earlier one that still holds.

    A party confirms again only when a field that touches them has changed.
    """

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="confirmations")
    party = models.CharField(max_length=10, choices=Party.choices)
    name = models.CharField(max_length=120)
    read_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    carried_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = OfPlacementQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["version", "party"], name="placements_confirmation_party"),
            models.CheckConstraint(
                name="placements_confirmation_digest", condition=Q(confirmed_at__isnull=True) | ~Q(digest="")
            ),
        ]


class SignedLink(models.Model):
    """A signed link for somebody without login, bound to one placement and party. Only the token's hash is kept.

    No row policy: it is read to find out which tenant a request without login belongs to.
    """

    municipality = models.ForeignKey("core.Municipality", on_delete=models.PROTECT, related_name="+")
    placement_id = models.BigIntegerField()
    party = models.CharField(max_length=10, choices=Party.choices)
    purpose = models.CharField(max_length=12)
    token_hash = models.BinaryField(max_length=32, unique=True)
    sent_to = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    code_hash = models.BinaryField(max_length=32, null=True)
    code_expires_at = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["placement_id", "party"], name="placements_link_party")]


@tracked()
class LadderStep(VersionedModel):
    """A step of the hours ladder: when this task is mastered, so many paid hours a week from a date (PLC-05, PLC-10)."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField()
    task = models.CharField(_("task"), max_length=160)
    mastered_when = models.CharField(_("mastered when"), max_length=160, blank=True)
    paid_hours = models.DecimalField(_("paid hours a week"), max_digits=4, decimal_places=1)
    planned_on = models.DateField(_("from"), null=True, blank=True)
    mastered_on = models.DateField(_("mastered on"), null=True, blank=True)
    reached_on = models.DateField(_("paid since"), null=True, blank=True)
    status = models.CharField(max_length=10, choices=StepStatus.choices, default=StepStatus.PLANNED)

    objects = OfPlacementQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        ordering = ["position"]
        constraints = [
            *VersionedModel.Meta.constraints,
            models.UniqueConstraint(fields=["placement", "position"], name="placements_step_position"),
            models.CheckConstraint(
                name="placements_step_hours",
                condition=Q(paid_hours__gte=0) & Q(paid_hours__lte=37),
                violation_error_message=_("Hours must be between 0 and 37 a week."),
            ),
        ]


@tracked()
class WeekHours(VersionedModel, Withdrawable):
    """Real hours of one week, paid and unpaid apart (PLC-24). `week` is the Monday. Absence carries no reason."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="weeks")
    week = models.DateField(_("week"))
    paid = models.DecimalField(_("paid hours"), max_digits=4, decimal_places=1)
    unpaid = models.DecimalField(_("internship hours"), max_digits=4, decimal_places=1)
    absence = models.BooleanField(_("there was absence"), default=False)
    source = models.CharField(max_length=14, choices=HoursSource.choices)
    reported_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = OfPlacementQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        ordering = ["week"]
        indexes = [
            models.Index(fields=["municipality", "week"], name="placements_week_week"),
            models.Index(  # who gives paid hours, and when: asked by the board and for every place
                fields=["municipality", "week", "placement"],
                include=["paid"],
                condition=Q(paid__gt=0, withdrawn_at=None),
                name="placements_week_paid",
            ),
        ]
        constraints = [
            *VersionedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["placement", "week"],
                name="placements_week_once",
                violation_error_message=_("The week is already reported. Correct it instead."),
            ),
            models.CheckConstraint(
                name="placements_week_hours",
                condition=Q(paid__gte=0, unpaid__gte=0, paid__lte=60 - F("unpaid")),
                violation_error_message=_("A week cannot hold more than 60 hours."),
            ),
            models.CheckConstraint(name="placements_week_monday", condition=Q(week__iso_week_day=1)),
        ]


@tracked()
class FollowUp(TenantModel):
    """A follow-up at the workplace, with ordinary hours as a fixed item (CON-16, PLC-12)."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="follow_ups")
    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, related_name="follow_up")
    at_workplace = models.BooleanField(_("held at the workplace"), default=True)
    hours_said = models.CharField(_("what was said about ordinary hours"), max_length=300)
    tasks_adjusted = models.CharField(_("tasks adjusted"), max_length=300, blank=True)
    time_adjusted = models.CharField(_("working time adjusted"), max_length=300, blank=True)
    considerations_adjusted = models.CharField(_("considerations adjusted"), max_length=300, blank=True)
    decision = models.CharField(_("decision on the spot"), max_length=300, blank=True)

    objects = OfPlacementQuerySet.as_manager()
