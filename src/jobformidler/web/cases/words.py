"""How moments and states are said on the screens of a case."""

import datetime as dt

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.casework.enums import CaseStatus
from jobformidler.casework.words import together
from jobformidler.core import clock
from jobformidler.web import danish
from jobformidler.web.danish import day_words

#: States that are something that happened on a day; the others last since a day.
HAPPENED = frozenset(
    {
        CaseStatus.CREATED,
        CaseStatus.ASSIGNED,
        CaseStatus.FIRST_CONVERSATION,
        CaseStatus.PLAN_MADE,
        CaseStatus.MATCHED,
        CaseStatus.CLOSED,
    }
)


def moment_words(moment: dt.datetime, today: dt.date) -> str:
    """ "i dag kl. 13.00", "tirsdag 24. november kl. 9.00"."""
    return f"{day_words(clock.local_date(moment), today)} {danish.clock(moment)}"


def ago(day: dt.date, today: dt.date) -> str:
    """ "i dag", "i går", "for 9 dage siden"; a day ahead is said as `day_words` says it."""
    gone = (today - day).days
    return day_words(day, today) if gone < 2 else _("%(days)s ago") % {"days": danish.days(gone)}


def since_words(state: str, status: str, since: dt.date, today: dt.date) -> str:
    """A state with its date: "Første samtale holdt 3. november", "CV i gang siden 3. november"."""
    day = danish.day_near(since, weekday=False, year=since.year != today.year)
    return f"{state} {day}" if status in HAPPENED else _("%(state)s since %(day)s") % {"state": state, "day": day}


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def joined(names: list[str]) -> str:
    """ "Line", "Line og Peter", "Line, Peter og Mona"."""
    return together(names)


def said_by(user: User | None) -> str:
    """Who did something: a name, or the system."""
    return user.name if user else _("the system")


def link(name: str, *args: object) -> str:
    """The address of a page of another area, empty when this installation has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
