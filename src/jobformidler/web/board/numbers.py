"""Shares and days as numbers with their words, their cases, and a sentence that says what they are of."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.steering.contact import Share
from jobformidler.steering.scope import Scope
from jobformidler.web import danish


@dataclass(frozen=True)
class KeyNumber:
    """A number with its words, its cases, and a sentence that says what it is of."""

    what: str
    value: str
    url: str
    said: str


def share_number(scope: Scope, what: str, found: Share, said: str, url: str) -> KeyNumber:
    """A share with its parts ("41 af 52 samtaler"); `url` lists those it lacks."""
    if found.whole and scope.shown(found.whole) is None:
        return KeyNumber(what, _("not shown"), "", _("fewer than %(n)s") % {"n": scope.least})
    if found.share is None:
        return KeyNumber(what, "–", "", _("none in the period"))
    words = said % {"part": danish.number(found.part), "whole": danish.number(found.whole)}
    # The list behind a share holds those it lacks.
    return KeyNumber(what, danish.percent(found.share), url if found.part < found.whole else "", words)


def days_number(what: str, value: int | None, cases: int) -> KeyNumber:
    """A median of days over so many cases."""
    if value is None:
        return KeyNumber(what, "–", "", _("nobody has got so far yet") if not cases else _("too few to be shown"))
    said = ngettext("median of %(n)s case", "median of %(n)s cases", cases) % {"n": danish.number(cases)}
    return KeyNumber(what, danish.days(value), "", said)
