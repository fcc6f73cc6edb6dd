"""How many of the last months somebody lived on public support (CIT-19): columns in, one number a person out."""

import datetime as dt

import numpy as np
import numpy.typing as npt

from jobformidler.law.columns import Ints
from jobformidler.law.months import add_months

Longs = npt.NDArray[np.int64]

#: Six years, and the months of them that are not yet "more than 5 of the last 6 years".
MONTHS, FIVE_YEARS = 72, 60


def jobfirst_profile(months: int) -> bool:
    """More than 5 of the last 6 years: 61 of 72 months are, 60 are not."""
    return months > FIVE_YEARS


def support_months(person: Ints, start: Ints, end: Ints, *, people: int, day: dt.date) -> Longs:
    """For each of `people` the months with support among the 72 whole calendar months before the month of `day`.

    A month counts when there was support on more than half of its days. Periods are half-open, `date.toordinal()`, in any
    order; overlapping ones count once.
    """
    whose, begin, until = _merged(person, start, end)
    found = np.zeros(people, np.int64)
    this = day.replace(day=1).toordinal()
    for back in range(1, MONTHS + 1):
        first, stop = add_months(this, -back), add_months(this, 1 - back)
        held = np.clip(np.minimum(until, stop) - np.maximum(begin, first), 0, None)
        found += 2 * np.bincount(whose, weights=held, minlength=people).astype(np.int64) > stop - first
    return found


def _merged(whose: Ints, first: Ints, stop: Ints) -> tuple[Longs, Longs, Longs]:
    """The same days in periods that do not overlap, as 64-bit numbers."""
    order = np.lexsort((first, whose))
    person, start, end = (column[order].astype(np.int64) for column in (whose, first, stop))
    if not len(person):
        return person, start, end
    # A person's days are moved beyond those of the persons before, so that one running maximum serves all.
    shift = person * (int(end.max()) + 1)
    until = np.maximum.accumulate(end + shift)
    fresh = np.flatnonzero(np.r_[True, (start + shift)[1:] > until[:-1]])
    last = np.r_[fresh[1:] - 1, len(person) - 1]
    return person[fresh], start[fresh], until[last] - shift[last]
