"""Real hours, one row a week, and what follows from them: reached steps and the state of placement and case."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.casework.actions import settle as settle_case
from jobformidler.core import clock, events
from jobformidler.core.actions import ActionError, action, check, check_version
from jobformidler.core.periods import monday
from jobformidler.placements import event_kinds, ladder, links, words
from jobformidler.placements.enums import HoursSource, PlacementStatus
from jobformidler.placements.links import LinkPurpose
from jobformidler.placements.models import Placement, SignedLink, WeekHours
from jobformidler.placements.rows import lock, move_by_itself, need_work, save, told

MOST = Decimal(60)
Hours = Decimal | float | int | str


def _hours(value: Hours, field: str) -> Decimal:
    number = words.number(value)
    if number is None or not 0 <= number <= MOST:
        raise ActionError({field: _("Write hours between 0 and 60.")})
    return number.quantize(Decimal("0.1"))


def _need_right(placement: Placement, link: SignedLink | None, by: User | None, at: dt.datetime) -> None:
    if link is None:
        need_work(placement, by, at)
    else:
        links.need_fitting(link, placement, at, LinkPurpose.HOURS)


def _need_week(placement: Placement, week: dt.date, at: dt.datetime) -> None:
    check(week.weekday() == 0, _("A week begins on a Monday."), "week")
    check(placement.is_running or placement.is_over, _("Hours are reported from the first day on."), "week")
    assert placement.starts_on is not None
    check(week >= monday(placement.starts_on), _("The week is before the first day of the placement."), "week")
    check(week <= monday(clock.local_date(at)), _("A week that has not begun cannot be reported."), "week")
    check(placement.ended_on is None or week < placement.ended_on, _("The week is after the placement ended."), "week")


def _told_of(week: WeekHours) -> dict[str, Any]:
    return {
        "week": week.week.isoformat(),
        "week_number": week.week.isocalendar().week,
        "paid": words.hours(week.paid),
        "unpaid": words.hours(week.unpaid),
        "absence": week.absence,
        "source": week.source,
    }


@action
def report_hours(
    *,
    placement: Placement,
    week: dt.date,
    paid: Hours,
    unpaid: Hours,
    by: User | None,
    at: dt.datetime,
    absence: bool = False,
    source: str = HoursSource.JOBFORMIDLER,
    link: SignedLink | None = None,
) -> WeekHours:
    """The real hours of a week, paid and internship hours apart (PLC-24). `week` is its Monday.

    Open from the Monday of the running week. Absence is a mark without reason. With `link` the workplace reports.
    Raises ActionError before the start, for a week to come, and for a week already reported (correct it instead).
    """
    lock(placement, at)
    _need_right(placement, link, by, at)
    _need_week(placement, week, at)
    row = placement.weeks.filter(week=week).first()
    check(row is None or row.withdrawn_at is not None, _("The week is already reported. Correct it instead."), "week")
    row = row or WeekHours(municipality_id=placement.municipality_id, placement=placement, week=week)
    row.paid, row.unpaid, row.absence = _hours(paid, "paid"), _hours(unpaid, "unpaid"), absence
    check(row.paid + row.unpaid <= MOST, _("A week cannot hold more than 60 hours."), "paid")
    row.source = HoursSource.EMPLOYER if link else source
    row.reported_at, row.by = at, by
    row.withdrawn_at = row.withdrawn_by = None
    row.withdrawn_reason = ""
    row.save()
    settle(placement=placement, by=by, at=at)
    events.record(
        event_kinds.HOURS_REPORTED,
        placement,
        by=by,
        by_label=_("the workplace") if link else "",
        at=at,
        **_told_of(row),
        **told(placement),
    )
    return row


@action
def as_planned(
    *,
    placement: Placement,
    week: dt.date,
    by: User | None,
    at: dt.datetime,
    source: str = HoursSource.JOBFORMIDLER,
    link: SignedLink | None = None,
) -> WeekHours:
    """Report the week as the agreement and the step in force say."""
    paid, unpaid = ladder.planned_hours(placement, week)
    return report_hours(
        placement=placement, week=week, paid=paid, unpaid=unpaid, by=by, at=at, source=source, link=link
    )


@action
def correct_hours(
    *,
    placement: Placement,
    week: dt.date,
    paid: Hours,
    unpaid: Hours,
    reason: str,
    by: User | None,
    at: dt.datetime,
    absence: bool | None = None,
    version: int | None = None,
    link: SignedLink | None = None,
) -> WeekHours:
    """Correct a reported week, with the reason; the history keeps what stood there.

    Raises StaleError when somebody corrected it since `version`, ActionError without reason or without a report.
    """
    lock(placement, at)
    _need_right(placement, link, by, at)
    row = placement.weeks.standing().select_for_update().filter(week=week).first()
    if row is None:
        raise ActionError({"week": _("The week is not reported yet.")})
    check(reason.strip(), _("Write why, in a few words."), "reason")
    changes = {
        "paid": _hours(paid, "paid"),
        "unpaid": _hours(unpaid, "unpaid"),
        "absence": row.absence if absence is None else absence,
    }
    check_version(row, version, changes)
    for name, value in changes.items():
        setattr(row, name, value)
    check(row.paid + row.unpaid <= MOST, _("A week cannot hold more than 60 hours."), "paid")
    row.by, row.reported_at = by, at
    if link:
        row.source = HoursSource.EMPLOYER
    save(row)
    settle(placement=placement, by=by, at=at)
    events.record(
        event_kinds.HOURS_CORRECTED,
        placement,
        by=by,
        by_label=_("the workplace") if link else "",
        at=at,
        reason=reason.strip()[:300],
        **_told_of(row),
        **told(placement),
    )
    return row


@action
def withdraw_hours(*, placement: Placement, week: dt.date, reason: str, by: User | None, at: dt.datetime) -> WeekHours:
    """Take a reported week back, with the reason. Steps and state follow."""
    lock(placement, at)
    need_work(placement, by, at)
    check(reason.strip(), _("Write why, in a few words."), "reason")
    row = placement.weeks.standing().select_for_update().filter(week=week).first()
    if row is None:
        raise ActionError({"week": _("The week is not reported yet.")})
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = at, by, reason.strip()[:300]
    save(row)
    settle(placement=placement, by=by, at=at)
    events.record(
        event_kinds.HOURS_WITHDRAWN,
        placement,
        by=by,
        at=at,
        reason=reason.strip()[:300],
        **_told_of(row),
        **told(placement),
    )
    return row


@action
def settle(*, placement: Placement, by: User | None, at: dt.datetime) -> None:
    """Bring steps and states in line with the weeks that stand. Running it again changes nothing."""
    weeks = list(placement.weeks.standing().order_by("week"))
    reached = []
    for step in placement.steps.select_for_update().order_by("position"):
        first, status = ladder.standing(step, weeks, placement.starts_on)
        if (first, status) != (step.reached_on, step.status):
            if first and step.reached_on is None:
                reached.append(step)
            step.reached_on, step.status = first, status
            save(step, "reached_on", "status")
    paid = [max(week.week, placement.starts_on or week.week) for week in weeks if week.paid]
    moved = None
    if paid and placement.status == PlacementStatus.INTERNSHIP:
        move_by_itself(placement, "first_hours", min(paid))
        moved = event_kinds.FIRST_HOURS
    elif not paid and placement.status == PlacementStatus.WITH_HOURS:
        move_by_itself(placement, "hours_gone", placement.starts_on or clock.local_date(at))
        moved = event_kinds.HOURS_GONE
    elif paid and placement.status == PlacementStatus.WITH_HOURS and placement.status_since != min(paid):
        placement.status_since = min(paid)
        save(placement, "status_since")
    if moved:
        save(placement, "status", "status_since")
        settle_case(case=placement.case, at=at, by=by)
    for step in reached:
        events.record(
            event_kinds.STEP_REACHED,
            placement,
            by=by,
            at=at,
            hours=words.hours(step.paid_hours),
            step=step.pk,
            **told(placement),
        )
    if moved:
        events.record(moved, placement, by=by, at=at, **told(placement))
