"""Outgoing mail, written in the transaction that causes it and sent by a job; letters, kept as they were sent."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jobformidler.core.crypto import EncryptedTextField
from jobformidler.core.models import TenantModel
from jobformidler.core.policy import TenantPolicy


class Way(models.TextChoices):
    """How a message reaches its receiver."""

    MAIL = "mail", _("mail")
    SMS = "sms", _("text message")


class OutgoingMail(TenantModel):
    """One mail or text message. The subject never carries a benefit, a topic or a citizen's name; the body is encrypted.

    `to` is an e-mail or, for a text message, a number like "4512345678".
    """

    way = models.CharField(max_length=4, choices=Way.choices, default=Way.MAIL)
    to = models.CharField(_("to"), max_length=254)
    subject = models.CharField(_("subject"), max_length=120)
    body = EncryptedTextField()
    kind = models.CharField(max_length=40)
    citizen_id = models.BigIntegerField(null=True, blank=True)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["municipality", "-written_at"], name="messaging_mail_at")]

    def __str__(self):
        return self.subject


class Letter(TenantModel):
    """One version of a letter as PDF, never changed afterwards (append-only). A corrected letter is a new number.

    `pdf` is the file in base64, encrypted like any text; `digest` is the SHA-256 of the file.
    """

    citizen_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=160)
    pdf = EncryptedTextField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            TenantPolicy(name="messaging_letter_tenant", append_only=True),
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "kind", "number"], name="messaging_letter_number"
            ),
        ]
        indexes = [models.Index(fields=["citizen_id"], name="messaging_letter_citizen")]

    def __str__(self):
        return self.title
