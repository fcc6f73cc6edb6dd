"""The first matching engine: which places fit what a citizen needs, and why. Pure, without Django; columns in and out.

It ranks places for a citizen by how the place fits; it never ranks or scores people. From a place, candidates stand in
the order they have waited. Doubt benefits the citizen (MAT-07): what is unknown is to be clarified, never a filter.
A person decides. Sources: MAT-01, MAT-02, MAT-03, CIT-08.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from jobformidler.matching.criteria import Reader, near
from jobformidler.matching.terms import (
    RELAXABLE,
    Criterion,
    Finding,
    Match,
    Need,
    Parameters,
    Places,
    Ranking,
    Reason,
    Verdict,
)

STANDARD = Parameters()


class Block(NamedTuple):
    """A reason against a place, and whether its "what if" would lift it."""

    reason: Reason
    liftable: bool


def blocks(need: Need, places: Places, row: int, *, day: dt.date, parameters: Parameters) -> tuple[Block, ...]:
    """Every hard reason why the place in `row` cannot be proposed now. Empty where the citizen already is."""
    if places.id[row] in need.here:
        return ()
    found = []
    ends, closed = places.ends_on[row], places.closed_on[row]
    if (ends is not None and ends <= day) or (closed is not None and closed <= day):
        found.append(Block(Reason.CLOSED, False))
    if places.free[row] < 1:
        found.append(Block(Reason.FULL, False))
    if places.fleksjob[row] and need.fleksjob is False:
        found.append(Block(Reason.APPROVAL, False))
    if need.hours_max is not None and places.hours_min[row] > need.hours_max:
        found.append(Block(Reason.HOURS, places.hours_min[row] <= need.hours_max + parameters.hours_step))
    starts = places.starts_at[row]
    if need.start_firm and starts is not None and need.earliest_start is not None and starts < need.earliest_start:
        found.append(Block(Reason.START, starts >= need.earliest_start - parameters.start_step))
    if need.near_firm and near(need, places.postal_code[row], places.city[row]) == 0:
        found.append(Block(Reason.TRAVEL, True))
    if places.starts_on[row] > day + dt.timedelta(parameters.wait_days):
        found.append(Block(Reason.LATER, True))
    no_paid = places.earlier[row] >= parameters.known_after and places.earlier_paid[row] == 0
    if no_paid and not places.paid_expected[row]:
        found.append(Block(Reason.NO_PAID_HOURS, True))
    return tuple(found)


def stands(found: Iterable[Block], lifted: Iterable[Reason]) -> list[Block]:
    """The blocks that are left when the reasons in `lifted` are relaxed."""
    relaxed = set(lifted)
    return [block for block in found if not (block.liftable and block.reason in relaxed)]


def rank(
    need: Need,
    places: Places,
    *,
    day: dt.date,
    parameters: Parameters = STANDARD,
    lifted: Iterable[Reason] = (),
) -> Ranking:
    """Places for one citizen: those that fit, best fit first, and why the others are left out.

    `lifted` are the "what if" conditions chosen. The order does not depend on the order of the rows. `effects` gives for
    each condition how many places it adds to (or, when chosen, has added to) what the others allow.
    """
    chosen = frozenset(lifted) & frozenset(RELAXABLE)
    reader = Reader(need)
    matches: list[Match] = []
    filtered: dict[Reason, list[int]] = {}
    alone: Counter[Reason] = Counter()
    for row in range(len(places)):
        found = blocks(need, places, row, day=day, parameters=parameters)
        left = stands(found, chosen)
        if left:
            filtered.setdefault(left[0].reason, []).append(places.id[row])
            if len(left) == 1 and left[0].liftable:
                alone[left[0].reason] += 1
            continue
        alone.update({block.reason for block in found})
        facts = reader.findings(places, row, day=day, parameters=parameters)
        matches.append(Match(row, places.id[row], places.id[row] in need.here, facts))
    matches.sort(key=lambda m: (-fit(m.findings), -len(told(m.findings, Verdict.FOR)), places.starts_on[m.row], m.id))
    in_order = {reason: sorted(filtered[reason]) for reason in Reason if reason in filtered}
    return Ranking(matches, in_order, {reason: alone[reason] for reason in RELAXABLE if alone[reason]})


def candidates(
    needs: Sequence[Need],
    waiting_since: Sequence[dt.date],
    place: Places,
    *,
    day: dt.date,
    parameters: Parameters = STANDARD,
) -> tuple[list[tuple[int, Match]], dict[Reason, int]]:
    """Citizens one place fits, the one who has waited longest first, with the same findings; and why others are not here.

    Returns (index into `needs`, match) and how many were left out by first reason.
    """
    found: list[tuple[int, Match]] = []
    out: Counter[Reason] = Counter()
    for index, need in enumerate(needs):
        against = blocks(need, place, 0, day=day, parameters=parameters)
        if against:
            out[against[0].reason] += 1
        else:
            facts = Reader(need).findings(place, 0, day=day, parameters=parameters)
            found.append((index, Match(0, place.id[0], place.id[0] in need.here, facts)))
    found.sort(key=lambda pair: (waiting_since[pair[0]], needs[pair[0]].id))
    return found, {reason: out[reason] for reason in Reason if out[reason]}


def fit(findings: Iterable[Finding]) -> float:
    """Weighted sum of the levels: used to order places for one citizen, shown to nobody."""
    return sum(finding.weight * finding.level for finding in findings)


def told(findings: Iterable[Finding], verdict: Verdict) -> list[tuple[Finding, ...]]:
    """The things that speak for, have to be clarified or speak against: what is counted and what is listed.

    Considerations with the same verdict are one thing; neutral facts are not told.
    """
    single: list[tuple[Finding, ...]] = []
    shared: list[Finding] = []
    for finding in findings:
        if finding.verdict is verdict and verdict is not Verdict.NEUTRAL:
            if finding.criterion is Criterion.CONSIDERATION:
                shared.append(finding)
            else:
                single.append((finding,))
    return [*single[:1], tuple(shared), *single[1:]] if shared else single
