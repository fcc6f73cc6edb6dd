"""Approvals to fleksjob of one citizen by hand (CIT-02): given, corrected, ended, removed; the clocks follow by event."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.citizens.models import Citizen
from jobformidler.citizens.perms import may_write
from jobformidler.core import db
from jobformidler.core.actions import action, allow, check, check_version
from jobformidler.core.clock import local_date
from jobformidler.core.events import record
from jobformidler.core.rows import create
from jobformidler.registers import event_kinds as kinds
from jobformidler.registers.models import FleksjobApproval
from jobformidler.registers.writing import check_birth, check_reason, lock_citizen


@action
def approve_fleksjob(*, citizen: Citizen, approved_on: dt.date, by: User | None, at: dt.datetime) -> FleksjobApproval:
    """The citizen is approved to fleksjob from `approved_on`; what was counted under an earlier approval starts afresh.

    Raises ActionError while an earlier approval is in force on that day, for a day to come, or before the birth.
    """
    allow(may_write(by, citizen, local_date(at)))
    check(approved_on <= local_date(at), _("An approval cannot be registered ahead of time."), "approved_on")
    check_birth(citizen, approved_on, "approved_on")
    lock_citizen(citizen)
    standing = FleksjobApproval.objects.filter(citizen=citizen).filter(
        Q(ended_on=None) | Q(ended_on__gt=approved_on) | Q(approved_on__gte=approved_on)
    )
    check(
        not standing.exists(),
        _("There is an approval in force on that day or later. End it first."),
        "approved_on",
    )
    approval = create(
        FleksjobApproval, municipality_id=citizen.municipality_id, citizen=citizen, approved_on=approved_on, by=by
    )
    _record(kinds.FLEKSJOB_APPROVED, approval, by, at)
    return approval


@action
def correct_approval(
    *,
    approval: FleksjobApproval,
    approved_on: dt.date,
    ended_on: dt.date | None,
    reason: str,
    by: User | None,
    at: dt.datetime,
    version: int | None = None,
) -> FleksjobApproval:
    """Correct the days of an approval; `ended_on` is the first day it no longer holds, None while it does.

    The reason stands in its history. Raises ActionError for a day to come, before the birth, or where it would overlap
    another approval, StaleError when somebody corrected it otherwise meanwhile.
    """
    citizen = approval.citizen
    allow(may_write(by, citizen, local_date(at)))
    check_reason(reason)
    check(approved_on <= local_date(at), _("An approval cannot be registered ahead of time."), "approved_on")
    check_birth(citizen, approved_on, "approved_on")
    check(ended_on is None or ended_on >= approved_on, _("The end must not be before the start."), "ended_on")
    lock_citizen(citizen)
    with db.enter(citizen.municipality, by, reason.strip()):
        row = FleksjobApproval.objects.select_for_update(of=("self",)).get(pk=approval.pk)
        check_version(row, version, {"approved_on": approved_on, "ended_on": ended_on})
        others = FleksjobApproval.objects.filter(Q(ended_on=None) | Q(ended_on__gt=approved_on), citizen=citizen)
        if ended_on is not None:
            others = others.filter(approved_on__lt=ended_on)
        check(not others.exclude(pk=row.pk).exists(), _("The approval would overlap another one."), "approved_on")
        _save(row, approved_on=approved_on, ended_on=ended_on)
        _record(kinds.APPROVAL_CORRECTED, row, by, at)
    return row


@action
def end_approval(
    *,
    approval: FleksjobApproval,
    ended_on: dt.date,
    reason: str,
    by: User | None,
    at: dt.datetime,
    version: int | None = None,
) -> FleksjobApproval:
    """The approval no longer holds from `ended_on`. Raises StaleError when somebody ended it otherwise meanwhile."""
    citizen = approval.citizen
    allow(may_write(by, citizen, local_date(at)))
    check_reason(reason)
    with db.enter(citizen.municipality, by, reason.strip()):
        row = FleksjobApproval.objects.select_for_update(of=("self",)).get(pk=approval.pk)
        check_version(row, version, {"ended_on": ended_on})
        check(ended_on >= row.approved_on, _("The end must not be before the start."), "ended_on")
        _save(row, ended_on=ended_on)
        _record(kinds.APPROVAL_ENDED, row, by, at)
    return row


@action
def remove_approval(*, approval: FleksjobApproval, reason: str, by: User | None, at: dt.datetime) -> None:
    """Remove an approval that never was. Its days and the reason stand in its history."""
    citizen = approval.citizen
    allow(may_write(by, citizen, local_date(at)))
    check_reason(reason)
    lock_citizen(citizen)
    with db.enter(citizen.municipality, by, reason.strip()):
        row = FleksjobApproval.objects.get(pk=approval.pk)
        pk = row.pk
        row.delete()
        row.pk = pk
        _record(kinds.APPROVAL_REMOVED, row, by, at)


def _save(row: FleksjobApproval, **changes: dt.date | None) -> None:
    for name, value in changes.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*changes, "version"])


def _record(kind: str, row: FleksjobApproval, by: User | None, at: dt.datetime) -> None:
    record(
        kind,
        row,
        by=by,
        at=at,
        citizen_id=row.citizen_id,
        approved_on=row.approved_on.isoformat(),
        ended_on=row.ended_on.isoformat() if row.ended_on else "",
    )
