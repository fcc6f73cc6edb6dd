"""Keeps the clocks in line with periods, approvals, deliveries and the chosen rules."""

from collections.abc import Sequence

from jobformidler.core.event_kinds import DELIVERY_READ
from jobformidler.core.events import handles, handles_together, record
from jobformidler.core.models import Delivery, Event, Municipality
from jobformidler.registers import clocks
from jobformidler.registers import event_kinds as kinds


@handles_together(*kinds.OF_CITIZEN)
def refresh_clocks(events: Sequence[Event]) -> None:
    """Compute the citizens' clocks anew."""
    clocks.refresh(event.citizen_id for event in events if event.citizen_id)


@handles(DELIVERY_READ)
def refresh_delivered(event: Event) -> None:
    """A file changes the clocks of those it tells of, in one go; what follows from the dates waits for its event."""
    if clocks.refresh_delivery(event.subject_id):
        delivery = Delivery.objects.get(pk=event.subject_id)
        record(kinds.CLOCKS_MOVED, delivery, by=None, at=event.at)


@handles(kinds.RULES_CHOSEN)
def refresh_everybody(event: Event) -> None:
    """Other rules give everybody other dates."""
    if clocks.refresh():
        municipality = Municipality.objects.get(pk=event.municipality_id)
        record(kinds.CLOCKS_MOVED, municipality, by=None, at=event.at)
