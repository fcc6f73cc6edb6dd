"""Restriction of use: what every action that shares or copies asks first (GDPR article 18)."""

from django.utils.translation import gettext as _

from jobformidler.citizens.enums import RestrictedUse
from jobformidler.citizens.models import Citizen, Restriction
from jobformidler.core.actions import check


def is_restricted(citizen: Citizen) -> Restriction | None:
    """The restriction in force, None without one. One query."""
    return Restriction.objects.in_force().filter(citizen=citizen).first()


def sharing_stands_still(citizen: Citizen) -> bool:
    """Whether nothing of the citizen may be shared now, whatever was said yes to. One query; asked at every request."""
    found = is_restricted(citizen)
    return found is not None and RestrictedUse.CONSENT not in found.uses


def refuse_restricted(citizen: Citizen, use: str = "") -> None:
    """Raise ActionError while the citizen's data is restricted and `use` is not among what it may be used for."""
    found = is_restricted(citizen)
    check(
        found is None or use in found.uses,
        _("The use of the data is restricted. Nothing is shared before the restriction is lifted."),
    )
