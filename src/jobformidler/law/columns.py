"""The columns that go into the clock and come out of it. Days are `date.toordinal()`, periods half-open.

Everything is a numpy array, one entry a row; one citizen is an array of length one, so there is no second code path.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jobformidler.law.kinds import Basis, Event, Kind

#: The end of a period nobody has ended yet.
OPEN = int(np.iinfo(np.int32).max)

Ints = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Spell:
    """One period of one citizen, as people write it: both days inclusive, no end while it lasts."""

    kind: Kind
    start: dt.date
    end: dt.date | None = None


@dataclass(frozen=True)
class Approval:
    """One approval to fleksjob: counting starts on `visited_on`, and nothing arises after `ended_on`."""

    visited_on: dt.date
    ended_on: dt.date | None = None


@dataclass(frozen=True)
class Spells:
    """Periods of many citizens in any order; overlapping, touching and repeated ones are fine.

    person: int32, the citizen's number from 0 · kind: uint8, codes of `Kind` · start: int32, first day ·
    end: int32, the day after the last one, or `OPEN`.
    """

    person: Ints
    kind: Bytes
    start: Ints
    end: Ints

    def __len__(self) -> int:
        return len(self.person)

    @classmethod
    def of(cls, rows: Iterable[tuple[int, Spell]]) -> "Spells":
        """Columns of (citizen's number, spell) pairs."""
        found = list(rows)
        return cls(
            np.array([person for person, _ in found], np.int32),
            np.array([spell.kind for _, spell in found], np.uint8),
            np.array([spell.start.toordinal() for _, spell in found], np.int32),
            np.array([_day_after(spell.end) for _, spell in found], np.int32),
        )


@dataclass(frozen=True)
class Approvals:
    """Approvals to fleksjob, in any order; a citizen may have several, and each starts afresh.

    person: int32, the same numbers as in `Spells` · start: int32, the day of approval · end: int32, the first day on
    which nothing may arise any more (the day after `ended_on`), or `OPEN`. A later approval of the same citizen does not
    end an earlier one by itself: `chained` does that.
    """

    person: Ints
    start: Ints
    end: Ints

    def __len__(self) -> int:
        return len(self.person)

    @classmethod
    def of(cls, rows: Iterable[tuple[int, Approval]]) -> "Approvals":
        """Columns of (citizen's number, approval) pairs."""
        found = list(rows)
        return cls(
            np.array([person for person, _ in found], np.int32),
            np.array([approval.visited_on.toordinal() for _, approval in found], np.int32),
            np.array([_day_after(approval.ended_on) for _, approval in found], np.int32),
        )

    def chained(self) -> "Approvals":
        """The same rows in the same order, each ended at the latest where the citizen's next approval begins."""
        order = np.lexsort((self.start, self.person))
        end = self.end.copy()
        here, after = order[:-1], order[1:]
        same = self.person[here] == self.person[after]
        end[here[same]] = np.minimum(end[here[same]], self.start[after[same]])
        return Approvals(self.person, self.start, end)


@dataclass(frozen=True)
class Events:
    """What arose, ordered by approval row, then date, then event as text.

    approval: int32, row in `Approvals` · event: uint8, codes of `Event` · date: int32 · effective_date: int32, not before
    the rule set's valid-from · cycle: int32 from 1; a re-arm carries the number of the cycle it ends · counted_days:
    int32, days of the event's set in the window · window_start: int32 · basis: uint8, codes of `Basis`.
    """

    approval: Ints
    event: Bytes
    date: Ints
    effective_date: Ints
    cycle: Ints
    counted_days: Ints
    window_start: Ints
    basis: Bytes

    def __len__(self) -> int:
        return len(self.approval)

    @property
    def window_end(self) -> Ints:
        """The day after the window's last day: the date itself, since a day is decided from the days before it."""
        return self.date

    def rows(self) -> list["EventRow"]:
        """The same as objects with dates, for one citizen or a few."""
        return [
            EventRow(
                approval=int(self.approval[i]),
                event=Event(int(self.event[i])),
                date=dt.date.fromordinal(int(self.date[i])),
                effective_date=dt.date.fromordinal(int(self.effective_date[i])),
                cycle=int(self.cycle[i]),
                counted_days=int(self.counted_days[i]),
                window_start=dt.date.fromordinal(int(self.window_start[i])),
                window_end=dt.date.fromordinal(int(self.date[i]) - 1),
                basis=Basis(int(self.basis[i])),
            )
            for i in range(len(self))
        ]


@dataclass(frozen=True)
class EventRow:
    """One event with dates; `window_start` and `window_end` are both inclusive, as on screens and in files."""

    approval: int
    event: Event
    date: dt.date
    effective_date: dt.date
    cycle: int
    counted_days: int
    window_start: dt.date
    window_end: dt.date
    basis: Basis


def _day_after(last: dt.date | None) -> int:
    return OPEN if last is None else last.toordinal() + 1
