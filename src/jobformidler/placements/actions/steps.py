"""Steps of the ladder: mastering a task, agreeing a date, adding the next one."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.core import clock, events
from jobformidler.core.actions import ActionError, action, check, check_version
from jobformidler.placements import event_kinds, words
from jobformidler.placements.actions.hours import settle
from jobformidler.placements.enums import StepStatus
from jobformidler.placements.models import LadderStep, Placement
from jobformidler.placements.rows import lock, need_work, save, told


def _locked(step: LadderStep, by: User | None, at: dt.datetime) -> Placement:
    placement = lock(step.placement, at)
    need_work(placement, by, at)
    step.refresh_from_db(from_queryset=LadderStep.objects.select_for_update())
    check(step.status != StepStatus.DROPPED, _("This step is given up."))
    check(placement.is_running, _("The placement is not under way."))
    return placement


@action
def master_step(
    *, step: LadderStep, on: dt.date | None, by: User | None, at: dt.datetime, version: int | None = None
) -> LadderStep:
    """The citizen masters the step's task since `on` (PLC-05); None takes a wrong mark back.

    From then the hours are due: without them the placement is shown as waiting for hours after the municipality's weeks.
    Raises ActionError for a day to come or before the first day, StaleError for a stale form.
    """
    placement = _locked(step, by, at)
    check_version(step, version, {"mastered_on": on})
    if on is not None:
        check(on <= clock.local_date(at), _("Choose a day that has been."), "on")
        check(placement.starts_on is None or on >= placement.starts_on, _("The day is before the first day."), "on")
    step.mastered_on = on
    if step.status != StepStatus.REACHED:
        step.status = StepStatus.MASTERED if on else StepStatus.PLANNED
    save(step, "mastered_on", "status")
    settle(placement=placement, by=by, at=at)
    step.refresh_from_db()
    if on is not None:
        events.record(
            event_kinds.STEP_MASTERED,
            placement,
            by=by,
            at=at,
            step=step.pk,
            task=step.task,
            on=str(on),
            **told(placement),
        )
    return step


@action
def agree_step(
    *,
    step: LadderStep,
    planned_on: dt.date | None,
    by: User | None,
    at: dt.datetime,
    paid_hours: Decimal | float | int | str | None = None,
    version: int | None = None,
) -> LadderStep:
    """Agree from which day the step is paid, and how many hours if they change. Raises StaleError for a stale form."""
    placement = _locked(step, by, at)
    check(step.status != StepStatus.REACHED, _("This step is reached already."))
    check_version(step, version, {"planned_on": planned_on})
    if planned_on is not None and placement.starts_on:
        check(planned_on >= placement.starts_on, _("The day is before the first day."), "planned_on")
    step.planned_on = planned_on
    if paid_hours is not None:
        step.paid_hours = _paid(paid_hours)
    save(step, "planned_on", "paid_hours")
    events.record(
        event_kinds.STEP_AGREED,
        placement,
        by=by,
        at=at,
        step=step.pk,
        hours=words.hours(step.paid_hours),
        on=planned_on.isoformat() if planned_on else None,
        **told(placement),
    )
    return step


def _paid(value: Decimal | float | int | str) -> Decimal:
    number = words.number(value)
    if number is None or not 0 < number <= 37:
        raise ActionError({"paid_hours": _("Hours must be between 0 and 37 a week.")})
    return number.quantize(Decimal("0.1"))


@action
def add_step(
    *,
    placement: Placement,
    task: str,
    paid_hours: Decimal | float | int | str,
    by: User | None,
    at: dt.datetime,
    mastered_when: str = "",
    planned_on: dt.date | None = None,
) -> LadderStep:
    """Add the next step. Its hours are more than those of the step before; the date may come later (PLC-10)."""
    lock(placement, at)
    need_work(placement, by, at)
    check(task.strip(), _("Write the task."), "task")
    hours = _paid(paid_hours)
    steps = list(placement.steps.exclude(status=StepStatus.DROPPED))
    highest = max((step.paid_hours for step in steps), default=Decimal(0))
    check(hours > highest, _("Each step has more paid hours than the one before."), "paid_hours")
    last = placement.steps.order_by("-position").first()
    step = LadderStep.objects.create(
        municipality_id=placement.municipality_id,
        placement=placement,
        position=last.position + 1 if last else 1,
        task=task.strip(),
        mastered_when=mastered_when.strip(),
        paid_hours=hours,
        planned_on=planned_on,
    )
    events.record(
        event_kinds.STEP_ADDED, placement, by=by, at=at, step=step.pk, hours=words.hours(hours), **told(placement)
    )
    settle(placement=placement, by=by, at=at)
    step.refresh_from_db()
    return step


@action
def drop_step(*, step: LadderStep, by: User | None, at: dt.datetime) -> LadderStep:
    """Give a step up that is not reached."""
    placement = _locked(step, by, at)
    check(step.status != StepStatus.REACHED, _("This step is reached already."))
    step.status = StepStatus.DROPPED
    save(step, "status")
    events.record(
        event_kinds.STEP_DROPPED,
        placement,
        by=by,
        at=at,
        step=step.pk,
        hours=words.hours(step.paid_hours),
        **told(placement),
    )
    return step
