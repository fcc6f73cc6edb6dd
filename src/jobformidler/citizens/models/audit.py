"""The seal over the access log, emergency access, and looks that were unusual (GOV-05)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobformidler.accounts.models import Unit
from jobformidler.citizens.access_enums import AlertKind, AlertState, EmergencyReason, Review
from jobformidler.citizens.access_querysets import AlertQuerySet, EmergencyQuerySet
from jobformidler.citizens.models.access import AccessLog, Relation
from jobformidler.citizens.models.person import Citizen
from jobformidler.core.crypto import EncryptedTextField
from jobformidler.core.history import tracked
from jobformidler.core.models import TenantModel, VersionedModel
from jobformidler.core.policy import TenantPolicy


class AccessSeal(TenantModel):
    """One link of a municipality's chain: a keyed digest over a batch of the log and the seal before it. Append-only.

    `rows_digest` is SHA-256 over the canonical rows in order; `digest` is HMAC over it, the number and `previous`.
    """

    number = models.PositiveIntegerField()
    previous = models.CharField(max_length=64, blank=True)
    rows_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    key_id = models.CharField(max_length=16)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            TenantPolicy(name="citizens_accessseal_tenant", append_only=True),
            models.UniqueConstraint(fields=["municipality", "number"], name="citizens_accessseal_number"),
            models.UniqueConstraint(fields=["municipality", "previous"], name="citizens_accessseal_previous"),
        ]


class SealedLook(TenantModel):
    """Which seal covers a row of the log, and the row's own digest, so that a changed row can be named.

    Append-only. A row that came late finds a later seal.
    """

    log = models.OneToOneField(AccessLog, on_delete=models.PROTECT, related_name="sealed")
    seal = models.ForeignKey(AccessSeal, on_delete=models.PROTECT, related_name="looks")
    digest = models.BinaryField(max_length=32, default=b"")

    class Meta:
        constraints = [TenantPolicy(name="citizens_sealedlook_tenant", append_only=True)]


@tracked()
class EmergencyAccess(VersionedModel):
    """Somebody without a relation opened a citizen's pages for a short while, and said why (break-glass).

    The right itself is `relation`; this row is what the leader and the security officer read.
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="emergencies")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    relation = models.OneToOneField(Relation, on_delete=models.PROTECT, related_name="emergency")
    reason_kind = models.CharField(_("why"), max_length=14, choices=EmergencyReason.choices)
    reason = EncryptedTextField(_("in your own words"))
    protected = models.BooleanField(default=False, editable=False)
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    review = models.CharField(_("was it right?"), max_length=14, choices=Review.choices, default=Review.WAITING)
    review_note = models.CharField(_("note"), max_length=300, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)

    objects = EmergencyQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        constraints = [
            *VersionedModel.Meta.constraints,
            models.CheckConstraint(name="citizens_emergency_order", condition=Q(expires_at__gt=F("opened_at"))),
            models.CheckConstraint(
                name="citizens_emergency_review",
                condition=Q(review=Review.WAITING, reviewed_at__isnull=True, reviewed_by__isnull=True)
                | ~Q(review=Review.WAITING) & Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["citizen", "-opened_at"], name="citizens_emergency_citizen"),
            models.Index(fields=["municipality", "review"], name="citizens_emergency_waiting"),
        ]


@tracked()
class AccessAlert(VersionedModel):
    """One unusual look, or one stretch of many, found by a rule that can be read out. Handled with a note.

    `day` and `hour` are the window the rule looked at; `citizen` is empty where it is about how many.
    """

    kind = models.CharField(max_length=12, choices=AlertKind.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    citizen = models.ForeignKey(Citizen, null=True, blank=True, on_delete=models.PROTECT, related_name="access_alerts")
    day = models.DateField()
    hour = models.PositiveSmallIntegerField(null=True, blank=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    count = models.PositiveIntegerField()
    limit = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(_("what came of it?"), max_length=10, choices=AlertState.choices, default=AlertState.OPEN)
    note = models.CharField(_("note"), max_length=500, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    handled_at = models.DateTimeField(null=True, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        constraints = [
            *VersionedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["municipality", "kind", "user", "citizen", "day", "hour"],
                name="citizens_alert_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="citizens_alert_handled",
                condition=Q(state=AlertState.OPEN, handled_at__isnull=True)
                | ~Q(state=AlertState.OPEN) & Q(handled_at__isnull=False) & ~Q(note=""),
                violation_error_message=_("Write what you found out."),
            ),
        ]
        indexes = [models.Index(fields=["municipality", "state", "-last_at"], name="citizens_alert_state")]


@tracked()
class AuditPolicy(VersionedModel):
    """What a municipality counts as many, and how long emergency access lasts."""

    volume_hour = models.PositiveSmallIntegerField(_("different citizens in an hour"), default=40)
    volume_day = models.PositiveSmallIntegerField(_("different citizens in a day"), default=120)
    emergency_hours = models.PositiveSmallIntegerField(_("hours an emergency access lasts"), default=8)

    class Meta(VersionedModel.Meta):
        constraints = [
            *VersionedModel.Meta.constraints,
            models.UniqueConstraint(fields=["municipality"], name="citizens_auditpolicy_once"),
            models.CheckConstraint(
                name="citizens_auditpolicy_hours",
                condition=Q(emergency_hours__gte=1, emergency_hours__lte=24),
                violation_error_message=_("Write between 1 and 24 hours."),
            ),
            models.CheckConstraint(
                name="citizens_auditpolicy_volume",
                condition=Q(volume_hour__gte=1, volume_day__gte=F("volume_hour")),
                violation_error_message=_("The number for a day cannot be smaller than the one for an hour."),
            ),
        ]


@tracked()
class StaffPrivacy(TenantModel):
    """What is protected about an employee. `name_hidden`: citizens read function and unit instead of the name."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="privacy")
    name_hidden = models.BooleanField(_("citizens do not see the name"), default=False)

    open_to_outsiders = "all"  # a citizen's own page has to know whose name it may not show


class StaffHome(TenantModel):
    """Where an employee lives, for one thing: to find looks at neighbours and people at home. No outsider's row.

    It has no history: when the login is stopped the address is gone.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    address = EncryptedTextField(_("address"))
    postal_code = models.CharField(_("postal code"), max_length=4)
