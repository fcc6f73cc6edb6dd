"""How many citizens somebody has, against the municipality's limit (JF-07)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from jobformidler.accounts.models import User
from jobformidler.casework.enums import OPEN, CaseRole
from jobformidler.casework.models import Assignment
from jobformidler.core.models import Municipality


@dataclass(frozen=True)
class Load:
    """Open cases of one user in one role on a day; `limit` is None where the municipality has set none."""

    user: User
    role: str
    count: int
    limit: int | None

    @property
    def over(self) -> bool:
        """More citizens than the limit."""
        return self.limit is not None and self.count > self.limit


def limit_for(role: str, municipality: Municipality) -> int | None:
    """The municipality's limit for a role; the sources give no number, so there is none until it is set (D.1-21)."""
    if role == CaseRole.JOBFORMIDLER:
        return municipality.caseload_limit_jobformidler
    if role == CaseRole.CASEWORKER:
        return municipality.caseload_limit_caseworker
    return None


def load_of(user: User, role: str, day: dt.date, municipality: Municipality) -> Load:
    """One user's load. One query."""
    return loads([user], role, day, municipality)[0]


def loads(users: Iterable[User], role: str, day: dt.date, municipality: Municipality) -> list[Load]:
    """The load of each user, in the order given (never ranked). One query. Aftercare counts: the lifeline is open."""
    people = list(users)
    counts = dict(
        Assignment.objects.active_on(day)
        .filter(user__in=people, role=role, case__status__in=OPEN)
        .values_list("user")
        .annotate(n=Count("pk"))
        .order_by()
    )
    limit = limit_for(role, municipality)
    return [Load(user, role, counts.get(user.pk, 0), limit) for user in people]
