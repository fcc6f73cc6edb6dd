"""The unbroken periods of unemployment of many citizens, and when each reaches half a year and a year (CIT-03, RULE-09).

A run is counted as the clock counts it: days of ledighedsydelse or other unemployment with nothing but maternity, and at
most `gap_days` other days, between them; it begins anew where a cycle does. Columns in, columns out.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jobformidler.law.clocks import ClockRules
from jobformidler.law.columns import OPEN, Ints, Spells
from jobformidler.law.kinds import Kind
from jobformidler.law.months import lengths, span

Longs = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Runs:
    """Runs ordered by person and start. Days are `date.toordinal()`, `OPEN` where there is none.

    start: the first day that counts, not before the cycle's · end: the day after the last one · half: the first day on
    which half a year (`right_months`) is reached, the days of the run before it counted, maternity not · year: the same
    for a year (`duty_months`).
    """

    person: Longs
    start: Longs
    end: Longs
    half: Longs
    year: Longs

    def __len__(self) -> int:
        return len(self.person)


@dataclass(frozen=True)
class _Segments:
    """Days of unemployment without a change: whose, from, to, maternity days before, and the cycle's first day."""

    person: Longs
    start: Longs
    stop: Longs
    paused: Longs
    since: Longs


def runs(spells: Spells, person: Ints, since: Ints, rules: ClockRules) -> Runs:
    """The runs of everybody in `spells`; `person` and `since` are the first days of cycles, in any order.

    Without a cycle the run counts from its own first day. Open spells go on: the dates after today are what comes if
    nothing changes.
    """
    parts = _unemployed(spells, person, since, rules)
    if not len(parts.person):
        none = np.empty(0, np.int64)
        return Runs(none, none, none, none, none)
    begin, stop = parts.start - parts.paused, parts.stop - parts.paused  # in effective days
    other = np.r_[True, parts.person[1:] != parts.person[:-1]]
    broken = other | np.r_[True, begin[1:] - stop[:-1] > rules.gap_days]
    own_start = parts.start[np.maximum.accumulate(np.where(broken, np.arange(len(broken)), 0))]
    fresh = broken | np.r_[True, parts.since[1:] != parts.since[:-1]]
    first = np.flatnonzero(fresh)
    number = np.cumsum(fresh) - 1
    opening = np.maximum(own_start[first], parts.since[first])
    days = parts.stop - parts.start
    before = np.cumsum(days) - days
    before -= before[first][number]
    reached = [_reached(opening, parts, before, number, n) for n in (rules.right_months, rules.duty_months)]
    last = np.r_[first[1:] - 1, len(fresh) - 1]
    return Runs(parts.person[first], opening, parts.stop[last], *reached)


def _reached(opening: Longs, parts: _Segments, before: Longs, number: Longs, months: int) -> Longs:
    """The first day on which so many months are reached in each run."""
    low, high = span(int(opening.min()), int(opening.max()))
    need = lengths((months,), (), low, high)[0][opening - low].astype(np.int64)
    when = parts.start + need[number] - before
    found = np.full(len(opening), OPEN, np.int64)
    inside = (when > parts.start) & (when <= parts.stop)
    found[number[inside]] = when[inside]
    return found


def _unemployed(spells: Spells, person: Ints, since: Ints, rules: ClockRules) -> _Segments:
    """Sweep over the days on which something changes; keep the stretches that are unemployment."""
    counted = spells.end > spells.start
    if rules.other_benefit != "counts":
        counted &= spells.kind != Kind.UNEMPLOYED
    who, kind = spells.person[counted].astype(np.int64), spells.kind[counted]
    start, end = spells.start[counted].astype(np.int64), spells.end[counted].astype(np.int64)
    jobless = np.isin(kind, (Kind.LEDIGHEDSYDELSE, Kind.UNEMPLOYED)).astype(np.int64)
    maternity = (kind == Kind.MATERNITY).astype(np.int64)
    busy = 1 - jobless - maternity
    still = np.zeros(len(person), np.int64)
    people = np.r_[who, who, person.astype(np.int64)]
    days = np.r_[start, end, since.astype(np.int64)]
    order = np.lexsort((days, people))
    people, days = people[order], days[order]

    def at_work(change: Longs) -> Longs:
        """How many spells of a set hold from each place on; they sum to none over each person."""
        return np.cumsum(np.r_[change, -change, still][order])

    j, w, m = at_work(jobless), at_work(busy), at_work(maternity)
    same = people[1:] == people[:-1]
    first, stop = days[:-1], np.where(same, days[1:], days[:-1])
    length = stop - first
    paused = np.cumsum(np.where(m[:-1] > 0, length, 0))
    cuts = np.r_[np.full(2 * len(who), -1), since.astype(np.int64)][order]
    cycle = _latest(people, cuts)
    keep = (j[:-1] > 0) & (w[:-1] == 0) & (m[:-1] == 0) & (length > 0)
    return _Segments(people[:-1][keep], first[keep], stop[keep], paused[keep], cycle[:-1][keep])


def _latest(people: Longs, cuts: Longs) -> Longs:
    """The latest first day of a cycle at each place, -1 before the first of a person."""
    places = np.arange(len(people))
    another = np.r_[True, people[1:] != people[:-1]][: len(people)]
    begins = np.maximum.accumulate(np.where(another, places, 0))
    at = np.maximum.accumulate(np.where(cuts >= 0, places, 0))
    return np.where((cuts[at] >= 0) & (at >= begins), cuts[at], -1)
