"""Worked examples of the clock, each as written down; first of all that a few paid hours change no date."""

import datetime as dt

import pytest

from jobformidler.law import Approval, Basis, ClockRules, Event, Kind, Spell, rule_set, timeline

D = dt.date
L, U, F, W, M = Kind
FAR = D(2030, 1, 1)


def clock(approved, *spells, until=FAR, ended=None, **chosen):
    """[(event, day)] of one person."""
    rules = ClockRules.of(rule_set("fleksjob-2007"), chosen)
    rows = timeline([Spell(*one) for one in spells], Approval(approved, ended), rules, until)
    return [(row.event.name.lower(), row.date) for row in rows]


def one(event, approved, *spells, **more):
    """The days on which one kind of event arises."""
    return [day for name, day in clock(approved, *spells, **more) if name == event]


def row(event, approved, *spells, **chosen):
    """The first event of a kind, whole."""
    rules = ClockRules.of(rule_set("fleksjob-2007"), chosen)
    return next(r for r in timeline([Spell(*s) for s in spells], Approval(approved), rules, FAR) if r.event is event)


def test_two_paid_hours_a_week_beside_the_benefit_change_no_date():
    # Karin has two paid hours in a bakery: they are no spell of the clock, which knows five kinds and none for such hours.
    assert [kind.name for kind in Kind] == ["LEDIGHEDSYDELSE", "UNEMPLOYED", "FLEKSJOB", "ORDINARY_JOB", "MATERNITY"]
    approved = D(2025, 11, 1)
    assert clock(approved, (L, approved)) == [("right", D(2026, 5, 1)), ("duty", D(2026, 11, 1))]


def test_sofie_has_the_right_after_181_days_and_the_duty_after_365_with_maternity_left_out():
    spells = [(L, D(2025, 9, 1), D(2025, 11, 30)), (M, D(2025, 12, 1), D(2026, 7, 31)), (L, D(2026, 8, 1))]
    assert clock(D(2025, 9, 1), *spells) == [("right", D(2026, 10, 30)), ("duty", D(2027, 5, 2))]
    right = row(Event.RIGHT, D(2025, 9, 1), *spells)
    assert (right.counted_days, right.window_start, right.window_end) == (181, D(2025, 9, 1), D(2026, 10, 29))
    assert row(Event.DUTY, D(2025, 9, 1), *spells).counted_days == 365


def test_bent_begins_a_fleksjob_one_day_before_the_duty():
    spells = [(L, D(2025, 6, 2), D(2026, 5, 31)), (F, D(2026, 6, 1))]
    assert clock(D(2025, 6, 2), *spells, until=D(2026, 11, 23)) == [("right", D(2025, 12, 2))]
    assert one("duty", D(2025, 6, 2), (L, D(2025, 6, 2), D(2026, 6, 1))) == [D(2026, 6, 2)]


@pytest.mark.parametrize(
    ("spells", "right", "duty"),
    [
        ([(L, D(2007, 1, 1))], D(2007, 7, 1), D(2008, 1, 1)),
        ([(L, D(2007, 1, 1)), (M, D(2007, 3, 1), D(2007, 4, 30))], D(2007, 8, 31), D(2008, 3, 2)),
        ([(L, D(2007, 4, 1))], D(2007, 10, 1), D(2008, 4, 1)),
        ([(L, D(2007, 4, 2))], None, D(2008, 4, 2)),
    ],
)
def test_unbroken_benefit_after_an_approval_on_new_years_day(spells, right, duty):
    expected = [("right", right)] * bool(right) + [("duty", duty)]
    assert clock(D(2007, 1, 1), *spells) == expected


def test_the_rolling_window_gives_the_right_that_the_letter_does_not():
    assert one("right", D(2007, 1, 1), (L, D(2007, 4, 2)), window="rolling") == [D(2007, 10, 2)]


def test_five_months_of_benefit_within_nine_give_no_right():
    assert clock(D(2007, 1, 1), (L, D(2007, 1, 1), D(2007, 5, 31))) == []


def test_a_broken_period_is_never_earlier_than_an_unbroken_one():
    spells = [(L, D(2007, 7, 1), D(2007, 8, 31)), (L, D(2007, 9, 2))]
    right = row(Event.RIGHT, D(2007, 7, 1), *spells)
    assert (right.date, right.basis, right.counted_days, right.window_start) == (
        D(2008, 1, 2), Basis.SPREAD, 184, D(2007, 7, 1),
    )  # fmt: skip
    assert one("right", D(2007, 7, 1), (L, D(2007, 7, 1))) == [D(2008, 1, 1)]


def test_two_jobs_of_137_days_within_18_months_re_arm_the_clock():
    jobs = [(F, D(2007, 2, 1), D(2007, 6, 17)), (W, D(2008, 3, 18), D(2008, 8, 1))]
    found = row(Event.REARM, D(2007, 1, 1), *jobs)
    assert (found.date, found.counted_days, found.window_start, found.window_end, found.cycle) == (
        D(2008, 8, 1), 273, D(2007, 2, 1), D(2008, 7, 31), 1,
    )  # fmt: skip


def test_eight_months_of_work_re_arm_nothing():
    assert one("rearm", D(2007, 1, 1), (F, D(2007, 1, 1), D(2007, 8, 31))) == []


def test_a_fleksjob_and_an_ordinary_job_that_touch_are_one_run():
    jobs = [(F, D(2007, 1, 1), D(2007, 5, 31)), (W, D(2007, 6, 1), D(2007, 12, 31))]
    found = row(Event.REARM, D(2007, 1, 1), *jobs)
    assert (found.date, found.basis) == (D(2007, 10, 1), Basis.RUN)


def test_after_work_right_and_duty_arise_anew_without_a_window():
    spells = [(F, D(2007, 1, 1), D(2007, 9, 30)), (U, D(2009, 1, 1))]
    assert clock(D(2007, 1, 1), *spells) == [
        ("rearm", D(2007, 10, 1)), ("right", D(2009, 7, 1)), ("duty", D(2010, 1, 1)),
    ]  # fmt: skip


def test_the_duty_after_work_may_be_there_at_once():
    spells = [(F, D(2007, 1, 1), D(2007, 9, 30)), (L, D(2007, 10, 1))]
    found = [r for r in (row(Event.DUTY, D(2007, 1, 1), *spells, rearm_duty="immediate"),) if r.cycle == 2]
    assert [(r.date, r.counted_days, r.window_start) for r in found] == [(D(2007, 10, 2), 1, D(2007, 10, 1))]
    assert one("duty", D(2007, 1, 1), *spells) == [D(2008, 10, 1)]


def test_a_job_that_lasts_re_arms_after_each_further_nine_months():
    assert one("rearm", D(2007, 1, 1), (F, D(2007, 1, 1)), until=D(2009, 4, 1)) == [
        D(2007, 10, 1), D(2008, 7, 1), D(2009, 4, 1),
    ]  # fmt: skip


def test_days_before_a_re_arm_are_never_used_again():
    # Seven months of benefit, nine of work, one of benefit: the seven months are spent.
    spells = [
        (L, D(2007, 1, 1), D(2007, 7, 31)),
        (F, D(2007, 8, 1), D(2008, 4, 30)),
        (L, D(2008, 5, 1), D(2008, 5, 31)),
    ]
    assert clock(D(2007, 1, 1), *spells) == [("right", D(2007, 7, 1)), ("rearm", D(2008, 5, 1))]


def test_unemployment_on_another_benefit_counts_for_the_duty_but_not_for_the_first_right():
    assert clock(D(2007, 1, 1), (U, D(2007, 1, 1))) == [("duty", D(2008, 1, 1))]
    assert clock(D(2007, 1, 1), (U, D(2007, 1, 1)), other_benefit="ignored") == []


def test_a_change_of_benefit_breaks_the_right_but_not_the_duty():
    spells = [(L, D(2007, 1, 1), D(2007, 3, 31)), (U, D(2007, 4, 1), D(2007, 4, 30)), (L, D(2007, 5, 1))]
    assert clock(D(2007, 1, 1), *spells) == [("right", D(2007, 7, 31)), ("duty", D(2008, 1, 1))]


def test_accumulated_days_may_lie_in_several_periods():
    spells = [(L, D(2007, 1, 1), D(2007, 6, 30)), (L, D(2008, 1, 1), D(2008, 7, 2))]
    assert one("duty", D(2007, 1, 1), *spells) == []
    found = row(Event.DUTY, D(2007, 1, 1), *spells, duty_counting="accumulated")
    assert (found.date, found.basis, found.counted_days, found.window_start) == (
        D(2008, 7, 3), Basis.ACCUMULATED, 365, D(2007, 1, 1),
    )  # fmt: skip


def test_so_many_days_in_between_may_leave_a_period_unbroken():
    spells = [(L, D(2007, 1, 1), D(2007, 6, 10)), (L, D(2007, 6, 14))]
    assert one("duty", D(2007, 1, 1), *spells, gap_days=2) == [D(2008, 6, 14)]
    assert one("duty", D(2007, 1, 1), *spells, gap_days=3) == [D(2008, 1, 4)]


def test_maternity_beats_work_beats_ledighedsydelse_beats_another_benefit():
    everything = [(kind, D(2007, 1, 1), D(2007, 12, 31)) for kind in (U, L, F, M)]
    assert clock(D(2007, 1, 1), *everything) == []
    assert one("rearm", D(2007, 1, 1), *everything[:3]) == [D(2007, 10, 1)]
    assert clock(D(2007, 1, 1), *everything[:2]) == [("right", D(2007, 7, 1)), ("duty", D(2008, 1, 1))]
    assert clock(D(2007, 1, 1), *everything[:1]) == [("duty", D(2008, 1, 1))]


def test_benefit_before_the_approval_does_not_count():
    assert clock(D(2007, 3, 1), (L, D(2006, 1, 1))) == [("right", D(2007, 9, 1)), ("duty", D(2008, 3, 1))]


def test_a_run_that_began_before_the_approval_is_counted_from_the_approval_even_in_maternity():
    # Approved in the middle of maternity: six months are those from the approval (184 days), not from the first day counted.
    spells = [(L, D(2007, 1, 1), D(2007, 5, 9)), (M, D(2007, 5, 10), D(2007, 8, 31)), (L, D(2007, 9, 1))]
    found = row(Event.RIGHT, D(2007, 5, 10), *spells)
    assert (found.date, found.counted_days, found.window_start) == (D(2008, 3, 3), 184, D(2007, 5, 10))


def test_enough_days_in_one_run_that_asks_for_more_are_spread_once_a_second_run_begins():
    # The first run has 182 of its 184 days; with one day of another run 183 days are spread over two, and 182 are enough.
    spells = [
        (L, D(2007, 1, 1), D(2007, 5, 9)), (M, D(2007, 5, 10), D(2007, 8, 31)),
        (L, D(2007, 9, 1), D(2008, 2, 29)), (L, D(2008, 3, 2)),
    ]  # fmt: skip
    found = row(Event.RIGHT, D(2007, 5, 10), *spells)
    assert (found.date, found.counted_days, found.basis) == (D(2008, 3, 3), 183, Basis.SPREAD)


def test_when_one_run_and_several_answer_on_the_same_day_the_run_is_shown():
    spells = [(L, D(2007, 8, 29), D(2007, 8, 30)), (L, D(2007, 9, 1))]
    found = row(Event.RIGHT, D(2007, 8, 29), *spells)
    assert (found.date, found.basis, found.counted_days, found.window_start) == (
        D(2008, 3, 1), Basis.RUN, 182, D(2007, 9, 1),
    )  # fmt: skip
    jobs = [(F, D(2007, 5, 29), D(2007, 5, 30)), (F, D(2007, 6, 1))]
    found = row(Event.REARM, D(2007, 5, 29), *jobs)
    assert (found.date, found.basis, found.counted_days, found.window_start) == (
        D(2008, 3, 1), Basis.RUN, 274, D(2007, 6, 1),
    )  # fmt: skip


def test_months_are_clipped_to_the_end_of_the_month():
    assert one("right", D(2007, 8, 31), (L, D(2007, 8, 31))) == [D(2008, 2, 29)]
    assert one("duty", D(2008, 2, 29), (L, D(2008, 2, 29))) == [D(2009, 2, 28)]


def test_nothing_arises_after_the_end_of_the_approval_or_the_horizon():
    assert clock(D(2007, 1, 1), (L, D(2007, 1, 1)), ended=D(2007, 6, 30)) == []
    assert clock(D(2007, 1, 1), (L, D(2007, 1, 1)), ended=D(2007, 7, 1)) == [("right", D(2007, 7, 1))]
    assert clock(D(2007, 1, 1), (L, D(2007, 1, 1)), until=D(2007, 6, 30)) == []
    assert clock(D(2007, 1, 1), (L, D(2007, 1, 1)), until=D(2007, 7, 1)) == [("right", D(2007, 7, 1))]


def test_a_date_before_the_rules_takes_effect_with_them():
    found = row(Event.RIGHT, D(2006, 3, 1), (L, D(2006, 3, 1)))
    assert (found.date, found.effective_date) == (D(2006, 9, 1), D(2007, 1, 1))


def test_right_and_duty_on_the_same_day_stand_in_the_order_of_their_names():
    found = clock(D(2007, 1, 1), (L, D(2007, 1, 1)), duty_months=6)
    assert found == [("duty", D(2007, 7, 1)), ("right", D(2007, 7, 1))]
