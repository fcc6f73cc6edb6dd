"""Tenant, events and the outbox, editable lists, deliveries with their quarantine."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobformidler.core.enums import AnswerClock, DeliveryKind, DeliveryStatus
from jobformidler.core.policy import TenantPolicy


class Municipality(models.Model):
    """The tenant: one municipality with its settings and its own words for itself."""

    code = models.PositiveSmallIntegerField(_("municipality code"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    unit_name = models.CharField(_("what we call ourselves"), max_length=60, default="kommunen")
    employer_entry_name = models.CharField(
        _("what we call the employers' entry"), max_length=60, default="virksomhedsindgangen"
    )
    main_phone = models.CharField(_("main phone"), max_length=20, blank=True)
    answer_hours = models.PositiveSmallIntegerField(_("hours to answer an enquiry"), default=24)
    answer_clock = models.CharField(
        _("how answer hours are counted"), max_length=10, choices=AnswerClock.choices, default=AnswerClock.WORKING
    )
    contact_floor_days = models.PositiveSmallIntegerField(
        _("days between contacts before the placement starts"), default=7
    )
    stall_weeks = models.PositiveSmallIntegerField(
        _("weeks from mastered task to paid hours before a stall is shown"), default=4
    )
    step_goal_days = models.PositiveSmallIntegerField(_("goal for days in one step"), default=14)
    stale_place_days = models.PositiveSmallIntegerField(_("days before a place must be confirmed again"), default=60)
    aftercare_days = models.PositiveSmallIntegerField(_("days the lifeline stays open after a job"), default=180)
    consent_days = models.PositiveSmallIntegerField(_("days a yes to sharing counts"), default=365)
    cutoff_days = models.PositiveSmallIntegerField(
        _("days before half a year and a year when the own effort is looked at"), default=60
    )
    review_months = models.PositiveSmallIntegerField(
        _("months before an approval to fleksjob is to be assessed anew"), null=True, blank=True
    )
    hours_reminder = models.BooleanField(_("ask workplaces about the hours of the week on Fridays"), default=True)
    caseload_limit_jobformidler = models.PositiveSmallIntegerField(
        _("caseload limit, jobformidler"), null=True, blank=True
    )
    caseload_limit_caseworker = models.PositiveSmallIntegerField(_("caseload limit, caseworker"), null=True, blank=True)
    small_cell = models.PositiveSmallIntegerField(_("smallest number shown in shared figures"), default=10)
    clock_shift = models.DurationField(_("clock shift (demo only)"), null=True, blank=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")

    def __str__(self):
        return self.name


class TenantModel(models.Model):
    """Base of every row that belongs to one municipality; the policy is inherited with Meta."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, editable=False)

    class Meta:
        abstract = True
        constraints = [TenantPolicy(name="%(app_label)s_%(class)s_tenant")]


class VersionedModel(TenantModel):
    """A tenant row people edit on forms: `version` grows with every save through an action."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta(TenantModel.Meta):
        abstract = True


class Withdrawable(models.Model):
    """A registration that can be withdrawn with a reason; it stays in the timeline, struck out."""

    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_reason = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True


class Transferable(models.Model):
    """ "Overført til fagsystem": what also has to be registered elsewhere until an interface does it."""

    transferred_on = models.DateField(_("transferred to the case system on"), null=True, blank=True)
    transfer_receipt = models.CharField(_("receipt"), max_length=60, blank=True)

    class Meta:
        abstract = True


class Event(TenantModel):
    """Something that happened, append-only. Timeline, steering and handlers read these; nothing is typed twice."""

    kind = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    citizen_id = models.BigIntegerField(null=True, blank=True)
    workplace_id = models.BigIntegerField(null=True, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    actor_label = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()
    payload = models.JSONField(default=dict)

    class Meta:
        constraints = [TenantPolicy(name="core_event_tenant", append_only=True)]
        indexes = [
            models.Index(fields=["citizen_id", "-at"], name="core_event_citizen"),
            models.Index(
                fields=["workplace_id", "-at"], name="core_event_workplace", condition=Q(workplace_id__isnull=False)
            ),
            models.Index(fields=["subject_type", "subject_id"], name="core_event_subject"),
            models.Index(fields=["municipality", "kind", "-at"], name="core_event_kind"),
        ]

    def __str__(self):
        return f"{self.kind} {self.subject_type}:{self.subject_id}"


class HandledEvent(TenantModel):
    """One row for each (event, handler) that is done: what makes a handler run once."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    handler = models.CharField(max_length=120)
    at = models.DateTimeField(auto_now_add=True)

    open_to_outsiders = "all"  # numbers and names of handlers; written with whatever somebody from outside registers

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["event", "handler"], name="core_handledevent_once"),
        ]


class FailedHandler(TenantModel):
    """A handler that failed: shown to the administrator, who can run it again."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    handler = models.CharField(max_length=120)
    attempts = models.PositiveSmallIntegerField(default=1)
    error = models.TextField()
    first_failed_at = models.DateTimeField()
    last_failed_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["event", "handler"], name="core_failedhandler_once"),
        ]


class ListItem(models.Model):
    """One entry of an editable list (benefits, origins, purposes, …), seeded from the sources, same for all tenants."""

    list = models.CharField(_("list"), max_length=40)
    code = models.SlugField(_("code"), max_length=60)
    label = models.CharField(_("Danish label"), max_length=160)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["list", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "code"],
                name="core_listitem_code",
                violation_error_message=_("The list already has this code."),
            )
        ]

    def __str__(self):
        return self.label


class ColumnMapping(TenantModel):
    """A saved translation of a file's own headers to ours."""

    kind = models.CharField(_("kind of file"), max_length=20, choices=DeliveryKind.choices)
    name = models.CharField(_("name"), max_length=80)
    headers = models.JSONField(_("headers"), default=dict)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["municipality", "kind", "name"],
                name="core_columnmapping_name",
                violation_error_message=_("There is already a mapping with this name."),
            ),
        ]

    def __str__(self):
        return self.name


class Delivery(TenantModel):
    """One file read: who, when, what came of it. `read` is always the sum of the other four."""

    kind = models.CharField(max_length=20, choices=DeliveryKind.choices)
    file_name = models.CharField(max_length=200)
    status = models.CharField(max_length=12, choices=DeliveryStatus.choices, default=DeliveryStatus.WAITING)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    stored_as = models.CharField(max_length=200, blank=True)
    headers = models.JSONField(default=dict)
    progress = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    inserted = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    quarantined = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                name="core_delivery_adds_up",
                condition=Q(read=F("inserted") + F("updated") + F("unchanged") + F("quarantined")),
            ),
        ]
        indexes = [models.Index(fields=["municipality", "-at"], name="core_delivery_at")]


class QuarantinedRow(TenantModel):
    """A row that was not taken in: line, field, reason, and the row itself encrypted, since it may hold a CPR number."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="quarantine")
    line = models.PositiveIntegerField()
    field = models.CharField(max_length=60)
    reason = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    raw = models.BinaryField()  # sealed by core.ingest.quarantine, which makes many rows at once
    sealed_columns = {"raw": "core.quarantinedrow.raw"}
    fields_seen = ArrayField(models.CharField(max_length=60), default=list)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["delivery", "line"], name="core_quarantine_line")]


class RetentionRule(TenantModel):
    """How many months one type of data is kept here; without a row the product's own number holds (GOV-15)."""

    data_type = models.CharField(_("type of data"), max_length=40)
    months = models.PositiveSmallIntegerField(_("months"))

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["municipality", "data_type"], name="core_retentionrule_once"),
            models.CheckConstraint(
                name="core_retentionrule_months",
                condition=Q(months__gte=1, months__lte=360),
                violation_error_message=_("Write between 1 and 360 months."),
            ),
        ]


class RetentionRun(TenantModel):
    """One run of the retention rules: what it did, by type of data."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    counts = models.JSONField(default=dict)
    error = models.CharField(max_length=200, blank=True)
