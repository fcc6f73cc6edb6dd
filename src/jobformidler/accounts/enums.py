"""Roles and kinds of organisations."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrganisationKind(TextChoices):
    """What an organisation is to the effort."""

    MUNICIPALITY = "municipality", _("municipality")
    PROVIDER = "provider", _("provider")
    EMPLOYER = "employer", _("employer")


class Role(TextChoices):
    """What a membership makes somebody. Access to a citizen follows the relation, never the role alone."""

    JOBFORMIDLER = "jobformidler", _("jobformidler")
    CASEWORKER = "caseworker", _("caseworker")
    EMPLOYER_CONSULTANT = "employer_consultant", _("employer consultant")
    HKO_KEYPERSON = "hko_keyperson", _("HKO key person")
    TEAM_LEADER = "team_leader", _("team leader")
    MANAGEMENT = "management", _("management")
    CONTRACT_MANAGER = "contract_manager", _("contract manager")
    FINANCE = "finance", _("finance")
    PROFESSIONAL = "professional", _("professional of a parallel effort")
    EVALUATOR = "evaluator", _("evaluator")
    ADMINISTRATOR = "administrator", _("administrator")
    SECURITY_OFFICER = "security_officer", _("security officer")
    CITIZEN = "citizen", pgettext_lazy("role", "citizen")


#: Roles that work on cases: a unit's relation to a citizen counts for these.
CASE_ROLES = frozenset({Role.JOBFORMIDLER, Role.CASEWORKER, Role.TEAM_LEADER})
#: Roles that see the shared register of employers and places.
EMPLOYER_ROLES = frozenset(
    {Role.JOBFORMIDLER, Role.CASEWORKER, Role.EMPLOYER_CONSULTANT, Role.TEAM_LEADER, Role.MANAGEMENT}
)
#: Roles that see the board.
BOARD_ROLES = frozenset({Role.TEAM_LEADER, Role.MANAGEMENT})


class Background(TextChoices):
    """A jobformidler's background (JF-05)."""

    EMPLOYER_CONSULTANT = "employer_consultant", _("employer consultant")
    CASEWORKER = "caseworker", _("caseworker")
    MENTOR = "mentor", _("mentor")
    OTHER = "other", _("other")


class AssuranceLevel(TextChoices):
    """How sure a login service is of who somebody is (NSIS)."""

    NONE = "none", _("no requirement")
    LOW = "low", _("low")
    SUBSTANTIAL = "substantial", _("substantial")
    HIGH = "high", _("high")
