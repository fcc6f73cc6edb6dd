"""The first matching engine: which places fit what a citizen needs, and why. Pure, without Django; columns in and out.

It ranks places for a citizen by how the place fits; it never ranks or scores people. From a place, candidates stand in
the order they have waited. Doubt benefits the citizen (MAT-07): what is unknown is to be clarified, never a filter.
A person decides. Sources: MAT-01, MAT-02, MAT-03, CIT-08.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from jobformidler.matching.criteria import Reader, each, near
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


def blocks(need: Need, places: Places, *, day: dt.date, parameters: Parameters) -> list[tuple[Block, ...]]:
    """For each place every hard reason why it cannot be proposed now. None where the citizen already is."""
    soon = day + dt.timedelta(parameters.wait_days)

    def over(last: dt.date | None) -> bool:
        return last is not None and last <= day

    def of_place(
        here: bool, closed: bool, full: bool, fleksjob: bool, low: float, starts: int | None, postal_code: str,
        city: str, later: bool, no_paid: bool,
    ) -> tuple[Block, ...]:  # fmt: skip
        if here:
            return ()
        found = []
        if closed:
            found.append(Block(Reason.CLOSED, False))
        if full:
            found.append(Block(Reason.FULL, False))
        if fleksjob and need.fleksjob is False:
            found.append(Block(Reason.APPROVAL, False))
        if need.hours_max is not None and low > need.hours_max:
            found.append(Block(Reason.HOURS, low <= need.hours_max + parameters.hours_step))
        if need.start_firm and starts is not None and need.earliest_start is not None and starts < need.earliest_start:
            found.append(Block(Reason.START, starts >= need.earliest_start - parameters.start_step))
        if need.near_firm and near(need, postal_code, city) == 0:
            found.append(Block(Reason.TRAVEL, True))
        if later:
            found.append(Block(Reason.LATER, True))
        if no_paid:
            found.append(Block(Reason.NO_PAID_HOURS, True))
        return tuple(found)

    return each(
        of_place,
        [pk in need.here for pk in places.id],
        [over(ends) or over(closed) for ends, closed in zip(places.ends_on, places.closed_on, strict=True)],
        [free < 1 for free in places.free],
        places.fleksjob,
        places.hours_min,
        places.starts_at,
        places.postal_code,
        places.city,
        [starts > soon for starts in places.starts_on],
        [
            gave == 0 and begun >= parameters.known_after and not expected
            for begun, gave, expected in zip(places.earlier, places.earlier_paid, places.paid_expected, strict=True)
        ],
    )


def stands(found: Iterable[Block], lifted: frozenset[Reason]) -> Sequence[Block]:
    """The blocks that are left when the reasons in `lifted` are relaxed."""
    return [block for block in found if not (block.liftable and block.reason in lifted)]


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
    kept: list[int] = []
    filtered: dict[Reason, list[int]] = {}
    alone: Counter[Reason] = Counter()
    for row, found in enumerate(blocks(need, places, day=day, parameters=parameters)):
        left = stands(found, chosen) if found else ()
        if left:
            filtered.setdefault(left[0].reason, []).append(places.id[row])
            if len(left) == 1 and left[0].liftable:
                alone[left[0].reason] += 1
            continue
        kept.append(row)
        if found:
            alone.update({block.reason for block in found})
    by_criterion = Reader(need, day=day, parameters=parameters).read(places, kept)
    # The best first: both count against the place's number in the order.
    fits = map(sum, zip(*([-one.fit for one in reads] for reads in by_criterion), strict=True))
    speaks = map(sum, zip(*([-one.speaks for one in reads] for reads in by_criterion), strict=True))
    starts, ids = [places.starts_on[row] for row in kept], [places.id[row] for row in kept]
    order = sorted(zip(fits, speaks, starts, ids, range(len(kept)), strict=True))
    reads = list(zip(*by_criterion, strict=True))
    matches = [Match(kept[index], pk, pk in need.here, reads[index]) for *_key, pk, index in order]
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
        [against] = blocks(need, place, day=day, parameters=parameters)
        if against:
            out[against[0].reason] += 1
        else:
            reads = Reader(need, day=day, parameters=parameters).read(place, [0])
            found.append((index, Match(0, place.id[0], place.id[0] in need.here, tuple(read for [read] in reads))))
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
