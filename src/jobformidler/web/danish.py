"""How dates, hours, numbers and names are written on Danish screens.

Pure functions for views and filters. Words come from the active language through gettext and Django's formats;
nothing depends on the locale of the operating system. ``NBSP`` keeps "3. marts" and "kl. 14.10" on one line.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

NBSP = "\u00a0"
MINUS = "\u2212"
SIBILANTS = ("s", "x", "z")
_PHONE = re.compile(r"\b\d{2}(?: \d{2}){3}\b")
#: So far ahead and back a weekday is said with the date.
NEAR_DAYS = 14


def _as_date(value: dt.date | dt.datetime) -> dt.date:
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def _as_time(value: dt.time | dt.datetime) -> dt.time:
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).time() if timezone.is_aware(value) else value.time()
    return value


def day_near(value: dt.date | dt.datetime, *, weekday: bool = True, year: bool = False) -> str:
    """A date in running text: "tirsdag 3. marts", with ``year`` "tirsdag 3. marts 2026", without weekday "3. marts"."""
    pattern = ("l " if weekday else "") + "j. F" + (" Y" if year else "")
    return date_format(_as_date(value), pattern).replace(". ", "." + NBSP)


def day_words(day: dt.date, today: dt.date) -> str:
    """A day as it is said: "i dag", "i morgen", "tirsdag 24. november".

    The weekday helps only near by: further off than a fortnight the date stands alone, and in another year with it.
    """
    away = (day - today).days
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}.get(away)
    return near or day_near(day, weekday=abs(away) <= NEAR_DAYS, year=day.year != today.year)


def day_short(value: dt.date | dt.datetime) -> str:
    """A date in a table: "3.3.2026"."""
    day = _as_date(value)
    return f"{day.day}.{day.month}.{day.year}"


def day_range(first: dt.date, last: dt.date) -> str:
    """Two days of a period with the year: "23.–29. november 2026", "30. november–6. december 2026"."""
    end = day_near(last, weekday=False, year=True)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}.–{end}"
    return f"{day_near(first, weekday=False, year=first.year != last.year)} – {end}"


def day_month(value: dt.date | dt.datetime) -> str:
    """A date on an axis: "3.3."."""
    day = _as_date(value)
    return f"{day.day}.{day.month}."


def hour_minute(value: dt.time | dt.datetime) -> str:
    """A time of day in a table or list: "9.05"."""
    moment = _as_time(value)
    return f"{moment.hour}.{moment.minute:02d}"


def clock(value: dt.time | dt.datetime, *, short: bool = False) -> str:
    """A time of day in running text: "kl. 14.10". With ``short`` whole hours lose the minutes: "kl. 13"."""
    moment = _as_time(value)
    digits = str(moment.hour) if short and moment.minute == 0 else hour_minute(moment)
    return (_("at %(time)s") % {"time": digits}).replace(" ", NBSP)


def number(value: Decimal | float | int, *, places: int = 0) -> str:
    """A number with Danish signs: dot between thousands, comma before decimals, a true minus."""
    quantum = Decimal(1).scaleb(-places)
    rounded = Decimal(str(value)).quantize(quantum, rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{places}f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return (MINUS if rounded < 0 else "") + text


def hours(value: Decimal | float | int) -> str:
    """Hours with at most two decimals and no empty ones: 7.5 becomes "7,5" and 5.0 becomes "5"."""
    text = number(value, places=2)
    return text.rstrip("0").rstrip(",")


def kroner(oere: int) -> str:
    """An amount held in øre as kroner: "12.000 kr." or, with øre, "12.000,50 kr."."""
    places = 0 if oere % 100 == 0 else 2
    return f"{number(Decimal(oere) / 100, places=places)}{NBSP}kr."


def phone(text: str) -> str:
    """A text whose phone numbers, groups of two figures, do not break over lines: "00 00 00 21"."""
    return _PHONE.sub(lambda found: found.group().replace(" ", NBSP), text)


def percent(share: Decimal | float, *, places: int = 0) -> str:
    """A share between 0 and 1 as "72 %"."""
    return f"{number(Decimal(str(share)) * 100, places=places)}{NBSP}%"


def days(count: int) -> str:
    """A number of days in words: "1 dag", "9 dage"."""
    return (ngettext("%(n)s day", "%(n)s days", count) % {"n": number(count)}).replace(" ", NBSP)


def weeks(count: int) -> str:
    """A number of weeks in words: "1 uge", "6 uger"."""
    return (ngettext("%(n)s week", "%(n)s weeks", count) % {"n": number(count)}).replace(" ", NBSP)


def week_name(value: dt.date | dt.datetime) -> str:
    """The ISO week a day lies in: "uge 48"."""
    return (_("week %(n)s") % {"n": _as_date(value).isocalendar().week}).replace(" ", NBSP)


def initials(name: str) -> str:
    """First letter of the first and the last name; drawn instead of a portrait."""
    parts = name.split()
    return "".join(part[0].upper() for part in ([parts[0], parts[-1]] if len(parts) > 1 else parts))


def possessive(name: str) -> str:
    """Danish genitive: "Monas", but "Jonas'" after s, x and z."""
    if not name:
        return ""
    return name + ("'" if name.lower().endswith(SIBILANTS) else "s")
