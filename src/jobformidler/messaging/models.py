"""Outgoing mail: written in the transaction that causes it, sent by a job."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jobformidler.core.crypto import EncryptedTextField
from jobformidler.core.models import TenantModel


class OutgoingMail(TenantModel):
    """One mail. The subject never carries a benefit, a topic or a citizen's name; the body is kept encrypted."""

    to = models.EmailField(_("to"))
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
