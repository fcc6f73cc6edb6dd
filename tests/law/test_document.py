"""The worked examples of docs/law.md are what the clock answers."""

import datetime as dt
import re
from pathlib import Path

import pytest

from jobformidler.law import Approval, ClockRules, Kind, Spell, rule_set, rule_sets, timeline

PAGE = Path(__file__).resolve().parents[2] / "docs/law.md"
KINDS = {"L": Kind.LEDIGHEDSYDELSE, "U": Kind.UNEMPLOYED, "W": Kind.FLEKSJOB, "M": Kind.MATERNITY}
SPELL = re.compile(r"([LUWM]) (\d{4}-\d\d-\d\d) –(?: (\d{4}-\d\d-\d\d))?")


def examples():
    rows = PAGE.read_text(encoding="utf-8").partition("| Approved | Days | Reading | Answer |")[2].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows if row.startswith("|")]


def day(text):
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(("approved", "days", "reading", "answer"), examples())
def test_an_example_of_the_page_is_computed(approved, days, reading, answer):
    days, _, until = days.partition(" until ")
    spells = [Spell(KINDS[kind], day(first), day(last) if last else None) for kind, first, last in SPELL.findall(days)]
    rules = ClockRules.of(rule_set("fleksjob-2007"), dict(part.split("=") for part in reading.split()))
    found = timeline(spells, Approval(day(approved)), rules, day(until or "2012-01-01"))
    assert (", ".join(f"{row.event.name.lower()} {row.date}" for row in found) or "nothing") == answer


def test_the_page_has_its_examples_and_names_every_rule_set():
    assert len(examples()) == 18
    page = PAGE.read_text(encoding="utf-8")
    assert all(f"`{name}`" in page for name in (*rule_set("fleksjob-2007").parameters, *rule_sets()))
