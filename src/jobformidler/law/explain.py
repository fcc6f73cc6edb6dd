"""Why a date is what it is: the days counted, paused and excluded, what is under way, and where readings differ.

Data only; sentences and drawings are made by whoever shows them (RULE-18). Dates come from the same compiled clock as in
a batch; this module only says which days lie in the windows it answered.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from jobformidler.law.clocks import ClockRules, timeline
from jobformidler.law.columns import Approval, EventRow, Spell, Spells
from jobformidler.law.kinds import Day, Event
from jobformidler.law.months import add_months

_J = frozenset({Day.LEDIGHEDSYDELSE, Day.UNEMPLOYED})
_L = frozenset({Day.LEDIGHEDSYDELSE})
_W = frozenset({Day.WORK})


@dataclass(frozen=True)
class Interval:
    """Days of one kind, half-open: `end` is the day after the last one."""

    start: dt.date
    end: dt.date
    day: Day

    @property
    def last(self) -> dt.date:
        """The last day, as screens show it."""
        return self.end - dt.timedelta(1)

    @property
    def days(self) -> int:
        """How many days."""
        return (self.end - self.start).days


@dataclass(frozen=True)
class Explained:
    """One event with the days of its window.

    paragraph: id in the rule set · counted: days of the event's set · paused: maternity · excluded: all other days, by
    kind. The three together are the window, and the days of `counted` add up to `event.counted_days`.
    """

    event: EventRow
    paragraph: str
    counted: tuple[Interval, ...]
    paused: tuple[Interval, ...]
    excluded: tuple[Interval, ...]


@dataclass(frozen=True)
class Progress:
    """How far right or duty has come on a day, in the cycle running that day.

    since: when the cycle began · arose_on: the date if it is there · expected_on: when it will be there if nothing
    changes, open spells going on · counted_days: up to the day, out of `needed_days` from `counted_from`; both None while
    nothing counts · last_day: until when a literal first right may arise, maternity known so far included · paused: the
    day itself is maternity.
    """

    event: Event
    cycle: int
    since: dt.date
    arose_on: dt.date | None
    expected_on: dt.date | None
    counted_days: int
    needed_days: int | None
    counted_from: dt.date | None
    last_day: dt.date | None
    paused: bool


@dataclass(frozen=True)
class Alternative:
    """Another reading gives another date: `date` is the one shown, `other_date` what the reading would give."""

    parameter: str
    value: str | int
    event: Event
    cycle: int
    date: dt.date | None
    other_date: dt.date | None


@dataclass(frozen=True)
class Explanation:
    """Everything about one citizen's clock on a day. Events after the day are what will come if nothing changes."""

    rules: ClockRules
    day: dt.date
    horizon: dt.date
    days: tuple[Interval, ...]
    events: tuple[Explained, ...]
    progress: tuple[Progress, ...]
    alternatives: tuple[Alternative, ...]


def explain(
    spells: Sequence[Spell], approval: Approval, rules: ClockRules, *, day: dt.date, horizon: dt.date | None = None
) -> Explanation:
    """Explain one citizen's clock on a day, looking ahead to the horizon (five years after the day if not given).

    `days` are the resolved days, one kind each, from the first spell to the horizon. `progress` has the right and the
    duty of the cycle running on the day, in this order; it is empty before the approval and after its end.
    """
    until = horizon or dt.date.fromordinal(add_months(day.toordinal(), 60))
    events = timeline(spells, approval, rules, until)
    days = resolved(spells, rules, until)
    return Explanation(
        rules=rules,
        day=day,
        horizon=until,
        days=days,
        events=tuple(_explained(event, days) for event in events),
        progress=tuple(_progress(events, days, approval, rules, day)),
        alternatives=tuple(_alternatives(events, spells, approval, rules, until)),
    )


def resolved(spells: Sequence[Spell], rules: ClockRules, horizon: dt.date) -> tuple[Interval, ...]:
    """The days before the horizon, one kind each, without the days nothing is known about."""
    from jobformidler.law import kernel  # the compiler takes half a second to load

    rows = Spells.of((0, spell) for spell in sorted(spells, key=lambda one: one.start))
    room = 2 * len(rows) + 2
    start, end, kinds = np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.uint8)
    count = kernel.resolve(
        rows.kind, rows.start, rows.end, 0, len(rows), horizon.toordinal(), rules.other_benefit == "counts",
        start, end, kinds,
    )  # fmt: skip
    return tuple(_interval(int(start[i]), int(end[i]), Day(int(kinds[i]))) for i in range(count))


def counts_for(event: Event, cycle: int) -> frozenset[Day]:
    """The set of days an event counts: ledighedsydelse for the first right, work for a re-arm, else unemployment."""
    if event is Event.REARM:
        return _W
    return _L if event is Event.RIGHT and cycle == 1 else _J


def _explained(event: EventRow, days: Sequence[Interval]) -> Explained:
    mine = counts_for(event.event, event.cycle)
    window = list(_window(days, event.window_start, event.date))
    paragraph = {Event.RIGHT: "right", Event.DUTY: "duty"}.get(event.event, "right-again")
    return Explained(
        event=event,
        paragraph=f"{paragraph}-again" if event.cycle > 1 and event.event is not Event.REARM else paragraph,
        counted=tuple(part for part in window if part.day in mine),
        paused=tuple(part for part in window if part.day is Day.MATERNITY),
        excluded=tuple(part for part in window if part.day not in mine and part.day is not Day.MATERNITY),
    )


def _window(days: Iterable[Interval], first: dt.date, end: dt.date) -> Iterable[Interval]:
    """The days of [first, end), those nothing is known about included."""
    at = first
    for part in days:
        start, stop = max(part.start, first), min(part.end, end)
        if start >= stop:
            continue
        if at < start:
            yield Interval(at, start, Day.NONE)
        yield Interval(start, stop, part.day)
        at = stop
    if at < end:
        yield Interval(at, end, Day.NONE)


def _progress(
    events: Sequence[EventRow], days: Sequence[Interval], approval: Approval, rules: ClockRules, day: dt.date
) -> Iterable[Progress]:
    if day < approval.visited_on or (approval.ended_on is not None and day > approval.ended_on):
        return
    past = [event for event in events if event.event is Event.REARM and event.date <= day]
    cycle, since = (past[-1].cycle + 1, past[-1].date) if past else (1, approval.visited_on)
    today = next((part.day for part in days if part.start <= day < part.end), Day.NONE)
    for kind, months in ((Event.RIGHT, rules.right_months), (Event.DUTY, rules.duty_months)):
        found = next((event for event in events if event.event is kind and event.cycle == cycle), None)
        mine = counts_for(kind, cycle)
        start: dt.date | None
        if found is not None:
            start, needed = found.window_start, found.counted_days
        else:
            accumulated = kind is Event.DUTY and rules.duty_counting == "accumulated"
            start = since if accumulated else _run_going_on(days, mine, rules.gap_days, since, day)
            if start is not None and accumulated:
                start = next((max(part.start, since) for part in days if part.day in mine and part.end > since), None)
            needed = 0 if start is None else _length(start, months)
        counted = 0 if start is None else sum(p.days for p in _window(days, start, day) if p.day in mine)
        literal = kind is Event.RIGHT and cycle == 1 and rules.window == "literal"
        yield Progress(
            event=kind,
            cycle=cycle,
            since=since,
            arose_on=found.date if found is not None and found.date <= day else None,
            expected_on=found.date if found is not None and found.date > day else None,
            counted_days=min(counted, needed),
            needed_days=needed or None,
            counted_from=start,
            last_day=_last_day(days, since, _length(since, rules.right_window_months)) if literal else None,
            paused=today is Day.MATERNITY,
        )


def _run_going_on(
    days: Sequence[Interval], mine: frozenset[Day], gap: int, since: dt.date, day: dt.date
) -> dt.date | None:
    """Where counting began in the run that is still unbroken on the day, or None."""
    start: dt.date | None = None
    other = 0
    before = dt.date.min
    for part in days:
        if part.start >= day:
            break
        other += 0 if start is None else (part.start - before).days
        before = min(part.end, day)
        if part.day in mine:
            if start is None or other > gap:
                start = part.start
            other = 0
        elif part.day is not Day.MATERNITY:
            other += (before - part.start).days
    if start is None or other + (day - before).days > gap:
        return None
    return max(start, since)


def _last_day(days: Sequence[Interval], since: dt.date, length: int) -> dt.date:
    """The day on which so many days outside maternity have passed, that day included in the window."""
    last = since + dt.timedelta(length)
    for part in days:
        if part.day is Day.MATERNITY and part.end > since and part.start < last:
            last += part.end - max(part.start, since)
    return last


def _alternatives(
    events: Sequence[EventRow], spells: Sequence[Spell], approval: Approval, rules: ClockRules, horizon: dt.date
) -> Iterable[Alternative]:
    mine = {(event.cycle, event.event): event.date for event in events}
    for parameter, value, other in rules.readings():
        theirs = {(e.cycle, e.event): e.date for e in timeline(spells, approval, other, horizon)}
        for key in sorted(mine.keys() | theirs.keys()):
            if mine.get(key) != theirs.get(key):
                yield Alternative(parameter, value, key[1], key[0], mine.get(key), theirs.get(key))


def _length(start: dt.date, months: int) -> int:
    return add_months(start.toordinal(), months) - start.toordinal()


def _interval(start: int, end: int, day: Day) -> Interval:
    return Interval(dt.date.fromordinal(start), dt.date.fromordinal(end), day)
