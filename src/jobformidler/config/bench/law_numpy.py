"""The clock in numpy alone, to measure the compiled one against: many people at once, one segment of each at a time.

The default reading of `fleksjob-2007`, one approval a person in the order of persons. Answers the same as
`jobformidler.law.compute`, which the bench checks.
"""

import numpy as np
import numpy.typing as npt

from jobformidler.law import Approvals, Basis, Day, Event, Spells
from jobformidler.law.months import lengths, span

Array = npt.NDArray[np.int64]

# People at a time: their state is small beside the columns.
BLOCK = 65_536

_DAY_OF_KIND = np.array([Day.LEDIGHEDSYDELSE, Day.UNEMPLOYED, Day.WORK, Day.WORK, Day.MATERNITY], np.int64)


def compute(spells: Spells, approvals: Approvals, horizon: int) -> Array:
    """Rows of (approval, event, date, cycle, counted days, window start, basis), in the order of the compiled clock."""
    low, high = span(int(approvals.start.min()), horizon)
    table = lengths((6, 9, 12, 9), (18,), low, high).astype(np.int64)
    found = []
    bounds = np.searchsorted(spells.person, np.arange(0, len(approvals) + BLOCK, BLOCK))
    for number, first in enumerate(range(0, len(approvals), BLOCK)):
        part = slice(bounds[number], bounds[number + 1])
        since = approvals.start[first : first + BLOCK].astype(np.int64)
        person = spells.person[part].astype(np.int64) - first
        block = _Block(
            *_segments(person, spells.kind[part], spells.start[part], spells.end[part], len(since), horizon),
            since=since, table=table, base=low,
        )  # fmt: skip
        rows = block.walk()
        rows[0] += first
        found.append(rows)
    everything = np.concatenate(found, axis=1)
    return everything[:, np.lexsort((everything[1], everything[2], everything[0]))]


def _segments(
    person: Array,
    kind: npt.NDArray[np.uint8],
    start: npt.NDArray[np.int32],
    end: npt.NDArray[np.int32],
    people: int,
    limit: int,
) -> tuple[Array, Array, Array, Array, Array]:
    """One kind of day at a time: sort all starts and ends, count what is open between two of them, join what touches.

    Returns people by falling number of segments, those numbers, and start, end and day as tables (segment, person).
    """
    alive = start < limit
    person, day = person[alive], _DAY_OF_KIND[kind[alive]]
    begin, stop = start[alive].astype(np.int64), np.minimum(end[alive], limit).astype(np.int64)
    who, when = np.concatenate([person, person]), np.concatenate([begin, stop])
    order = np.argsort(who << 32 | when, kind="stable")
    who, when = who[order], when[order]
    kinds = np.concatenate([day, day])[order]
    step = np.concatenate([np.ones(len(person), np.int64), np.full(len(person), -1)])[order]
    state = np.zeros(len(who), np.int64)
    for one in (Day.UNEMPLOYED, Day.LEDIGHEDSYDELSE, Day.WORK, Day.MATERNITY):
        state[np.cumsum(np.where(kinds == one, step, 0)) > 0] = one
    after = np.append(when[1:], 0)
    same = np.append(who[1:] == who[:-1], False) & (after > when) & (state > 0)
    who, begin, stop, state = who[same], when[same], after[same], state[same]
    new = np.ones(len(who), bool)
    new[1:] = (who[1:] != who[:-1]) | (begin[1:] != stop[:-1]) | (state[1:] != state[:-1])
    heads = np.nonzero(new)[0]
    who, begin, state = who[heads], begin[heads], state[heads]
    stop = stop[np.append(heads[1:], len(stop)) - 1] if len(stop) else stop
    count = np.bincount(who, minlength=people)
    order = np.argsort(-count, kind="stable")
    place = np.empty(people, np.int64)
    place[order] = np.arange(people)
    turn = np.arange(len(who)) - np.repeat(np.cumsum(count) - count, count)
    tables = np.zeros((3, int(count.max(initial=0)), people), np.int64)
    tables[:, turn, place[who]] = begin, stop, state
    return order, count[order], *tables


class _Block:
    """The state of the people of one block, by falling number of segments; one number a person in each array."""

    def __init__(
        self, order: Array, count: Array, begin: Array, end: Array, day: Array, *, since: Array, table: Array, base: int
    ) -> None:
        self.order, self.count, self.begin, self.end, self.day = order, count, begin, end, day
        self.table, self.base = table, base
        self.found: list[Array] = []
        people = len(order)
        self.since = since[order]
        self.deadline = self.since + table[1, self.since - base]
        self.cycle = np.ones(people, np.int64)
        self.has_right, self.has_duty, self.l_met, self.w_met = np.zeros((4, people), np.int64)
        self.l_runs, self.w_runs, self.l_all, self.w_all = np.zeros((4, people), np.int64)
        self.l_first = np.full(people, -1)
        # of each set: first day of the run, day after its last day, maternity since then, days of the cycle in the run
        self.run = {name: np.full(people, -1) for name in "ljw"}
        self.last = {name: np.full(people, -1) for name in "ljw"}
        self.paused = {name: np.zeros(people, np.int64) for name in "ljw"}
        self.days = {name: np.zeros(people, np.int64) for name in "ljw"}

    def walk(self) -> Array:
        """All events of the block."""
        for k in range(len(self.begin)):
            active = int(np.searchsorted(-self.count, -k, side="left"))
            day = self.day[k, :active]
            self._maternity(np.nonzero(day == Day.MATERNITY)[0], k)
            self._unemployed(np.nonzero((day == Day.LEDIGHEDSYDELSE) | (day == Day.UNEMPLOYED))[0], k)
            self._work(np.nonzero(day == Day.WORK)[0], k)
        return np.concatenate(self.found, axis=1) if self.found else np.zeros((7, 0), np.int64)

    def _maternity(self, who: Array, k: int) -> None:
        begin, end = self.begin[k, who], self.end[k, who]
        self.deadline[who] += np.maximum(0, end - np.maximum(begin, self.since[who]))
        for name in "ljw":
            self.paused[name][who] += end - begin

    def _enter(self, name: str, who: Array, begin: Array, end: Array) -> Array:
        """Go on with each one's run of a set, or begin one; returns who begins one."""
        last = self.last[name]
        fresh = (last[who] < 0) | (begin - last[who] > self.paused[name][who])
        new = who[fresh]
        self.run[name][new] = begin[fresh]
        self.days[name][new] = 0
        last[who] = end
        self.paused[name][who] = 0
        return new

    def _add(self, event: Event, who: Array, date: Array, counted: Array, opening: Array, basis: Array) -> None:
        self.found.append(
            np.array(
                [self.order[who], np.full(len(who), event), date, self.cycle[who], counted, opening, basis], np.int64
            )
        )

    def _unemployed(self, who: Array, k: int) -> None:
        begin, end = self.begin[k, who], self.end[k, who]
        is_l = self.day[k, who] == Day.LEDIGHEDSYDELSE
        self._enter("j", who, begin, end)
        self.l_met[self._enter("l", who[is_l], begin[is_l], end[is_l])] = 0
        begin = np.maximum(begin, self.since[who])
        alive = begin < end
        who, begin, end, is_l = who[alive], begin[alive], end[alive], is_l[alive]
        length = end - begin
        opening = np.maximum(self.run["j"][who], self.since[who])
        for event, row, has in ((Event.DUTY, 2, self.has_duty), (Event.RIGHT, 0, self.has_right)):
            needed = self.table[row, opening - self.base]
            date = begin + needed - self.days["j"][who]
            now = (has[who] == 0) & (date <= end)
            if event is Event.RIGHT:
                now &= self.cycle[who] > 1
            has[who[now]] = 1
            self._add(event, who[now], date[now], needed[now], opening[now], np.full(int(now.sum()), Basis.RUN))
        first = is_l & (self.cycle[who] == 1) & (self.has_right[who] == 0)
        self._first_right(who[first], begin[first], end[first])
        self.days["j"][who] += length
        self.days["l"][who[is_l]] += length[is_l]
        self.l_all[who[is_l]] += length[is_l]

    def _first_right(self, who: Array, begin: Array, end: Array) -> None:
        self.l_runs[who] += self.l_met[who] == 0
        self.l_met[who] = 1
        self.l_first[who] = np.where(self.l_first[who] < 0, begin, self.l_first[who])
        opening = np.maximum(self.run["l"][who], self.since[who])
        counted = self.table[0, opening - self.base]
        date = begin + counted - self.days["l"][who]
        other = begin + np.maximum(1, self.table[0, self.l_first[who] - self.base] - self.l_all[who])
        spread = (self.l_runs[who] > 1) & (other < date)
        date = np.where(spread, other, date)
        opening = np.where(spread, self.since[who], opening)
        counted = np.where(spread, self.l_all[who] + other - begin, counted)
        now = (date <= end) & (date <= self.deadline[who])
        self.has_right[who[now]] = 1
        self._add(
            Event.RIGHT, who[now], date[now], counted[now], opening[now], np.where(spread[now], Basis.SPREAD, Basis.RUN)
        )

    def _work(self, who: Array, k: int) -> None:
        begin, end = self.begin[k, who], self.end[k, who]
        self.w_met[self._enter("w", who, begin, end)] = 0
        begin = np.maximum(begin, self.since[who])
        while True:
            alive = begin < end
            who, begin, end = who[alive], begin[alive], end[alive]
            if not len(who):
                return
            self.w_runs[who] += self.w_met[who] == 0
            self.w_met[who] = 1
            opening = np.maximum(self.run["w"][who], self.since[who])
            counted = self.table[3, opening - self.base]
            date = begin + counted - self.days["w"][who]
            basis = np.full(len(who), Basis.RUN)
            least = int(self.table[3].min())
            soonest = begin + np.maximum(1, least - self.w_all[who])
            ask = np.nonzero((self.w_runs[who] > 1) & (soonest <= np.minimum(end, date - 1)))[0]
            if len(ask):
                when, window, days = self._spread(who[ask], k, soonest[ask], np.minimum(end, date - 1)[ask], least)
                hit = when >= 0
                at = ask[hit]
                date[at], opening[at], counted[at], basis[at] = when[hit], window[hit], days[hit], Basis.SPREAD
            now = date <= end
            gone = who[~now]
            self.days["w"][gone] += (end - begin)[~now]
            self.w_all[gone] += (end - begin)[~now]
            who, begin, end = who[now], date[now], end[now]
            self._add(Event.REARM, who, begin, counted[now], opening[now], basis[now])
            self.since[who] = begin
            self.cycle[who] += 1
            for column in (
                self.has_right,
                self.has_duty,
                self.days["j"],
                self.days["w"],
                self.w_all,
                self.w_runs,
                self.w_met,
            ):
                column[who] = 0

    def _spread(self, who: Array, k: int, first: Array, last: Array, least: int) -> tuple[Array, Array, Array]:
        """Like the compiled `spread`, for many at once: each tries its day, then leaps, until all have an answer."""
        result = np.full(len(who), -1), np.zeros(len(who), np.int64), np.zeros(len(who), np.int64)
        asking, when = np.arange(len(who)), first.copy()
        most = int(self.table[4].max())
        while len(asking):
            people, day = who[asking], when[asking]
            opening, counted, runs, earliest, dropping = self._window(people, k, day)
            several = runs > 1
            hit = several & (counted >= self.table[3, earliest - self.base])
            for column, values in zip(result, (day, opening, counted), strict=True):
                column[asking[hit]] = values[hit]
            missing = least - counted
            far = missing > most - self.table[4, day - self.base]
            when[asking] = day + np.where(far, missing + dropping, np.maximum(1, missing))
            asking = asking[several & ~hit & (when[asking] <= last[asking])]
        return result

    def _window(self, who: Array, k: int, when: Array) -> tuple[Array, Array, Array, Array, Array]:
        """The last 18 months before each day: (first day, days of work, runs, first day of work, days of it that go first)."""
        people = len(who)
        since = self.since[who]
        opening, earliest = since.copy(), when.copy()
        counted, other, dropping = np.zeros((3, people), np.int64)
        runs = np.ones(people, np.int64)
        remaining, top = self.table[4, when - self.base].copy(), when.copy()
        walking = np.arange(people)
        for j in range(k, -1, -1):
            begin = np.maximum(self.begin[j, who[walking]], since[walking])
            day = self.day[j, who[walking]]
            length = np.where(day == Day.MATERNITY, 0, np.minimum(top[walking] - begin, remaining[walking]))
            remaining[walking] -= length
            full = remaining[walking] == 0
            work = day == Day.WORK
            mine = walking[work]
            runs[mine] += other[mine] > 0
            other[mine] = 0
            counted[mine] += length[work]
            earliest[mine] = (top[walking] - length)[work]
            rest = walking[~work]
            other[rest] += length[~work]
            opening[walking[full]] = (top[walking] - length)[full]
            dropping[walking[full & work]] = length[full & work]
            go = ~full & (begin > since[walking])
            walking, begin = walking[go], begin[go]
            if not len(walking):
                break
            before = self.end[j - 1, who[walking]] if j else np.zeros(len(walking), np.int64)
            before = np.maximum(before, since[walking])
            idle = begin - before
            enough = idle >= remaining[walking]
            opening[walking[enough]] = (begin - remaining[walking])[enough]
            remaining[walking] -= idle
            other[walking] += idle
            top[walking] = before
            walking = walking[~enough & (before > since[walking])]
            if not len(walking):
                break
        return opening, counted, runs, earliest, dropping
