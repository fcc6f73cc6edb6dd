"""Who may write about a citizen: whoever has a relation that gives work on the case."""

import datetime as dt

from jobformidler.accounts.enums import CASE_ROLES, Role
from jobformidler.accounts.models import Membership, Unit, User
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import Citizen, Relation

#: Relations of a single user that let them write.
WORKING = frozenset(
    {
        RelationKind.JOBFORMIDLER,
        RelationKind.CASEWORKER,
        RelationKind.COVER,
        RelationKind.MENTOR,
        RelationKind.EMPLOYER_CONSULTANT,
    }
)


def works_in(user: User | None, unit: Unit, day: dt.date) -> bool:
    """Whether the user works on the unit's cases on `day`: a case role in it, or leader without unit. None is the system."""
    if user is None:
        return True
    if not user.is_active:
        return False
    rows = Membership.objects.active_on(day).filter(user=user, municipality_id=unit.municipality_id)
    return any(
        (unit_id == unit.pk and role in CASE_ROLES) or (unit_id is None and role == Role.TEAM_LEADER)
        for unit_id, role in rows.values_list("unit_id", "role")
    )


def may_write(user: User | None, citizen: Citizen, day: dt.date) -> bool:
    """Whether the user may register something about the citizen on `day`. At most two queries. None is the system."""
    if user is None:
        return True
    if not user.is_active:
        return False
    rows = list(Relation.objects.active_on(day).filter(citizen=citizen).values_list("user_id", "kind", "unit_id"))
    if any(user_id == user.pk and kind in WORKING for user_id, kind, _unit in rows):
        return True
    units = {unit_id for _user, _kind, unit_id in rows if unit_id}
    if not units:
        return False
    mine = Membership.objects.active_on(day).filter(user=user, municipality_id=citizen.municipality_id)
    return any(
        (unit_id in units and role in CASE_ROLES) or (unit_id is None and role == Role.TEAM_LEADER)
        for unit_id, role in mine.values_list("unit_id", "role")
    )
