"""How many of the target group have had talks and an offer in their first months, and who is exempted (RULE-01)."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from jobformidler.casework.enums import MEETING_KINDS, Part, ShareOf
from jobformidler.casework.models import Contact, Exemption
from jobformidler.casework.querysets import CaseQuerySet
from jobformidler.core import clock
from jobformidler.law import Choice, in_use
from jobformidler.law.months import add_months
from jobformidler.law.rulesets import by_group, whole
from jobformidler.law.shares import Share, share
from jobformidler.placements.models import Placement
from jobformidler.registers.enums import RuleFamily
from jobformidler.registers.rules import choices_of

REACHED, EXEMPTED, UNANSWERED, OUTSIDE = "reached", "exempted", "unanswered", "outside"
Days = dict[int, list[dt.date]]


@dataclass(frozen=True)
class Measure:
    """One share: its numbers, and the cases behind each of them by primary key."""

    about: str
    share: Share
    cases: dict[str, list[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class TargetGroup:
    """Those whose first months run on a day (or ended in as many months before it), measured by the rules in use."""

    choice: Choice
    months: int
    first: dt.date
    end: dt.date
    measures: tuple[Measure, ...]


def rules_on(municipality_id: int, day: dt.date) -> Choice | None:
    """The rules on shares in use on a day, None while they are off. One query."""
    return in_use(choices_of(municipality_id, RuleFamily.SHARES), day)


def target_group(cases: CaseQuerySet, choice: Choice, day: dt.date, *, over: bool) -> TargetGroup:
    """Measure talks and offers over these cases. Four queries, however many cases.

    `over`: those whose months ended lately, else those still in them. Cases opened in [first, end) are counted; where old
    cases stay on the former rules, none that was opened before the choice.
    """
    values = choice.values()
    months = whole(values, "within_months")
    last = day + dt.timedelta(days=1)
    begun, before = (_back(last, months), _back(last, 2 * months))
    first, end = (before, begun) if over else (begun, last)
    if choice.old_cases_stay:
        first = min(max(first, choice.since), end)
    rows = list(cases.filter(opened_on__gte=first, opened_on__lt=end).order_by("pk").values_list(
        "pk", "opened_on", "citizen__benefit"
    ))  # fmt: skip
    until = {pk: _back(opened, -months) for pk, opened, _benefit in rows}
    opened_on = {pk: opened for pk, opened, _benefit in rows}
    covered = {group for group, counts in by_group(values, "covered").items() if counts}
    outside = np.array([benefit not in covered for _pk, _opened, benefit in rows], bool)
    keys = list(until)
    exempted = defaultdict(set)
    for about, pk in Exemption.objects.standing().filter(case__in=keys).values_list("about", "case"):
        exempted[about].add(pk)
    measures = []
    for about, days in ((ShareOf.TALKS, _talks(keys)), (ShareOf.OFFERS, _offers(keys))):
        reached = np.array([any(opened_on[pk] <= on < until[pk] for on in days.get(pk, ())) for pk in keys], bool)
        out = np.array([pk in exempted[about] for pk in keys], bool)
        found = share(choice.rules, reached=reached, exempted=out, reasoned=out, outside=outside, given=choice.given)
        standing = np.select([outside, reached, out], [OUTSIDE, REACHED, EXEMPTED], UNANSWERED)
        by = {name: [pk for pk, is_ in zip(keys, standing, strict=True) if is_ == name]
              for name in (REACHED, EXEMPTED, UNANSWERED, OUTSIDE)}  # fmt: skip
        measures.append(Measure(about.value, found, by))
    return TargetGroup(choice, months, first, end, tuple(measures))


def _back(day: dt.date, months: int) -> dt.date:
    return dt.date.fromordinal(add_months(day.toordinal(), -months))


def _talks(keys: list[int]) -> Days:
    """Days of conversations in which the citizen took part."""
    found: Days = defaultdict(list)
    talks = Contact.objects.standing().attended_by(Part.CITIZEN).filter(case__in=keys, kind__in=MEETING_KINDS)
    for pk, at in talks.order_by().values_list("case", "at"):
        found[pk].append(clock.local_date(at))
    return found


def _offers(keys: list[int]) -> Days:
    """First days of placements that began."""
    found: Days = defaultdict(list)
    for pk, on in Placement.objects.begun().filter(case__in=keys).order_by().values_list("case", "starts_on"):
        found[pk].append(on)
    return found
