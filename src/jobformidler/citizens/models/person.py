"""The person: identity and how to reach them."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Concat, Lower
from django.utils.translation import gettext_lazy as _

from jobformidler.accounts.models import Unit
from jobformidler.citizens.querysets import CitizenQuerySet
from jobformidler.core.crypto import EncryptedTextField
from jobformidler.core.history import tracked
from jobformidler.core.models import VersionedModel


@tracked(exclude=("search",), quiet=("cpr",))
class Citizen(VersionedModel):
    """A person in the effort, whatever the benefit (CIT-01). CPR exists only as ciphertext and keyed hash."""

    cpr = EncryptedTextField(_("CPR number"))
    cpr_hash = models.BinaryField(max_length=32, editable=False)
    birth_date = models.DateField(_("date of birth"))
    first_name = models.CharField(_("first name"), max_length=60)
    last_name = models.CharField(_("last name"), max_length=60)
    preferred_name = models.CharField(_("preferred name"), max_length=60, blank=True)
    address = models.CharField(_("address"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=4, blank=True)
    city = models.CharField(_("city"), max_length=60, blank=True)
    municipality_code = models.PositiveSmallIntegerField(_("municipality code"))
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    benefit = models.CharField(_("benefit"), max_length=60, blank=True)
    benefit_from = models.DateField(_("benefit since"), null=True, blank=True)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("unit"), related_name="citizens"
    )
    protected_address = models.BooleanField(_("name and address protection"), default=False)
    search = models.GeneratedField(
        expression=Lower(Concat(F("first_name"), Value(" "), F("last_name"))),
        output_field=models.CharField(max_length=121),
        db_persist=True,
    )

    objects = CitizenQuerySet.as_manager()
    hash_columns = {"cpr_hash": "cpr"}  # made anew when the key of the look-up hash changes (core.rotation)
    is_citizen = True  # where every way of a row to its citizen ends (core.bounds)

    class Meta(VersionedModel.Meta):
        constraints = [
            *VersionedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["municipality", "cpr_hash"],
                name="citizens_citizen_cpr",
                violation_error_message=_("This person is already registered here."),
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "last_name", "first_name"], name="citizens_citizen_name"),
            GinIndex(OpClass(F("search"), name="gin_trgm_ops"), name="citizens_citizen_search"),
        ]

    def __str__(self):
        return self.full_name

    @property
    def full_name(self) -> str:
        """First and last name as people write it."""
        return f"{self.preferred_name or self.first_name} {self.last_name}"

    @property
    def short_name(self) -> str:
        """The name used in sentences."""
        return self.preferred_name or self.first_name.split(" ")[0]
