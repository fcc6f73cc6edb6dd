"""Who fills the three roles of the effort in a case, and which are missing (JF-04)."""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobformidler.accounts.models import User
from jobformidler.casework.enums import CaseRole
from jobformidler.casework.models import Assignment, Case

#: The three roles; by default the jobformidler is employer consultant and mentor too.
THREE: dict[str, tuple[Promise, tuple[str, ...]]] = {
    "authority": (gettext_lazy("authority caseworker"), (CaseRole.CASEWORKER,)),
    "employer": (gettext_lazy("employer consultant"), (CaseRole.EMPLOYER_CONSULTANT, CaseRole.JOBFORMIDLER)),
    "mentor": (gettext_lazy("mentor"), (CaseRole.MENTOR, CaseRole.JOBFORMIDLER)),
}


@dataclass(frozen=True)
class RoleRow:
    """One of the three roles and who fills it; `user` is None for a gap, which `warning` then says."""

    role: str
    label: str
    user: User | None
    warning: str


def three_roles(case: Case, day: dt.date) -> list[RoleRow]:
    """Who fills each of the three roles in the case on `day`. One query."""
    held = {row.role: row.user for row in Assignment.objects.active_on(day).filter(case=case).select_related("user")}
    rows = []
    for name, (label, roles) in THREE.items():
        user = next((held[role] for role in roles if role in held), None)
        warning = "" if user else _("Nobody is %(role)s.") % {"role": label}
        rows.append(RoleRow(name, str(label), user, warning))
    return rows


def gaps(case: Case, day: dt.date) -> list[str]:
    """The warnings of the roles nobody fills; empty when the three are covered."""
    return [row.warning for row in three_roles(case, day) if row.warning]
