"""The promise to answer within so many hours."""

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from jobformidler.casework.answer_clock import danish_holidays, due, is_working_day
from jobformidler.core.enums import AnswerClock

ZONE = ZoneInfo("Europe/Copenhagen")
moments = st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2028, 12, 1)).map(lambda at: at.replace(tzinfo=ZONE))


def at(year, month, day, hour=9, minute=0):
    return dt.datetime(year, month, day, hour, minute, tzinfo=ZONE)


def test_what_is_written_friday_is_answered_monday_at_the_same_time():
    found = due(at(2026, 11, 20, 14, 10), 24, AnswerClock.WORKING, danish_holidays(2026))
    assert found == at(2026, 11, 23, 14, 10)


def test_calendar_hours_run_through_the_weekend():
    found = due(at(2026, 11, 20, 14, 10), 24, AnswerClock.CALENDAR, danish_holidays(2026))
    assert found == at(2026, 11, 21, 14, 10)


def test_what_arrives_on_a_free_day_counts_from_eight_in_the_morning_and_is_never_due_at_midnight():
    assert due(at(2026, 11, 21, 10), 24, AnswerClock.WORKING, ()) == at(2026, 11, 24, 8)
    christmas_day = due(at(2026, 12, 25, 18), 24, AnswerClock.WORKING, danish_holidays(2026))
    assert christmas_day == at(2026, 12, 29, 8)
    assert due(at(2026, 11, 22, 3), 4, AnswerClock.WORKING, ()) == at(2026, 11, 23, 12)


def test_danish_holidays_do_not_count():
    christmas = due(at(2026, 12, 23, 10), 24, AnswerClock.WORKING, danish_holidays(2026))
    assert christmas == at(2026, 12, 24, 10)
    easter = due(at(2027, 3, 24, 15), 24, AnswerClock.WORKING, danish_holidays(2027))
    assert easter == at(2027, 3, 30, 15)


def test_new_year_is_known_in_the_year_before():
    assert due(at(2026, 12, 31, 12), 24, AnswerClock.WORKING, danish_holidays(2026)) == at(2027, 1, 4, 12)


@given(moments, st.integers(1, 200), st.sampled_from(AnswerClock.values))
def test_an_answer_is_due_after_it_came_and_never_within_a_free_day(received, hours, mode):
    free = danish_holidays(received.year)
    found = due(received, hours, mode, free)
    assert found.replace(tzinfo=None) >= received.replace(tzinfo=None) + dt.timedelta(hours=hours)
    if mode == AnswerClock.WORKING:
        assert is_working_day(found.date(), free)


@given(moments, st.integers(1, 100), st.integers(1, 100))
def test_more_hours_are_never_due_earlier(received, hours, more):
    free = danish_holidays(received.year)
    assert due(received, hours, AnswerClock.WORKING, free) <= due(received, hours + more, AnswerClock.WORKING, free)


@given(moments, moments)
def test_who_writes_later_is_never_answered_earlier(one, other):
    first, second = sorted((one, other), key=lambda moment: moment.replace(tzinfo=None))
    free = set()
    first_due = due(first, 24, AnswerClock.WORKING, free).replace(tzinfo=None)
    assert first_due <= due(second, 24, AnswerClock.WORKING, free).replace(tzinfo=None)
