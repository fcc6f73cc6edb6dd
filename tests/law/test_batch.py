"""One citizen and a million go through the same code: order, number of threads and neighbours change nothing."""

import datetime as dt

import numpy as np
import pytest

from jobformidler.law import (
    OPEN,
    Approval,
    Approvals,
    ClockRules,
    Event,
    Kind,
    Spell,
    Spells,
    clocks,
    compute,
    rule_set,
    timeline,
)

RULES = ClockRules.of(rule_set("fleksjob-2007"))
HORIZON = dt.date(2026, 11, 23)
D = dt.date


def crowd(people, seed=1):
    """Columns of random histories, rows in no order."""
    random = np.random.default_rng(seed)
    per = random.integers(0, 14, people)
    person = np.repeat(np.arange(people, dtype=np.int32), per)
    begin = dt.date(2012, 1, 1).toordinal()
    start = (begin + random.integers(0, 5000, len(person))).astype(np.int32)
    end = start + random.integers(1, 500, len(person)).astype(np.int32)
    end[random.random(len(person)) < 0.05] = OPEN
    kind = random.integers(0, 5, len(person)).astype(np.uint8)
    approved = (begin + random.integers(-100, 3000, people)).astype(np.int32)
    shuffled = random.permutation(len(person))
    spells = Spells(person[shuffled], kind[shuffled], start[shuffled], end[shuffled])
    return spells, Approvals(np.arange(people, dtype=np.int32), approved, np.full(people, OPEN, np.int32))


def alone(spells, approvals, who):
    """The same person's rows as objects."""
    mine = np.nonzero(spells.person == who)[0]
    last = [None if spells.end[k] == OPEN else D.fromordinal(int(spells.end[k]) - 1) for k in mine]
    rows = [
        Spell(Kind(int(spells.kind[k])), D.fromordinal(int(spells.start[k])), end)
        for k, end in zip(mine, last, strict=True)
    ]
    return timeline(rows, Approval(D.fromordinal(int(approvals.start[who]))), RULES, HORIZON)


def columns(events):
    return [getattr(events, name).tolist() for name in events.__dataclass_fields__]


def test_each_person_of_a_crowd_gets_the_answer_given_alone():
    spells, approvals = crowd(300)
    together = compute(spells, approvals, RULES, HORIZON).rows()
    assert {row.event for row in together} == set(Event)
    for who in range(300):
        expected = [
            (r.event, r.date, r.cycle, r.counted_days, r.window_start, r.basis) for r in alone(spells, approvals, who)
        ]
        found = [r for r in together if r.approval == who]
        assert [(r.event, r.date, r.cycle, r.counted_days, r.window_start, r.basis) for r in found] == expected


def test_threads_and_parts_change_nothing(monkeypatch):
    spells, approvals = crowd(5000, seed=2)
    whole = columns(compute(spells, approvals, RULES, HORIZON))
    monkeypatch.setattr(clocks, "_CHUNK", 100)
    assert columns(compute(spells, approvals, RULES, HORIZON, threads=3)) == whole
    assert columns(compute(spells, approvals, RULES, HORIZON, threads=0)) == whole


def test_more_events_than_expected_find_room():
    lasting = Spells.of([(0, Spell(Kind.FLEKSJOB, D(1900, 1, 1)))])
    events = compute(lasting, Approvals.of([(0, Approval(D(1900, 1, 1)))]), RULES, D(2400, 1, 1))
    assert len(events) == 666
    assert events.cycle.tolist() == list(range(1, 667))


def test_columns_that_cannot_be_written_to_are_fine():
    spells, approvals = crowd(50)
    before = columns(compute(spells, approvals, RULES, HORIZON))
    for table in (spells, approvals):
        for name in table.__dataclass_fields__:
            getattr(table, name).setflags(write=False)
    assert columns(compute(spells, approvals, RULES, HORIZON)) == before


def test_nobody_and_nothing_is_answered_with_nothing():
    spells, approvals = crowd(10)
    nobody = Approvals(*(np.empty(0, np.int32),) * 3)
    assert len(compute(spells, nobody, RULES, HORIZON)) == 0
    assert len(compute(Spells.of([]), approvals, RULES, HORIZON)) == 0


def test_people_are_numbered_from_nought():
    wrong = Spells.of([(-1, Spell(Kind.LEDIGHEDSYDELSE, D(2020, 1, 1)))])
    with pytest.raises(ValueError, match="numbered from 0"):
        compute(wrong, Approvals.of([(0, Approval(D(2020, 1, 1)))]), RULES, D(2021, 1, 1))


def test_spells_of_people_without_an_approval_are_left_alone():
    spells = Spells.of(
        [(0, Spell(Kind.LEDIGHEDSYDELSE, D(2020, 1, 1))), (7, Spell(Kind.LEDIGHEDSYDELSE, D(2020, 1, 1)))]
    )
    events = compute(spells, Approvals.of([(7, Approval(D(2020, 1, 1)))]), RULES, D(2020, 12, 31))
    assert [(row.approval, row.date) for row in events.rows()] == [(0, D(2020, 7, 1))]


def test_several_approvals_of_one_citizen_each_start_afresh():
    spells = Spells.of([(0, Spell(Kind.LEDIGHEDSYDELSE, D(2020, 1, 1)))])
    approvals = Approvals.of([(0, Approval(D(2020, 10, 1))), (0, Approval(D(2020, 1, 1)))])
    found = [(r.approval, r.event, r.date) for r in compute(spells, approvals.chained(), RULES, D(2021, 6, 1)).rows()]
    assert found == [(0, Event.RIGHT, D(2021, 4, 1)), (1, Event.RIGHT, D(2020, 7, 1))]
    unchained = [(r.approval, r.event, r.date) for r in compute(spells, approvals, RULES, D(2021, 6, 1)).rows()]
    assert (1, Event.DUTY, D(2021, 1, 1)) in unchained


@pytest.mark.parametrize("day", [D(1, 1, 1), D(1600, 2, 29), D(9990, 1, 1)])
def test_any_day_of_the_calendar_can_be_counted_from(day):
    rows = timeline([Spell(Kind.LEDIGHEDSYDELSE, day)], Approval(day), RULES, day.replace(year=day.year + 2, day=1))
    assert [row.event for row in rows] == [Event.RIGHT, Event.DUTY]
    work = timeline([Spell(Kind.FLEKSJOB, day)], Approval(day), RULES, day.replace(year=day.year + 1, day=1))
    assert [row.event for row in work] == [Event.REARM]
