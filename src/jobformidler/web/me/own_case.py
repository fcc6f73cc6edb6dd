"""The case a citizen's own pages are about."""

from jobformidler.casework.enums import CaseStatus
from jobformidler.casework.models import Case
from jobformidler.citizens.models import Citizen


def own_case(citizen: Citizen) -> Case | None:
    """The citizen's newest case, an open one before a closed one. One query."""
    rows = Case.objects.filter(citizen=citizen).select_related("municipality", "unit")
    found = sorted(rows, key=lambda case: (case.status != CaseStatus.CLOSED, case.opened_on, case.pk))
    if not found:
        return None
    found[-1].citizen = citizen
    return found[-1]
