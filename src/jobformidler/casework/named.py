"""The one person a citizen can always turn to, whatever is missing in the case (CIT-12, CON-25)."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Case as Choose
from django.db.models import F, IntegerField, Q, Value, When

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Membership, User
from jobformidler.casework.enums import CaseRole, CaseStatus
from jobformidler.casework.models import Assignment, Case
from jobformidler.citizens.models import Citizen

#: Who stands in when nobody is assigned, in this order; the unit's own before the whole municipality's.
LEADERS = (Role.TEAM_LEADER, Role.MANAGEMENT, Role.ADMINISTRATOR)
ASSIGNED = (CaseRole.JOBFORMIDLER, CaseRole.COVER, CaseRole.CASEWORKER)


@dataclass(frozen=True)
class Named:
    """A person with direct phone and e-mail. `role`: a role of the case, "before" (was the jobformidler), or "leader"."""

    user: User
    role: str


def named_contact(citizen: Citizen, case: Case | None, day: dt.date) -> Named | None:
    """Who the citizen turns to on `day`: jobformidler, cover, caseworker; of a closed case the last jobformidler; a leader.

    At most two queries. None only in a municipality without a leader or an administrator.
    """
    if case is not None:
        rows = Assignment.objects.filter(case=case, user__is_active=True, role__in=ASSIGNED).select_related("user")
        held = list(rows.order_by(F("period__startswith").desc(), "-pk"))
        now = {row.role: row.user for row in reversed(held) if day in row.period}
        for role in ASSIGNED:
            if role in now:
                return Named(now[role], str(role))
        if case.status == CaseStatus.CLOSED:
            before = next((row.user for row in held if row.role == CaseRole.JOBFORMIDLER), None)
            if before is not None:
                return Named(before, "before")
    unit = case.unit_id if case is not None else citizen.unit_id
    leader = _leader(citizen, unit, day)
    return Named(leader, "leader") if leader is not None else None


def _leader(citizen: Citizen, unit: int | None, day: dt.date) -> User | None:
    order = Choose(
        *(When(role=role, then=Value(place)) for place, role in enumerate(LEADERS)), output_field=IntegerField()
    )
    rows = (
        Membership.objects.active_on(day)
        .filter(Q(unit=unit) | Q(unit=None), municipality=citizen.municipality_id, role__in=LEADERS)
        .filter(user__is_active=True)
        .select_related("user")
        .order_by(order, F("unit").asc(nulls_last=True), "pk")
    )
    found = rows.first()
    return found.user if found is not None else None
