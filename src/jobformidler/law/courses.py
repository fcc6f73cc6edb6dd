"""Which kinds of courses may begin on a day, and by which rules a course begun before goes on."""

import datetime as dt
from collections.abc import Collection, Mapping

from jobformidler.law.rulesets import RuleSet, applicable, by_group

FAMILY = "courses"


def may_begin(
    kind: str, day: dt.date, *, enabled: Collection[str], known: Mapping[str, RuleSet] | None = None
) -> bool | None:
    """Whether a course of the kind may begin on the day; None when no set that is switched on knows the kind."""
    rules = applicable(FAMILY, day, begun=day, enabled=enabled, known=known)
    if rules is None:
        return None
    allowed = by_group(rules.values(), "may_begin")
    return bool(allowed[kind]) if kind in allowed else None


def rules_of(
    begun: dt.date, day: dt.date, *, enabled: Collection[str], known: Mapping[str, RuleSet] | None = None
) -> RuleSet | None:
    """The set a course begun on one day follows on another: an old course keeps its former rules."""
    return applicable(FAMILY, day, begun=begun, enabled=enabled, known=known)
