"""The disclosure card: what a workplace reads about a citizen before and during a stay (MAT-12, EMP-42)."""

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobformidler.citizens.sharing import AnsweredHow
from jobformidler.core.crypto import EncryptedTextField
from jobformidler.core.history import tracked
from jobformidler.core.models import TenantModel
from jobformidler.employers.models import ContactPerson
from jobformidler.placements.enums import Purpose
from jobformidler.placements.models.placement import Placement
from jobformidler.placements.querysets import CardQuerySet


@tracked()
class DisclosureCard(TenantModel):
    """One version of a card: lines the citizen has said yes to, in the order of the purpose, approved as a whole.

    `content` is the lines as JSON, encrypted; it never changes. A new composition is a new card.
    """

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="cards")
    number = models.PositiveSmallIntegerField()
    purpose = models.CharField(_("purpose"), max_length=14, choices=Purpose.choices)
    content = EncryptedTextField()
    digest = models.CharField(max_length=64)
    contact = models.ForeignKey(
        ContactPerson, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("who gets the card")
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_how = models.CharField(max_length=14, choices=AnsweredHow.choices, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = CardQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        ordering = ["-number"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["placement", "number"], name="placements_card_number"),
            models.CheckConstraint(
                name="placements_card_approved",
                condition=Q(sent_at__isnull=True) | Q(approved_at__isnull=False, contact__isnull=False),
                violation_error_message=_("A card is sent when the citizen has approved it."),
            ),
        ]

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The lines as they were composed: key, field and text."""
        return json.loads(str(self.content))
