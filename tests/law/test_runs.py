"""Unbroken periods of unemployment, against a day-by-day count of their own and against the clock; months on support."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobformidler.law import KINDS, OPEN, Approval, Approvals, ClockRules, Event, Spell, Spells, compute, rule_set
from jobformidler.law.months import add_months
from jobformidler.law.runs import runs
from jobformidler.law.support import jobfirst_profile, support_months
from tests.law import people

D = dt.date


def day_of(number):
    return None if number is None else D.fromordinal(number)


def the_runs(spells, since, chosen):
    """The product's answer for one citizen: (first day, day after the last, half a year, a year), None for never."""
    columns = Spells.of((0, Spell(KINDS[kind], day_of(first), day_of(last))) for kind, first, last in spells)
    rules = ClockRules.of(rule_set("fleksjob-2007"), chosen)
    found = runs(columns, np.zeros(len(since), np.int32), np.array(since, np.int32), rules)
    rows = zip(found.start, found.end, found.half, found.year, strict=True)
    return [tuple(None if day == OPEN else int(day) for day in row) for row in rows]


def day_by_day(spells, since, gap_days=0, other_benefit="counts", right_months=6, duty_months=12, **_other):
    """The same, by looking at every single day."""
    if not spells:
        return []
    horizon = max([*since, *(max(first, last or 0) for _kind, first, last in spells)]) + 900
    kinds = {}
    for kind, first, last in spells:
        for day in range(first, horizon if last is None else last + 1):
            kinds.setdefault(day, set()).add(kind)

    def what(day):
        found = kinds.get(day, set())
        if "maternity" in found:
            return "M"
        if found & {"fleksjob", "ordinary_job"}:
            return "W"
        jobless = {"ledighedsydelse"} | ({"unemployed"} if other_benefit == "counts" else set())
        return "J" if found & jobless else ""

    parts, own, others, cycle = [], None, 0, None
    for day in range(min(kinds), horizon):
        kind = what(day)
        if kind == "M":
            continue
        if kind != "J":
            others += 1
            continue
        mine = max((one for one in since if one <= day), default=-1)
        if own is None or others > gap_days:
            own = day
            parts.append([max(own, mine), []])
        elif mine != cycle:
            parts.append([max(own, mine), []])
        cycle, others = mine, 0
        parts[-1][1].append(day)

    def reached(opening, days, months):
        need = add_months(opening, months) - opening
        return days[need - 1] + 1 if len(days) >= need else None

    rows = []
    for opening, days in parts:
        end = None if days[-1] + 1 == horizon else days[-1] + 1
        rows.append((opening, end, reached(opening, days, right_months), reached(opening, days, duty_months)))
    return rows


@settings(max_examples=150)
@given(people.histories(), people.rules, st.lists(st.integers(0, 900), max_size=2))
def test_every_run_is_that_of_a_count_day_by_day(history, chosen, more):
    spells, approved, _ended, _horizon = history
    since = sorted({approved, *(approved + days for days in more)})
    counted = {
        name: chosen[name] for name in chosen if name in ("gap_days", "other_benefit", "right_months", "duty_months")
    }
    assert the_runs(spells, since, chosen) == day_by_day(spells, since, **counted)


@settings(max_examples=100)
@given(people.histories())
def test_a_duty_of_the_clock_is_always_a_year_of_a_run(history):
    spells, approved, ended, horizon = history
    columns = Spells.of((0, Spell(KINDS[kind], day_of(first), day_of(last))) for kind, first, last in spells)
    rules = ClockRules.of(rule_set("fleksjob-2007"))
    approval = Approvals.of([(0, Approval(day_of(approved), day_of(ended)))])
    events = compute(columns, approval, rules, day_of(horizon)).rows()
    since = [approved, *(event.date.toordinal() for event in events if event.event is Event.REARM)]
    years = {year for _first, _end, _half, year in the_runs(spells, since, {})}
    assert {event.date.toordinal() for event in events if event.event is Event.DUTY} <= years


def test_maternity_inside_a_run_moves_half_a_year_but_breaks_nothing():
    first = D(2025, 9, 1).toordinal()
    spells = [
        ("ledighedsydelse", first, D(2025, 11, 30).toordinal()),
        ("maternity", D(2025, 12, 1).toordinal(), D(2026, 7, 31).toordinal()),
        ("ledighedsydelse", D(2026, 8, 1).toordinal(), None),
    ]
    ((start, end, half, year),) = the_runs(spells, [first], {})
    assert (start, end) == (first, None)
    assert (day_of(half), day_of(year)) == (D(2026, 10, 30), D(2027, 5, 2))


def test_people_do_not_mix():
    rows = Spells.of(
        [(1, Spell(KINDS["ledighedsydelse"], D(2026, 1, 1), None)), (0, Spell(KINDS["maternity"], D(2025, 1, 1)))]
    )
    found = runs(rows, np.array([0], np.int32), np.array([1], np.int32), ClockRules.of(rule_set("fleksjob-2007")))
    assert found.person.tolist() == [1]
    assert day_of(int(found.half[0])) == D(2026, 7, 1)


def months_of(periods, day):
    columns = np.array([(first.toordinal(), end.toordinal()) for first, end in periods], np.int32).reshape(-1, 2)
    whose = np.zeros(len(periods), np.int32)
    return int(support_months(whose, columns[:, 0], columns[:, 1], people=1, day=day)[0])


@pytest.mark.parametrize(("first", "months", "marked"), [(D(2021, 10, 1), 61, True), (D(2021, 11, 1), 60, False)])
def test_sixty_one_of_seventy_two_months_are_the_profile_and_sixty_are_not(first, months, marked):
    found = months_of([(first, D(2027, 1, 1))], D(2026, 11, 23))
    assert (found, jobfirst_profile(found)) == (months, marked)


@given(
    st.lists(st.tuples(st.integers(0, 2600), st.integers(1, 700)), max_size=6),
    st.dates(D(2024, 1, 1), D(2028, 12, 31)),
    st.integers(0, 3),
)
def test_a_month_counts_when_more_than_half_of_its_days_had_support(periods, day, other):
    first = day.toordinal() - 2500
    days = {first + start + n for start, length in periods for n in range(length)}
    expected, month = 0, day.replace(day=1)
    for _back in range(72):
        end = month
        month = (month - dt.timedelta(1)).replace(day=1)
        held = sum(number in days for number in range(month.toordinal(), end.toordinal()))
        expected += 2 * held > (end - month).days
    start = np.array([first + one for one, _length in periods], np.int32)
    stop = np.array([first + one + length for one, length in periods], np.int32)
    whose = np.full(len(periods), other, np.int32)
    found = support_months(whose, start, stop, people=other + 2, day=day)
    assert found.tolist() == [0] * other + [expected, 0]
