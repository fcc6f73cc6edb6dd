"""The product's clock: the only place that reads the time of day.

Rules and actions take `at` or `day` as an argument; screens, commands and jobs fetch them here. A demo
municipality carries a shift (product time = real time + shift), entered together with its database context.
"""

import datetime as dt
from contextvars import ContextVar

from django.utils import timezone

_shift: ContextVar[dt.timedelta] = ContextVar("clock_shift", default=dt.timedelta(0))


def set_shift(shift: dt.timedelta):
    """Use `shift` in this context; returns the token `reset_shift` wants back."""
    return _shift.set(shift)


def reset_shift(token) -> None:
    """Undo `set_shift`."""
    _shift.reset(token)


def now() -> dt.datetime:
    """Product time now, aware, in the active time zone."""
    return timezone.localtime(timezone.now() + _shift.get())


def today() -> dt.date:
    """Product date now, in the active time zone."""
    return now().date()


def at_time(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """An aware moment on `day`, local time."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def local(moment: dt.datetime) -> dt.datetime:
    """An aware moment as the wall clock here shows it."""
    return timezone.localtime(moment)


def local_date(moment: dt.datetime) -> dt.date:
    """The local date of an aware moment."""
    return timezone.localtime(moment).date()
