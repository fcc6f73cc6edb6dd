"""How the values of an agreement, moments and people are said on the screens of placements."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.core import clock
from jobformidler.placements import words as domain
from jobformidler.placements.agreement import FIELDS, Content
from jobformidler.placements.enums import PlacementKind, Purpose
from jobformidler.web import danish
from jobformidler.web.danish import day_words


def lower_first(text: str) -> str:
    """The text as it stands inside a sentence; abbreviations keep their capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def full_day(iso: str) -> str:
    """ "mandag 30. november 2026" from an ISO date."""
    return danish.day_near(dt.date.fromisoformat(iso), year=True)


def moment_words(moment: dt.datetime, today: dt.date) -> str:
    """ "i dag kl. 9.41", "fredag 20. november kl. 14.10"."""
    return f"{day_words(clock.local_date(moment), today)} {danish.clock(moment)}"


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def time_short(text: str) -> str:
    """ "9.30", "10" from "09:30", "10:00"."""
    moment = dt.time.fromisoformat(text)
    return str(moment.hour) if not moment.minute else danish.hour_minute(moment)


def weekday_name(number: int) -> str:
    """ "mandag" for 0."""
    return str(WEEKDAYS[number]).lower()


def days_words(rows: Sequence[Mapping[str, Any]]) -> str:
    """ "mandag, tirsdag og torsdag kl. 10–15"; days with other times follow."""
    groups: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        groups.setdefault((row["from"], row["to"]), []).append(weekday_name(row["day"]))
    parts = []
    for (begin, end), names in groups.items():
        times = _("at %(time)s") % {"time": f"{time_short(begin)}–{time_short(end)}"}
        parts.append(f"{domain.joined(names)} {times.replace(' ', danish.NBSP)}")
    return ", ".join(parts)


def hours_words(value: Any) -> str:
    """ "15 timer om ugen"."""
    number = domain.number(value)
    if number is None:
        return ""
    text = ngettext("%(n)s hour a week", "%(n)s hours a week", 1 if number == 1 else 2)
    return text % {"n": danish.hours(number)}


def paid_words(value: Any) -> str:
    """ "5 løntimer", "ingen løntimer"."""
    number = domain.number(value or 0)
    return domain.paid_hours(number) if number else _("no paid hours")


def every(days: int) -> str:
    """ "hver uge", "hver 14. dag"."""
    if days == 7:
        return _("every week")
    return (_("every %(n)s days") % {"n": days}).replace(". ", "." + danish.NBSP)


def person_words(person: Mapping[str, Any] | None) -> str:
    """ "Kim Slåen, direktør"."""
    if not person:
        return ""
    return f"{person['name']}, {lower_first(person['title'])}" if person.get("title") else str(person["name"])


def purpose_words(code: str) -> str:
    """The purpose inside a sentence."""
    return lower_first(str(Purpose(code).label)) if code else ""


def kind_words(code: str) -> str:
    """The kind of placement inside a sentence."""
    return str(PlacementKind(code).label) if code else ""


def value_words(key: str, content: Content) -> str:
    """One value as it reads in the agreement; empty when nothing is filled in."""
    value = content.get(key)
    if value in (None, "", [], {}):
        return ""
    field = FIELDS[key]
    if key in _SPECIAL:
        return _SPECIAL[key](value)
    if field.editor == "date":
        return full_day(value)
    if field.editor == "choice":
        return lower_first(str((field.choices or {}).get(value, value)))
    if field.editor == "contact":
        return person_words(value)
    if field.editor == "days":
        return days_words(value)
    if field.editor == "list":
        rows = [str(row).rstrip(". ") for row in value]
        return domain.joined(rows) if key == "sub_goals" else ". ".join(rows) + "."
    return danish.phone(str(value))


_SPECIAL: dict[str, Callable[[Any], str]] = {
    "hours": hours_words,
    "paid_hours": paid_words,
    "visit_days": every,
    "purpose": purpose_words,
    "kind": kind_words,
    "first_visit_on": lambda iso: danish.day_near(dt.date.fromisoformat(iso)),
}


def joined_labels(keys: Sequence[str]) -> str:
    """The labels of changed fields: "tid og sted" is said as "timer om ugen og dage og tider"."""
    return domain.joined([lower_first(str(FIELDS[key].label)) for key in keys if key in FIELDS])


def grip_step(name: str) -> str:
    """What brings a missing grip in place (PLC-13)."""
    return {
        "match": _("Say why the place is good for both before the agreement is written."),
        "contact": _("Choose a contact person in the agreement."),
        "hours": _("Talk with the workplace about ordinary hours at the first visit."),
        "follow_up": _("Visit the workplace, and write the follow-up."),
    }[name]
