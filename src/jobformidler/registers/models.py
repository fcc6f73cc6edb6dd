"""Periods from the registers and approvals to fleksjob."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobformidler.citizens.models import Citizen
from jobformidler.citizens.querysets import OfCitizenQuerySet
from jobformidler.core.history import tracked
from jobformidler.core.models import Delivery, TenantModel, VersionedModel
from jobformidler.registers.enums import SpellKind


@tracked(inserts=False)
class Spell(TenantModel):
    """One period: `start` included, `end` the first day after it, None while it lasts (CIT-02)."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="spells")
    kind = models.CharField(_("kind"), max_length=16, choices=SpellKind.choices)
    start = models.DateField(_("from"))
    end = models.DateField(_("to"), null=True, blank=True)
    delivery = models.ForeignKey(Delivery, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = OfCitizenQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["citizen", "kind", "start"], name="registers_spell_key"),
            models.CheckConstraint(
                name="registers_spell_order",
                condition=Q(end__isnull=True) | Q(end__gt=F("start")),
                violation_error_message=_("The end must not be before the start."),
            ),
        ]


@tracked()
class FleksjobApproval(VersionedModel):
    """Approval to fleksjob (CIT-02); a new one starts afresh."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="fleksjob_approvals")
    approved_on = models.DateField(_("approved on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = OfCitizenQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        ordering = ["approved_on"]
        constraints = [
            *VersionedModel.Meta.constraints,
            models.UniqueConstraint(fields=["citizen", "approved_on"], name="registers_approval_day"),
            models.CheckConstraint(
                name="registers_approval_order", condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("approved_on"))
            ),
        ]
