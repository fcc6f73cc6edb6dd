"""The ladder's figures against a slow, plain count of days."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobformidler.placements.ladder import (
    GAP_DAYS,
    MARK_DAYS,
    Stay,
    days_in_company,
    level,
    longest_stay,
    mark_day,
    progression,
    reached_on,
    sentence,
    series,
)
from jobformidler.placements.prefill import first_monday, spread

MONDAY = dt.date(2026, 8, 31)
DAY = dt.timedelta(days=1)


@dataclass
class Row:
    week: dt.date
    paid: Decimal
    unpaid: Decimal = Decimal(0)
    absence: bool = False


def rows(*paid):
    return [Row(MONDAY + dt.timedelta(weeks=n), Decimal(hours)) for n, hours in enumerate(paid)]


days = st.integers(0, 400).map(lambda n: MONDAY + n * DAY)
stays = st.lists(
    st.tuples(days, st.integers(1, 150)).map(lambda pair: Stay(pair[0], pair[0] + pair[1] * DAY)), max_size=5
)


def oracle(found: list[Stay], until: dt.date) -> tuple[int, int, list[int]]:
    """Walk day by day: present or not; more than GAP_DAYS empty days in a row start a new count.

    Returns days now, most days ever, and the count reached at the end of each day.
    """
    count = best = empty = 0
    reached = []
    day = MONDAY
    while day < until:
        if any(stay.starts_on <= day and (stay.ends_on is None or day < stay.ends_on) for stay in found):
            if empty > GAP_DAYS:
                count = 0
            count, empty = count + 1, 0
        else:
            empty += 1
        best = max(best, count)
        reached.append(count)
        day += DAY
    return (0 if empty > GAP_DAYS else count), best, reached


@given(stays, days)
def test_days_in_a_company_are_what_a_plain_count_gives(found, until):
    assert days_in_company(found, until) == oracle(found, until)[0]


@given(stays, days)
def test_the_longest_stay_is_what_a_plain_count_gives(found, until):
    assert longest_stay(found, until) == oracle(found, until)[1]


@given(stays, days)
def test_the_thirteen_week_day_is_the_first_with_91_days_behind_it(found, begin):
    found = [stay for stay in found if stay.starts_on < begin]
    lasting = [*found, Stay(begin, None)]
    until = begin + (MARK_DAYS + 1) * DAY
    reached = oracle(lasting, until)[2]
    first = next(n for n, count in enumerate(reached) if count >= MARK_DAYS)
    assert mark_day(lasting) == MONDAY + (first + 1) * DAY


@pytest.mark.parametrize(("days", "weeks"), [(90, 12), (91, 13)])
def test_twelve_weeks_and_six_days_are_not_thirteen_weeks(days, weeks):
    assert days_in_company([Stay(MONDAY, None)], MONDAY + days * DAY) // 7 == weeks


@pytest.mark.parametrize(("gap", "counted"), [(7, 60), (8, 30)])
def test_a_gap_of_a_week_is_bridged_and_a_day_more_starts_anew(gap, counted):
    first_end = MONDAY + 30 * DAY
    second = Stay(first_end + gap * DAY, None)
    assert days_in_company([Stay(MONDAY, first_end), second], second.starts_on + 30 * DAY) == counted


def test_the_mark_of_the_demo_citizen_falls_on_the_thirtieth_of_november():
    assert mark_day([Stay(MONDAY, None)]) == dt.date(2026, 11, 30)


weeks = st.lists(st.integers(0, 37).map(Decimal), max_size=30).map(lambda paid: rows(*paid))


@given(weeks, st.integers(1, 37).map(Decimal))
def test_a_step_is_reached_in_the_first_week_with_its_hours(found, hours):
    expected = [row.week for row in found if row.paid >= hours]
    assert reached_on(found, hours, None) == (expected[0] if expected else None)


@given(weeks, st.integers(0, 40))
def test_the_series_has_one_column_a_week_without_holes(found, passed):
    today = MONDAY + passed * 7 * DAY
    columns = series(found, MONDAY, today)
    assert [c.monday for c in columns] == [MONDAY + n * 7 * DAY for n in range(len(columns))]
    assert len(columns) == max(len(found), passed + 1)
    assert sum(c.paid for c in columns) == sum(row.paid for row in found)


@given(weeks)
def test_progression_is_the_last_four_weeks_less_those_before(found):
    paid = [row.paid for row in found]
    if len(paid) <= 4:
        assert progression(found) == 0
    else:
        expected = sum(paid[-4:]) / 4 - sum(paid[:-4]) / len(paid[:-4])
        assert abs(progression(found) - expected) <= Decimal("0.01")


def test_an_absent_week_does_not_lower_the_level():
    found = rows(0, 2, 5)
    found.append(Row(MONDAY + dt.timedelta(weeks=3), Decimal(3), absence=True))
    assert level(found) == 5


@pytest.mark.parametrize(
    ("paid", "passed", "coming", "expected"),
    [
        ((), 0, None, "Ingen løntimer endnu efter 0 uger."),
        ((0, 1), 1, Decimal(2), "Fra 0 til 1 løntime på 1 uge. Næste trin er 2."),
        ((0, "2.5"), 2, Decimal("7.5"), "Fra 0 til 2,5 løntimer på 2 uger. Næste trin er 7,5."),
    ],
)
def test_the_sentence_speaks_danish(paid, passed, coming, expected):
    assert sentence(rows(*paid), coming, MONDAY, MONDAY + dt.timedelta(weeks=passed)) == expected


@given(st.integers(1, 74).map(lambda n: Decimal(n) / 2))
def test_spread_days_always_add_up_to_the_hours(hours):
    from jobformidler.placements.agreement import planned_total

    found = spread(hours)
    assert abs(planned_total(found) - hours) < Decimal("0.05")
    assert all(row["from"] < row["to"] for row in found)


@given(days, st.none() | days)
def test_a_placement_begins_on_a_monday_with_a_weeks_notice(today, opens):
    first = first_monday(today, opens)
    assert first.weekday() == 0
    assert first >= today + 7 * DAY
    assert opens is None or first >= opens
