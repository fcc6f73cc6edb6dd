"""Keeps the chain in line with what happens."""

from jobformidler.casework.models import Case
from jobformidler.core.events import KINDS, handles
from jobformidler.core.models import Event
from jobformidler.steering import chain

#: Groups of events that can move a case in the chain.
GROUPS = frozenset({"case", "plan", "placement", "hours", "people"})


@handles(*(name for name, kind in sorted(KINDS.items()) if kind.group in GROUPS), at_once=True)
def refresh_chain(event: Event) -> None:
    """Recompute the steps of the citizen's cases."""
    if event.citizen_id:
        chain.refresh(Case.objects.filter(citizen_id=event.citizen_id).values_list("pk", flat=True))
