"""The criteria a place is held against for one citizen: each gives a fact, its meaning and a level. Pure.

Doubt benefits the citizen (MAT-07): what nobody knows is to be clarified and counts as the middle.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from jobformidler.matching.stems import Vocabulary, stems
from jobformidler.matching.terms import Criterion, Finding, Need, Parameters, Places, Read, Verdict


def near(need: Need, postal_code: str, city: str) -> int | None:
    """2 same postal code, 1 same city, 0 another city, None unknown. Postal codes are all that is known about travel."""
    if need.postal_code and need.postal_code == postal_code:
        return 2
    if need.city and city:
        return 1 if need.city.casefold() == city.casefold() else 0
    return None


T = TypeVar("T")


def each(work: Callable[..., T], *columns: Sequence[Any]) -> list[T]:
    """`work` of each row of these columns, done once for all rows with the same values.

    A municipality has thousands of places, but few different hours, cities and shares of paid hours.
    """
    known = {values: work(*values) for values in set(zip(*columns, strict=True))}
    return [known[values] for values in zip(*columns, strict=True)]


def read(*findings: Finding) -> Read:
    """Findings of one criterion. Considerations that speak for a place are told as one thing (see `engine.told`)."""
    speaks = [finding.criterion for finding in findings if finding.verdict is Verdict.FOR]
    again = max(0, speaks.count(Criterion.CONSIDERATION) - 1)
    return Read(findings, sum(finding.weight * finding.level for finding in findings), len(speaks) - again)


class Reader:
    """Holds one citizen's need against places; the citizen's words are prepared once."""

    def __init__(self, need: Need, *, day: dt.date, parameters: Parameters):
        self._need, self._day, self._parameters = need, day, parameters
        self._can, self._wants = Vocabulary(need.can), Vocabulary(need.wants)
        self._cannot = Vocabulary(need.cannot)

    def read(self, places: Places, rows: Sequence[int]) -> list[list[Read]]:
        """For each criterion in the order they are told, what it says of the places in these rows."""
        need = self._need
        stopped = [places.workplace[row] in need.stopped_at and places.id[row] not in need.here for row in rows]

        def of_rows(*columns: Sequence[Any]) -> list[list[Any]]:
            return [[column[row] for row in rows] for column in columns]

        return [
            each(self._paid, *of_rows(places.earlier, places.earlier_paid, places.paid_expected)),
            each(self._considerations, *of_rows(places.accommodates, places.also_accommodates)),
            each(self._tasks, *of_rows(places.words)),
            each(self._start, *of_rows(places.starts_at)),
            each(self._hours, *of_rows(places.hours_min, places.hours_max)),
            each(self._travel, *of_rows(places.postal_code, places.city)),
            each(self._to_clarify, *of_rows(places.has_contact, places.confirmed_on)),
            each(self._before, stopped),
        ]

    def _paid(self, earlier: int, paid: int, expected: bool) -> Read:
        p = self._parameters
        criterion, weight = Criterion.PAID_HOURS, p.weight_paid_hours
        if not earlier:
            if expected:
                return read(Finding(criterion, Verdict.FOR, 3, "paid_expected", (), weight))
            return read(Finding(criterion, Verdict.ASKS, 2, "paid_unknown", (), weight))
        share = paid / earlier
        level = max(round(4 * share), 1) if paid else 0
        if share >= p.good_share:
            return read(Finding(criterion, Verdict.FOR, level, "paid_share", (paid, earlier), weight))
        if earlier >= p.known_after and share < p.low_share:
            return read(Finding(criterion, Verdict.AGAINST, level, "paid_share", (paid, earlier), weight))
        return read(Finding(criterion, Verdict.ASKS, max(level, 1), "paid_share", (paid, earlier), weight))

    def _considerations(self, accommodates: frozenset[str], also: frozenset[str]) -> Read:
        found = []
        for one in self._need.considerations:
            weight = self._parameters.of_importance(one.importance)
            if (one.code and one.code in accommodates) or (also and also & stems(one.text)):
                made = Finding(Criterion.CONSIDERATION, Verdict.FOR, 4, "possible", (one.text,), weight)
            elif one.code and (accommodates or also):
                made = Finding(Criterion.CONSIDERATION, Verdict.ASKS, 1, "not_mentioned", (one.text,), weight)
            else:
                made = Finding(Criterion.CONSIDERATION, Verdict.ASKS, 2, "ask", (one.text,), weight)
            found.append(made)
        return read(*found)

    def _tasks(self, words: frozenset[str]) -> Read:
        criterion, weight = Criterion.TASKS, self._parameters.weight_tasks
        if not words:
            return read(Finding(criterion, Verdict.ASKS, 2, "no_tasks", (), weight))
        cannot = self._cannot.hits(words)
        if cannot:
            return read(Finding(criterion, Verdict.AGAINST, 0, "cannot", (self._cannot.phrases[min(cannot)],), weight))
        can = self._can.hits(words)
        if can:
            return read(Finding(criterion, Verdict.FOR, 4, "can", (self._can.phrases[min(can)],), weight))
        wants = self._wants.hits(words)
        if wants:
            return read(Finding(criterion, Verdict.FOR, 3, "wants", (self._wants.phrases[min(wants)],), weight))
        named = self._can.phrases or self._wants.phrases
        return read(Finding(criterion, Verdict.ASKS, 2, "other_tasks" if named else "nothing_named", (), weight))

    def _start(self, starts: int | None) -> Read:
        need, criterion, weight = self._need, Criterion.START, self._parameters.weight_start
        if need.earliest_start is None:
            return (
                read()
                if starts is None
                else read(Finding(criterion, Verdict.NEUTRAL, 4, "starts_at", (starts,), weight))
            )
        if starts is None:
            return read(Finding(criterion, Verdict.ASKS, 2, "start_unknown", (need.earliest_start,), weight))
        if starts >= need.earliest_start:
            return read(Finding(criterion, Verdict.NEUTRAL, 4, "starts_at", (starts,), weight))
        return read(Finding(criterion, Verdict.AGAINST, 1, "starts_early", (starts, need.earliest_start), weight))

    def _hours(self, low: float, high: float) -> Read:
        most, weight = self._need.hours_max, self._parameters.weight_hours
        if most is not None and low > most:
            return read(Finding(Criterion.HOURS, Verdict.AGAINST, 1, "more_hours", (low, most), weight))
        return read(Finding(Criterion.HOURS, Verdict.NEUTRAL, 4, "hours", (low, high), weight))

    def _travel(self, postal_code: str, city: str) -> Read:
        need, known = self._need, near(self._need, postal_code, city)
        criterion, weight = Criterion.TRAVEL, self._parameters.weight_travel
        if known is None:
            verdict = Verdict.ASKS if need.near else Verdict.NEUTRAL
            return read(Finding(criterion, verdict, 2, "travel_unknown", (), weight))
        if known:
            verdict = Verdict.FOR if need.near else Verdict.NEUTRAL
            level, fact = (4, "same_postal_code") if known == 2 else (3, "same_city")
            return read(Finding(criterion, verdict, level, fact, (), weight))
        verdict = Verdict.AGAINST if need.near else Verdict.NEUTRAL
        return read(Finding(criterion, verdict, 1, "other_city", (city,), weight))

    def _to_clarify(self, has_contact: bool, confirmed_on: dt.date) -> Read:
        found = []
        if not has_contact:
            found.append(Finding(Criterion.CONTACT, Verdict.ASKS, 0, "no_contact"))
        age = (self._day - confirmed_on).days
        if age > self._parameters.stale_days:
            found.append(Finding(Criterion.FRESH, Verdict.ASKS, 0, "stale", (age,)))
        return read(*found)

    @staticmethod
    def _before(stopped: bool) -> Read:
        return read(Finding(Criterion.BEFORE, Verdict.ASKS, 0, "stopped_here")) if stopped else read()
