"""Rimelighedskrav: how many in internship and wage subsidy a workplace has room for, for its ordinary staff."""

from collections.abc import Mapping
from dataclasses import dataclass

from jobformidler.law.rulesets import RuleError, RuleSet, whole

FAMILY = "workplace-ratio"


@dataclass(frozen=True)
class Room:
    """Places of one workplace: how many it may have, how many are filled, how many are free (never below 0)."""

    places: int
    filled: int

    @property
    def free(self) -> int:
        """Places left for a new course that the ratio covers."""
        return max(0, self.places - self.filled)


def room(
    rules: RuleSet,
    *,
    staff: int,
    inside: int,
    outside: int = 0,
    given: Mapping[str, object] | None = None,
    municipality: str = "",
) -> Room:
    """Room at a workplace (P-number) with so many ordinary staff.

    inside: persons there now whom the ratio covers · outside: persons it does not cover; they need no room themselves, but
    fill a place for those who come later. Raises RuleError for a set of another family.
    """
    if rules.family != FAMILY:
        raise RuleError(f"{rules.id} says nothing about the number of places.")
    values = rules.values(given, municipality=municipality)
    per, limit, per_later, least = (
        whole(values, name) for name in ("staff_per_place", "limit_staff", "staff_per_later_place", "least_places")
    )
    places = min(staff, limit) // per + max(0, staff - limit) // per_later
    return Room(max(places, least), inside + (outside if values["outside_fills"] == "yes" else 0))
