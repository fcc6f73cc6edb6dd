"""The agreement as a sheet: nine paragraphs whose values are links while it is being written, words when it is read."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jobformidler.placements import words as domain
from jobformidler.placements.agreement import (
    FIELDS,
    PARAGRAPHS,
    STEP_PARTS,
    Content,
    Missing,
    in_paragraph,
    missing,
    purpose_text,
)
from jobformidler.placements.agreement_texts import NOT_A_CONTRACT
from jobformidler.placements.prefill import plan_words
from jobformidler.web import danish
from jobformidler.web.placements import words
from jobformidler.web.placements.advice import Advice

#: Long texts that seldom change: their links are drawn quietly.
STANDING = frozenset({"contact_task", "clause_text", "economy", "insurance", "absence"})
#: Values that may be empty: the link that adds them says what it adds.
ADDS = {
    "sub_goals": lambda: _("add small steps"),
    "staff_rep": lambda: _("let the employees' representative sign too"),
    "considerations": lambda: _("nothing in particular"),
    "contact_task": lambda: _("add what the contact person does"),
    "visit_where": lambda: _("add where"),
    "visit_who": lambda: _("add who"),
    "help_by": lambda: _("add when"),
    "paid_hours": lambda: _("no paid hours"),
    "prospects_note": lambda: _("say more about it"),
    "no_contact_reason": lambda: _("add why"),
    "clause_text": lambda: _("write the words"),
}
#: Paragraphs that are nobody's business who signs for the employees: what must be taken into account, what comes after.
ABOUT_THE_CITIZEN = frozenset({5, 9})
#: Of these an empty value says something, also on paper.
SAID_WHEN_EMPTY = frozenset({"considerations", "paid_hours"})


def missing_verb(key: str) -> str:
    """What stands in the place of a missing value: a verb."""
    editor = part_editor(key)
    verbs = {
        "date": _("choose a date"),
        "choice": _("choose"),
        "contact": _("write a name"),
        "hours": _("write hours"),
        "days": _("choose days"),
        "number": _("choose how often"),
        "steps": _("make the plan"),
    }
    return verbs.get(editor, _("write it"))


def part_editor(key: str) -> str:
    """The editor of a field, or of one cell of the plan ("steps.2.planned_on")."""
    if key.startswith("steps."):
        return {"paid_hours": "hours", "planned_on": "date"}.get(key.rpartition(".")[2], "text")
    return FIELDS[key].editor


def base_key(key: str) -> str:
    """The field a cell belongs to."""
    return key.partition(".")[0]


def dom_id(key: str) -> str:
    """The id of a value on the page."""
    return key.replace(".", "-")


def is_key(key: str) -> bool:
    """Whether somebody can open this value."""
    if key.startswith("steps."):
        parts = key.split(".")
        return len(parts) == 3 and parts[1].isdigit() and len(parts[1]) < 3 and parts[2] in STEP_PARTS
    return key in FIELDS and FIELDS[key].editor != "fixed"


def paragraph_of(key: str) -> int:
    """The number of the paragraph a value stands in."""
    return FIELDS[base_key(key)].paragraph


@dataclass
class Paragraph:
    """One numbered paragraph, drawn."""

    number: int
    title: str
    html: SafeString


@dataclass
class Sheet:
    """The content of one version with everything the sheet draws. `placement_pk` is set when values can be opened.

    `advice`: what rules that are switched on warn of; for staff alone.
    """

    content: Content
    placement_pk: int | None = None
    for_staff: bool = False
    opened: str = ""
    of_employees: bool = False
    advice: Sequence[Advice] = ()
    panel: SafeString = field(default_factory=lambda: SafeString(""))

    @cached_property
    def missing(self) -> list[Missing]:
        """What keeps the agreement from being sent."""
        return missing(self.content)

    @cached_property
    def missing_keys(self) -> frozenset[str]:
        """The keys of what is missing."""
        return frozenset(item.field for item in self.missing)

    @property
    def first_missing(self) -> str:
        """The first missing value, empty when there is none."""
        return self.missing[0].field if self.missing else ""

    @property
    def short_name(self) -> str:
        """The citizen's name inside sentences."""
        return str(self.content["citizen"]).split(" ")[0]

    @property
    def purpose_text(self) -> str:
        """The purpose in the words all parties read (PLC-02)."""
        return purpose_text(self.content)

    @property
    def not_a_contract(self) -> str:
        """The sentence under the plan."""
        return str(NOT_A_CONTRACT)

    def value(self, key: str, text: str) -> SafeString:
        """A value: a link that opens it, a verb when it is missing, plain words for a reader."""
        add = ADDS[key]() if key in ADDS and not text else ""
        if self.placement_pk is None:
            return format_html("{}", text or add or "–")
        shown = text or add or missing_verb(key)
        return format_html(
            '<a class="v{}" id="{}" href="?felt={}#{}" hx-get="{}" hx-target="#afsnit-{}"{}>{}</a>',
            self._kind(key, text=text, add=add),
            dom_id(key),
            key,
            dom_id(key),
            reverse("agreement_field", args=[self.placement_pk, key]),
            paragraph_of(key),
            SafeString(' aria-expanded="true"') if self.opened == key else "",
            shown,
        )

    def _kind(self, key: str, *, text: str, add: str) -> str:
        """How a value is drawn: as missing, as quiet, or as filled in. An offer to say more is left out on paper."""
        if not text and (key in self.missing_keys or not add):
            return " v-missing"
        if not text:
            return " v-quiet" if key in SAID_WHEN_EMPTY else " v-quiet v-offer"
        return " v-quiet" if key in STANDING else ""

    @cached_property
    def v(self) -> dict[str, SafeString]:
        """All values by key, as the paragraphs write them."""
        return {key: self.value(key, words.value_words(key, self.content)) for key in FIELDS if key != "steps"}

    @cached_property
    def shown(self) -> dict[str, bool]:
        """Which fields this content shows, and which values are filled in."""
        return {
            f.key: bool(self.content.get(f.key)) for number in PARAGRAPHS for f in in_paragraph(number, self.content)
        }

    @cached_property
    def steps(self) -> list[dict[str, Any]]:
        """The rows of the plan for paid hours; the first row with something missing carries the notes."""
        rows = []
        noted = False
        for number, step in enumerate(self.content.get("steps") or []):
            hours = domain.number(step.get("paid_hours") or "")
            day = step.get("planned_on")
            texts = {
                "task": step.get("task") or "",
                "mastered_when": step.get("mastered_when") or "",
                "paid_hours": danish.hours(hours) if hours else "",
                "planned_on": danish.day_near(dt.date.fromisoformat(day), weekday=False) if day else "",
            }
            row: dict[str, Any] = {part: self.value(f"steps.{number}.{part}", text) for part, text in texts.items()}
            if not noted and any(f"steps.{number}.{part}" in self.missing_keys for part in STEP_PARTS):
                row["notes"] = [item.sentence for item in self.missing if item.field.startswith("steps.")]
                noted = True
            rows.append(row)
        return rows

    @property
    def plan_note(self) -> str:
        """What is proposed in the plan and why, or that a step lies after the last day; only while it is written."""
        return plan_words(self.content) if self.for_staff and self.placement_pk is not None else ""

    def notes(self, number: int) -> list[str]:
        """The margin sentences of a paragraph, without those that stand beside a row of the plan."""
        if not self.for_staff:
            return []
        lacking = [
            item.sentence
            for item in self.missing
            if paragraph_of(item.field) == number and not item.field.startswith("steps.")
        ]
        return lacking + [item.sentence for item in self.advice if item.paragraph == number]

    def paragraph(self, number: int) -> Paragraph:
        """Draw one paragraph."""
        here = bool(self.opened) and paragraph_of(self.opened) == number
        context = {
            "sheet": self,
            "c": self.content,
            "v": self.v,
            "shown": self.shown,
            "number": number,
            "notes": self.notes(number),
            "panel": self.panel if here else "",
        }
        title = str(PARAGRAPHS[number])
        html = render_to_string(f"placements/paragraphs/{number}.html", {**context, "title": title})
        return Paragraph(number, title, html)

    @cached_property
    def paragraphs(self) -> Sequence[Paragraph]:
        """The paragraphs in order; who signs for the employees reads nothing about the citizen's needs and goals."""
        hidden = ABOUT_THE_CITIZEN if self.of_employees else frozenset()
        return [self.paragraph(number) for number in PARAGRAPHS if number not in hidden]
