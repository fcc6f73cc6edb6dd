"""Answers and what was shared, as staff and citizen read them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jobformidler.citizens.models import Citizen, Consent, Disclosure
from jobformidler.citizens.sharing import Answer, Receiver, ShareField
from jobformidler.core import clock
from jobformidler.core.periods import last_day
from jobformidler.web import danish
from jobformidler.web.cases.words import capital


@dataclass(frozen=True)
class Said:
    """One answer in words."""

    row: Consent
    what: str
    who: str
    terms: str
    when: str
    counts: bool


def day_words(day: dt.date, today: dt.date) -> str:
    """The day without weekday, with the year when it is another."""
    return danish.day_near(day, weekday=False, year=day.year != today.year)


def said(row: Consent, today: dt.date) -> Said:
    """One answer: what, to whom, on what terms, and since when."""
    what = row.consideration.text if row.consideration else capital(str(ShareField(row.field).label))
    basis = row.get_legal_basis_display()
    terms = f"{row.purpose}. {basis}{': ' + row.basis_note if row.basis_note else ''}."
    said_on = {"day": day_words(row.answered_on, today), "how": row.get_how_display()}
    if row.answer == Answer.NO:
        when = _("No, %(day)s, %(how)s.") % said_on
    elif row.withdrawn_at is not None:
        when = _("Yes %(day)s, taken back %(back)s.") % {
            **said_on,
            "back": day_words(clock.local_date(row.withdrawn_at), today),
        }
    else:
        until = last_day(row.expires_on)
        assert until is not None
        when = _("Yes %(day)s, %(how)s. Counts until %(until)s.") % {**said_on, "until": day_words(until, today)}
    return Said(row, what, _who(row), terms, when, row.counts_on(today))


def _who(row: Consent) -> str:
    if row.receiver == Receiver.WORKPLACE and row.workplace_id is None:
        return _("The workplaces we look for together")
    return capital(row.who())


@dataclass(frozen=True)
class Register:
    """Everything a citizen has answered, in three parts."""

    now: list[tuple[str, list[Said]]]
    no: list[Said]
    earlier: list[Said]


def register(citizen: Citizen, today: dt.date) -> Register:
    """The answers: what is shared now by receiver, what the citizen said no to, and what counted earlier. One query."""
    rows = Consent.objects.filter(citizen=citizen).select_related("consideration").order_by("receiver", "pk")
    answers = [said(row, today) for row in rows if row.consideration is None or row.consideration.withdrawn_at is None]
    now: dict[str, list[Said]] = {}
    for answer in answers:
        if answer.counts:
            now.setdefault(answer.who, []).append(answer)
    standing = [a for a in answers if a.row.withdrawn_at is None and not a.counts]
    return Register(
        now=list(now.items()),
        no=[a for a in standing if a.row.answer == Answer.NO],
        earlier=[a for a in standing if a.row.answer == Answer.YES]
        + [a for a in answers if a.row.withdrawn_at is not None and a.row.answer == Answer.YES],
    )


@dataclass(frozen=True)
class Shared:
    """One thing that was shared, in words."""

    row: Disclosure
    what: str
    read: str


def log(citizen: Citizen, today: dt.date, most: int = 50) -> list[Shared]:
    """What was shared with whom and when, newest first, with the receipt. One query."""
    rows: Iterable[Disclosure] = Disclosure.objects.filter(citizen=citizen)[:most]
    return [_shared(row, today) for row in rows]


def _shared(row: Disclosure, today: dt.date) -> Shared:
    what = _("%(channel)s, version %(n)s, to %(who)s %(day)s") % {
        "channel": capital(row.get_channel_display()),
        "n": row.version,
        "who": row.who(),
        "day": day_words(clock.local_date(row.shared_at), today),
    }
    if row.read_at is None:
        return Shared(row, what, _("Not read yet."))
    return Shared(row, what, _("Read %(day)s.") % {"day": day_words(clock.local_date(row.read_at), today)})
