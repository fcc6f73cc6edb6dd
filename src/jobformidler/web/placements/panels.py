"""The small panel that opens under a paragraph: what it asks, and how its answer becomes a value."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from jobformidler.core.actions import StaleError
from jobformidler.employers.models import ContactPerson
from jobformidler.placements import words as domain
from jobformidler.placements.agreement import FIELDS, STEP_PARTS, Content, stamp
from jobformidler.placements.agreement_texts import PURPOSES
from jobformidler.placements.enums import PlacementKind, Purpose
from jobformidler.placements.models import AgreementVersion
from jobformidler.web import danish
from jobformidler.web.placements import words
from jobformidler.web.placements.sheet import base_key, dom_id, part_editor

#: Empty rows at the end of the plan, for the next steps.
SPARE_ROWS = 1
PLAN_WEEKS = 4


@dataclass
class Choice:
    """One answer that is saved by one tap."""

    value: str
    label: str
    note: str = ""
    chosen: bool = False


@dataclass
class Panel:
    """Everything the panel's template draws."""

    key: str
    label: str
    editor: str
    seen: str
    value: Any = ""
    hint: str = ""
    choices: Sequence[Choice] = ()
    rows: Sequence[Mapping[str, Any]] = ()
    errors: Sequence[str] = ()
    stale: Sequence[tuple[str, str, str]] = ()
    stale_value: str = ""
    stale_who: str = ""
    stale_at: str = ""
    next_label: str = ""
    long: bool = False

    def keep_typed(self, posted: QueryDict) -> None:
        """Show what was typed again, beside what is wrong with it."""
        if self.editor == "days":
            days = [int(row["day"]) for row in self.rows]
            self.rows = [
                {**row, "from": posted.get(f"from-{day}", ""), "to": posted.get(f"to-{day}", "")}
                for day, row in zip(days, self.rows, strict=True)
            ]
        elif self.editor == "steps":
            self.rows = posted_rows(posted)
        else:
            self.value = posted.get("typed", self.value)

    @property
    def typed_too(self) -> bool:
        """Whether an answer can be typed, beside or instead of those one tap away."""
        return self.editor in ("text", "date", "hours", "list", "contact") or (
            self.editor == "number" and not self.choices
        )

    @property
    def id(self) -> str:
        """The id of the value it edits."""
        return dom_id(self.key)


def raw_value(key: str, content: Content) -> Any:
    """The value of a field, or of one cell of the plan."""
    if not key.startswith("steps."):
        return content.get(key)
    __, row, part = key.split(".")
    rows = content.get("steps") or []
    return rows[int(row)].get(part) if int(row) < len(rows) else None


def open_panel(key: str, version: AgreementVersion, *, next_missing: bool) -> Panel:
    """The panel for a value of this version. `next_missing`: saving it goes on to the next missing value."""
    content = version.content
    base = FIELDS[base_key(key)]
    editor = part_editor(key)
    panel = Panel(
        key=key,
        label=_label(key),
        editor=editor,
        seen=stamp(content.get(base.key)),
        value=raw_value(key, content) or "",
        next_label=_("Save and show the next") if next_missing else "",
        long=editor == "text" and not key.startswith("steps."),
    )
    if editor == "choice":
        panel.choices = _choices(base.key, panel.value)
    elif editor == "yes_no":
        panel.choices = _clause_choices(bool(content.get(key)))
    elif editor == "contact":
        panel.choices = _people(version, panel.value)
        panel.value = ""
        panel.hint = _("Name and title, for example: Kim Holm, foreman.")
    elif editor == "number":
        panel.choices = [Choice(str(n), words.every(n), chosen=n == panel.value) for n in (7, 14, 21, 28)]
    elif editor == "list":
        panel.value = "\n".join(panel.value or [])
        panel.hint = _("One on each line.")
    elif editor == "days":
        panel.rows = _day_rows(panel.value or [])
    elif editor == "hours":
        panel.value = danish.hours(domain.number(panel.value) or 0) if panel.value else ""
    elif editor == "date":
        panel.choices = _date_proposals(key, content)
    elif editor == "steps":
        panel.rows = [*_step_rows(panel.value or []), *({} for __ in range(SPARE_ROWS))]
        panel.hint = _("Each step has more paid hours than the one before. Empty rows are left out.")
    return panel


def _label(key: str) -> str:
    if not key.startswith("steps."):
        return str(FIELDS[key].label)
    part = key.rpartition(".")[2]
    return {
        "task": _("The task"),
        "mastered_when": _("How one sees that it is mastered"),
        "paid_hours": _("Paid hours a week"),
        "planned_on": _("From which day"),
    }[part]


def _choices(key: str, chosen: str) -> list[Choice]:
    if key == "purpose":
        return [Choice(code, PURPOSES[code].short, PURPOSES[code].full, code == chosen) for code in Purpose.values]
    if key == "kind":
        return [Choice(code, words.capital(str(label)), chosen=code == chosen) for code, label in PlacementKind.choices]
    found = FIELDS[key].choices or {}
    return [Choice(code, words.capital(str(label)), chosen=code == chosen) for code, label in found.items()]


def _clause_choices(stands: bool) -> list[Choice]:
    return [
        Choice("true", _("The words about paid hours stand in the agreement"), chosen=stands),
        Choice("false", _("Take them out, and write why"), chosen=not stands),
    ]


def _people(version: AgreementVersion, chosen: Mapping[str, Any] | str) -> list[Choice]:
    now = chosen.get("id") if isinstance(chosen, Mapping) else None
    people = ContactPerson.objects.filter(workplace_id=version.placement.workplace_id, active=True)[:8]
    return [Choice(str(person.pk), str(person), chosen=person.pk == now) for person in people]


def _day_rows(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    there = {row["day"]: row for row in rows}
    return [
        {
            "day": number,
            "name": words.capital(words.weekday_name(number)),
            "from": there.get(number, {}).get("from", ""),
            "to": there.get(number, {}).get("to", ""),
        }
        for number in range(7)
        if number < 5 or there.keys() & {5, 6} or number in there
    ]


def _step_rows(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    shown = []
    for row in rows:
        hours = domain.number(row.get("paid_hours") or "")
        shown.append({**row, "paid_hours": danish.hours(hours) if hours else ""})
    return shown


def _date_proposals(key: str, content: Content) -> list[Choice]:
    """Dates one tap away: four and eight weeks after the step before, or after the start."""
    if not key.endswith(".planned_on"):
        return []
    number = int(key.split(".")[1])
    before = [row.get("planned_on") for row in (content.get("steps") or [])[:number]]
    known = next((day for day in reversed(before) if day), None) or content.get("starts_on")
    if not known:
        return []
    days = [dt.date.fromisoformat(known) + dt.timedelta(weeks=weeks) for weeks in (PLAN_WEEKS, 2 * PLAN_WEEKS)]
    return [Choice(day.isoformat(), words.capital(danish.day_near(day))) for day in days]


def answer(key: str, posted: QueryDict, content: Content) -> tuple[str, Any]:
    """Field and value to give the action; a cell of the plan becomes the whole plan."""
    base = base_key(key)
    editor = part_editor(key)
    if editor == "days":
        value: Any = [
            {"day": number, "from": posted.get(f"from-{number}", ""), "to": posted.get(f"to-{number}", "")}
            for number in range(7)
            if posted.get(f"from-{number}") or posted.get(f"to-{number}")
        ]
    elif editor == "steps":
        value = posted_rows(posted)
    elif editor == "yes_no":
        value = posted.get("value") == "true"
    else:
        value = posted.get("value", posted.get("typed", "")).strip()
    if key.startswith("steps."):
        __, row, part = key.split(".")
        rows = [dict(item) for item in content.get("steps") or []]
        if int(row) < len(rows):
            rows[int(row)][part] = value
        value = rows
    return base, value


def posted_rows(posted: QueryDict) -> list[dict[str, str]]:
    """The rows of the plan as typed, without those that are to be removed."""
    columns = [posted.getlist(f"step-{part}") for part in STEP_PARTS]
    gone = set(posted.getlist("remove"))
    rows = [dict(zip(STEP_PARTS, cells, strict=True)) for cells in zip(*columns, strict=False)]
    return [row for number, row in enumerate(rows) if str(number) not in gone]


def stale_panel(panel: Panel, error: StaleError, content: Content, who: str, at: str) -> Panel:
    """The same panel with both versions, carrying the newer stamp so that "Keep mine" goes through."""
    base = base_key(panel.key)
    mine = error.mine[base]
    said_mine, said_theirs = (_said(base, value, content) for value in (mine, error.theirs[base]))
    panel.stale = [(str(FIELDS[base].label), said_theirs, said_mine)]
    panel.stale_who, panel.stale_at = who, at
    return panel


def _said(base: str, value: Any, content: Content) -> str:
    if base == "steps":
        return "; ".join(f"{row.get('task') or '–'}: {words.paid_words(row.get('paid_hours'))}" for row in value or [])
    return words.value_words(base, {**content, base: value}) or "–"
