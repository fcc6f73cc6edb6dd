"""Registering people, and who may see and write."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import World, make_user

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Unit
from jobformidler.citizens import actions
from jobformidler.citizens.models import AccessLog, Citizen, Relation
from jobformidler.citizens.perms import may_write
from jobformidler.core.actions import ActionError, StaleError
from jobformidler.core.crypto import keyed_hash


@pytest.fixture
def karin(world, now):
    """Karin, registered in the team by Peter."""
    return actions.register_citizen(
        cpr="711180-0005",
        birth_date=dt.date(1974, 11, 11),
        first_name="Karin",
        last_name="Mosebølle",
        unit=world.unit,
        by=world.peter,
        at=now,
        benefit="ledighedsydelse",
    )


def test_a_registered_citizen_is_found_by_the_team_and_by_nobody_else(world, karin, now):
    elsewhere = Unit.objects.create(municipality=world.municipality, name="Team Byen")
    stranger = make_user(world.municipality, "Sara Fremmed", Role.JOBFORMIDLER, unit=elsewhere)
    assert karin in Citizen.objects.visible_to(world.viewer(world.line))
    assert karin in Citizen.objects.visible_to(world.viewer(world.ole))
    for user in (stranger, world.admin, world.nadia):
        assert karin not in Citizen.objects.visible_to(world.viewer(user))


def test_the_cpr_number_is_kept_as_ciphertext_and_found_by_its_hash(karin):
    assert Citizen.objects.get(cpr_hash=keyed_hash("7111800005")).cpr == "7111800005"


def test_a_person_is_registered_once_in_a_municipality(world, karin, now):
    with pytest.raises(ActionError) as error:
        actions.register_citizen(
            cpr="7111800005",
            birth_date=dt.date(1974, 11, 11),
            first_name="Karin",
            last_name="M",
            unit=world.unit,
            by=world.peter,
            at=now,
        )
    assert error.value.messages


@pytest.mark.parametrize("cpr", ["310299-1234", "abc", "123"])
def test_an_impossible_cpr_number_is_refused_without_repeating_it(world, now, cpr):
    with pytest.raises(ActionError) as error:
        actions.register_citizen(cpr=cpr, first_name="A", last_name="B", unit=world.unit, by=world.peter, at=now)
    assert "cpr" in error.value.message_dict
    assert cpr not in str(error.value)


def test_a_replacement_number_does_not_tell_the_date_of_birth(world, now):
    with pytest.raises(ActionError) as error:
        actions.register_citizen(
            cpr="711180-0009", first_name="A", last_name="B", unit=world.unit, by=world.peter, at=now
        )
    assert "birth_date" in error.value.message_dict


def test_basic_data_are_edited_with_a_version_check(world, karin, now):
    seen = karin.version
    actions.edit_citizen(citizen=karin, version=seen, by=world.line, at=now, phone="00000005")
    with pytest.raises(StaleError):
        actions.edit_citizen(citizen=karin, version=seen, by=world.peter, at=now, phone="00000006")
    with pytest.raises(TypeError):
        actions.edit_citizen(citizen=karin, version=None, by=world.line, at=now, cpr="7111800006")


def test_who_has_no_relation_writes_nothing(world, karin, now, day):
    for user in (world.admin, world.nadia):
        assert not may_write(user, karin, day)
        with pytest.raises(PermissionDenied):
            actions.edit_citizen(citizen=karin, version=None, by=user, at=now, phone="00000005")


def test_a_relation_that_has_ended_gives_nothing(world, karin, day, now):
    mine = actions.relate(citizen=karin, kind="mentor", user=world.nadia, since=day)
    assert may_write(world.nadia, karin, day)
    actions.end_relation(relation=mine, on=day + dt.timedelta(days=1))
    assert may_write(world.nadia, karin, day)
    assert not may_write(world.nadia, karin, day + dt.timedelta(days=1))


def test_a_relation_has_exactly_one_party(world, karin, day):
    with pytest.raises(ActionError):
        actions.relate(citizen=karin, kind="team", since=day)
    with pytest.raises(ActionError):
        actions.relate(citizen=karin, kind="team", since=day, user=world.line, unit=world.unit)


def test_a_view_is_logged_with_the_relation_it_rests_on(world, karin, now):
    actions.log_access(citizen=karin, viewer=world.viewer(world.line), page="case", at=now)
    row = AccessLog.objects.get()
    assert (row.user, row.page, row.relation) == (world.line, "case", "team")


def test_another_municipality_sees_nothing_of_a_citizen(world, karin):
    number = karin.pk
    with World(998, "Nabo Kommune") as neighbour:
        assert not Citizen.objects.filter(pk=number).exists()
        assert not Relation.objects.filter(citizen_id=number).exists()
        assert not Citizen.objects.visible_to(neighbour.viewer(neighbour.line)).exists()
