"""Calendar months in days, as tables: one look-up a question instead of calendar arithmetic a million times.

The length of N months from a day is `(day + N calendar months) - day`, clipped to the month's end; the length back is
`day - (day - N calendar months)`. Days are `date.toordinal()`.
"""

import datetime as dt
from functools import lru_cache

import numpy as np
import numpy.typing as npt

#: Ordinal of 1970-01-01, where numpy's calendar begins.
EPOCH = dt.date(1970, 1, 1).toordinal()

# Tables are shared by all calls whose days lie inside; wider ones are made in whole steps, so few are ever made.
_USUAL = (dt.date(1990, 1, 1).toordinal(), dt.date(2060, 1, 1).toordinal())
_STEP = 10_000


def add_months(day: int, months: int) -> int:
    """The day that many calendar months later (or earlier, if negative), clipped to the month's end."""
    return int(_added(np.array([day], np.int64), months)[0])


def span(first: int, last: int) -> tuple[int, int]:
    """A half-open range of days that holds both, from a small number of ranges."""
    if _USUAL[0] <= first and last < _USUAL[1]:
        return _USUAL
    return (first - 1) // _STEP * _STEP, (last // _STEP + 1) * _STEP


@lru_cache(maxsize=16)
def lengths(months: tuple[int, ...], back: tuple[int, ...], low: int, high: int) -> npt.NDArray[np.int16]:
    """One row for each of `months` (lengths forward), then for each of `back` (lengths back), over days [low, high)."""
    days = np.arange(low, high, dtype=np.int64)
    rows = [_added(days, n) - days for n in months] + [days - _added(days, -n) for n in back]
    table = np.array(rows, np.int16)
    table.setflags(write=False)
    return table


def _added(days: npt.NDArray[np.int64], months: int) -> npt.NDArray[np.int64]:
    dates = (days - EPOCH).astype("M8[D]")
    month = dates.astype("M8[M]")
    target = month + months
    in_month = dates - month.astype("M8[D]")
    last = (target + 1).astype("M8[D]") - target.astype("M8[D]") - 1
    moved = target.astype("M8[D]") + np.minimum(in_month, last)
    found: npt.NDArray[np.int64] = moved.astype(np.int64) + EPOCH
    return found
