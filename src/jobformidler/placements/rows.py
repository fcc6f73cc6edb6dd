"""What every action of the package does with its rows: lock, save with a new version, tell where it happened."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied

from jobformidler.accounts.models import User
from jobformidler.core import clock
from jobformidler.core.models import VersionedModel
from jobformidler.placements.models import Placement
from jobformidler.placements.perms import WORK, powers_on
from jobformidler.placements.transitions import STATES


def lock(placement: Placement, at: dt.datetime) -> Placement:
    """Lock the placement's row until the transaction ends and read it anew into the caller's object."""
    placement.refresh_from_db(
        from_queryset=Placement.objects.select_for_update(of=("self",)).select_related(
            "case__citizen", "workplace", "opening", "contact"
        )
    )
    placement.as_of = clock.local_date(at)  # type: ignore[attr-defined]  # read by the guard of the first day
    return placement


def need_work(placement: Placement, by: User | None, at: dt.datetime) -> None:
    """Raise PermissionDenied unless `by` works on the case."""
    if not powers_on(by, placement.case, clock.local_date(at)) & WORK:
        raise PermissionDenied


def move(placement: Placement, verb: str, *, by: User | None, at: dt.datetime, reason: str = "") -> str:
    """Apply a verb of the transition table with the powers of `by`; returns the state before. Does not save."""
    day = clock.local_date(at)
    before = STATES.apply(verb, placement, powers=powers_on(by, placement.case, day), reason=reason)
    placement.status_since = day
    return before


def move_by_itself(placement: Placement, verb: str, on: dt.date) -> None:
    """Apply a verb that follows from the facts, whoever registered them. Does not save."""
    STATES.apply(verb, placement, powers={"system"})
    placement.status_since = on


def save(row: VersionedModel, *fields: str) -> None:
    """Save the named fields (all without names) under a new version."""
    row.version += 1
    row.save(update_fields=[*fields, "version"] if fields else None)


def told(placement: Placement) -> dict[str, Any]:
    """What every event of a placement carries: the citizen, the workplace and its name."""
    return {
        "citizen_id": placement.case.citizen_id,
        "workplace_id": placement.workplace_id,
        "workplace": placement.workplace.name,
        "placement": placement.pk,
    }
