"""Which kinds of courses may begin on a day, and by which rules a course begun before goes on."""

import datetime as dt
from collections.abc import Collection, Mapping

from jobformidler.law.choices import applicable
from jobformidler.law.rulesets import RuleError, RuleSet, by_group

FAMILY = "courses"


def may_begin(
    kind: str, day: dt.date, *, enabled: Collection[str], known: Mapping[str, RuleSet] | None = None
) -> bool | None:
    """Whether a course of the kind may begin on the day; None when no set that is switched on knows the kind."""
    rules = applicable(FAMILY, day, begun=day, enabled=enabled, known=known)
    return None if rules is None else allowed(rules, kind)


def allowed(rules: RuleSet, kind: str, given: Mapping[str, object] | None = None) -> bool | None:
    """Whether the rules let a course of the kind begin; None when they do not know it. Raises RuleError for another family."""
    if rules.family != FAMILY:
        raise RuleError(f"{rules.id} says nothing about courses.")
    table = by_group(rules.values(given), "may_begin")
    return bool(table[kind]) if kind in table else None


def rules_of(
    begun: dt.date, day: dt.date, *, enabled: Collection[str], known: Mapping[str, RuleSet] | None = None
) -> RuleSet | None:
    """The set a course begun on one day follows on another: an old course keeps its former rules."""
    return applicable(FAMILY, day, begun=begun, enabled=enabled, known=known)
