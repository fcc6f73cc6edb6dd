"""Letters to many citizens at once: whom they go to, how far it has come, and the file to print."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobformidler.citizens.enums import ExportStatus
from jobformidler.core.crypto import EncryptedTextField
from jobformidler.core.models import TenantModel


class LetterRun(TenantModel):
    """One order of guidance letters (RULE-08), made by a job. `content` is all of them as one PDF in base64, encrypted.

    `cases` are those that were chosen, `letters` the keys of the letters made by this run.
    """

    cases = ArrayField(models.BigIntegerField())
    letters = ArrayField(models.BigIntegerField(), default=list, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    status = models.CharField(_("state"), max_length=10, choices=ExportStatus.choices, default=ExportStatus.WAITING)
    progress = models.PositiveSmallIntegerField(_("citizens gone through"), default=0)
    content = EncryptedTextField(null=True)
    ready_at = models.DateTimeField(_("ready"), null=True)
    expires_at = models.DateTimeField(_("can be fetched until"), null=True)
    fetched_at = models.DateTimeField(_("fetched"), null=True)

    class Meta(TenantModel.Meta):
        ordering = ["-pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                name="casework_letterrun_ready",
                condition=Q(status=ExportStatus.READY, expires_at__isnull=False)
                | ~Q(status=ExportStatus.READY) & Q(content__isnull=True),
            ),
        ]

    @property
    def total(self) -> int:
        """How many citizens were chosen."""
        return len(self.cases)
