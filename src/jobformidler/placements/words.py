"""Numbers, hours and dates as they stand in the sentences of this package."""

import datetime as dt
from decimal import Decimal, InvalidOperation

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

NBSP = "\u00a0"


def hours(value: Decimal | float | int | str) -> str:
    """Hours without empty decimals, in the reader's language: 7.5 is "7,5" in Danish and 5.0 is "5"."""
    text = f"{Decimal(str(value)):.2f}".rstrip("0").rstrip(".")
    return number_format(text)


def paid_hours(value: Decimal | float | int) -> str:
    """ "1 løntime", "5 løntimer"."""
    return ngettext("%(n)s paid hour", "%(n)s paid hours", 1 if value == 1 else 2) % {"n": hours(value)}


def weeks(count: int) -> str:
    """ "1 uge", "12 uger"."""
    return ngettext("%(n)s week", "%(n)s weeks", count) % {"n": count}


def day(value: dt.date, *, weekday: bool = False) -> str:
    """ "26. oktober" or "mandag 26. oktober"."""
    return date_format(value, "l j. F" if weekday else "j. F").replace(". ", "." + NBSP)


def number(value: object) -> Decimal | None:
    """A number as people write it, with comma or point; None when it is none."""
    try:
        found = Decimal(str(value).strip().replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def joined(parts: list[str]) -> str:
    """ "a", "a og b", "a, b og c"."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}
