"""Who writes the municipality's plans: management and team leaders."""

import datetime as dt

from jobformidler.accounts.enums import BOARD_ROLES, OrganisationKind
from jobformidler.accounts.models import Membership, User
from jobformidler.core.models import Municipality


def may_plan(user: User | None, municipality: Municipality, day: dt.date) -> bool:
    """Whether the user leads in the municipality on `day`. None is the system. One query."""
    if user is None:
        return True
    mine = Membership.objects.active_on(day).filter(
        user=user,
        municipality=municipality,
        organisation__kind=OrganisationKind.MUNICIPALITY,
        role__in=BOARD_ROLES,
    )
    return user.is_active and mine.exists()
