"""Who may do what in a case: powers by relation to it, never by role alone."""

import datetime as dt

from jobformidler.accounts.enums import CASE_ROLES, Role
from jobformidler.accounts.models import Membership, User
from jobformidler.casework.enums import CaseRole
from jobformidler.casework.models import Assignment, Case

SYSTEM = "system"
TEAM = "team"
LEADER = "leader"
#: An authority caseworker: the case's own, or one of the unit. What approves a placement.
AUTHORITY = "authority"

#: Powers that register in the case.
WORKERS = frozenset(
    {
        CaseRole.JOBFORMIDLER,
        CaseRole.CASEWORKER,
        CaseRole.COVER,
        CaseRole.MENTOR,
        CaseRole.EMPLOYER_CONSULTANT,
        TEAM,
        LEADER,
        SYSTEM,
    }
)
#: Powers that hand out roles, close and reopen.
STEERERS = frozenset({CaseRole.JOBFORMIDLER, CaseRole.CASEWORKER, TEAM, LEADER, SYSTEM})


def powers(user: User | None, case: Case, day: dt.date) -> frozenset[str]:
    """What the user is to the case on `day`; at most two queries. None is the system.

    Values: the roles of the case, `team` (a case role in the case's unit, CIT-20), `leader`, `authority`, `system`.
    """
    if user is None:
        return frozenset({SYSTEM})
    if not user.is_active:
        return frozenset()
    mine = Membership.objects.active_on(day).filter(user=user, municipality_id=case.municipality_id)
    memberships = list(mine.values_list("unit_id", "role"))
    if not memberships:
        return frozenset()
    found = set(Assignment.objects.active_on(day).filter(case=case, user=user).values_list("role", flat=True))
    if CaseRole.CASEWORKER in found:
        found.add(AUTHORITY)
    for unit_id, role in memberships:
        if unit_id == case.unit_id and role in CASE_ROLES:
            found.add(TEAM)
            if role == Role.CASEWORKER:
                found.add(AUTHORITY)
        if role == Role.TEAM_LEADER and unit_id in (None, case.unit_id):
            found.add(LEADER)
    return frozenset(str(power) for power in found)


def may_work_on(user: User | None, case: Case, day: dt.date) -> bool:
    """Whether the user may register in the case on `day`."""
    return bool(powers(user, case, day) & WORKERS)


def may_steer(user: User | None, case: Case, day: dt.date) -> bool:
    """Whether the user may hand out roles, close and reopen on `day`."""
    return bool(powers(user, case, day) & STEERERS)
