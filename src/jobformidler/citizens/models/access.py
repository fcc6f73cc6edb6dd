"""Why somebody may see a citizen, and the log of who did."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q

from jobformidler.accounts.models import Organisation, Unit
from jobformidler.citizens.access_enums import Outcome
from jobformidler.citizens.access_querysets import AccessLogQuerySet
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models.person import Citizen
from jobformidler.citizens.querysets import RelationQuerySet
from jobformidler.core.history import tracked
from jobformidler.core.models import TenantModel
from jobformidler.core.policy import TenantPolicy


@tracked()
class Relation(TenantModel):
    """Why a user, a unit or an organisation may see a citizen, and from when to when."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="relations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="relations"
    )
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="relations")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="relations"
    )
    kind = models.CharField(max_length=20, choices=RelationKind.choices)
    powers = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    period = DateRangeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    event_id = models.BigIntegerField(null=True, blank=True)

    objects = RelationQuerySet.as_manager()
    is_relation = True  # what admits somebody from outside (core.bounds)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                name="citizens_relation_one_party",
                condition=(
                    Q(user__isnull=False, unit__isnull=True, organisation__isnull=True)
                    | Q(user__isnull=True, unit__isnull=False, organisation__isnull=True)
                    | Q(user__isnull=True, unit__isnull=True, organisation__isnull=False)
                ),
            ),
            models.CheckConstraint(name="citizens_relation_period", condition=Q(period__isempty=False)),
            models.CheckConstraint(
                name="citizens_relation_expires",
                condition=Q(kind=RelationKind.BREAK_GLASS, expires_at__isnull=False, user__isnull=False)
                | ~Q(kind=RelationKind.BREAK_GLASS) & Q(expires_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["user", "citizen"], name="citizens_relation_user"),
            models.Index(fields=["unit", "citizen"], name="citizens_relation_unit"),
            models.Index(fields=["organisation", "citizen"], name="citizens_relation_org"),
        ]


class AccessLog(TenantModel):
    """Who opened which page of a citizen, when, and on what relation (GOV-05). Append-only.

    `role` and `unit` are what the user was at that moment. `user_label` names somebody without login: the receiver of a
    signed link. `outcome` tells whether the page was shown; a refused look is kept too.
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="access_log")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    user_label = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=24, blank=True)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    page = models.CharField(max_length=80)
    relation = models.CharField(max_length=40)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.SHOWN)

    objects = AccessLogQuerySet.as_manager()

    class Meta:
        constraints = [TenantPolicy(name="citizens_accesslog_tenant", append_only=True)]
        indexes = [
            models.Index(fields=["citizen", "-at"], name="citizens_accesslog_at"),
            models.Index(fields=["municipality", "at"], name="citizens_accesslog_day"),
            models.Index(fields=["user", "at"], name="citizens_accesslog_user"),
        ]
