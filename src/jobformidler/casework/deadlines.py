"""Deadlines in letters: counted on the calendar, never ending on a free day. Pure."""

import datetime as dt

from jobformidler.casework.answer_clock import danish_holidays, is_working_day

#: The complaint must reach the municipality within four weeks (section 67 of the act on legal protection and
#: administration in social matters), and the municipality looks at the case again within four weeks (section 66).
COMPLAINT_WEEKS = 4
REASSESS_WEEKS = 4
#: What the form proposes for a hearing; the law has no number of days.
HEARING_DAYS = 14
_DAY = dt.timedelta(days=1)


def working_day(day: dt.date) -> dt.date:
    """The day itself, or the first working day after it when it is a Saturday, a Sunday or a public holiday."""
    free = danish_holidays(day.year)
    while not is_working_day(day, free):
        day += _DAY
    return day


def is_free(day: dt.date) -> bool:
    """Whether a deadline cannot end on the day."""
    return working_day(day) != day


def weeks_after(day: dt.date, weeks: int) -> dt.date:
    """The last day of a deadline of so many weeks from `day`, moved to a working day."""
    return working_day(day + dt.timedelta(weeks=weeks))


def hearing_due(day: dt.date) -> dt.date:
    """What is proposed as the last day to answer a hearing sent on `day`."""
    return working_day(day + dt.timedelta(days=HEARING_DAYS))
