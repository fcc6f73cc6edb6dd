"""What the sources share."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from jobformidler.casework import words as names
from jobformidler.casework.attention import Scope
from jobformidler.casework.models import Attention
from jobformidler.core import clock
from jobformidler.placements.models import Placement

DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(days=7)


def morning(day: dt.date) -> dt.datetime:
    """The first moment of a day."""
    return clock.at_time(day, 0)


def in_state(scope: Scope, *states: str) -> list[Placement]:
    """Placements of the scope's cases in these states, with workplace and contact person. One query."""
    rows = Placement.objects.filter(case__in=scope.case_ids, status__in=states)
    return list(rows.select_related("workplace", "contact").order_by("pk"))


def facts_of(placement: Placement, **more: Any) -> dict[str, Any]:
    """What every sentence needs: the workplace, whom to talk with, the placement, and `more`."""
    contact = placement.contact.name if placement.contact else placement.workplace.name
    return {
        "workplace": placement.workplace.name,
        "contact": names.first_name(contact) if placement.contact else contact,
        "placement": placement.pk,
        **more,
    }


def grouped(rows: Iterable[Any]) -> dict[int, list[Any]]:
    """Rows by placement."""
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.placement_id, []).append(row)
    return found


def who(row: Attention) -> str:
    """The name used in sentences."""
    return row.citizen.short_name


def near(row: Attention, day: dt.date, now: dt.datetime) -> str:
    """A day as people say it on the day of `now`."""
    return names.day_name(day, clock.local_date(now))
