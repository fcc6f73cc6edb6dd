"""Periods and approvals of one citizen by hand (CIT-02). Editing one changes everything derived from it, by its event."""

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
from jobformidler.core.rows import create, validate
from jobformidler.registers import event_kinds as kinds
from jobformidler.registers.models import FleksjobApproval, Spell


@action
def add_spell(
    *, citizen: Citizen, kind: str, start: dt.date, end: dt.date | None, by: User | None, at: dt.datetime
) -> Spell:
    """A period from `start`, with `end` the first day after it or None while it lasts (CIT-02).

    Raises ActionError when it overlaps a period of the same kind or ends before it starts.
    """
    allow(may_write(by, citizen, local_date(at)))
    _lock(citizen)
    _check_period(citizen, kind, start, end)
    spell = create(Spell, municipality_id=citizen.municipality_id, citizen=citizen, kind=kind, start=start, end=end)
    _record(kinds.SPELL_ADDED, spell, by, at)
    return spell


@action
def correct_spell(
    *,
    spell: Spell,
    reason: str,
    by: User | None,
    at: dt.datetime,
    kind: str | None = None,
    start: dt.date | None = None,
    end: dt.date | None = None,
    still_open: bool = False,
) -> Spell:
    """Correct a period; what is not given stays, `still_open` takes the end away. The reason stands in its history.

    Raises ActionError without a reason, or where `add_spell` would.
    """
    citizen = spell.citizen
    allow(may_write(by, citizen, local_date(at)))
    _check_reason(reason)
    _lock(citizen)
    with db.enter(citizen.municipality, by, reason.strip()):
        row = Spell.objects.select_for_update(of=("self",)).get(pk=spell.pk)
        row.kind, row.start = kind or row.kind, start or row.start
        row.end = None if still_open else end or row.end
        _check_period(citizen, row.kind, row.start, row.end, without=row.pk)
        validate(row)
        row.save(update_fields=["kind", "start", "end"])
        _record(kinds.SPELL_CORRECTED, row, by, at)
    return row


@action
def remove_spell(*, spell: Spell, reason: str, by: User | None, at: dt.datetime) -> None:
    """Remove a period that never was. Its last values and the reason stand in its history."""
    citizen = spell.citizen
    allow(may_write(by, citizen, local_date(at)))
    _check_reason(reason)
    _lock(citizen)
    with db.enter(citizen.municipality, by, reason.strip()):
        row = Spell.objects.get(pk=spell.pk)
        pk = row.pk
        row.delete()
        row.pk = pk
        _record(kinds.SPELL_REMOVED, row, by, at)


@action
def approve_fleksjob(*, citizen: Citizen, approved_on: dt.date, by: User | None, at: dt.datetime) -> FleksjobApproval:
    """The citizen is approved to fleksjob from `approved_on`; what was counted under an earlier approval starts afresh.

    Raises ActionError while an earlier approval is in force on that day, or for a day to come.
    """
    allow(may_write(by, citizen, local_date(at)))
    check(approved_on <= local_date(at), _("An approval cannot be registered ahead of time."), "approved_on")
    _lock(citizen)
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
    record(kinds.FLEKSJOB_APPROVED, approval, by=by, at=at, citizen_id=citizen.pk, approved_on=approved_on.isoformat())
    return approval


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
    _check_reason(reason)
    with db.enter(citizen.municipality, by, reason.strip()):
        row = FleksjobApproval.objects.select_for_update(of=("self",)).get(pk=approval.pk)
        check_version(row, version, {"ended_on": ended_on})
        check(ended_on >= row.approved_on, _("The end must not be before the start."), "ended_on")
        row.ended_on = ended_on
        row.version += 1
        row.save(update_fields=["ended_on", "version"])
        record(kinds.APPROVAL_ENDED, row, by=by, at=at, citizen_id=citizen.pk, ended_on=ended_on.isoformat())
    return row


def _lock(citizen: Citizen) -> None:
    """One at a time for a citizen: two people entering overlapping periods at once must not both succeed."""
    Citizen.objects.select_for_update(of=("self",)).only("pk").get(pk=citizen.pk)


def _check_reason(reason: str) -> None:
    check(reason.strip(), _("Write why, in a few words."), "reason")


def _check_period(citizen: Citizen, kind: str, start: dt.date, end: dt.date | None, without: int | None = None) -> None:
    check(end is None or end > start, _("The end must not be before the start."), "end")
    others = Spell.objects.filter(Q(end=None) | Q(end__gt=start), citizen=citizen, kind=kind)
    if without is not None:
        others = others.exclude(pk=without)
    if end is not None:
        others = others.filter(start__lt=end)
    check(not others.exists(), _("The period overlaps another of the same kind."), "start")


def _record(kind: str, spell: Spell, by: User | None, at: dt.datetime) -> None:
    record(
        kind,
        spell,
        by=by,
        at=at,
        citizen_id=spell.citizen_id,
        spell=spell.kind,
        start=spell.start.isoformat(),
        end=spell.end.isoformat() if spell.end else "",
    )
