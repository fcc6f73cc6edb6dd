"""Rule sets on a timeline: which one is used on a day, and by which one an old case goes on (RULE-01)."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from jobformidler.law.rulesets import RuleSet, Value, rule_sets

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Choice:
    """A rule set used from a day on.

    until: the first day it is no longer used, None while it is · old_cases_stay: a case begun before `since` keeps what
    was used when it began · given: parameters that differ from the set's own.
    """

    rules: RuleSet
    since: dt.date
    until: dt.date | None = None
    old_cases_stay: bool = False
    given: Mapping[str, object] = field(default_factory=dict)

    def covers(self, day: dt.date) -> bool:
        """Whether it is used on the day."""
        return self.since <= day and (self.until is None or day < self.until)

    def values(self) -> dict[str, Value]:
        """Every parameter as it is used. Raises RuleError for a value not allowed."""
        return self.rules.values(self.given)


def in_use(choices: Iterable[Choice], day: dt.date, *, begun: dt.date | None = None) -> Choice | None:
    """The choice for a case begun on one day, seen on another; None when none of them answers.

    Newest first. Where old cases stay, a case begun before is left on the one used when it began, also after that one's
    last day: the former rules run on for old cases.
    """
    old = False
    for one in sorted(choices, key=lambda choice: choice.since, reverse=True):
        if one.since > day:
            continue
        if one.old_cases_stay and begun is not None and begun < one.since:
            old = True
            continue
        if one.covers(day) or (old and begun is not None and one.covers(begun)):
            return one
    return None


def applicable(
    family: str,
    day: dt.date,
    *,
    begun: dt.date | None = None,
    enabled: Collection[str],
    known: Mapping[str, RuleSet] | None = None,
) -> RuleSet | None:
    """The set of a family to use on a day for a case begun on another, among those that are switched on (RULE-01).

    Each is used in its own time; a set for "new cases" leaves older cases where they were. None when no set that is
    switched on answers.
    """
    sets = rule_sets() if known is None else known
    mine = [
        Choice(one, one.valid_from, one.valid_to + _DAY if one.valid_to else None, one.transition == "new cases")
        for one in sets.values()
        if one.family == family and one.id in enabled
    ]
    found = in_use(mine, day, begun=begun)
    return found.rules if found else None
