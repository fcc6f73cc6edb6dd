"""When an answer is due: the promise to answer within N hours (CON-05; Part 5, D.1-11). Pure."""

import datetime as dt
from collections.abc import Container

import holidays

from jobformidler.core.enums import AnswerClock

_DAY = dt.timedelta(days=1)
#: When the first working day begins for what arrived on free days.
MORNING = dt.time(8)


def danish_holidays(year: int) -> "holidays.HolidayBase":
    """The Danish public holidays of `year` and the one after, for `due`."""
    return holidays.country_holidays("DK", years=(year, year + 1))


def due(received_at: dt.datetime, hours: int, mode: str, free_days: Container[dt.date]) -> dt.datetime:
    """The moment an answer to something received at an aware local moment is due.

    `hours` ≥ 1. `calendar`: that many hours later on the wall clock. `working`: the hours of Saturdays, Sundays and
    `free_days` do not count, so what is written Friday at 14.10 is due Monday at 14.10. What arrives on a free day counts
    from eight in the morning of the first working day: nobody is promised an answer at midnight. The wall clock is kept
    over a change to or from summer time.
    """
    zone = received_at.tzinfo
    moment = received_at.replace(tzinfo=None)
    left = dt.timedelta(hours=hours)
    if mode == AnswerClock.CALENDAR:
        return (moment + left).replace(tzinfo=zone)
    while not is_working_day(moment.date(), free_days):
        moment = dt.datetime.combine(moment.date() + _DAY, MORNING)
    while True:
        midnight = dt.datetime.combine(moment.date() + _DAY, dt.time())
        if is_working_day(moment.date(), free_days):
            if left <= midnight - moment:
                return _not_at_a_free_midnight(moment + left, free_days).replace(tzinfo=zone)
            left -= midnight - moment
        moment = midnight


def is_working_day(day: dt.date, free_days: Container[dt.date]) -> bool:
    """Monday to Friday and not a public holiday."""
    return day.weekday() < 5 and day not in free_days


def _not_at_a_free_midnight(moment: dt.datetime, free_days: Container[dt.date]) -> dt.datetime:
    """Midnight after a working day is the first moment of the next day: move it on when that one is free."""
    while moment.time() == dt.time() and not is_working_day(moment.date(), free_days):
        moment += _DAY
    return moment
