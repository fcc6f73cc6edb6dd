"""Who may read register files into the system."""

import datetime as dt

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Membership, User
from jobformidler.core.models import Municipality

#: Roles that may deliver register files.
DELIVERY_ROLES = (Role.ADMINISTRATOR, Role.TEAM_LEADER)


def may_deliver(user: User | None, municipality: Municipality, day: dt.date) -> bool:
    """Whether the user has one of the roles in the municipality on `day`. None is the system, which may. One query."""
    if user is None:
        return True
    if not user.is_active:
        return False
    return (
        Membership.objects.active_on(day).filter(user=user, municipality=municipality, role__in=DELIVERY_ROLES).exists()
    )
