"""The six weeks' education a citizen chooses: how many days are used and left (RULE-14). Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

#: Six weeks, in days as the calendar has them.
DAYS = 42


@dataclass(frozen=True)
class Used:
    """Days before and on the day asked about, days to come, and what is left of the six weeks when those are used."""

    used: int
    coming: int

    @property
    def left(self) -> int:
        """Days nobody has planned yet."""
        return max(0, DAYS - self.used - self.coming)


def used(periods: Iterable[tuple[dt.date, dt.date]], day: dt.date) -> Used:
    """Count the days of the periods, first and last included; a day in two of them counts once."""
    days = {first + dt.timedelta(n) for first, last in periods for n in range((last - first).days + 1)}
    before = sum(one <= day for one in days)
    return Used(before, len(days) - before)
