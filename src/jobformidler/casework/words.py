"""Moments and names as sentences say them: "fredag kl. 14.10", "i dag", "Line og Peter"."""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.core import clock

NBSP = "\u00a0"


def first_name(name: str) -> str:
    """The name used in sentences."""
    return name.split(" ")[0]


def together(names: Sequence[str]) -> str:
    """ "Line", "Line og Peter", "Line, Peter og Mona"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def possessive(name: str) -> str:
    """Danish genitive: "Monas", but "Jonas'" after s, x and z."""
    return name + ("'" if name.lower().endswith(("s", "x", "z")) else "s") if name else ""


def hour(moment: dt.datetime) -> str:
    """ "kl. 14.10" in local time."""
    local = timezone.localtime(moment)
    return (_("at %(time)s") % {"time": f"{local.hour}.{local.minute:02d}"}).replace(" ", NBSP)


def day_name(day: dt.date, today: dt.date) -> str:
    """ "i dag", "i går", "i morgen", a weekday within six days, else "3. marts" (with year when it is another)."""
    away = (day - today).days
    near = {0: _("today"), -1: _("yesterday"), 1: _("tomorrow")}
    if away in near:
        return near[away]
    if abs(away) < 7:
        return date_format(day, "l").lower()
    return date_format(day, "j. F" if day.year == today.year else "j. F Y").lower().replace(". ", "." + NBSP)


def moment_name(moment: dt.datetime, now: dt.datetime) -> str:
    """Day and hour: "fredag kl. 14.10"."""
    return f"{day_name(clock.local_date(moment), clock.local_date(now))} {hour(moment)}"


def exact_moment(moment: dt.datetime) -> str:
    """Day and hour for a letter or mail that is read later: "mandag 23. november kl. 14.10"."""
    local = timezone.localtime(moment)
    return f"{date_format(local, 'l j. F').lower()} {hour(moment)}"


def exact_day(day: dt.date | dt.datetime) -> str:
    """ "3. marts 2026", of a moment with the hour: "3. marts 2026 kl. 9.00"."""
    if isinstance(day, dt.datetime):
        return f"{date_format(timezone.localtime(day), 'j. F Y').lower()} {hour(day)}"
    return date_format(day, "j. F Y").lower()


def days(count: int) -> str:
    """ "1 dag", "9 dage"."""
    return (ngettext("%(n)s day", "%(n)s days", count) % {"n": count}).replace(" ", NBSP)


def rhythm(count: int) -> str:
    """An agreed rhythm in words: "hver uge", "hver 14. dag"."""
    if count == 7:
        return _("every week")
    if count == 1:
        return _("every day")
    return _("every %(n)s days") % {"n": count}
