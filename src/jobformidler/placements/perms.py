"""Who may do what with a placement: by relation to the case, and the municipality's authority for approval."""

import datetime as dt

from jobformidler.accounts.models import User
from jobformidler.casework import authority
from jobformidler.casework import perms as casework_perms
from jobformidler.casework.decision_enums import DecisionKind
from jobformidler.casework.models import Case

#: Powers that prepare, follow and end a placement: whoever may register in the case.
WORK = casework_perms.WORKERS
#: Powers that decide on behalf of the municipality. A provider never has them.
AUTHORITY = frozenset({casework_perms.AUTHORITY})
SYSTEM = frozenset({casework_perms.SYSTEM})


def powers_on(user: User | None, case: Case, day: dt.date) -> frozenset[str]:
    """What the user may do with placements of the case on `day`.

    Casework's powers, where "authority" counts only for who decides approvals in the table of authority: a provider's
    people cannot sign for the municipality (PLC-03, PROV-27). None is the system, which may all but approve.
    """
    return authority.decider_powers(user, case, DecisionKind.PLACEMENT_APPROVAL, day)


def may_work_on(user: User | None, case: Case, day: dt.date) -> bool:
    """Whether the user may prepare, follow and end placements of the case."""
    return bool(powers_on(user, case, day) & WORK)


def may_approve(user: User | None, case: Case, day: dt.date) -> bool:
    """Whether the user may approve for the municipality."""
    return bool(powers_on(user, case, day) & AUTHORITY)
