"""Where a right and a duty stand on a day, in the words people work with (RULE-09). Pure: facts in, state out."""

import datetime as dt
from dataclasses import dataclass

from jobformidler.registers.enums import ClockState


@dataclass(frozen=True)
class Facts:
    """What is true of a citizen on the day, besides the dates.

    `assessed`: outcome of the availability assessment in this cycle: True when the conditions are met, None without one.
    """

    unemployed: bool = False
    working: bool = False
    on_maternity: bool = False
    approved: bool = True
    asked: bool = False
    referred: bool = False
    assessed: bool | None = None


@dataclass(frozen=True)
class Standing:
    """A state with the days until the date (negative when it has passed), and whether it is overdue."""

    state: ClockState
    on: dt.date | None
    days: int | None = None
    overdue: bool = False


def right(on: dt.date | None, day: dt.date, facts: Facts, *, in_doubt: bool = False) -> Standing:
    """Where the right stands on `day`; `in_doubt`: another reading gives a date where this one gives none."""
    return _standing(on, day, facts, ClockState.ASKED if facts.asked else ClockState.UNUSED, in_doubt=in_doubt)


def duty(on: dt.date | None, day: dt.date, facts: Facts, *, in_doubt: bool = False) -> Standing:
    """Where the duty stands on `day`. Overdue: passed, still unemployed, not referred and not assessed as unavailable."""
    if facts.assessed is False and on is not None and on <= day and not facts.referred:
        return Standing(ClockState.LAPSED, on, (on - day).days)
    found = _standing(on, day, facts, ClockState.TO_ASSESS, in_doubt=in_doubt)
    late = found.state == ClockState.TO_ASSESS and facts.unemployed
    return Standing(found.state, found.on, found.days, overdue=late)


def _standing(on: dt.date | None, day: dt.date, facts: Facts, arisen: ClockState, *, in_doubt: bool) -> Standing:
    days = None if on is None else (on - day).days
    if facts.referred:
        return Standing(ClockState.FULFILLED, on, days)
    if not facts.approved or facts.working:
        return Standing(ClockState.LAPSED, on, days)
    if on is not None and on <= day:
        return Standing(arisen, on, days)
    if facts.on_maternity:
        return Standing(ClockState.PAUSED, on, days)
    if on is not None:
        return Standing(ClockState.ARISES, on, days)
    return Standing(ClockState.DEPENDS if in_doubt else ClockState.NOT_ARISEN, None)
