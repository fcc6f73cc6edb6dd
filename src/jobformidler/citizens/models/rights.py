"""The citizen's rights over what is registered: a copy of everything, correction, restriction, and how long it is kept."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobformidler.citizens.enums import CorrectionStatus, ExportStatus, RestrictedUse
from jobformidler.citizens.models.person import Citizen
from jobformidler.citizens.querysets import OfCitizenQuerySet
from jobformidler.core.crypto import EncryptedTextField
from jobformidler.core.history import tracked
from jobformidler.core.models import TenantModel


class RightQuerySet(OfCitizenQuerySet):
    """Restrictions and legal holds."""

    def in_force(self):
        """Those that are not lifted."""
        return self.filter(lifted_on=None)


class Right(TenantModel):
    """Base of what a citizen's right leaves behind: whose, and who wrote it (None: the system)."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="%(class)ss")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = OfCitizenQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        abstract = True
        ordering = ["-pk"]


@tracked()
class CorrectionRequest(Right):
    """The citizen says that something is wrong. When it is not corrected, the citizen's own note stays with the case."""

    what = EncryptedTextField(_("what is wrong"))
    why = EncryptedTextField(_("what should stand instead, and why"))
    asked_at = models.DateTimeField(_("asked"))
    from_citizen = models.BooleanField(_("written by the citizen"), default=False)
    status = models.CharField(
        _("state"), max_length=14, choices=CorrectionStatus.choices, default=CorrectionStatus.OPEN
    )
    answer = EncryptedTextField(_("answer with reason"), null=True)
    note = EncryptedTextField(_("the citizen's note"), null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Right.Meta):
        constraints = [
            *Right.Meta.constraints,
            models.CheckConstraint(
                name="citizens_correction_answered",
                condition=Q(status=CorrectionStatus.OPEN, answered_at__isnull=True, answered_by__isnull=True)
                | ~Q(status=CorrectionStatus.OPEN) & Q(answered_at__isnull=False, answered_by__isnull=False),
                violation_error_message=_("An answered request has an answer, a date and a name."),
            ),
        ]


@tracked()
class Restriction(Right):
    """The processing is restricted: the case stands still and may be used for nothing but what is listed."""

    reason = EncryptedTextField(_("why"))
    uses = ArrayField(
        models.CharField(max_length=20, choices=RestrictedUse.choices), verbose_name=_("what it may still be used for")
    )
    since = models.DateField(_("from"))
    lifted_on = models.DateField(_("lifted"), null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_reason = EncryptedTextField(_("why it is lifted"), null=True)

    objects = RightQuerySet.as_manager()  # type: ignore[misc]  # more questions than the base has

    class Meta(Right.Meta):
        constraints = [
            *Right.Meta.constraints,
            models.UniqueConstraint(
                fields=["citizen"],
                condition=Q(lifted_on__isnull=True),
                name="citizens_restriction_one",
                violation_error_message=_("The processing is restricted already."),
            ),
            models.CheckConstraint(
                name="citizens_restriction_lifted",
                condition=Q(lifted_on__isnull=True, lifted_by__isnull=True)
                | Q(lifted_on__isnull=False, lifted_by__isnull=False),
            ),
        ]


@tracked()
class LegalHold(Right):
    """Nothing of the citizen is anonymised or deleted while this stands: a complaint, a court case, an inspection."""

    reason = EncryptedTextField(_("why"))
    since = models.DateField(_("from"))
    lifted_on = models.DateField(_("lifted"), null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_reason = EncryptedTextField(_("why it is lifted"), null=True)

    objects = RightQuerySet.as_manager()  # type: ignore[misc]  # more questions than the base has

    class Meta(Right.Meta):
        constraints = [
            *Right.Meta.constraints,
            models.UniqueConstraint(
                fields=["citizen"],
                condition=Q(lifted_on__isnull=True),
                name="citizens_hold_one",
                violation_error_message=_("There is a legal hold already."),
            ),
        ]


class DataExport(Right):
    """A copy of everything held about a citizen, made by a job, kept encrypted until it expires."""

    asked_at = models.DateTimeField(_("asked"))
    from_citizen = models.BooleanField(_("asked by the citizen"), default=False)
    status = models.CharField(_("state"), max_length=10, choices=ExportStatus.choices, default=ExportStatus.WAITING)
    progress = models.PositiveSmallIntegerField(_("kinds of data read"), default=0)
    total = models.PositiveSmallIntegerField(_("kinds of data in all"), default=0)
    content = EncryptedTextField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(_("bytes"), default=0)
    ready_at = models.DateTimeField(_("ready"), null=True)
    expires_at = models.DateTimeField(_("can be fetched until"), null=True)
    fetched_at = models.DateTimeField(_("fetched"), null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta(Right.Meta):
        constraints = [
            *Right.Meta.constraints,
            models.CheckConstraint(
                name="citizens_export_ready",
                condition=Q(status=ExportStatus.READY, content__isnull=False, expires_at__isnull=False)
                | ~Q(status=ExportStatus.READY) & Q(content__isnull=True),
            ),
        ]


class Anonymisation(TenantModel):
    """The citizen's names, numbers and texts are gone; dates, hours and steps stay. One row a citizen: never done twice."""

    citizen = models.OneToOneField(Citizen, on_delete=models.PROTECT, related_name="anonymisation")
    at = models.DateTimeField()
    rule = models.CharField(max_length=40)
    counts = models.JSONField(default=dict)
