"""What the lists and the case's page say about unemployment, in sentences."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.casework.target_enums import Effort
from jobformidler.web import danish


def long_day(day: dt.date) -> str:
    """ "3. november 2026"."""
    return danish.day_near(day, weekday=False, year=True)


def run_words(since: dt.date | None, half_on: dt.date | None, year_on: dt.date | None, day: dt.date) -> str:
    """Since when somebody is unemployed without a break, and what has been reached or comes, as one or two sentences."""
    if since is None:
        return _("No day of unemployment counts yet.")
    said = _("Unemployed without a break since %(day)s.") % {"day": long_day(since)}
    if year_on is not None and year_on <= day:
        return f"{said} " + _("A year was reached on %(day)s.") % {"day": long_day(year_on)}
    if half_on is not None and half_on > day:
        return f"{said} " + _("Half a year is reached on %(day)s, if nothing changes.") % {"day": long_day(half_on)}
    if year_on is not None:
        return f"{said} " + _("A year is reached on %(day)s, if nothing changes.") % {"day": long_day(year_on)}
    return said


def cutoff(citizen: Any, day: dt.date) -> tuple[str, str]:
    """The number and its unit at the left of a row: days to the next of the two dates, or since the year was reached."""
    ahead = [on for on in (citizen.half_on, citizen.year_on) if on is not None and on > day]
    if ahead:
        left = (min(ahead) - day).days
        return danish.number(left), ngettext("day left", "days left", left)
    if citizen.year_on is not None:
        gone = (day - citizen.year_on).days
        return danish.number(gone), ngettext("day since", "days since", gone)
    return "–", ""


def effort_words(status: str, on: dt.date | None) -> str:
    """How far the municipality's own effort has come, with its day."""
    if not status or on is None:
        return _("Our own effort: not begun.")
    values = {"effort": Effort(status).label, "day": danish.day_near(on, weekday=False)}
    return _("Our own effort: %(effort)s, %(day)s.") % values
