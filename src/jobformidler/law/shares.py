"""Whether enough of a population has been reached, with exemptions that need a reason: columns in, one answer out."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jobformidler.law.rulesets import RuleError, RuleSet, whole

FAMILY = "population-share"

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Share:
    """How far a share has come; all numbers are persons.

    population: those the rule covers · reached: of them · exempted: not reached, with a reason · unanswered: neither ·
    needed: how many must be reached · missing: how many are still to be reached · over_exempted: exemptions beyond what
    the rule allows · met: enough are reached, and nobody is left without either.
    """

    population: int
    reached: int
    exempted: int
    unanswered: int
    needed: int
    missing: int
    over_exempted: int

    @property
    def met(self) -> bool:
        """Enough are reached and everybody else is exempted with a reason, within the limit."""
        return not (self.missing or self.unanswered or self.over_exempted)


def share(
    rules: RuleSet,
    *,
    reached: Flags,
    exempted: Flags,
    reasoned: Flags,
    outside: Flags,
    given: Mapping[str, object] | None = None,
    municipality: str = "",
) -> Share:
    """Count one population, a row a person: who was reached, is exempted, with a written reason, or is not covered.

    An exemption without a reason is none, and one of a person who was reached is not used. Shares are compared in whole
    persons: at least 75 percent of 10 are 8, at most 25 percent of 10 are 2. Raises RuleError for a set of another family.
    """
    if rules.family != FAMILY:
        raise RuleError(f"{rules.id} says nothing about shares of a population.")
    values = rules.values(given, municipality=municipality)
    covered = ~outside
    population = int(covered.sum())
    met = int((covered & reached).sum())
    excused = int((covered & ~reached & exempted & reasoned).sum())
    needed = -(-population * whole(values, "required_percent") // 100)
    allowed = population * whole(values, "exempt_percent") // 100
    return Share(
        population=population, reached=met, exempted=excused, unanswered=population - met - excused, needed=needed,
        missing=max(0, needed - met), over_exempted=max(0, excused - allowed),
    )  # fmt: skip
