"""What a citizen has said yes or no to sharing, and what has been shared (GOV-01, GOV-03)."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobformidler.accounts.models import Organisation
from jobformidler.citizens.models.person import Citizen
from jobformidler.citizens.models.resources import Consideration
from jobformidler.citizens.sharing import Answer, AnsweredHow, Channel, LegalBasis, Receiver, ShareField
from jobformidler.citizens.sharing_querysets import ConsentQuerySet, DisclosureQuerySet
from jobformidler.core.crypto import EncryptedTextField
from jobformidler.core.history import tracked
from jobformidler.core.models import TenantModel, VersionedModel


class ToReceiver(models.Model):
    """Who it is shared with: the kind, and the one workplace, organisation or person where it is one."""

    receiver = models.CharField(_("who may read it"), max_length=12, choices=Receiver.choices)
    receiver_name = models.CharField(_("name of who may read it"), max_length=160, blank=True)
    workplace_id = models.BigIntegerField(null=True, blank=True)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True

    def who(self) -> str:
        """The receiver in words."""
        return self.receiver_name or str(Receiver(self.receiver).label)


@tracked()
class Consent(VersionedModel, ToReceiver):
    """One answer: this citizen, this field, this receiver, this purpose, on this basis. A no is kept and costs nothing.

    `workplace_id` is empty where the yes is for the workplaces that are looked for together. `expires_on` is the first
    day it no longer counts. A yes counts until then or until it is taken back, whichever comes first.
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="consents")
    field = models.CharField(_("what"), max_length=20, choices=ShareField.choices)
    consideration = models.ForeignKey(
        Consideration, null=True, blank=True, on_delete=models.PROTECT, related_name="consents"
    )
    purpose = models.CharField(_("what for"), max_length=200)
    legal_basis = models.CharField(_("legal basis"), max_length=20, choices=LegalBasis.choices)
    basis_note = models.CharField(_("more about the basis"), max_length=200, blank=True)
    answer = models.CharField(_("the citizen's answer"), max_length=4, choices=Answer.choices)
    how = models.CharField(_("how the citizen answered"), max_length=14, choices=AnsweredHow.choices)
    answered_on = models.DateField(_("answered"))
    expires_on = models.DateField(_("counts until"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_how = models.CharField(max_length=14, choices=AnsweredHow.choices, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = ConsentQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        ordering = ["pk"]
        constraints = [
            *VersionedModel.Meta.constraints,
            models.CheckConstraint(
                name="citizens_consent_expiry",
                condition=Q(answer=Answer.NO, expires_on__isnull=True)
                | Q(answer=Answer.YES, expires_on__isnull=False, expires_on__gt=F("answered_on")),
                violation_error_message=_("The end must be after the day of the answer."),
            ),
            models.CheckConstraint(
                name="citizens_consent_basis",
                condition=~Q(legal_basis=LegalBasis.OTHER) | ~Q(basis_note=""),
                violation_error_message=_("Write what the basis is."),
            ),
            models.UniqueConstraint(
                fields=["citizen", "field", "consideration", "receiver", "workplace_id", "organisation", "user"],
                condition=Q(withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="citizens_consent_once",
                violation_error_message=_("There is already an answer to this."),
            ),
        ]
        indexes = [models.Index(fields=["citizen", "receiver"], name="citizens_consent_receiver")]

    def counts_on(self, day) -> bool:
        """Whether this is a yes in force on the day."""
        return (
            self.answer == Answer.YES
            and self.withdrawn_at is None
            and self.answered_on <= day
            and (self.expires_on is None or day < self.expires_on)
        )


@tracked()
class Disclosure(TenantModel, ToReceiver):
    """What was shared with whom and when: the exact text, encrypted, and the receipt when it was read."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="disclosures")
    channel = models.CharField(max_length=12, choices=Channel.choices)
    purpose = models.CharField(max_length=200, blank=True)
    fields = ArrayField(models.CharField(max_length=20, choices=ShareField.choices), default=list)
    text = EncryptedTextField()
    subject_id = models.BigIntegerField(default=0)
    version = models.PositiveSmallIntegerField(default=1)
    shared_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = DisclosureQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        ordering = ["-shared_at", "-pk"]
        indexes = [
            models.Index(fields=["citizen", "-shared_at"], name="citizens_disclosure_at"),
            models.Index(fields=["channel", "subject_id"], name="citizens_disclosure_of"),
        ]
