"""Who may set up: the administrators of the municipality. `None` is the system (`jobformidler init`, the demo)."""

import datetime as dt

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Membership, User
from jobformidler.core.models import Municipality


def administers(user: User | None, municipality: Municipality, day: dt.date) -> bool:
    """Whether the user is an administrator of the municipality on `day`; the system always is."""
    if user is None:
        return True
    if not user.is_active:
        return False
    return (
        Membership.objects.active_on(day)
        .with_roles(Role.ADMINISTRATOR)
        .filter(user=user, municipality=municipality)
        .exists()
    )


def belongs_only_to(user: User, municipality: Municipality) -> bool:
    """Whether no other municipality has ever given the user a role: only then one administrator may change the login."""
    return not Membership.objects.filter(user=user).exclude(municipality=municipality).exists()


def has_other_administrator(municipality: Municipality, day: dt.date, *, without: User) -> bool:
    """Whether somebody else who can log in is an administrator on `day`, with no end in sight."""
    return (
        Membership.objects.active_on(day)
        .with_roles(Role.ADMINISTRATOR)
        .filter(municipality=municipality, user__is_active=True, period__upper_inf=True)
        .exclude(user=without)
        .exists()
    )
