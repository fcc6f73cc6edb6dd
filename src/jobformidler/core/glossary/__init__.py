"""The field's words: Danish term, the name in the code, and what it means in both languages.

``glossary.csv`` beside this file is the one source; the product's glossary screen reads ``terms()`` and
``python -m jobformidler.core.glossary`` writes ``docs/glossary.md`` from it. Standard library only.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).with_name("glossary.csv")
COLUMNS = ("danish", "code", "definition_en", "definition_da", "area")

# Area key: (English name, Danish name), in the order they are shown. The words are data in both languages
# like the definitions, so they are not translated through the message catalogue.
AREAS: dict[str, tuple[str, str]] = {
    "people": ("People and organisations", "Mennesker og organisation"),
    "case": ("The case and contacts", "Forløbet og kontakten"),
    "plan": ("Plan and goals", "Plan og mål"),
    "matching": ("Places and tasks", "Pladser og opgaver"),
    "placements": ("Placements and hours", "Virksomhedsforløb og timer"),
    "employers": ("Employers", "Virksomheder"),
    "partnerships": ("Partnerships", "Partnerskaber"),
    "compensation": ("Compensation schemes", "Handicapkompensation"),
    "providers": ("Providers and payment", "Anden aktør og betaling"),
    "benefits": ("Benefits", "Ydelser"),
    "law": ("Law and dates", "Lov og frister"),
    "steering": ("Steering", "Ledelse og mål"),
    "evaluation": ("Evaluation", "Evaluering"),
    "privacy": ("Access and sharing", "Adgang og deling"),
    "ingest": ("Files received", "Modtagne filer"),
    "system": ("The product itself", "Produktet selv"),
}


class GlossaryError(ValueError):
    """The glossary file is torn; the message names the line."""


@dataclass(frozen=True)
class Term:
    """One word of the field. ``code`` is the name used in code, two alternatives separated by `` / ``."""

    danish: str
    code: str
    definition_en: str
    definition_da: str
    area: str

    @property
    def area_en(self) -> str:
        """English name of the area."""
        return AREAS[self.area][0]

    @property
    def area_da(self) -> str:
        """Danish name of the area, for the screen."""
        return AREAS[self.area][1]


@cache
def terms() -> tuple[Term, ...]:
    """Return every term in file order. Raises GlossaryError on wrong columns, an empty cell or unknown area."""
    with SOURCE.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        if tuple(next(reader, ())) != COLUMNS:
            raise GlossaryError(f"{SOURCE.name} must have the columns {', '.join(COLUMNS)}.")
        found = []
        for cells in reader:
            if len(cells) != len(COLUMNS) or not all(cell.strip() for cell in cells) or cells[-1] not in AREAS:
                raise GlossaryError(f"{SOURCE.name} line {reader.line_num} is not a whole term of a known area.")
            found.append(Term(*cells))
    return tuple(found)


def by_area() -> dict[str, list[Term]]:
    """Return the terms grouped by area key, areas in the order shown, terms in file order."""
    grouped: dict[str, list[Term]] = {area: [] for area in AREAS}
    for term in terms():
        grouped[term.area].append(term)
    return grouped


def as_markdown() -> str:
    """Return the whole of ``docs/glossary.md``."""
    lines = [
        "# Glossary",
        "",
        "The field's words and their names in the code. A new noun enters here before it enters the code.",
        "Written by `python -m jobformidler.core.glossary` from `src/jobformidler/core/glossary/glossary.csv`;",
        "change that file, not this one. The product shows the same words on its own screen.",
    ]
    for area, found in by_area().items():
        lines += ["", f"## {AREAS[area][0]} ({AREAS[area][1]})", ""]
        lines += ["| Dansk | Code | Meaning | Betydning |", "|---|---|---|---|"]
        for term in found:
            code = " / ".join(f"`{name}`" for name in term.code.split(" / "))
            lines.append(f"| {term.danish} | {code} | {term.definition_en} | {term.definition_da} |")
    return "\n".join(lines) + "\n"
