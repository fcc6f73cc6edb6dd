"""The criteria a place is held against for one citizen: each gives a fact, its meaning and a level. Pure.

Doubt benefits the citizen (MAT-07): what nobody knows is to be clarified and counts as the middle.
"""

import datetime as dt

from jobformidler.matching.stems import Vocabulary, stems
from jobformidler.matching.terms import Criterion, Finding, Need, Parameters, Places, Verdict


def near(need: Need, postal_code: str, city: str) -> int | None:
    """2 same postal code, 1 same city, 0 another city, None unknown. Postal codes are all that is known about travel."""
    if need.postal_code and need.postal_code == postal_code:
        return 2
    if need.city and city:
        return 1 if need.city.casefold() == city.casefold() else 0
    return None


class Reader:
    """Holds one citizen's need against places; the citizen's words are prepared once."""

    def __init__(self, need: Need):
        self.need = need
        self._can, self._wants = Vocabulary(need.can), Vocabulary(need.wants)
        self._cannot = Vocabulary(need.cannot)

    def findings(self, places: Places, row: int, *, day: dt.date, parameters: Parameters) -> tuple[Finding, ...]:
        """Every criterion for one place."""
        need, p = self.need, parameters
        found = [
            _paid(places, row, p),
            *_considerations(need, places.accommodates[row], places.also_accommodates[row], p),
            self._tasks(places.words[row], p),
            *_start(need, places.starts_at[row], p),
            _hours(need, places, row, p),
            _travel(need, places, row, p),
        ]
        if not places.has_contact[row]:
            found.append(Finding(Criterion.CONTACT, Verdict.ASKS, 0, "no_contact"))
        age = (day - places.confirmed_on[row]).days
        if age > p.stale_days:
            found.append(Finding(Criterion.FRESH, Verdict.ASKS, 0, "stale", (age,)))
        if places.workplace[row] in need.stopped_at and places.id[row] not in need.here:
            found.append(Finding(Criterion.BEFORE, Verdict.ASKS, 0, "stopped_here"))
        return tuple(found)

    def _tasks(self, words: frozenset[str], p: Parameters) -> Finding:
        criterion, weight = Criterion.TASKS, p.weight_tasks
        if not words:
            return Finding(criterion, Verdict.ASKS, 2, "no_tasks", (), weight)
        cannot = self._cannot.hits(words)
        if cannot:
            return Finding(criterion, Verdict.AGAINST, 0, "cannot", (self._cannot.phrases[min(cannot)],), weight)
        can = self._can.hits(words)
        if can:
            return Finding(criterion, Verdict.FOR, 4, "can", (self._can.phrases[min(can)],), weight)
        wants = self._wants.hits(words)
        if wants:
            return Finding(criterion, Verdict.FOR, 3, "wants", (self._wants.phrases[min(wants)],), weight)
        named = self._can.phrases or self._wants.phrases
        return Finding(criterion, Verdict.ASKS, 2, "other_tasks" if named else "nothing_named", (), weight)


def _paid(places: Places, row: int, p: Parameters) -> Finding:
    earlier, paid, expected = places.earlier[row], places.earlier_paid[row], places.paid_expected[row]
    criterion, weight = Criterion.PAID_HOURS, p.weight_paid_hours
    if not earlier:
        if expected:
            return Finding(criterion, Verdict.FOR, 3, "paid_expected", (), weight)
        return Finding(criterion, Verdict.ASKS, 2, "paid_unknown", (), weight)
    share = paid / earlier
    level = max(round(4 * share), 1) if paid else 0
    if share >= p.good_share:
        return Finding(criterion, Verdict.FOR, level, "paid_share", (paid, earlier), weight)
    if earlier >= p.known_after and share < p.low_share:
        return Finding(criterion, Verdict.AGAINST, level, "paid_share", (paid, earlier), weight)
    return Finding(criterion, Verdict.ASKS, max(level, 1), "paid_share", (paid, earlier), weight)


def _considerations(need: Need, accommodates: frozenset[str], also: frozenset[str], p: Parameters) -> list[Finding]:
    found = []
    for one in need.considerations:
        weight = p.of_importance(one.importance)
        if (one.code and one.code in accommodates) or (also and also & stems(one.text)):
            made = Finding(Criterion.CONSIDERATION, Verdict.FOR, 4, "possible", (one.text,), weight)
        elif one.code and (accommodates or also):
            made = Finding(Criterion.CONSIDERATION, Verdict.ASKS, 1, "not_mentioned", (one.text,), weight)
        else:
            made = Finding(Criterion.CONSIDERATION, Verdict.ASKS, 2, "ask", (one.text,), weight)
        found.append(made)
    return found


def _start(need: Need, starts: int | None, p: Parameters) -> list[Finding]:
    criterion, weight = Criterion.START, p.weight_start
    if need.earliest_start is None:
        return [] if starts is None else [Finding(criterion, Verdict.NEUTRAL, 4, "starts_at", (starts,), weight)]
    if starts is None:
        return [Finding(criterion, Verdict.ASKS, 2, "start_unknown", (need.earliest_start,), weight)]
    if starts >= need.earliest_start:
        return [Finding(criterion, Verdict.NEUTRAL, 4, "starts_at", (starts,), weight)]
    return [Finding(criterion, Verdict.AGAINST, 1, "starts_early", (starts, need.earliest_start), weight)]


def _hours(need: Need, places: Places, row: int, p: Parameters) -> Finding:
    low, high = places.hours_min[row], places.hours_max[row]
    if need.hours_max is not None and low > need.hours_max:
        return Finding(Criterion.HOURS, Verdict.AGAINST, 1, "more_hours", (low, need.hours_max), p.weight_hours)
    return Finding(Criterion.HOURS, Verdict.NEUTRAL, 4, "hours", (low, high), p.weight_hours)


def _travel(need: Need, places: Places, row: int, p: Parameters) -> Finding:
    known = near(need, places.postal_code[row], places.city[row])
    criterion, weight = Criterion.TRAVEL, p.weight_travel
    if known is None:
        verdict = Verdict.ASKS if need.near else Verdict.NEUTRAL
        return Finding(criterion, verdict, 2, "travel_unknown", (), weight)
    if known:
        verdict = Verdict.FOR if need.near else Verdict.NEUTRAL
        return Finding(
            criterion, verdict, 4 if known == 2 else 3, ("", "same_city", "same_postal_code")[known], (), weight
        )
    return Finding(
        criterion, Verdict.AGAINST if need.near else Verdict.NEUTRAL, 1, "other_city", (places.city[row],), weight
    )
