"""Keeps the chain in line with what happens."""

from collections.abc import Sequence

from jobformidler.casework import event_kinds as cases
from jobformidler.casework.models import Case
from jobformidler.citizens import event_kinds as citizens
from jobformidler.core.events import KINDS, handles_together
from jobformidler.core.models import Event
from jobformidler.steering import chain

#: What moves a case in the chain: CV, the life of the case, a withdrawn registration, and all of its placements.
MOVING = (
    citizens.CV_STARTED,
    citizens.CV_UPDATED,
    citizens.REGISTRATION_EDITED,
    citizens.REGISTRATION_WITHDRAWN,
    cases.OPENED,
    cases.CLOSED,
    cases.AFTERCARE,
    cases.REOPENED,
    cases.WITHDRAWN,
    *(name for name in sorted(KINDS) if name.startswith("placement.")),
)


@handles_together(*MOVING)
def refresh_chain(events: Sequence[Event]) -> None:
    """Recompute the steps of the citizens' cases."""
    citizens = {event.citizen_id for event in events if event.citizen_id}
    if citizens:
        chain.refresh(Case.objects.filter(citizen__in=citizens).order_by("pk").values_list("pk", flat=True))
