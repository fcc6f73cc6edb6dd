"""Who may read register files, choose rules and decide on referral."""

import datetime as dt

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Membership, User
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import Citizen, Relation
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


def may_choose_rules(user: User | None, municipality: Municipality, day: dt.date) -> bool:
    """Whether the user may choose which rules the municipality counts by: its administrator. One query."""
    if user is None:
        return True
    mine = Membership.objects.active_on(day).filter(user=user, municipality=municipality)
    return user.is_active and mine.filter(role=Role.ADMINISTRATOR).exists()


def is_self(user: User | None, citizen: Citizen, day: dt.date) -> bool:
    """Whether the user is the citizen. One query."""
    mine = Relation.objects.active_on(day).filter(user=user, citizen=citizen, kind=RelationKind.SELF)
    return user is not None and user.is_active and mine.exists()


def may_refer(user: User | None, citizen: Citizen, day: dt.date) -> bool:
    """Whether the user decides on referral: the citizen's own caseworker, or one of the citizen's unit (PROV-27)."""
    if user is None:
        return True
    if not user.is_active:
        return False
    relations = Relation.objects.active_on(day).filter(citizen=citizen)
    if relations.filter(user=user, kind=RelationKind.CASEWORKER).exists():
        return True
    units = relations.exclude(unit=None).values("unit")
    mine = Membership.objects.active_on(day).filter(user=user, municipality_id=citizen.municipality_id)
    return mine.filter(role=Role.CASEWORKER, unit__in=units).exists()
