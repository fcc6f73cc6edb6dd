"""Who may work with employers: every consultant; no company belongs to one of them (EMP-03)."""

import datetime as dt

from jobformidler.accounts.enums import EMPLOYER_ROLES
from jobformidler.accounts.models import Membership, User
from jobformidler.core import db


def may_work_with_employers(user: User | None, day: dt.date) -> bool:
    """Whether the user has one of the employer roles in this municipality on `day`. None is the system, which may.

    One query.
    """
    if user is None:
        return True
    return (
        Membership.objects.active_on(day)
        .filter(user=user, role__in=EMPLOYER_ROLES, municipality_id=db.current_municipality_id())
        .exists()
    )
