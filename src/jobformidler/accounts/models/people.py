"""Users, organisations, units and dated memberships."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext_lazy as _

from jobformidler.accounts.enums import Background, OrganisationKind, Role
from jobformidler.accounts.querysets import MembershipQuerySet
from jobformidler.core.models import Municipality, TenantModel


class UserManager(BaseUserManager):
    """Finds users by e-mail, whatever its case."""

    def get_by_natural_key(self, username):
        """The login name is the e-mail."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who can log in. What they may see comes from memberships and relations, not from this row."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("direct phone"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=80, blank=True)
    background = models.CharField(_("background"), max_length=20, choices=Background.choices, blank=True)
    is_active = models.BooleanField(_("may log in"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email",
                violation_error_message=_("There is already a user with this e-mail."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def first_name(self) -> str:
        """The name used in sentences and on buttons."""
        return self.name.split(" ")[0]


class Organisation(models.Model):
    """A municipality, a provider or an employer as a party. Reference data shared by all tenants."""

    kind = models.CharField(_("kind"), max_length=12, choices=OrganisationKind.choices)
    name = models.CharField(_("name"), max_length=120)
    cvr = models.CharField(_("CVR number"), max_length=8, blank=True)
    municipality = models.OneToOneField(
        Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="organisation"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "cvr"], condition=~Q(cvr=""), name="accounts_organisation_cvr")
        ]

    def __str__(self):
        return self.name


class Unit(TenantModel):
    """A team or department of the municipality."""

    name = models.CharField(_("name"), max_length=80)
    active = models.BooleanField(_("in use"), default=True)

    open_to_outsiders = "all"  # a name of a team

    class Meta(TenantModel.Meta):
        ordering = ["name"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="accounts_unit_name",
                violation_error_message=_("There is already a unit with this name."),
            ),
        ]

    def __str__(self):
        return self.name


class Membership(models.Model):
    """A user's role in an organisation, dated. No row policy: it is read to find out which tenant a request is for."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=24, choices=Role.choices)
    period = DateRangeField(_("period"))
    from_claims = models.BooleanField(default=False, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_membership_period",
                condition=Q(period__isempty=False),
                violation_error_message=_("The end must be after the start."),
            ),
            ExclusionConstraint(
                name="accounts_membership_once",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Coalesce("unit", 0), RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The user already has this role in this period."),
            ),
        ]
        indexes = [models.Index(fields=["municipality", "role"], name="accounts_membership_role")]

    def __str__(self):
        return f"{self.user} {self.get_role_display()}"
