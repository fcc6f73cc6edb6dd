"""Who may do what with a placement: by relation to the case, and the municipality's authority for approval."""

import datetime as dt

from jobformidler.accounts.enums import OrganisationKind, Role
from jobformidler.accounts.models import Membership, User
from jobformidler.casework import perms as casework_perms
from jobformidler.casework.models import Case

#: Powers that prepare, follow and end a placement: whoever may register in the case.
WORK = casework_perms.WORKERS
#: Powers that decide on behalf of the municipality. A provider never has them.
AUTHORITY = frozenset({casework_perms.AUTHORITY})
SYSTEM = frozenset({casework_perms.SYSTEM})


def powers_on(user: User | None, case: Case, day: dt.date) -> frozenset[str]:
    """What the user may do with placements of the case on `day`.

    Casework's powers, where "authority" counts only for a caseworker employed by the municipality itself: a provider's
    people cannot sign for it (PLC-03). None is the system (importer, demo, handler), which may all but approve.
    """
    found = casework_perms.powers(user, case, day)
    if user is None or not found & AUTHORITY:
        return found
    own = Membership.objects.active_on(day).filter(
        user=user,
        role=Role.CASEWORKER,
        municipality_id=case.municipality_id,
        organisation__kind=OrganisationKind.MUNICIPALITY,
    )
    return found if own.exists() else found - AUTHORITY


def may_work_on(user: User | None, case: Case, day: dt.date) -> bool:
    """Whether the user may prepare, follow and end placements of the case."""
    return bool(powers_on(user, case, day) & WORK)


def may_approve(user: User | None, case: Case, day: dt.date) -> bool:
    """Whether the user may approve for the municipality."""
    return bool(powers_on(user, case, day) & AUTHORITY)
