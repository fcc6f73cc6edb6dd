"""The plan: goals A, B and C, small sub-goals, activities (PLAN-01 to PLAN-04, PLAN-10)."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.casework import event_kinds as kinds
from jobformidler.casework.actions.states import reach
from jobformidler.casework.enums import CaseStatus, GoalLetter
from jobformidler.casework.models import Case, Goal, Plan, PlanActivity, SubGoal
from jobformidler.casework.writing import still_open, tenant, told, working
from jobformidler.citizens.models import Wish
from jobformidler.core import clock
from jobformidler.core.actions import action, check
from jobformidler.core.rows import change, create, lock


@action
def start_plan(*, case: Case, by: User | None, at: dt.datetime) -> Plan:
    """Start the case's one plan (PLAN-01); returns the one there is when it is started already."""
    day = working(case, by, at)
    still_open(case)
    found = Plan.objects.filter(case=case).first()
    if found:
        return found
    plan = create(Plan, **tenant(case), by=by, started_on=day)
    told(case, kinds.PLAN_STARTED, plan, by=by, at=at)
    return plan


@action
def set_goal(
    *,
    case: Case,
    letter: str,
    text: str,
    by: User | None,
    at: dt.datetime,
    detail: str = "",
    wish: Wish | None = None,
    version: int | None = None,
) -> Goal:
    """Set goal A, B or C, or write it anew, linked to the citizen's wish it starts from (PLAN-02, PLAN-04).

    Dates the job goal apart from activities (PLAN-03); the first goal A brings the case to "plan made". Raises
    StaleError.
    """
    day = working(case, by, at)
    still_open(case)
    check(letter in GoalLetter.values, _("Choose A, B or C."), "letter")
    check(text.strip(), _("Write the job goal."), "text")
    check(wish is None or wish.citizen_id == case.citizen_id, _("The wish is somebody else's."), "wish")
    plan = lock(start_plan(case=case, by=by, at=at))
    values = {"text": text.strip(), "detail": detail.strip(), "wish_id": wish.pk if wish else None}
    goal = Goal.objects.filter(plan=plan, letter=letter).first()
    new = goal is None
    if goal is None:
        goal = create(Goal, municipality_id=case.municipality_id, plan=plan, letter=letter, **values)
    elif not change(goal, version=version, **values):
        return goal
    if letter == GoalLetter.A and plan.goal_registered_on is None:
        plan.goal_registered_on = day
    plan.goal_updated_on = day
    plan.version += 1
    plan.save(update_fields=["goal_registered_on", "goal_updated_on", "version"])
    if letter == GoalLetter.A:
        reach(case=case, status=CaseStatus.PLAN_MADE, at=at, by=by)
    told(case, kinds.GOAL_SET, goal, by=by, at=at, letter=letter.upper(), new=new)
    return goal


@action
def add_sub_goal(
    *,
    goal: Goal,
    text: str,
    by: User | None,
    at: dt.datetime,
    measure: str = "",
    due_on: dt.date | None = None,
) -> SubGoal:
    """Agree a small step towards a goal, with measure and date (PLAN-10)."""
    case = goal.plan.case
    day = working(case, by, at)
    still_open(case)
    sub_goal = create(
        SubGoal,
        municipality_id=goal.municipality_id,
        goal=goal,
        text=text.strip(),
        measure=measure.strip(),
        due_on=due_on,
        status_on=day,
    )
    _goal_touched(goal.plan, day)
    told(case, kinds.SUB_GOAL_ADDED, sub_goal, by=by, at=at, due_on=due_on.isoformat() if due_on else None)
    return sub_goal


@action
def edit_sub_goal(
    *, sub_goal: SubGoal, version: int | None, by: User | None, at: dt.datetime, **changes: Any
) -> SubGoal:
    """Write a small step, its measure or its date anew. Raises StaleError."""
    case = sub_goal.goal.plan.case
    day = working(case, by, at)
    unknown = set(changes) - {"text", "measure", "due_on"}
    if unknown:
        raise TypeError(f"cannot be edited: {', '.join(sorted(unknown))}")
    check(sub_goal.withdrawn_at is None, _("This registration has been withdrawn."))
    changed = change(sub_goal, version=version, **changes)
    if changed:
        _goal_touched(sub_goal.goal.plan, day)
        told(case, kinds.SUB_GOAL_EDITED, sub_goal, by=by, at=at, fields=changed)
    return sub_goal


@action
def move_sub_goal(*, sub_goal: SubGoal, status: str, by: User | None, at: dt.datetime) -> SubGoal:
    """Say where a small step stands: not yet, with help, alone."""
    case = sub_goal.goal.plan.case
    day = working(case, by, at)
    lock(sub_goal)
    check(sub_goal.withdrawn_at is None, _("This registration has been withdrawn."))
    if sub_goal.status != status:
        was = sub_goal.status
        change(sub_goal, status=status, status_on=day)
        _goal_touched(sub_goal.goal.plan, day)
        told(case, kinds.SUB_GOAL_MOVED, sub_goal, by=by, at=at, stand=str(status), was=str(was))
    return sub_goal


@action
def add_activity(
    *,
    case: Case,
    text: str,
    starts_on: dt.date,
    by: User | None,
    at: dt.datetime,
    ends_on: dt.date | None = None,
) -> PlanActivity:
    """Put an activity into the plan, both days included; dated apart from the job goal (PLAN-03)."""
    day = clock.local_date(at)
    plan = lock(start_plan(case=case, by=by, at=at))
    activity = create(
        PlanActivity,
        municipality_id=case.municipality_id,
        plan=plan,
        text=text.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
    )
    plan.activity_registered_on = plan.activity_registered_on or day
    plan.activity_updated_on = day
    plan.version += 1
    plan.save(update_fields=["activity_registered_on", "activity_updated_on", "version"])
    told(case, kinds.ACTIVITY_ADDED, activity, by=by, at=at, starts_on=starts_on.isoformat())
    return activity


def _goal_touched(plan: Plan, day: dt.date) -> None:
    """The plan has a new version: the number everybody who may see it reads (PLAN-01)."""
    lock(plan)
    plan.goal_updated_on = day
    plan.version += 1
    plan.save(update_fields=["goal_updated_on", "version"])
