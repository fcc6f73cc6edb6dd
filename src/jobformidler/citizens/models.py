"""The person: identity, relations that give access, resources, considerations, wishes and CV."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Lower
from django.utils.translation import gettext_lazy as _

from jobformidler.accounts.models import Organisation, Unit
from jobformidler.citizens.enums import (
    Ability,
    Author,
    CompetenceKind,
    ConsiderationCategory,
    CvKind,
    Importance,
    RelationKind,
)
from jobformidler.citizens.querysets import CitizenQuerySet, OfCitizenQuerySet, RelationQuerySet
from jobformidler.core.crypto import EncryptedTextField
from jobformidler.core.history import tracked
from jobformidler.core.models import TenantModel, Transferable, VersionedModel, Withdrawable
from jobformidler.core.policy import TenantPolicy


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


@tracked()
class Relation(TenantModel):
    """Why a user, a unit or an organisation may see a citizen, and from when to when."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="relations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="relations"
    )
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="relations")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="relations"
    )
    kind = models.CharField(max_length=20, choices=RelationKind.choices)
    powers = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    period = DateRangeField()
    event_id = models.BigIntegerField(null=True, blank=True)

    objects = RelationQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                name="citizens_relation_one_party",
                condition=(
                    Q(user__isnull=False, unit__isnull=True, organisation__isnull=True)
                    | Q(user__isnull=True, unit__isnull=False, organisation__isnull=True)
                    | Q(user__isnull=True, unit__isnull=True, organisation__isnull=False)
                ),
            ),
            models.CheckConstraint(name="citizens_relation_period", condition=Q(period__isempty=False)),
        ]
        indexes = [
            models.Index(fields=["user", "citizen"], name="citizens_relation_user"),
            models.Index(fields=["unit", "citizen"], name="citizens_relation_unit"),
            models.Index(fields=["organisation", "citizen"], name="citizens_relation_org"),
        ]


class AccessLog(TenantModel):
    """Who opened which page of a citizen, when, and on what relation (GOV-05). Append-only."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="access_log")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    user_label = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()
    page = models.CharField(max_length=80)
    relation = models.CharField(max_length=40)

    class Meta:
        constraints = [TenantPolicy(name="citizens_accesslog_tenant", append_only=True)]
        indexes = [models.Index(fields=["citizen", "-at"], name="citizens_accesslog_at")]


class OfCitizen(VersionedModel, Withdrawable):
    """Base of what is registered about a citizen by somebody on a day."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="%(class)ss")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    author = models.CharField(_("comes from"), max_length=12, choices=Author.choices, default=Author.PROFESSIONAL)
    registered_on = models.DateField(editable=False)

    objects = OfCitizenQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        abstract = True
        ordering = ["pk"]


@tracked()
class Competence(OfCitizen):
    """A resource or competence from one of five origins, with the tasks it can become (CIT-06, CV-03)."""

    origin = models.CharField(_("where it comes from"), max_length=60)
    kind = models.CharField(
        _("kind"), max_length=12, choices=CompetenceKind.choices, default=CompetenceKind.PROFESSIONAL
    )
    text = models.CharField(_("what"), max_length=200)
    tasks = ArrayField(
        models.CharField(max_length=120), default=list, blank=True, verbose_name=_("tasks it can become")
    )


@tracked()
class Consideration(OfCitizen):
    """What has to be taken into account at work: its effect, never the reason (CIT-08).

    `code` is a known accommodation (list "accommodation") the matching understands; `text` is what the workplace reads.
    """

    category = models.CharField(_("category"), max_length=16, choices=ConsiderationCategory.choices)
    code = models.CharField(_("known consideration"), max_length=60, blank=True)
    text = models.CharField(_("what must be taken into account"), max_length=200)
    importance = models.CharField(_("how important"), max_length=4, choices=Importance.choices, default=Importance.MUCH)
    may_share = models.BooleanField(_("the citizen has agreed that the workplace reads this"), default=False)
    may_share_on = models.DateField(null=True, blank=True, editable=False)


@tracked()
class TaskAbility(OfCitizen):
    """A kind of task the citizen can do, would like to try, or cannot do (CIT-08)."""

    ability = models.CharField(_("ability"), max_length=8, choices=Ability.choices)
    text = models.CharField(_("task"), max_length=120)


@tracked()
class Wish(OfCitizen):
    """A job wish in the citizen's own words (CIT-07)."""

    text = models.CharField(_("wish, in the citizen's own words"), max_length=300)


@tracked()
class CV(OfCitizen, Transferable):
    """One of two kinds of CV, with its own dates (CV-02)."""

    kind = models.CharField(_("kind"), max_length=10, choices=CvKind.choices)
    started_on = models.DateField(_("started"))
    updated_on = models.DateField(_("updated"))
    summary = models.TextField(_("in short"), max_length=2000, blank=True)

    class Meta(OfCitizen.Meta):
        constraints = [
            *OfCitizen.Meta.constraints,
            models.UniqueConstraint(
                fields=["citizen", "kind"],
                condition=Q(withdrawn_at__isnull=True),
                name="citizens_cv_kind",
                violation_error_message=_("The CV is already started."),
            ),
            models.CheckConstraint(name="citizens_cv_dates", condition=Q(updated_on__gte=F("started_on"))),
        ]
