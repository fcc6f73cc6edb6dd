"""The compiled clock and a plain day-by-day one of its own agree on random histories, whatever the reading."""

import datetime as dt

from hypothesis import example, given, settings
from hypothesis import strategies as st

from jobformidler.law import EVENTS, KINDS, Approval, Approvals, ClockRules, Spell, Spells, compute, rule_set
from tests.law import oracle, people


def the_clock(spells, approved, ended, horizon, chosen):
    """The product's answer in the oracle's words."""
    columns = Spells.of((0, a_spell(*one)) for one in spells)
    approval = Approval(date(approved), None if ended is None else date(ended))
    rules = ClockRules.of(rule_set("fleksjob-2007"), chosen)
    found = compute(columns, Approvals.of([(0, approval)]), rules, date(horizon)).rows()
    assert all(event.window_end == event.date - dt.timedelta(1) for event in found)
    assert all(event.effective_date == max(event.date, dt.date(2007, 1, 1)) for event in found)
    return [as_the_oracle_writes(event) for event in found]


def as_the_oracle_writes(event):
    return (
        event.event.name.lower(),
        event.date.toordinal(),
        event.cycle,
        event.counted_days,
        event.window_start.toordinal(),
    )


def a_spell(kind, first, last):
    return Spell(KINDS[kind], date(first), None if last is None else date(last))


def date(day):
    return dt.date.fromordinal(day)


def two_runs_that_tie(first):
    """A short period, a day off, and a long one whose own six months are a little shorter."""
    return [("ledighedsydelse", first, first + 1), ("ledighedsydelse", first + 3, None)]


@settings(max_examples=300)
@given(people.histories(), people.rules)
@example((two_runs_that_tie(dt.date(2007, 8, 29).toordinal()), dt.date(2007, 8, 29).toordinal(), None, 733500), {})
def test_every_event_of_a_random_history_is_that_of_the_day_by_day_clock(history, chosen):
    spells, approved, ended, horizon = history
    assert the_clock(spells, approved, ended, horizon, chosen) == oracle.events(
        spells, approved, ended, horizon, **chosen
    )


@settings(max_examples=100)
@given(people.histories())
def test_so_it_is_in_the_default_reading(history):
    spells, approved, ended, horizon = history
    assert the_clock(spells, approved, ended, horizon, {}) == oracle.events(spells, approved, ended, horizon)


@settings(max_examples=150)
@given(people.broken_chains(), st.sampled_from(("literal", "rolling")), st.sampled_from((9, 12, 18)))
def test_so_it_is_for_what_is_spread_over_many_pieces(chain, window, months):
    (spells, approved, ended, horizon), chosen = chain
    chosen |= {"window": window, "rearm_window_months": months}
    assert the_clock(spells, approved, ended, horizon, chosen) == oracle.events(
        spells, approved, ended, horizon, **chosen
    )


def test_the_words_of_the_oracle_are_those_of_the_clock():
    assert set(EVENTS) == {"right", "duty", "rearm"}
    assert set(KINDS) == set(people.KINDS)
