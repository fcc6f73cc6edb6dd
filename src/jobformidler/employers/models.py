"""The common register of employers (reference data) and a municipality's contacts with them (tenant data)."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from jobformidler.core.history import tracked
from jobformidler.core.models import TenantModel, VersionedModel, Withdrawable
from jobformidler.employers.enums import ContactChannel, ContactLevel, Sector
from jobformidler.employers.querysets import ContactLogQuerySet, TenantEmployerQuerySet, WorkplaceQuerySet


class Employer(models.Model):
    """A company or public body by CVR number. Shared by all tenants."""

    cvr = models.CharField(_("CVR number"), max_length=8, unique=True)
    name = models.CharField(_("name"), max_length=120)

    def __str__(self):
        return self.name


class Workplace(models.Model):
    """A place of work by P-number: what the register says about it (EMP-01). Shared by all tenants."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="workplaces")
    p_number = models.CharField(_("P-number"), max_length=10, unique=True)
    name = models.CharField(_("name"), max_length=120)
    address = models.CharField(_("address"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=4, blank=True)
    city = models.CharField(_("city"), max_length=60, blank=True)
    industry_code = models.CharField(_("industry"), max_length=10, blank=True)
    employees = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    sector = models.CharField(_("sector"), max_length=8, choices=Sector.choices, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    municipality_code = models.PositiveSmallIntegerField(_("municipality code"), null=True, blank=True)
    short_educated_jobs = models.PositiveIntegerField(_("jobs for the short-educated"), null=True, blank=True)
    absence_percent = models.DecimalField(
        _("sickness absence in per cent"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    version = models.PositiveIntegerField(db_default=1, editable=False)
    search = models.GeneratedField(
        expression=Lower(F("name")), output_field=models.CharField(max_length=120), db_persist=True
    )

    objects = WorkplaceQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["name"], name="employers_workplace_name"),
            GinIndex(OpClass(F("search"), name="gin_trgm_ops"), name="employers_workplace_search"),
        ]

    def __str__(self):
        return self.name


@tracked()
class WorkplaceTies(TenantModel):
    """What a municipality knows a workplace is part of: networks, and agreements with us (EMP-01)."""

    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="ties")
    networks = ArrayField(models.CharField(max_length=80), default=list, blank=True, verbose_name=_("networks"))
    agreements = ArrayField(
        models.CharField(max_length=160), default=list, blank=True, verbose_name=_("agreements with us")
    )

    objects = TenantEmployerQuerySet.as_manager()
    open_to_outsiders = "providers"

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["municipality", "workplace"], name="employers_workplaceties_once"),
        ]


@tracked()
class ContactPerson(VersionedModel):
    """A person at a workplace, with level (EMP-02)."""

    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("title"), max_length=80, blank=True)
    level = models.CharField(_("level"), max_length=20, choices=ContactLevel.choices)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    active = models.BooleanField(_("still there"), default=True)

    objects = TenantEmployerQuerySet.as_manager()
    open_to_outsiders = "providers"  # the register of employers is shared with those who find places (EMP-03)

    class Meta(VersionedModel.Meta):
        ordering = ["name"]

    def __str__(self):
        return f"{self.name}, {self.title}" if self.title else self.name


@tracked()
class EmployerContact(TenantModel, Withdrawable):
    """A contact with a workplace, seen by every consultant before the next call (EMP-03)."""

    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="log")
    person = models.ForeignKey(ContactPerson, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"))
    purpose = models.CharField(_("purpose"), max_length=60)
    channel = models.CharField(_("form of contact"), max_length=10, choices=ContactChannel.choices, blank=True)
    note = models.TextField(_("what was said"), max_length=2000, blank=True)
    next_step = models.CharField(_("next step"), max_length=160, blank=True)
    next_step_on = models.DateField(_("when"), null=True, blank=True)
    next_level = models.CharField(_("level to approach"), max_length=20, choices=ContactLevel.choices, blank=True)
    next_channel = models.CharField(
        _("form of the next contact"), max_length=10, choices=ContactChannel.choices, blank=True
    )
    next_person = models.ForeignKey(ContactPerson, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ContactLogQuerySet.as_manager()
    open_to_outsiders = "providers"

    class Meta(TenantModel.Meta):
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["municipality", "-at"], name="employers_contact_at")]
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                name="employers_contact_purpose",
                condition=~Q(purpose=""),
                violation_error_message=_("Say what the contact is for."),
            ),
        ]
