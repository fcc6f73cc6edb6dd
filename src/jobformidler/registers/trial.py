"""What the dates of one citizen would be if the registers said something else: nothing is kept (CIT-02, RULE-18).

The same clock as everywhere, over periods and approvals held in memory, so that an edit can be seen before it is saved.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from jobformidler.citizens.models import Citizen
from jobformidler.core.periods import last_day
from jobformidler.law import KINDS, Approval, ClockRules, Event, Explanation, Spell, explain
from jobformidler.registers.models import FleksjobApproval
from jobformidler.registers.models import Spell as Period

#: A period as the registers hold it: kind, first day, first day after it or None.
Held = tuple[str, dt.date, dt.date | None]
#: An approval as the registers hold it: its day, the first day it no longer holds or None.
Approved = tuple[dt.date, dt.date | None]


@dataclass(frozen=True)
class Registers:
    """Periods and approvals of one citizen."""

    periods: tuple[Held, ...]
    approvals: tuple[Approved, ...]

    @classmethod
    def of(cls, citizen: Citizen) -> "Registers":
        """What is registered now. Two queries."""
        periods = Period.objects.filter(citizen=citizen).order_by("start", "kind")
        approvals = FleksjobApproval.objects.filter(citizen=citizen).order_by("approved_on")
        return cls(
            tuple(periods.values_list("kind", "start", "end")), tuple(approvals.values_list("approved_on", "ended_on"))
        )


def tried(act: Callable[[], object], citizen: Citizen) -> Registers:
    """What the registers would say after `act`, which is undone again: the action itself checks, nothing stays.

    Raises what the action raises.
    """
    with transaction.atomic():
        act()
        after = Registers.of(citizen)
        transaction.set_rollback(True)
    return after


@dataclass(frozen=True)
class Dates:
    """The dates that run on a day: right, duty, and when counting began (or will begin) anew after work."""

    approved_on: dt.date
    right: dt.date | None
    duty: dt.date | None
    rearm: dt.date | None
    told: Explanation


def dates(registers: Registers, rules: ClockRules, day: dt.date) -> Dates | None:
    """The dates under the latest approval given by `day`; None without one. No query."""
    begun = [one for one in registers.approvals if one[0] <= day]
    if not begun:
        return None
    approved_on, ended_on = begun[-1]
    later = next((on for on, _ended in registers.approvals if on > approved_on), None)
    first_after = [one for one in (ended_on, later) if one is not None]
    approval = Approval(approved_on, last_day(min(first_after)) if first_after else None)
    spells = [Spell(KINDS[kind], start, last_day(end)) for kind, start, end in registers.periods]
    told = explain(spells, approval, rules, day=day)
    rearms = [one.event.date for one in told.events if one.event.event is Event.REARM]
    past = [on for on in rearms if on <= day]
    cycle = 1 + len(past)
    found = {one.event.event: one.event.date for one in told.events if one.event.cycle == cycle}
    return Dates(
        approved_on=approved_on,
        right=found.get(Event.RIGHT),
        duty=found.get(Event.DUTY),
        rearm=past[-1] if past else next(iter(rearms), None),
        told=told,
    )
