"""What the citizen writes on the own pages, and about whom a workplace was contacted."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobformidler.casework.enums import EntryKind
from jobformidler.casework.models.case import Case
from jobformidler.casework.models.contact import OfCase
from jobformidler.core.crypto import EncryptedTextField
from jobformidler.core.history import tracked
from jobformidler.core.models import TenantModel
from jobformidler.employers.models import EmployerContact


@tracked()
class CitizenEntry(OfCase):
    """Something the citizen wrote on the own pages; it waits until somebody has read it (CIT-13). Text encrypted.

    `about` says in words what a comment is on; `about_type` and `about_id` name the row.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=EntryKind.choices)
    text = EncryptedTextField(_("what the citizen wrote"))
    about = models.CharField(max_length=200, blank=True)
    about_type = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(default=0)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(OfCase.Meta):
        ordering = ["-at", "-pk"]
        constraints = [
            *OfCase.Meta.constraints,
            models.CheckConstraint(
                name="casework_citizenentry_read",
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(read_at__isnull=False, read_by__isnull=False),
            ),
        ]


class Presentation(TenantModel):
    """The citizen a contact with a workplace presented, or is to present (MAT-05, EMP-07)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="presentations")
    contact = models.OneToOneField(EmployerContact, on_delete=models.PROTECT, related_name="presentation")

    class Meta(TenantModel.Meta):
        ordering = ["pk"]
