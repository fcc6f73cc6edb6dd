"""The municipality, its settings and its units."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from jobformidler.accounts import event_kinds
from jobformidler.accounts.enums import OrganisationKind
from jobformidler.accounts.models import Membership, Organisation, Unit, User
from jobformidler.accounts.perms import administers
from jobformidler.core import db, rows
from jobformidler.core.actions import ActionError, action, allow, check, check_version
from jobformidler.core.clock import local_date
from jobformidler.core.events import record
from jobformidler.core.models import Municipality

#: What an administrator may change; the code identifies the tenant in deliveries and stays.
SETTINGS = (
    "name",
    "unit_name",
    "employer_entry_name",
    "main_phone",
    "answer_hours",
    "answer_clock",
    "contact_floor_days",
    "stall_weeks",
    "step_goal_days",
    "stale_place_days",
    "aftercare_days",
    "consent_days",
    "cutoff_days",
    "review_months",
    "hours_reminder",
    "caseload_limit_jobformidler",
    "caseload_limit_caseworker",
    "small_cell",
)


@action
def create_municipality(
    *, code: int, name: str, at: dt.datetime, by: None = None, is_demo: bool = False, **settings: Any
) -> Municipality:
    """A new tenant with its organisation and settings. Only the system makes one.

    `code` is the municipality code, 1 to 999. Raises ActionError when it is taken or impossible.
    """
    allow(by is None)
    check(0 < code < 1000, _("A municipality code lies between 1 and 999."), "code")
    check(
        not Municipality.objects.filter(code=code).exists(),
        _("There is already a municipality with this code."),
        "code",
    )
    check(name.strip(), _("The municipality needs a name."), "name")
    check(set(settings) <= set(SETTINGS), _("There is no such setting."))
    municipality = Municipality(code=code, name=name.strip(), is_demo=is_demo, **settings)
    rows.validate(municipality)
    municipality.save()
    Organisation.objects.create(kind=OrganisationKind.MUNICIPALITY, name=municipality.name, municipality=municipality)
    with db.enter(municipality, by, "municipality created"):
        record(event_kinds.MUNICIPALITY_CREATED, municipality, by=by, at=at, name=municipality.name)
    return municipality


@action
def change_settings(
    *, municipality: Municipality, by: User | None, at: dt.datetime, version: int | None = None, **changes: Any
) -> Municipality:
    """Change settings of the municipality. Raises StaleError when somebody saved since `version` was read."""
    allow(administers(by, municipality, local_date(at)))
    check(set(changes) <= set(SETTINGS), _("There is no such setting."))
    row = Municipality.objects.select_for_update().get(pk=municipality.pk)
    check_version(row, version, changes)
    changed = [name for name, value in changes.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, changes[name])
    rows.validate(row, only=set(changed))
    _check_limits(row)
    if changed:
        row.version += 1
        row.save()
        if "name" in changed:
            Organisation.objects.filter(municipality=row).update(name=row.name)
        record(event_kinds.SETTINGS_CHANGED, row, by=by, at=at, fields=sorted(changed))
    return row


def _check_limits(row: Municipality) -> None:
    least = {"answer_hours": 1, "contact_floor_days": 1, "stall_weeks": 1, "step_goal_days": 1, "small_cell": 3}
    for name, smallest in least.items():
        if getattr(row, name) < smallest:
            raise ActionError({name: _("Write %(number)s or more.") % {"number": smallest}})


@action
def create_unit(*, municipality: Municipality, name: str, by: User | None, at: dt.datetime) -> Unit:
    """A team or department. Raises ActionError when the name is taken."""
    allow(administers(by, municipality, local_date(at)))
    check(name.strip(), _("The unit needs a name."), "name")
    unit = Unit.objects.create(municipality=municipality, name=name.strip())
    record(event_kinds.UNIT_CREATED, unit, by=by, at=at, name=unit.name)
    return unit


@action
def edit_unit(*, unit: Unit, by: User | None, at: dt.datetime, name: str, active: bool = True) -> Unit:
    """Rename a unit or take it out of use. A unit with people in it stays in use."""
    allow(administers(by, unit.municipality, local_date(at)))
    check(name.strip(), _("The unit needs a name."), "name")
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if unit.active and not active:
        inside = Membership.objects.active_on(local_date(at)).filter(unit=unit).exists()
        check(not inside, _("Somebody still belongs to the unit. End their roles in it first."), "active")
    unit.name, unit.active = name.strip(), active
    unit.save()
    record(event_kinds.UNIT_CHANGED, unit, by=by, at=at, name=unit.name, active=active)
    return unit
