"""Periods and approvals by hand."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from jobformidler.citizens.actions import relate
from jobformidler.core.actions import ActionError, StaleError
from jobformidler.core.models import Event
from jobformidler.core.rebuild import CHECKS
from jobformidler.registers.actions import add_spell, approve_fleksjob, correct_spell, end_approval, remove_spell
from jobformidler.registers.models import FleksjobApproval, Spell


def d(month, day=1):
    return dt.date(2026, month, day)


@pytest.fixture
def mona(world):
    citizen = world.citizen()
    relate(citizen=citizen, kind="team", unit=world.unit, since=d(1))
    return citizen


@pytest.fixture
def spell(mona, world, now):
    return add_spell(citizen=mona, kind="fleksjob", start=d(1), end=d(4), by=world.peter, at=now)


def test_a_period_is_registered_and_told(spell, mona, world):
    event = Event.objects.get()
    assert (event.kind, event.citizen_id, event.actor) == ("registers.spell_added", mona.pk, world.peter)
    assert event.payload == {"spell": "fleksjob", "start": "2026-01-01", "end": "2026-04-01"}


@pytest.mark.parametrize(
    ("kind", "start", "end", "taken"),
    [
        ("fleksjob", d(4), None, True),
        ("fleksjob", d(3, 31), None, False),
        ("fleksjob", d(2), d(3), False),
        ("maternity", d(2), d(3), True),
        ("ordinary_job", d(3), d(3), False),
        ("ordinary_job", d(3), d(2), False),
        ("unknown", d(5), None, False),
    ],
)
def test_periods_of_one_kind_never_overlap(spell, mona, world, now, kind, start, end, taken):
    def add():
        return add_spell(citizen=mona, kind=kind, start=start, end=end, by=world.peter, at=now)

    if taken:
        assert add().pk
    else:
        with pytest.raises(ActionError):
            add()


def test_a_correction_needs_a_reason_that_stands_in_the_history(spell, world, now):
    with pytest.raises(ActionError):
        correct_spell(spell=spell, end=d(5), reason=" ", by=world.peter, at=now)
    fixed = correct_spell(spell=spell, end=d(5), reason="Besked fra ydelse", by=world.peter, at=now)
    assert (fixed.start, fixed.end) == (d(1), d(5))
    row = fixed.history.get()
    assert (row.pgh_label, row.pgh_context["reason"], row.pgh_context["user"]) == (
        "update",
        "Besked fra ydelse",
        world.peter.pk,
    )
    assert Event.objects.latest("pk").kind == "registers.spell_corrected"
    assert correct_spell(spell=spell, still_open=True, reason="Fortsat", by=world.peter, at=now).end is None


def test_a_period_that_never_was_is_removed_and_remembered(spell, world, now):
    remove_spell(spell=spell, reason="Anden person", by=world.peter, at=now)
    assert not Spell.objects.exists()
    old = Spell.history.rel.related_model.objects.get(pgh_label="delete")
    assert (old.kind, old.pgh_context["reason"]) == ("fleksjob", "Anden person")
    assert Event.objects.latest("pk").subject_id == spell.pk


def test_a_stranger_may_not_register_periods(mona, world, now):
    with pytest.raises(PermissionDenied):
        add_spell(citizen=mona, kind="fleksjob", start=d(1), end=None, by=world.nadia, at=now)
    with pytest.raises(PermissionDenied):
        approve_fleksjob(citizen=mona, approved_on=d(1), by=world.admin, at=now)


def test_an_approval_ends_before_the_next_begins(mona, world, now):
    first = approve_fleksjob(citizen=mona, approved_on=d(1), by=world.peter, at=now)
    with pytest.raises(ActionError):
        approve_fleksjob(citizen=mona, approved_on=d(6), by=world.peter, at=now)
    end_approval(approval=first, ended_on=d(6), reason="Ny vurdering", by=world.peter, at=now, version=1)
    with pytest.raises(StaleError):
        end_approval(approval=first, ended_on=d(7), reason="Ny vurdering", by=world.peter, at=now, version=1)
    second = approve_fleksjob(citizen=mona, approved_on=d(6), by=world.peter, at=now)
    assert list(FleksjobApproval.objects.values_list("pk", "ended_on")) == [(first.pk, d(6)), (second.pk, None)]
    with pytest.raises(ActionError):
        approve_fleksjob(citizen=mona, approved_on=d(12), by=world.peter, at=now)


def test_an_approval_cannot_end_before_it_began(mona, world, now):
    approval = approve_fleksjob(citizen=mona, approved_on=d(3), by=world.peter, at=now)
    with pytest.raises(ActionError):
        end_approval(approval=approval, ended_on=d(2), reason="Fejl", by=world.peter, at=now)


def test_overlaps_that_slipped_in_are_found(spell, mona, world, now):
    find = CHECKS["registers.overlapping_periods"]
    assert not find()
    values = {"municipality": world.municipality, "citizen": mona}
    Spell.objects.create(**values, kind="fleksjob", start=d(4), end=None)
    assert not find()
    last = Spell.objects.create(**values, kind="fleksjob", start=d(9), end=None)
    assert [row.start for row in find()] == [d(4)]
    last.delete()
    Spell.objects.create(**values, kind="fleksjob", start=d(3), end=d(4))
    assert [row.pk for row in find()] == [spell.pk]
    assert not CHECKS["registers.overlapping_approvals"]()
    assert not CHECKS["registers.file_left_behind"]()
