# ruff: noqa: F401, F811 - fixtures are imported by name
"""One citizen's way through the actions, step by step: what the handlers keep equals what the facts say."""

import datetime as dt

import pytest

# The ready-made case, place and agreement of the placements' own tests.
from tests.placements.conftest import (
    FIRST_DAY,
    case,
    draft,
    moment,
    opening,
    placement,
    report,
    running,
    sign,
    workplace,
)

from jobformidler.casework import actions as casework
from jobformidler.casework.enums import Outcome
from jobformidler.citizens import actions as citizens
from jobformidler.core import clock
from jobformidler.placements import actions
from jobformidler.steering import chain
from jobformidler.steering.checks import differences
from jobformidler.steering.enums import Step

WEEK = dt.timedelta(weeks=1)


@pytest.fixture
def steps():
    """The steps of a case as the handlers have kept them; a rebuild must agree."""

    def of(case):
        assert differences() == []
        assert chain.refresh() == 0
        return dict(case.chain.values_list("step", "reached_on"))

    return of


def test_a_cv_is_the_first_step_and_withdrawn_it_is_none(world, case, steps, now, day):
    assert steps(case) == {}
    cv = citizens.start_cv(citizen=case.citizen, kind="jobnet", on=day, by=world.line, at=now)
    assert steps(case) == {Step.CV: day}
    casework.withdraw(row=cv, by=world.line, at=now, reason="Forkert borger")
    assert steps(case) == {}


def test_an_old_cv_counts_from_the_day_the_case_opened(world, case, steps, now, day):
    before = day - dt.timedelta(days=90)
    citizens.start_cv(citizen=case.citizen, kind="jobnet", on=before, by=world.line, at=now)
    assert steps(case) == {Step.CV: day}


def test_agreement_start_hours_and_more_hours_are_reached_on_their_days(
    world,
    case,
    placement,
    sign,
    report,
    steps,
    now,
    day,
):
    actions.send_for_signature(placement=placement, by=world.line, at=now)
    sign(placement, by=world.line)
    assert steps(case) == {}
    actions.approve(placement=placement, by=world.peter, at=now)
    assert steps(case) == {Step.AGREEMENT: day}
    actions.start(placement=placement, by=world.line, at=clock.at_time(FIRST_DAY, 9))
    assert steps(case) == {Step.AGREEMENT: day, Step.INTERNSHIP: FIRST_DAY}
    report(placement, 0, 0)
    assert Step.HOURS not in steps(case)
    report(placement, 1, 2)
    report(placement, 2, 2)
    assert steps(case)[Step.HOURS] == FIRST_DAY + WEEK
    assert Step.PROGRESSION not in steps(case)
    report(placement, 3, 5)
    assert steps(case)[Step.PROGRESSION] == FIRST_DAY + 3 * WEEK


def test_corrected_and_withdrawn_hours_move_the_case_back(world, case, running, report, steps, moment):
    report(running, 0, 2)
    report(running, 1, 5)
    assert {Step.HOURS, Step.PROGRESSION} <= steps(case).keys()
    late = {"by": world.line, "at": moment(1, 4)}
    actions.correct_hours(placement=running, week=FIRST_DAY + WEEK, paid=2, unpaid=10, reason="Skrevet forkert", **late)
    assert Step.PROGRESSION not in steps(case)
    for week in (FIRST_DAY, FIRST_DAY + WEEK):
        actions.withdraw_hours(placement=running, week=week, reason="Forkert borger", **late)
    assert Step.HOURS not in steps(case)


def test_a_closed_case_keeps_what_it_reached(world, case, running, report, steps, moment):
    report(running, 0, 2)
    before = steps(case)
    actions.stop(
        placement=running,
        on=moment(1).date(),
        reason="Flyttet",
        learning="Små hold",
        what_next="Ny kommune",
        by=world.line,
        at=moment(1),
    )
    casework.close_case(case=case, outcome=Outcome.MOVED, note="", by=world.line, at=moment(1, 1))
    assert steps(case) == before
