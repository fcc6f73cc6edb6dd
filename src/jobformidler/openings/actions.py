"""Writes about places and the delimited tasks in them (JOB-01, JOB-05, JOB-06)."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.core import clock, db, events
from jobformidler.core.actions import action, allow, check, check_version
from jobformidler.employers.models import ContactPerson, Workplace
from jobformidler.employers.perms import may_work_with_employers
from jobformidler.openings import event_kinds
from jobformidler.openings.models import Place, PlaceTask

Hours = Decimal | float | int
PLACE_FIELDS = frozenset(
    {
        "kind",
        "title",
        "tasks",
        "hours_min",
        "hours_max",
        "capacity",
        "starts_on",
        "ends_on",
        "accommodates",
        "accommodates_other",
        "earliest_start",
        "location",
        "paid_hours_expected",
        "contact",
    }
)
TASK_FIELDS = frozenset({"text", "weekly_hours", "competence", "pay_condition"})


@action
def register_place(
    *,
    workplace: Workplace,
    kind: str,
    title: str,
    hours_min: Hours,
    hours_max: Hours,
    starts_on: dt.date,
    by: User | None,
    at: dt.datetime,
    tasks: str = "",
    capacity: int = 1,
    ends_on: dt.date | None = None,
    accommodates: Sequence[str] = (),
    accommodates_other: str = "",
    earliest_start: dt.time | None = None,
    location: str = "",
    paid_hours_expected: bool = False,
    contact: ContactPerson | None = None,
    confirmed_on: dt.date | None = None,
) -> Place:
    """An open place in a workplace (JOB-01). Hours are per week; `ends_on` is the first day after.

    `accommodates` holds codes of the list "accommodation", `accommodates_other` what the workplace said in other words.
    Without `confirmed_on` the place counts as confirmed on the day of registration. Raises ActionError for nonsense the
    database refuses (hours, order of dates, the same place twice).
    """
    allow(may_work_with_employers(by, clock.local_date(at)))
    check(title.strip(), _("Write what the place is called."), "title")
    _check_contact(contact, workplace.pk)
    place = Place.objects.create(
        municipality_id=db.municipality_id(),
        workplace=workplace,
        kind=kind,
        title=title.strip(),
        tasks=tasks.strip(),
        hours_min=hours_min,
        hours_max=hours_max,
        capacity=capacity,
        starts_on=starts_on,
        ends_on=ends_on,
        accommodates=list(dict.fromkeys(accommodates)),
        accommodates_other=accommodates_other.strip(),
        earliest_start=earliest_start,
        location=location.strip(),
        paid_hours_expected=paid_hours_expected,
        contact=contact,
        confirmed_on=confirmed_on or clock.local_date(at),
        by=by,
    )
    _record(event_kinds.PLACE_REGISTERED, place, by, at)
    return place


@action
def edit_place(*, place: Place, version: int | None, by: User | None, at: dt.datetime, **changes: Any) -> Place:
    """Change a place. Raises StaleError with both values when somebody saved since `version` was read."""
    allow(may_work_with_employers(by, clock.local_date(at)))
    _only(PLACE_FIELDS, changes)
    row = _locked(place)
    check(row.closed_on is None, _("The place is closed."))
    if "accommodates" in changes:
        changes["accommodates"] = list(dict.fromkeys(changes["accommodates"]))
    check_version(row, version, changes)
    for name, value in changes.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    check(row.title, _("Write what the place is called."), "title")
    _check_contact(row.contact, row.workplace_id)
    _save(row, *changes)
    _record(event_kinds.PLACE_CHANGED, row, by, at, changed=sorted(changes))
    return row


@action
def confirm_place(*, place: Place, by: User | None, at: dt.datetime, on: dt.date | None = None) -> Place:
    """The workplace has said that the place is still there (JOB-06); `on` is the day it said so, today without."""
    day = on or clock.local_date(at)
    allow(may_work_with_employers(by, clock.local_date(at)))
    check(day <= clock.local_date(at), _("A place cannot be confirmed ahead of time."), "on")
    row = _locked(place)
    check(row.closed_on is None, _("The place is closed."))
    row.confirmed_on = max(row.confirmed_on, day)
    _save(row, "confirmed_on")
    _record(event_kinds.PLACE_CONFIRMED, row, by, at, on=day.isoformat())
    return row


@action
def close_place(*, place: Place, on: dt.date, by: User | None, at: dt.datetime) -> Place:
    """No new citizens from `on`; those who are there stay."""
    allow(may_work_with_employers(by, clock.local_date(at)))
    row = _locked(place)
    check(row.closed_on is None, _("The place is closed."))
    row.closed_on = on
    _save(row, "closed_on")
    _record(event_kinds.PLACE_CLOSED, row, by, at, on=on.isoformat())
    return row


@action
def add_task(
    *,
    place: Place,
    text: str,
    weekly_hours: Hours,
    by: User | None,
    at: dt.datetime,
    competence: str = "",
    pay_condition: str = "",
) -> PlaceTask:
    """A delimited task that can become ordinary hours: hours a week, what it takes, when it is paid (JOB-05)."""
    allow(may_work_with_employers(by, clock.local_date(at)))
    check(text.strip(), _("Write what the task is."), "text")
    row = _locked(place)
    task = PlaceTask.objects.create(
        municipality_id=row.municipality_id,
        place=row,
        text=text.strip(),
        weekly_hours=weekly_hours,
        competence=competence.strip(),
        pay_condition=pay_condition.strip(),
        position=row.task_list.count(),
    )
    _record(event_kinds.TASK_ADDED, row, by, at, task=task.text)
    return task


@action
def edit_task(*, task: PlaceTask, version: int | None, by: User | None, at: dt.datetime, **changes: Any) -> PlaceTask:
    """Change a task. Raises StaleError with both values when somebody saved since `version` was read."""
    allow(may_work_with_employers(by, clock.local_date(at)))
    _only(TASK_FIELDS, changes)
    row = PlaceTask.objects.select_for_update(of=("self",)).select_related("place").get(pk=task.pk)
    check_version(row, version, changes)
    for name, value in changes.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    check(row.text, _("Write what the task is."), "text")
    row.version += 1
    row.save(update_fields=[*changes, "version"])
    _record(event_kinds.TASK_CHANGED, row.place, by, at, task=row.text)
    return row


@action
def remove_task(*, task: PlaceTask, by: User | None, at: dt.datetime) -> None:
    """The task is no longer there; its history is kept."""
    allow(may_work_with_employers(by, clock.local_date(at)))
    place, text = task.place, task.text
    task.delete()
    _record(event_kinds.TASK_REMOVED, place, by, at, task=text)


def _locked(place: Place) -> Place:
    return Place.objects.select_for_update().get(pk=place.pk)


def _save(row: Place, *names: str) -> None:
    row.version += 1
    row.save(update_fields=[*names, "version"])


def _only(known: frozenset[str], changes: dict[str, Any]) -> None:
    unknown = changes.keys() - known
    if unknown:
        raise TypeError(f"no such field {sorted(unknown)}")


def _check_contact(contact: ContactPerson | None, workplace_id: int) -> None:
    check(contact is None or contact.workplace_id == workplace_id, _("Choose a person at this workplace."), "contact")


def _record(kind: str, place: Place, by: User | None, at: dt.datetime, **payload: Any) -> None:
    events.record(kind, place, by=by, at=at, workplace_id=place.workplace_id, title=place.title, **payload)
