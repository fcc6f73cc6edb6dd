"""A crowd for measuring the clock: about 13 spells a person over twenty years, of every kind, the same in every run."""

import datetime as dt

import numpy as np

from jobformidler.law import OPEN, Approvals, Spells

HORIZON = dt.date(2026, 11, 23)

_FIRST = dt.date(2007, 1, 1).toordinal()
_BLOCK = 50_000

# ledighedsydelse, another benefit, fleksjob, ordinary job, maternity
_SHARES = (0.45, 0.12, 0.18, 0.15, 0.10)


def crowd(persons: int) -> tuple[Spells, Approvals]:
    """Spells in order of person and start, and one approval each.

    A person has 1 to 25 spells of half a year on average, most touching or close, every seventh overlapping the next;
    two in five end in a spell that goes on. Approvals lie between 2007 and 2018, before, inside and after the first spells.
    """
    per = np.random.default_rng(7).integers(1, 26, persons)
    total = int(per.sum())
    person = np.repeat(np.arange(persons, dtype=np.int32), per)
    kind, start, end = np.empty(total, np.uint8), np.empty(total, np.int32), np.empty(total, np.int32)
    approved = np.empty(persons, np.int32)
    at = 0
    for first in range(0, persons, _BLOCK):  # in blocks, so that making the crowd takes no more memory than using it
        mine = per[first : first + _BLOCK]
        stop = at + int(mine.sum())
        random = np.random.default_rng([7, first])
        approved[first : first + _BLOCK] = _FIRST + random.integers(0, 4000, len(mine))
        begin = approved[first : first + _BLOCK] - random.integers(-60, 300, len(mine))
        kind[at:stop] = random.choice(len(_SHARES), stop - at, p=_SHARES)
        length = random.exponential(170, stop - at).astype(np.int32) + 1
        pause = np.maximum(0, random.exponential(40, stop - at) - 25).astype(np.int32)
        walked = np.cumsum(length + pause) - length - pause
        leader = np.cumsum(mine) - mine
        start[at:stop] = walked - np.repeat(walked[leader] - begin, mine)
        over = random.random(stop - at) < 1 / 7
        end[at:stop] = start[at:stop] + length + np.where(over, random.integers(1, 90, stop - at), 0)
        going_on = random.random(len(mine)) < 0.4
        end[at + (np.cumsum(mine) - 1)[going_on]] = OPEN
        at = stop
    rows = np.arange(persons, dtype=np.int32)
    return Spells(person, kind, start, end), Approvals(rows, approved, np.full(persons, OPEN, np.int32))


def first_people(spells: Spells, approvals: Approvals, persons: int) -> tuple[Spells, Approvals]:
    """The rows of the first so many people."""
    stop = int(np.searchsorted(spells.person, persons))
    return (
        Spells(spells.person[:stop], spells.kind[:stop], spells.start[:stop], spells.end[:stop]),
        Approvals(approvals.person[:persons], approvals.start[:persons], approvals.end[:persons]),
    )
