"""Half-open date periods."""

import datetime as dt

from django.db.backends.postgresql.psycopg_any import DateRange


def open_from(start: dt.date, end: dt.date | None = None) -> DateRange:
    """[start, end): `end` is the first day outside, None while it lasts."""
    return DateRange(start, end, "[)")


def monday(day: dt.date) -> dt.date:
    """The Monday of the day's week."""
    return day - dt.timedelta(days=day.weekday())


def last_day(end: dt.date | None) -> dt.date | None:
    """The inclusive last day people read, from a half-open end."""
    return end - dt.timedelta(days=1) if end else None


def day_after(last: dt.date | None) -> dt.date | None:
    """The half-open end, from the inclusive last day people type."""
    return last + dt.timedelta(days=1) if last else None
