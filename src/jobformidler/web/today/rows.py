"""Attention as the work list says it: one person, one row; the first reason leads, the others follow as "also"."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from jobformidler.casework import attention, words
from jobformidler.casework.attention import GROUPS, Line
from jobformidler.casework.models import Attention, Enquiry
from jobformidler.core import clock
from jobformidler.core.models import Municipality
from jobformidler.web import danish, steps

QUOTE = 160
ANSWER = "answer_due"
#: Reasons that begin at an hour of a day: that hour is what the row shows first.
AT_AN_HOUR = frozenset({"appointment", "visit", ANSWER})


@dataclass
class Also:
    """A further reason with its own step."""

    sentence: str
    label: str
    url: str


@dataclass
class Row:
    """A person who waits. `why` + `due` + `why_end` are one sentence; `late` colours `due`."""

    first: Attention
    id: str
    name: str
    short_name: str
    url: str
    figure: str
    unit: str
    why: str
    due: str
    why_end: str
    late: bool
    action: str
    action_url: str
    opens: bool
    owner: str = ""
    quote: str = ""
    alsos: list[Also] = field(default_factory=list)


@dataclass
class Group:
    """Rows of one kind of reason."""

    code: str
    label: str
    note: str
    rows: list[Row]


def group_labels(municipality: Municipality) -> dict[str, str]:
    """The groups of the work list in their order, in words."""
    floor = danish.days(municipality.contact_floor_days)
    names = {
        "promises": _("Promises"),
        "no_contact": _("No contact for %(days)s") % {"days": floor},
        "follow_up": _("Follow-up at the workplace"),
        "stalled": _("Can do the task, lacks hours"),
        "signature": _("Choice and signature"),
        "other": _("Next step"),
    }
    return {code: names[code] for code in GROUPS}


def groups_of(
    rows: Iterable[Attention], now: dt.datetime, municipality: Municipality, back: str, *, owners: bool = False
) -> list[Group]:
    """The rows as groups in the order of the list. One query, for the words of those who wrote.

    `rows` come with citizen, case and owner. `owners`: say whose each row is (in lists that are not one's own).
    """
    people: dict[int, list[Line]] = {}
    for line in attention.lines(rows, now):
        people.setdefault(line.row.case_id, []).append(line)
    asked = [lines[0].row.subject_id for lines in people.values() if lines[0].row.reason == ANSWER]
    quotes = {row.pk: _shortened(str(row.text)) for row in Enquiry.objects.filter(pk__in=asked)} if asked else {}
    found: dict[str, Group] = {}
    labels = group_labels(municipality)
    notes = {
        "promises": ngettext("answer within %(n)s hour", "answer within %(n)s hours", municipality.answer_hours)
        % {"n": municipality.answer_hours}
    }
    for lines in people.values():
        code = lines[0].group
        group = found.setdefault(code, Group(code, labels[code], "", []))
        group.rows.append(_row(lines, now, back, quotes, owners=owners))
        if lines[0].row.reason == ANSWER:
            group.note = notes["promises"]
    return [found[code] for code in GROUPS if code in found]


def _row(lines: list[Line], now: dt.datetime, back: str, quotes: dict[int, str], *, owners: bool) -> Row:
    first = lines[0]
    row, citizen = first.row, first.row.citizen
    figure, unit = _age(row, first.age, now)
    why, due, end = _parts(first, now)
    answer = row.reason == ANSWER
    return Row(
        first=row,
        id=f"sag-{row.case_id}",
        name=citizen.full_name,
        short_name=citizen.short_name,
        url=reverse("case", args=[row.case_id]),
        figure=figure,
        unit=unit,
        why=why,
        due=due,
        why_end=end,
        late=row.due is not None and row.due < now,
        action=_("Answer %(name)s") % {"name": row.facts["name"]} if answer else first.label,
        action_url=steps.address(row, first.action, back),
        opens=first.action in steps.IN_PLACE,
        owner=(row.owner.first_name if row.owner else _("nobody yet")) if owners else "",
        quote=quotes.get(row.subject_id, "") if answer else "",
        alsos=[Also(line.sentence, line.label, steps.address(line.row, line.action, back)) for line in lines[1:]],
    )


def _age(row: Attention, age: int, now: dt.datetime) -> tuple[str, str]:
    """What stands first in the row: days, or the hour of what is today or tomorrow."""
    away = (clock.local_date(row.since) - clock.local_date(now)).days
    if away in (0, 1) and row.reason in AT_AN_HOUR:
        return danish.hour_minute(row.since), _("today") if away == 0 else _("tomorrow")
    if away > 0:
        return danish.number(away), ngettext("day left", "days left", away)
    if age == 0:
        return danish.day_month(row.since), _("today")
    return danish.number(age), npgettext("age", "day", "days", age)


def _parts(line: Line, now: dt.datetime) -> tuple[str, str, str]:
    """The sentence, with the moment an answer is due apart, so that it can stand out."""
    if line.row.reason == ANSWER and line.row.due:
        before, moment, after = line.sentence.rpartition(words.moment_name(line.row.due, now))
        if moment:
            return before.rstrip(), moment, after
    return line.sentence, "", ""


def _shortened(text: str) -> str:
    """The beginning of what somebody wrote, cut between words."""
    flat = " ".join(text.split())
    return flat if len(flat) <= QUOTE else flat[: flat.rfind(" ", 0, QUOTE)] + " …"


def lead(groups: list[Group], now: dt.datetime) -> str:
    """Who comes first, and by when."""
    if not groups:
        return ""
    name = _("%(name)s comes first.") % {"name": groups[0].rows[0].short_name}
    first = groups[0].rows[0].first
    if first.reason != ANSWER or first.due is None:
        return name
    if first.due < now:
        return f"{name} " + _("The answer was due %(when)s.") % {"when": words.moment_name(first.due, now)}
    today = clock.local_date(first.due) == clock.local_date(now)
    when = danish.clock(first.due) if today else words.moment_name(first.due, now)
    return f"{name} " + _("Answer by %(when)s.") % {"when": when}
