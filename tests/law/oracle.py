"""The clock written a second time from its description alone: day by day, with sets of days, slow and plain.

Shares nothing with the product on purpose. Days are numbers (`date.toordinal()`); an event on day D is decided at the
start of D from the days before it.
"""

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

DEFAULTS = {
    "window": "literal",
    "gap_days": 0,
    "duty_counting": "continuous",
    "rearm_duty": "new_year",
    "other_benefit": "counts",
    "right_months": 6,
    "right_window_months": 9,
    "duty_months": 12,
    "rearm_months": 9,
    "rearm_window_months": 18,
}


def months_from(day: int, months: int) -> int:
    """The day so many calendar months later or earlier, clipped to the month's end."""
    date = dt.date.fromordinal(day)
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(date.day, last)).toordinal()


@dataclass
class Person:
    """The sets of one person's days, and the run each day of a set belongs to."""

    spells: list[tuple[str, int, int | None]]  # kind, first day, last day
    horizon: int
    rules: dict
    days: dict[str, set[int]] = field(default_factory=dict)
    run_start: dict[str, dict[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        raw: dict[str, set[int]] = {"M": set(), "W": set(), "L": set(), "U": set()}
        letters = {"maternity": "M", "fleksjob": "W", "ordinary_job": "W", "ledighedsydelse": "L", "unemployed": "U"}
        for kind, first, last in self.spells:
            raw[letters[kind]] |= set(range(first, (self.horizon if last is None else last) + 1))
        self.days["M"] = raw["M"]
        self.days["W"] = raw["W"] - raw["M"]
        self.days["L"] = raw["L"] - raw["W"] - raw["M"]
        unemployed = raw["U"] - raw["L"] - raw["W"] - raw["M"]
        self.days["J"] = self.days["L"] | (unemployed if self.rules["other_benefit"] == "counts" else set())
        for name in "LJW":
            self.run_start[name] = self.runs(self.days[name])

    def runs(self, mine: set[int]) -> dict[int, int]:
        """Day → first day of its run: neighbours with only maternity and few enough other days between them."""
        found: dict[int, int] = {}
        previous = None
        for day in sorted(mine):
            if previous is None:
                found[day] = day
            else:
                between = set(range(previous + 1, day)) - self.days["M"]
                found[day] = found[previous] if len(between) <= self.rules["gap_days"] else day
            previous = day
        return found

    def counted(self, name: str, first: int, end: int) -> list[int]:
        """The days of a set in [first, end), in order."""
        return [day for day in range(first, end) if day in self.days[name]]

    def reached(self, name: str, months: int, when: int, since: int) -> tuple[int, int] | None:
        """(first day, days) when `months` are reached on `when` in the run that holds the day before."""
        first = max(self.run_start[name][when - 1], since)
        length = months_from(first, months) - first
        if len(self.counted(name, first, when)) == length:
            return first, length
        return None

    def spread(self, name: str, months: int, first: int, when: int) -> tuple[int, int] | None:
        """(first day, days) when the set's days in [first, when) touch two runs and are as many as asked for."""
        mine = self.counted(name, first, when)
        if len({self.run_start[name][day] for day in mine}) < 2:
            return None
        length = months_from(mine[0], months) - mine[0]
        return (first, len(mine)) if len(mine) >= length else None

    def last_months(self, months: int, when: int, since: int) -> int:
        """The first day of the last so many months before `when`, never before `since`."""
        wanted = when - months_from(when, -months)
        first = when
        while wanted > 0 and first > since:
            first -= 1
            wanted -= first not in self.days["M"]
        return first


def events(
    spells: Iterable[tuple[str, int, int | None]], approved: int, ended: int | None, horizon: int, **chosen: object
) -> list[tuple]:
    """Return (event, date, cycle, counted days, window start) in order of date, then event."""
    rules = {**DEFAULTS, **chosen}
    person = Person(list(spells), horizon, rules)
    since, cycle = approved, 1
    had_right = had_duty = False
    found: list[tuple] = []
    last = horizon if ended is None else min(horizon, ended)
    for when in range(approved + 1, last + 1):
        if when - 1 < since:
            continue
        yesterday = when - 1
        if yesterday in person.days["J"]:
            if not had_duty and (duty := duty_on(person, rules, when, since, cycle)):
                found.append(("duty", when, cycle, duty[1], duty[0]))
                had_duty = True
            if not had_right and (right := right_on(person, rules, when, since, cycle)):
                found.append(("right", when, cycle, right[1], right[0]))
                had_right = True
        if yesterday in person.days["W"]:
            months = rules["rearm_months"]
            work = person.reached("W", months, when, since) or person.spread(
                "W", months, person.last_months(rules["rearm_window_months"], when, since), when
            )
            if work:
                found.append(("rearm", when, cycle, work[1], work[0]))
                since, cycle = when, cycle + 1
                had_right = had_duty = False
    return found


def duty_on(person: Person, rules: dict, when: int, since: int, cycle: int) -> tuple[int, int] | None:
    """Whether the duty arises on this day."""
    if cycle > 1 and rules["rearm_duty"] == "immediate":
        return max(person.run_start["J"][when - 1], since), 1
    if rules["duty_counting"] == "accumulated":
        mine = person.counted("J", since, when)
        length = months_from(mine[0], rules["duty_months"]) - mine[0]
        return (since, len(mine)) if len(mine) >= length else None
    return person.reached("J", rules["duty_months"], when, since)


def last_day_of_the_window(person: Person, rules: dict, since: int) -> int:
    """The day on which 9 months of effective days have passed; the horizon when they have not by then."""
    wanted = months_from(since, rules["right_window_months"]) - since
    day = since
    while wanted > 0 and day < person.horizon:
        wanted -= day not in person.days["M"]
        day += 1
    return day


def right_on(person: Person, rules: dict, when: int, since: int, cycle: int) -> tuple[int, int] | None:
    """Whether the right arises on this day."""
    months = rules["right_months"]
    if cycle > 1:
        return person.reached("J", months, when, since)
    if when - 1 not in person.days["L"]:
        return None
    if rules["window"] == "rolling":
        window = person.last_months(rules["right_window_months"], when, since)
        return person.reached("L", months, when, since) or person.spread("L", months, window, when)
    if when > last_day_of_the_window(person, rules, since):
        return None
    return person.reached("L", months, when, since) or person.spread("L", months, since, when)
