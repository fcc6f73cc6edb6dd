"""Rules: how many months each type of data is kept, by municipality, and what has passed that on a day."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from jobformidler.core.models import Municipality, RetentionRule


@dataclass(frozen=True)
class Found:
    """One thing whose time is up: its key, and a label without a name (a case number, a count)."""

    key: int
    label: str
    count: int = 1


@dataclass(frozen=True)
class DataType:
    """A type of data: its name, words for people, the months the product proposes, and how it is found and ended.

    `find(cutoff)` gives what ended before that day and is not held back; `held(cutoff)` how many are held back.
    `end(found, at)` does it in the caller's transaction and returns counts by what was done. Both run for one tenant.
    """

    name: str
    label: str | Promise
    months: int
    find: Callable[[dt.date], Sequence[Found]]
    end: Callable[[Found, dt.datetime], dict[str, int]]
    held: Callable[[dt.date], int] = lambda _cutoff: 0


TYPES: dict[str, DataType] = {}


def register_type(made: DataType) -> None:
    """Make a type of data known to the run, the dry run, the settings and the documentation."""
    if made.name in TYPES:
        raise ValueError(f"type of data {made.name} is registered twice")
    TYPES[made.name] = made


def months(municipality: Municipality) -> dict[str, tuple[int, bool]]:
    """Type → months in this municipality, and whether it has decided them itself (else the product's proposal)."""
    own = dict(RetentionRule.objects.filter(municipality=municipality).values_list("data_type", "months"))
    return {name: (own.get(name, made.months), name in own) for name, made in TYPES.items()}


def cutoff(day: dt.date, months: int) -> dt.date:
    """The day so many months before `day`; the last day of a shorter month."""
    total = day.year * 12 + day.month - 1 - months
    year, month = divmod(total, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
