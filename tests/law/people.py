"""Random histories for the clock: chains of periods with the lengths that matter, some overlapping, around an approval."""

import datetime as dt

from hypothesis import strategies as st

KINDS = ("ledighedsydelse", "unemployed", "fleksjob", "ordinary_job", "maternity")

# Around half a year, nine months and a year, where one day decides; and around a month's end.
TELLING = (1, 2, 7, 27, 28, 29, 30, 31, 59, 61, 89, 90, 91, 92, 122, 136, 137, 150, 180, 181, 182, 183, 184, 185,
           272, 273, 274, 275, 276, 277, 364, 365, 366, 367, 540, 549, 550, 730)  # fmt: skip
APPROVALS = (
    dt.date(2006, 12, 31), dt.date(2007, 1, 1), dt.date(2007, 2, 28), dt.date(2007, 3, 31), dt.date(2007, 8, 29),
    dt.date(2007, 8, 31), dt.date(2007, 11, 30), dt.date(2008, 2, 28), dt.date(2008, 2, 29), dt.date(2008, 3, 1),
    dt.date(2011, 5, 31), dt.date(2099, 12, 31),
)  # fmt: skip

lengths = st.one_of(st.sampled_from(TELLING), st.integers(1, 400))
gaps = st.one_of(st.just(0), st.just(0), st.sampled_from((1, 2, 7, 30)), st.integers(-120, 200))
approvals = st.one_of(
    st.sampled_from(APPROVALS).map(dt.date.toordinal),
    st.integers(dt.date(2006, 1, 1).toordinal(), dt.date(2012, 12, 31).toordinal()),
)


@st.composite
def histories(draw):
    """(spells, approval, last day or None, horizon), with days as numbers and inclusive ends."""
    approved = draw(approvals)
    at = approved + draw(st.one_of(st.just(0), st.integers(-500, 120)))
    favoured = draw(
        st.sampled_from((KINDS, KINDS, ("ledighedsydelse", "maternity"), ("fleksjob", "unemployed", "maternity")))
    )
    spells = []
    for kind, length, gap in draw(
        st.lists(st.tuples(st.one_of(st.sampled_from(favoured), st.sampled_from(KINDS)), lengths, gaps), max_size=9)
    ):
        spells.append((kind, at, at + length - 1))
        at += max(length + gap, 0)
    if spells and draw(st.booleans()):
        kind, first, _ = spells[-1]
        spells[-1] = (kind, first, None)
    horizon = approved + draw(st.one_of(st.integers(1100, 1900), st.integers(-30, 1100)))
    ended = draw(st.one_of(st.none(), st.none(), st.integers(approved, approved + 1500)))
    return draw(st.permutations(spells)), approved, ended, horizon


rules = st.fixed_dictionaries(
    {},
    optional={
        "window": st.sampled_from(("literal", "rolling")),
        "gap_days": st.sampled_from((0, 1, 2, 7, 30, 200)),
        "duty_counting": st.sampled_from(("continuous", "accumulated")),
        "rearm_duty": st.sampled_from(("new_year", "immediate")),
        "other_benefit": st.sampled_from(("counts", "ignored")),
        "right_months": st.sampled_from((1, 3, 6, 7)),
        "right_window_months": st.sampled_from((1, 6, 9, 13)),
        "duty_months": st.sampled_from((1, 6, 12)),
        "rearm_months": st.sampled_from((1, 3, 9)),
        "rearm_window_months": st.sampled_from((3, 9, 18, 24)),
    },
)


@st.composite
def broken_chains(draw):
    """Histories of one kind in many pieces, with breaks as long as the rule tolerates or a day more, and some maternity."""
    approved = draw(approvals)
    tolerated = draw(st.sampled_from((0, 0, 1, 5, 30)))
    kind = draw(st.sampled_from(("fleksjob", "ledighedsydelse")))
    breaks = st.sampled_from((0, 1, tolerated, tolerated + 1, 60, 150, 300))
    pieces = st.tuples(st.sampled_from((1, 2, 20, 61, 91, 122, 137, 182)), breaks, st.sampled_from((0, 0, 0, 30, 200)))
    at = approved + draw(st.sampled_from((0, 0, -40, 1)))
    spells = []
    for length, pause, maternity in draw(st.lists(pieces, min_size=3, max_size=8)):
        spells.append((kind, at, at + length - 1))
        at += length
        if maternity:
            spells.append(("maternity", at, at + maternity - 1))
            at += maternity
        at += pause
    return (spells, approved, None, at + 200), {"gap_days": tolerated}
