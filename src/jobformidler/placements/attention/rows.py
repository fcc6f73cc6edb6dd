"""What the sources share."""

import datetime as dt
from collections.abc import Iterable
from contextvars import ContextVar
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef

from jobformidler.casework import words as names
from jobformidler.casework.attention import Scope
from jobformidler.casework.enums import AppointmentStatus, ContactKind
from jobformidler.casework.models import Appointment, Attention, Contact
from jobformidler.core import clock
from jobformidler.placements.enums import RUNNING, PlacementStatus
from jobformidler.placements.models import AgreementVersion, LadderStep, Placement, WeekHours

#: States that ask nothing of anybody.
QUIET = (PlacementStatus.IDEA, PlacementStatus.DIALOGUE, PlacementStatus.DROPPED)
DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(days=7)


def morning(day: dt.date) -> dt.datetime:
    """The first moment of a day."""
    return clock.at_time(day, 0)


class Facts:
    """What the sources read of a scope's cases, each once however many sources ask."""

    def __init__(self, scope: Scope):
        self.scope = scope

    @cached_property
    def placements(self) -> list[Placement]:
        """All but ideas and dropped ones, with workplace and contact person."""
        rows = Placement.objects.filter(case__in=self.scope.case_ids).exclude(status__in=QUIET)
        return list(rows.select_related("workplace", "contact").order_by("pk"))

    @cached_property
    def running(self) -> list[int]:
        """Keys of those under way."""
        return [row.pk for row in self.placements if row.status in RUNNING]

    @cached_property
    def weeks(self) -> dict[int, list[WeekHours]]:
        """Reported weeks that stand, by placement under way."""
        return grouped(WeekHours.objects.standing().filter(placement__in=self.running).order_by("week"))

    @cached_property
    def steps(self) -> dict[int, list[LadderStep]]:
        """Ladder steps by placement under way."""
        return grouped(LadderStep.objects.filter(placement__in=self.running).order_by("position"))

    @cached_property
    def visits(self) -> dict[int, dt.datetime]:
        """The next planned follow-up of each case; one that was missed is over when a later one is held."""
        later = Contact.objects.standing().filter(
            case=OuterRef("case"), kind=ContactKind.FOLLOW_UP, at__gt=OuterRef("at")
        )
        rows = Appointment.objects.filter(
            ~Exists(later), case__in=self.scope.case_ids, kind=ContactKind.FOLLOW_UP, status=AppointmentStatus.PLANNED
        )
        return dict(rows.order_by("-at").values_list("case", "at"))

    @cached_property
    def newest(self) -> dict[int, AgreementVersion]:
        """The newest version of each placement that is not over, with its confirmations."""
        open_ones = [row.pk for row in self.placements if not row.is_over]
        rows = AgreementVersion.objects.filter(placement__in=open_ones).order_by("number")
        return {row.placement_id: row for row in rows.prefetch_related("confirmations")}


_facts: ContextVar[Facts | None] = ContextVar("placement_facts", default=None)


def facts(scope: Scope) -> Facts:
    """The facts of this scope: one refresh makes one scope and hands it to every source."""
    found = _facts.get()
    if found is None or found.scope is not scope:
        found = Facts(scope)
        _facts.set(found)
    return found


def in_state(scope: Scope, *states: str) -> list[Placement]:
    """Placements of the scope's cases in these states, with workplace and contact person."""
    return [row for row in facts(scope).placements if row.status in states]


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
