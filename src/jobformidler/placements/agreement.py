"""The work agreement as fields (PLC-T2): what stands where, what is missing, whose signature a change touches.

Pure functions on the content, a dict of JSON values that is frozen and signed as it is. Dates are ISO texts,
`last_on` is the last day included, hours are decimal texts per week.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobformidler.placements import words
from jobformidler.placements.agreement_texts import PROSPECTS, PURPOSES
from jobformidler.placements.enums import Party, PlacementKind, Purpose

Content = Mapping[str, Any]

BOTH = frozenset({Party.CITIZEN.value, Party.EMPLOYER.value})
CITIZEN = frozenset({Party.CITIZEN.value})
EMPLOYER = frozenset({Party.EMPLOYER.value})
STAFF = frozenset({Party.STAFF.value})
#: Where somebody signs for the employees, they sign what the work is, when and how long it lasts.
ALL = BOTH | STAFF
NOBODY: frozenset[str] = frozenset()

#: Paragraphs of the agreement, numbered as on the sheet.
PARAGRAPHS: dict[int, str | Promise] = {
    1: gettext_lazy("Who"),
    2: gettext_lazy("Purpose"),
    3: gettext_lazy("Tasks"),
    4: gettext_lazy("Time and place"),
    5: gettext_lazy("What must be taken into account"),
    6: gettext_lazy("Contact and help"),
    7: gettext_lazy("The way to paid hours"),
    8: gettext_lazy("Economy, insurance and absence"),
    9: gettext_lazy("What comes after"),
}


def _always(content: Content) -> bool:
    return True


def _never(content: Content) -> bool:
    return False


@dataclass(frozen=True)
class Field:
    """One value of the agreement.

    `editor`: fixed, text, choice, contact, date, number, hours, days, list, yes_no or steps. `required` and `shown`
    look at the content. `sentence` stands in the margin while a required value is missing. `touches` are the
    parties who must confirm again when it changes.
    """

    key: str
    paragraph: int
    label: str | Promise
    editor: str
    touches: frozenset[str]
    sentence: str | Promise = ""
    required: Callable[[Content], bool] = _never
    shown: Callable[[Content], bool] = _always
    choices: Mapping[str, Any] | None = None


class Missing(NamedTuple):
    """What keeps the agreement from being sent. `field` is a key, or "steps.<row>.<part>" inside the plan."""

    field: str
    sentence: str


def _towards_hours(content: Content) -> bool:
    return content.get("purpose") == Purpose.TOWARDS_HOURS


def _needs_next_step(content: Content) -> bool:
    return content.get("purpose") in (Purpose.COMPETENCES, Purpose.CLARIFY)


def _no_contact(content: Content) -> bool:
    return not content.get("contact") and bool(content.get("no_contact_reason"))


def _clause_out(content: Content) -> bool:
    return not content.get("clause")


def _clause_in(content: Content) -> bool:
    return bool(content.get("clause"))


_PURPOSE_CHOICES = {code: text.short for code, text in PURPOSES.items()}
_KINDS = dict(PlacementKind.choices)

_SCHEMA = [
    Field("citizen", 1, gettext_lazy("The citizen"), "fixed", NOBODY),
    Field("workplace", 1, gettext_lazy("The workplace"), "fixed", NOBODY),
    Field("municipality", 1, gettext_lazy("The municipality"), "fixed", NOBODY),
    Field(
        "representative",
        1,
        gettext_lazy("Signs for the workplace"),
        "contact",
        EMPLOYER,
        gettext_lazy("Who signs for the workplace is missing."),
        _always,
    ),
    Field("staff_rep", 1, gettext_lazy("Signs for the employees"), "contact", STAFF),
    Field("kind", 2, gettext_lazy("Kind of placement"), "choice", ALL, choices=_KINDS),
    Field(
        "purpose",
        2,
        gettext_lazy("Purpose"),
        "choice",
        BOTH,
        gettext_lazy("The purpose is missing. Choose one of three."),
        _always,
        choices=_PURPOSE_CHOICES,
    ),
    Field("goal", 2, gettext_lazy("Goal"), "text", CITIZEN, gettext_lazy("The goal is missing."), _always),
    Field("sub_goals", 2, gettext_lazy("Small steps"), "list", CITIZEN),
    Field("starts_on", 2, gettext_lazy("First day"), "date", ALL, gettext_lazy("The first day is missing."), _always),
    Field("last_on", 2, gettext_lazy("Last day"), "date", ALL, gettext_lazy("The last day is missing."), _always),
    Field("tasks", 3, gettext_lazy("Tasks"), "text", ALL, gettext_lazy("The tasks are missing."), _always),
    Field(
        "hours", 4, gettext_lazy("Hours a week"), "hours", ALL, gettext_lazy("The hours a week are missing."), _always
    ),
    Field("paid_hours", 4, gettext_lazy("Paid hours from the start"), "hours", BOTH),
    Field(
        "days", 4, gettext_lazy("Days and times"), "days", BOTH, gettext_lazy("Days and times are missing."), _always
    ),
    Field(
        "place",
        4,
        gettext_lazy("Where the work is done"),
        "text",
        BOTH,
        gettext_lazy("Where the work is done is missing."),
        _always,
    ),
    Field("considerations", 5, gettext_lazy("What must be taken into account"), "list", BOTH),
    Field(
        "contact",
        6,
        gettext_lazy("Contact person at the workplace"),
        "contact",
        EMPLOYER,
        gettext_lazy("The contact person at the workplace is missing."),
        lambda content: not content.get("no_contact_reason"),
    ),
    Field("no_contact_reason", 6, gettext_lazy("Why there is no contact person"), "text", EMPLOYER, shown=_no_contact),
    Field("contact_task", 6, gettext_lazy("What the contact person does"), "text", EMPLOYER),
    Field("jobformidler", 6, gettext_lazy("Jobformidler"), "fixed", NOBODY),
    Field("jobformidler_phone", 6, gettext_lazy("Direct phone"), "fixed", NOBODY),
    Field("jobformidler_email", 6, gettext_lazy("E-mail"), "fixed", NOBODY),
    Field(
        "visit_days",
        6,
        gettext_lazy("Days between visits"),
        "number",
        BOTH,
        gettext_lazy("How often there is a visit is missing."),
        _always,
    ),
    Field(
        "first_visit_on",
        6,
        gettext_lazy("First visit"),
        "date",
        NOBODY,
        gettext_lazy("The date of the first visit is missing."),
        _always,
    ),
    Field("visit_where", 6, gettext_lazy("Where we meet"), "text", NOBODY),
    Field("visit_who", 6, gettext_lazy("Who takes part"), "text", NOBODY),
    Field("help_by", 6, gettext_lazy("The workplace has an answer"), "text", NOBODY),
    Field("clause", 7, gettext_lazy("Paid hours when a task is mastered"), "yes_no", BOTH),
    Field("clause_text", 7, gettext_lazy("The words about paid hours"), "text", BOTH, shown=_clause_in),
    Field(
        "clause_removed_reason",
        7,
        gettext_lazy("Why the words about paid hours are taken out"),
        "text",
        NOBODY,
        gettext_lazy("Write why the words about paid hours are taken out."),
        _clause_out,
        _clause_out,
    ),
    Field(
        "steps",
        7,
        gettext_lazy("The plan for paid hours"),
        "steps",
        BOTH,
        gettext_lazy("The plan for paid hours is missing."),
        _towards_hours,
    ),
    Field(
        "economy",
        8,
        gettext_lazy("Economy"),
        "text",
        BOTH,
        gettext_lazy("The words about economy are missing."),
        _always,
    ),
    Field(
        "insurance",
        8,
        gettext_lazy("Insurance"),
        "text",
        BOTH,
        gettext_lazy("The words about insurance are missing."),
        _always,
    ),
    Field(
        "absence",
        8,
        gettext_lazy("Absence"),
        "text",
        BOTH,
        gettext_lazy("The words about absence are missing."),
        _always,
    ),
    Field(
        "prospects",
        9,
        gettext_lazy("What can come after"),
        "choice",
        BOTH,
        gettext_lazy("What can come after is missing."),
        _always,
        choices=PROSPECTS,
    ),
    Field("prospects_note", 9, gettext_lazy("More about it"), "text", BOTH),
    Field(
        "next_step",
        9,
        gettext_lazy("What this placement shall lead to on the way to ordinary hours"),
        "text",
        CITIZEN,
        gettext_lazy("Write what this placement shall lead to on the way to ordinary hours."),
        _needs_next_step,
        _needs_next_step,
    ),
]
FIELDS: dict[str, Field] = {field.key: field for field in _SCHEMA}

STEP_PARTS = ("task", "mastered_when", "paid_hours", "planned_on")


def in_paragraph(number: int, content: Content) -> list[Field]:
    """The fields of a paragraph that show with this content, in order."""
    return [field for field in _SCHEMA if field.paragraph == number and field.shown(content)]


def purpose_text(content: Content) -> str:
    """The purpose in the quoted words all parties read (PLC-02), empty while it is not chosen."""
    found = PURPOSES.get(content.get("purpose") or "")
    return f"«{found.full}» – «{found.short}»" if found else ""


def digest(content: Content) -> str:
    """SHA-256 (hex) of the content in canonical JSON: what a confirmation names."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def stamp(value: Any) -> str:
    """A short mark of one value, for a form to carry so that a stale save is noticed."""
    return digest({"value": value})[:12]


def changed(old: Content, new: Content) -> list[str]:
    """Keys whose values differ, in the order of the agreement."""
    return [key for key in FIELDS if old.get(key) != new.get(key)]


def touched(old: Content, new: Content) -> frozenset[str]:
    """The parties who must confirm again when `old` becomes `new`."""
    return frozenset().union(*(FIELDS[key].touches for key in changed(old, new)))


def planned_total(days: Iterable[Mapping[str, Any]]) -> Decimal:
    """Hours a week of the listed days, in quarters or finer, from their times."""
    minutes = 0
    for row in days:
        begin, end = (dt.time.fromisoformat(row[part]) for part in ("from", "to"))
        minutes += (end.hour - begin.hour) * 60 + end.minute - begin.minute
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))


def missing(content: Content) -> list[Missing]:
    """What must be filled in before the agreement can be sent, in its order. Empty when it is complete (PLC-03)."""
    found = []
    for field in _SCHEMA:
        value = content.get(field.key)
        if field.required(content) and value in (None, "", [], False):
            found.append(Missing(field.key, str(field.sentence)))
        elif field.key == "steps":
            found += _missing_in_steps(value or [])
        elif field.key == "days" and value:
            found += _wrong_total(content)
    return found + _wrong_dates(content)


def _missing_in_steps(steps: list[dict]) -> list[Missing]:
    found = []
    before: dt.date | None = None
    for number, step in enumerate(steps):
        hours = words.number(step.get("paid_hours") or "")
        if not (step.get("task") or "").strip():
            found.append(Missing(f"steps.{number}.task", _("The task of step %(n)s is missing.") % {"n": number + 1}))
        if not (step.get("mastered_when") or "").strip():
            text = _("How one sees that step %(n)s is mastered is missing.") % {"n": number + 1}
            found.append(Missing(f"steps.{number}.mastered_when", text))
        if not hours:
            text = _("The paid hours of step %(n)s are missing.") % {"n": number + 1}
            found.append(Missing(f"steps.{number}.paid_hours", text))
        elif not step.get("planned_on"):
            text = _("The date of %(hours)s is missing.") % {"hours": words.paid_hours(hours)}
            if before:
                proposal = words.day(before + dt.timedelta(weeks=4))
                text += " " + _("Proposal: %(day)s.") % {"day": proposal}
            found.append(Missing(f"steps.{number}.planned_on", text))
        if step.get("planned_on"):
            before = dt.date.fromisoformat(step["planned_on"])
    return found


def _wrong_total(content: Content) -> list[Missing]:
    total, hours = planned_total(content["days"]), words.number(content.get("hours") or "")
    if hours is None or abs(total - hours) < Decimal("0.05"):
        return []
    values = {"days": words.hours(total), "hours": words.hours(hours)}
    return [Missing("days", _("The days give %(days)s hours, but the agreement says %(hours)s.") % values)]


def _wrong_dates(content: Content) -> list[Missing]:
    start, last = content.get("starts_on"), content.get("last_on")
    found = []
    if start and last and last < start:
        found.append(Missing("last_on", _("The last day is before the first.")))
    paid, hours = (words.number(content.get(key) or 0) or Decimal(0) for key in ("paid_hours", "hours"))
    if hours and paid > hours:
        found.append(Missing("paid_hours", _("The paid hours are part of the hours a week and cannot be more.")))
    return found
