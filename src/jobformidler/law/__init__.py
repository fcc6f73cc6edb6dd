"""Rules with dates: rule sets as data, the clock of right and duty, and small evaluators of other rules.

Pure: no Django, no database, no clock of the day. Days are passed in. Columns in, columns out, the same code for one
citizen and for a million; see docs/law.md for the exact meaning.

    rules = ClockRules.of(rule_set("fleksjob-2007"), {"window": "rolling"}, municipality="0999")
    events = compute(spells, approvals, rules, horizon)             # Events: columns
    rows = timeline([Spell(...)], Approval(...), rules, horizon)    # list[EventRow] of one citizen
    shown = explain([Spell(...)], Approval(...), rules, day=day)    # Explanation: data for a drawing and its sentences
"""

from jobformidler.law.choices import Choice, applicable, in_use
from jobformidler.law.clocks import ClockRules, compute, timeline
from jobformidler.law.columns import OPEN, Approval, Approvals, EventRow, Events, Spell, Spells
from jobformidler.law.explain import Alternative, Explained, Explanation, Interval, Progress, explain
from jobformidler.law.kinds import EVENTS, KINDS, Basis, Day, Event, Kind
from jobformidler.law.rulesets import RuleError, RuleSet, rule_set, rule_sets

__all__ = [
    "EVENTS",
    "KINDS",
    "OPEN",
    "Alternative",
    "Approval",
    "Approvals",
    "Basis",
    "Choice",
    "ClockRules",
    "Day",
    "Event",
    "EventRow",
    "Events",
    "Explained",
    "Explanation",
    "Interval",
    "Kind",
    "Progress",
    "RuleError",
    "RuleSet",
    "Spell",
    "Spells",
    "applicable",
    "compute",
    "explain",
    "in_use",
    "rule_set",
    "rule_sets",
    "timeline",
]
