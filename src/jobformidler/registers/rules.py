"""The rules a municipality counts by."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jobformidler.law import Choice, ClockRules, in_use, rule_set
from jobformidler.registers.enums import MeetingHolder, RuleFamily
from jobformidler.registers.models import RuleChoice

#: What contact meetings go by until a municipality chooses otherwise: three months, counted from 2007 (CON-13).
CONTACT_DEFAULT = "contact-2007"


def clock_rules(municipality_id: int) -> ClockRules | None:
    """The clock rules in use, None while they are off (the product's default). One query.

    They are chosen from a day that has come, so the newest choice is the one in use.
    """
    return clocks_among(RuleChoice.objects.about(municipality_id, RuleFamily.CLOCKS))


def clocks_among(rows: Iterable[RuleChoice]) -> ClockRules | None:
    """The clock rules in use among choices of several families that were read at once."""
    mine = [row for row in rows if row.family == RuleFamily.CLOCKS and row.period.upper is None]
    return rules_of(mine[-1]) if mine else None


def rules_of(chosen: RuleChoice) -> ClockRules:
    """The rules of a choice as the clock takes them. Raises RuleError when the set no longer allows a value."""
    return ClockRules.of(rule_set(chosen.rule_set), chosen.parameters)


def choices_of(municipality_id: int, family: str) -> list[Choice]:
    """The timeline of a family as the law reads it; empty while the rules are off. One query."""
    return [row.as_law for row in RuleChoice.objects.about(municipality_id, family)]


@dataclass(frozen=True)
class ContactRules:
    """What contact meetings go by: the municipality's timeline before the default, and who holds them on a day."""

    choices: Sequence[Choice]
    holders: Sequence[tuple[Choice, str]]

    def on(self, day: dt.date, opened: dt.date) -> Choice:
        """What a case opened on one day goes by on another."""
        found = in_use(self.choices, day, begun=opened)
        assert found is not None, "the default has no end and no beginning"
        return found

    def holder_on(self, day: dt.date) -> str:
        """Who holds the meetings on a day, unless a case says otherwise."""
        return next((holder for choice, holder in self.holders if choice.covers(day)), MeetingHolder.CASEWORKER.value)


def contact_rules(municipality_id: int) -> ContactRules:
    """The rules of contact meetings; one query. Where nothing is chosen it is three months (RULE-10)."""
    rows = list(RuleChoice.objects.about(municipality_id, RuleFamily.CONTACT))
    mine = [row.as_law for row in rows]
    default = Choice(rule_set(CONTACT_DEFAULT), dt.date.min)
    return ContactRules([default, *mine], [(choice, row.holder) for choice, row in zip(mine, rows, strict=True)])
