"""How long a virksomhedspraktik may last for a person on a benefit."""

import datetime as dt
from collections.abc import Mapping

from jobformidler.law.rulesets import RuleError, RuleSet, by_group

FAMILY = "internship-lengths"


def last_day(
    rules: RuleSet,
    *,
    start: dt.date,
    benefit: str,
    given: Mapping[str, object] | None = None,
    municipality: str = "",
) -> dt.date | None:
    """The last day a course begun on `start` may have, or None when the rules name no length for the benefit.

    Whole weeks: four weeks from a Monday end on a Sunday. Which set to use is a matter of when the course began: see
    `choices.in_use`. Raises RuleError for a set of another family.
    """
    if rules.family != FAMILY:
        raise RuleError(f"{rules.id} says nothing about the length of internships.")
    weeks = by_group(rules.values(given, municipality=municipality), "weeks")
    return start + dt.timedelta(7 * weeks[benefit] - 1) if benefit in weeks else None
