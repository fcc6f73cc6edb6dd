"""The confidentiality statement: versions of its text, and who has accepted which (GOV-06).

Neither has a row policy: they are read with the memberships, before it is known which municipality a request is for.
They hold no data about citizens.
"""

from django.db import models

from jobformidler.accounts.models.people import User
from jobformidler.core.models import Municipality


class ConfidentialityText(models.Model):
    """A municipality's own text from a moment on; number 1 is the product's standard text and has no row."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=8000)
    written_at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="accounts_confidentialitytext_number")
        ]


class ConfidentialityAcceptance(models.Model):
    """A user has read and accepted a version, named by the digest of its text."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="acceptances")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    accepted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "municipality", "number"], name="accounts_confidentialityacceptance_once"
            )
        ]
