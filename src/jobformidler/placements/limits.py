"""What rules that are switched on say of a placement: how long it may last, and whether its workplace has room (RULE-01).

They warn and never stop anything: the sets are to be verified before use, and a person decides.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count

from jobformidler.employers.models import Workplace
from jobformidler.law import Choice, in_use
from jobformidler.law.internships import last_day
from jobformidler.law.workplaces import room
from jobformidler.placements.enums import PlacementKind
from jobformidler.placements.models import Placement
from jobformidler.registers.enums import RuleFamily
from jobformidler.registers.models import RuleChoice

#: Kinds that are an internship to the rules on length, and kinds that take a place at a workplace.
UNPAID = (PlacementKind.INTERNSHIP, PlacementKind.COMBINED)
FILLING = (*UNPAID, PlacementKind.WAGE_SUBSIDY)


@dataclass(frozen=True)
class Limits:
    """The municipality's rules about placements, as timelines; both empty while they are off."""

    lengths: Sequence[Choice] = ()
    places: Sequence[Choice] = ()


@dataclass(frozen=True)
class LastDay:
    """The last day a placement may have by its rules: `on` is included."""

    on: dt.date
    rule_set: str


@dataclass(frozen=True)
class RoomAt:
    """Places of a workplace by the ratio. `staff` is None where the register does not say how many are employed."""

    staff: int | None
    places: int
    filled: int
    rule_set: str

    @property
    def full(self) -> bool:
        """Whether one more would be too many; unknown counts as no."""
        return self.staff is not None and self.filled >= self.places


def limits(municipality_id: int) -> Limits:
    """What is chosen about lengths and places. One query."""
    families = (RuleFamily.INTERNSHIPS, RuleFamily.WORKPLACES)
    rows = list(RuleChoice.objects.about(municipality_id, *families))
    of = {family: [row.as_law for row in rows if row.family == family] for family in families}
    return Limits(of[RuleFamily.INTERNSHIPS], of[RuleFamily.WORKPLACES])


def longest(found: Limits, *, kind: str, starts_on: dt.date, benefit: str, day: dt.date) -> LastDay | None:
    """The last day an internship begun on `starts_on` may have on this benefit, seen on `day`.

    An internship goes by the rules it began under, where old cases stay on them. None where no rule names a length.
    """
    if kind not in UNPAID:
        return None
    choice = in_use(found.lengths, max(day, starts_on), begun=starts_on)
    if choice is None:
        return None
    last = last_day(choice.rules, start=starts_on, benefit=benefit, given=choice.given)
    return LastDay(last, choice.rules.id) if last else None


def rooms(
    found: Limits, workplaces: Collection[Workplace], day: dt.date, *, without: int | None = None
) -> dict[int, RoomAt]:
    """The room at each workplace, by its key; empty while the rules are off. One query.

    Counted are placements of this municipality that are sent for signature or later; `without` leaves one of them out.
    """
    choice = in_use(found.places, day)
    if choice is None or not workplaces:
        return {}
    taken = dict(
        Placement.objects.taking_a_place()
        .filter(workplace__in=workplaces, kind__in=FILLING)
        .exclude(pk=without)
        .values_list("workplace")
        .annotate(n=Count("pk"))
        .order_by()
    )
    answer = {}
    for workplace in workplaces:
        filled = taken.get(workplace.pk, 0)
        places = room(choice.rules, staff=workplace.employees or 0, inside=filled, given=choice.given).places
        answer[workplace.pk] = RoomAt(workplace.employees, places, filled, choice.rules.id)
    return answer
