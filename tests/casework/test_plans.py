"""The plan with goals and small steps."""

import datetime as dt

import pytest

from jobformidler.casework import actions
from jobformidler.casework.enums import CaseStatus, SubGoalStatus
from jobformidler.casework.models import Plan
from jobformidler.citizens import actions as citizens
from jobformidler.core.actions import ActionError, StaleError


@pytest.fixture
def goal(case, world, now):
    """Goal A, set this morning."""
    return actions.set_goal(case=case, letter="a", text="Lager", by=world.line, at=now)


def test_goal_a_makes_the_plan_and_dates_the_job_goal_apart_from_activities(case, goal, world, day, later):
    plan = Plan.objects.get(case=case)
    assert (plan.goal_registered_on, plan.activity_registered_on) == (day, None)
    actions.add_activity(case=case, text="Truckkort", starts_on=day + dt.timedelta(days=7), by=world.line, at=later(2))
    plan.refresh_from_db()
    assert plan.activity_registered_on == day + dt.timedelta(days=2)
    assert plan.goal_updated_on == day
    case.refresh_from_db()
    assert case.status == CaseStatus.PLAN_MADE


def test_goal_b_alone_is_no_plan_yet(case, world, now):
    actions.set_goal(case=case, letter="b", text="Butik", by=world.line, at=now)
    case.refresh_from_db()
    assert case.status == CaseStatus.ASSIGNED
    assert Plan.objects.get(case=case).goal_registered_on is None


def test_a_case_has_one_plan(case, goal, world, now):
    assert actions.start_plan(case=case, by=world.line, at=now) == goal.plan


def test_a_goal_starts_from_the_citizens_own_wish(case, world, now):
    wish = citizens.add_wish(citizen=case.citizen, text="Et sted, hvor nogen regner med mig", by=world.line, at=now)
    goal = actions.set_goal(case=case, letter="a", text="Lager", by=world.line, at=now, wish=wish)
    assert goal.wish == wish
    other = citizens.add_wish(citizen=world.citizen("Jonas", 2), text="Ro", by=None, at=now)
    with pytest.raises(ActionError):
        actions.set_goal(case=case, letter="b", text="Lager", by=world.line, at=now, wish=other)


def test_a_goal_is_written_anew_with_a_version_check(case, goal, world, now):
    seen = goal.version
    actions.set_goal(case=case, letter="a", text="Lager og kørsel", by=world.peter, at=now, version=seen)
    with pytest.raises(StaleError):
        actions.set_goal(case=case, letter="a", text="Køkken", by=world.line, at=now, version=seen)


def test_a_small_step_moves_between_not_yet_with_help_and_alone(goal, world, day, later):
    step = actions.add_sub_goal(
        goal=goal, text="Møde kl. 9", measure="En uge i træk", due_on=day, by=world.line, at=later(0)
    )
    assert step.status == SubGoalStatus.NOT_YET
    actions.move_sub_goal(sub_goal=step, status=SubGoalStatus.ALONE, by=world.line, at=later(5))
    step.refresh_from_db()
    assert (step.status, step.status_on) == (SubGoalStatus.ALONE, day + dt.timedelta(days=5))


def test_an_activity_does_not_end_before_it_begins(case, world, day, now):
    with pytest.raises(ActionError):
        actions.add_activity(
            case=case, text="Kursus", starts_on=day, ends_on=day - dt.timedelta(days=1), by=world.line, at=now
        )


def test_a_withdrawn_small_step_cannot_move(goal, world, now, later):
    step = actions.add_sub_goal(goal=goal, text="Møde kl. 9", by=world.line, at=now)
    actions.withdraw(row=step, by=world.line, at=later(1), reason="Forkert mål")
    with pytest.raises(ActionError):
        actions.move_sub_goal(sub_goal=step, status=SubGoalStatus.ALONE, by=world.line, at=later(2))
