"""Periods of one citizen by hand (CIT-02). Editing one changes everything derived from it, by its event."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.citizens.models import Citizen
from jobformidler.citizens.perms import may_write
from jobformidler.core import db
from jobformidler.core.actions import action, allow, check
from jobformidler.core.clock import local_date
from jobformidler.core.events import record
from jobformidler.core.rows import create, validate
from jobformidler.registers import event_kinds as kinds
from jobformidler.registers.models import Spell
from jobformidler.registers.writing import check_birth, check_reason, lock_citizen

#: A period may be entered so far ahead (a leave that is agreed); what lies further is a slip of the year.
FAR = dt.timedelta(days=366)


@action
def add_spell(
    *, citizen: Citizen, kind: str, start: dt.date, end: dt.date | None, by: User | None, at: dt.datetime
) -> Spell:
    """A period from `start`, with `end` the first day after it or None while it lasts (CIT-02).

    Raises ActionError when it overlaps a period of the same kind, ends before it starts, begins before the citizen was
    born, or far ahead.
    """
    allow(may_write(by, citizen, local_date(at)))
    lock_citizen(citizen)
    _check_period(citizen, kind, start, end, local_date(at))
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
    check_reason(reason)
    lock_citizen(citizen)
    with db.enter(citizen.municipality, by, reason.strip()):
        row = Spell.objects.select_for_update(of=("self",)).get(pk=spell.pk)
        row.kind, row.start = kind or row.kind, start or row.start
        row.end = None if still_open else end or row.end
        _check_period(citizen, row.kind, row.start, row.end, local_date(at), without=row.pk)
        validate(row)
        row.save(update_fields=["kind", "start", "end"])
        _record(kinds.SPELL_CORRECTED, row, by, at)
    return row


@action
def remove_spell(*, spell: Spell, reason: str, by: User | None, at: dt.datetime) -> None:
    """Remove a period that never was. Its last values and the reason stand in its history."""
    citizen = spell.citizen
    allow(may_write(by, citizen, local_date(at)))
    check_reason(reason)
    lock_citizen(citizen)
    with db.enter(citizen.municipality, by, reason.strip()):
        row = Spell.objects.get(pk=spell.pk)
        pk = row.pk
        row.delete()
        row.pk = pk
        _record(kinds.SPELL_REMOVED, row, by, at)


def _check_period(
    citizen: Citizen, kind: str, start: dt.date, end: dt.date | None, day: dt.date, without: int | None = None
) -> None:
    check_birth(citizen, start, "start")
    check(start <= day + FAR, _("The period begins more than a year ahead. Look at the year."), "start")
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
