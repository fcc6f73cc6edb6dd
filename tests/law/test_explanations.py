"""The explanation shows the days behind each date, what is under way, and where other readings differ."""

import datetime as dt
from itertools import pairwise

from hypothesis import given, settings

from jobformidler.law import Approval, ClockRules, Day, Event, Interval, Kind, Spell, explain, rule_set, timeline
from jobformidler.law.explain import counts_for
from tests.law import people
from tests.law.test_against_the_oracle import a_spell, date

D = dt.date
L, U, F, W, M = Kind
RULES = ClockRules.of(rule_set("fleksjob-2007"))
SOFIE = [Spell(L, D(2025, 9, 1), D(2025, 11, 30)), Spell(M, D(2025, 12, 1), D(2026, 7, 31)), Spell(L, D(2026, 8, 1))]


def told(spells, approved, day, **chosen):
    return explain(spells, Approval(approved), ClockRules.of(rule_set("fleksjob-2007"), chosen), day=day)


def test_sofies_right_is_explained_by_two_periods_and_a_pause():
    right = told(SOFIE, D(2025, 9, 1), D(2026, 11, 23)).events[0]
    assert right.event.date == D(2026, 10, 30)
    assert right.paragraph == "right"
    assert right.counted == (
        Interval(D(2025, 9, 1), D(2025, 12, 1), Day.LEDIGHEDSYDELSE),
        Interval(D(2026, 8, 1), D(2026, 10, 30), Day.LEDIGHEDSYDELSE),
    )
    assert right.paused == (Interval(D(2025, 12, 1), D(2026, 8, 1), Day.MATERNITY),)
    assert right.excluded == ()
    assert [part.last for part in right.counted] == [D(2025, 11, 30), D(2026, 10, 29)]


def test_what_is_under_way_says_how_far_it_has_come_and_until_when():
    right, duty = told(SOFIE, D(2025, 9, 1), D(2026, 9, 1)).progress
    assert (right.arose_on, right.expected_on, right.counted_days, right.needed_days) == (
        None,
        D(2026, 10, 30),
        122,
        181,
    )
    assert (right.counted_from, right.last_day, right.paused) == (D(2025, 9, 1), D(2027, 1, 30), False)
    assert (duty.expected_on, duty.counted_days, duty.needed_days, duty.last_day) == (D(2027, 5, 2), 122, 365, None)


def test_a_day_in_maternity_is_a_pause():
    assert [one.paused for one in told(SOFIE, D(2025, 9, 1), D(2026, 3, 1)).progress] == [True, True]


def test_a_right_that_cannot_come_any_more_says_what_counted_and_until_when():
    right, _ = told([Spell(L, D(2007, 4, 2))], D(2007, 1, 1), D(2007, 8, 1)).progress
    assert (right.expected_on, right.counted_days, right.needed_days, right.last_day) == (
        None,
        121,
        183,
        D(2007, 10, 1),
    )


def test_after_a_break_nothing_is_under_way():
    spells = [Spell(L, D(2007, 1, 1), D(2007, 3, 31))]
    assert [(one.counted_days, one.needed_days) for one in told(spells, D(2007, 1, 1), D(2007, 5, 1)).progress] == [
        (0, None)
    ] * 2


def test_a_new_cycle_begins_with_the_re_arm():
    spells = [Spell(F, D(2007, 1, 1), D(2007, 9, 30)), Spell(U, D(2007, 10, 1))]
    found = told(spells, D(2007, 1, 1), D(2007, 11, 1))
    assert [(one.event, one.cycle, one.since, one.expected_on) for one in found.progress] == [
        (Event.RIGHT, 2, D(2007, 10, 1), D(2008, 4, 1)), (Event.DUTY, 2, D(2007, 10, 1), D(2008, 10, 1)),
    ]  # fmt: skip
    assert [one.paragraph for one in found.events] == ["right-again", "right-again", "duty-again"]


def test_before_the_approval_and_after_its_end_nothing_is_under_way():
    ended = Approval(D(2007, 1, 1), D(2007, 6, 1))
    for day in (D(2006, 12, 31), D(2007, 6, 2)):
        assert explain([Spell(L, D(2006, 1, 1))], ended, RULES, day=day).progress == ()


def test_accumulated_days_are_shown_from_the_first_one():
    spells = [Spell(L, D(2007, 2, 1), D(2007, 2, 28)), Spell(L, D(2007, 6, 1), D(2007, 6, 30))]
    _, duty = told(spells, D(2007, 1, 1), D(2007, 9, 1), duty_counting="accumulated").progress
    assert (duty.counted_days, duty.needed_days, duty.counted_from) == (58, 365, D(2007, 2, 1))


def test_other_readings_are_named_with_both_dates():
    found = told([Spell(L, D(2007, 4, 2))], D(2007, 1, 1), D(2007, 8, 1)).alternatives
    assert [(one.parameter, one.value, one.event, one.date, one.other_date) for one in found] == [
        ("window", "rolling", Event.RIGHT, None, D(2007, 10, 2)),
    ]  # fmt: skip


def test_a_short_break_another_benefit_and_work_are_readings_too():
    broken = [Spell(L, D(2007, 1, 1), D(2007, 6, 10)), Spell(L, D(2007, 6, 14))]
    assert ("gap_days", 7) in {(a.parameter, a.value) for a in told(broken, D(2007, 1, 1), D(2008, 1, 1)).alternatives}
    other = told([Spell(U, D(2007, 1, 1))], D(2007, 1, 1), D(2008, 1, 1)).alternatives
    assert [(a.parameter, a.event, a.other_date) for a in other] == [("other_benefit", Event.DUTY, None)]
    after_work = [Spell(F, D(2007, 1, 1), D(2007, 9, 30)), Spell(L, D(2007, 10, 1))]
    at_once = told(after_work, D(2007, 1, 1), D(2008, 1, 1)).alternatives
    assert [(a.parameter, a.cycle, a.date, a.other_date) for a in at_once] == [
        ("rearm_duty", 2, D(2008, 10, 1), D(2007, 10, 2)),
    ]  # fmt: skip


@settings(max_examples=120)
@given(people.histories(), people.rules)
def test_the_days_of_an_explanation_are_the_window_and_add_up(history, chosen):
    spells, approved, ended, horizon = history
    rules = ClockRules.of(rule_set("fleksjob-2007"), chosen)
    mine = [a_spell(*one) for one in spells]
    approval = Approval(date(approved), None if ended is None else date(ended))
    day = date(approved + 200)
    found = explain(mine, approval, rules, day=day, horizon=date(horizon))
    assert [one.event for one in found.events] == timeline(mine, approval, rules, date(horizon))
    for one in found.events:
        assert sum(part.days for part in one.counted) == one.event.counted_days
        parts = sorted((*one.counted, *one.paused, *one.excluded), key=lambda part: part.start)
        assert parts[0].start == one.event.window_start
        assert parts[-1].end == one.event.date
        assert all(before.end == after.start for before, after in pairwise(parts))
        assert {part.day for part in one.counted} <= counts_for(one.event.event, one.event.cycle)
    for progress in found.progress:
        assert 0 <= progress.counted_days <= (progress.needed_days or 0)
        assert (progress.arose_on is None) or progress.arose_on <= day
        assert (progress.expected_on is None) or progress.expected_on > day
        if progress.arose_on is not None:
            assert progress.counted_days == progress.needed_days
    for other in found.alternatives:
        assert other.date != other.other_date
