"""The rules a municipality counts by."""

from jobformidler.law import ClockRules, rule_set
from jobformidler.registers.enums import RuleFamily
from jobformidler.registers.models import RuleChoice


def clock_rules(municipality_id: int) -> ClockRules | None:
    """The clock rules in use, None while they are off (the product's default). One query."""
    chosen = RuleChoice.objects.filter(municipality_id=municipality_id, family=RuleFamily.CLOCKS).first()
    return None if chosen is None else rules_of(chosen)


def rules_of(chosen: RuleChoice) -> ClockRules:
    """The rules of a choice as the clock takes them. Raises RuleError when the set no longer allows a value."""
    return ClockRules.of(rule_set(chosen.rule_set), chosen.parameters)
