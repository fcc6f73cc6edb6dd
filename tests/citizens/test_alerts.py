"""Unusual looks: which rule finds which, once, and how they are dealt with."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import make_user

from jobformidler.accounts.actions import deactivate
from jobformidler.accounts.enums import Role
from jobformidler.citizens import actions
from jobformidler.citizens.access_enums import AlertKind, AlertState, Outcome
from jobformidler.citizens.looks import Look
from jobformidler.citizens.models import AccessAlert, StaffHome
from jobformidler.citizens.watch import rows_of
from jobformidler.core.actions import ActionError


@pytest.fixture
def vibeke(world):
    return make_user(world.municipality, "Vibeke Strandmalurt", Role.SECURITY_OFFICER)


def look(world, user, citizen, at, relation="jobformidler", *, refused=False):
    found = Look(world.municipality.pk, citizen.pk, "now", relation, refused=refused)
    actions.log_looks(looks=[found], user=user, at=at, outcome=Outcome.SHOWN)


def found(world, now):
    new = actions.find_alerts(municipality=world.municipality, since=now - dt.timedelta(hours=9), at=now)
    return new, set(AccessAlert.objects.values_list("kind", flat=True))


def test_an_ordinary_look_is_not_unusual(world, now):
    look(world, world.line, world.citizen(), now - dt.timedelta(hours=1))
    assert found(world, now) == (0, set())


def test_the_same_surname_is_told_once_and_explained_by_its_rows(world, now):
    namesake = world.citizen("Grete Askeløv", 2)
    look(world, world.line, namesake, now - dt.timedelta(hours=2))
    look(world, world.line, namesake, now - dt.timedelta(hours=1))
    assert found(world, now) == (1, {AlertKind.SURNAME})
    assert found(world, now)[0] == 0
    alert = AccessAlert.objects.get()
    assert (alert.count, rows_of(alert).count()) == (2, 2)


def test_the_same_address_is_found_where_the_employees_own_is_registered(world, vibeke, now, drain):
    neighbour = world.citizen("Grete Gyvel", 2, address="Havnegade 4, 1. th.", postal_code="9990")
    look(world, world.line, neighbour, now - dt.timedelta(hours=1))
    assert found(world, now)[1] == set()
    actions.protect_staff(
        municipality=world.municipality,
        user=world.line,
        name_hidden=False,
        address="havnegade 4 1 th",
        postal_code="9990",
        by=vibeke,
        at=now,
    )
    assert found(world, now)[1] == {AlertKind.ADDRESS}
    deactivate(user=world.line, municipality=world.municipality, by=world.admin, at=now)
    drain()
    assert not StaffHome.objects.exists()


def test_a_look_without_a_relation_is_told_refused_or_in_an_emergency(world, now):
    look(world, world.line, world.citizen(number=2), now - dt.timedelta(hours=1), "", refused=True)
    look(world, world.peter, world.citizen(number=3), now - dt.timedelta(hours=1), "break_glass")
    assert found(world, now) == (2, {AlertKind.NO_RELATION})


def test_many_different_citizens_in_an_hour_and_in_a_day_are_told_with_the_limit(world, vibeke, now):
    actions.change_policy(
        municipality=world.municipality, volume_hour=2, volume_day=3, emergency_hours=8, by=vibeke, at=now
    )
    for number in range(4):
        citizen = world.citizen(number=number + 10)
        look(world, world.line, citizen, now - dt.timedelta(hours=1, minutes=number))
        look(world, world.line, citizen, now - dt.timedelta(hours=1))
    assert found(world, now)[1] == {AlertKind.VOLUME_HOUR, AlertKind.VOLUME_DAY}
    day = AccessAlert.objects.get(kind=AlertKind.VOLUME_DAY)
    assert (day.count, day.limit, day.citizen) == (4, 3, None)


def test_an_alert_is_dealt_with_by_the_security_officer_with_a_note(world, vibeke, now):
    look(world, world.line, world.citizen("Grete Askeløv", 2), now - dt.timedelta(hours=1))
    found(world, now)
    alert = AccessAlert.objects.get()
    with pytest.raises(PermissionDenied):
        actions.handle_alert(alert=alert, state=AlertState.JUSTIFIED, note="ok", by=world.ole, at=now)
    with pytest.raises(ActionError):
        actions.handle_alert(alert=alert, state=AlertState.JUSTIFIED, note=" ", by=vibeke, at=now)
    actions.handle_alert(alert=alert, state=AlertState.JUSTIFIED, note="Ikke i familie.", by=vibeke, at=now)
    alert.refresh_from_db()
    assert (alert.state, alert.handled_by) == (AlertState.JUSTIFIED, vibeke)
    assert found(world, now)[0] == 0
    assert AccessAlert.objects.get().state == AlertState.JUSTIFIED


def test_a_new_look_after_it_was_dealt_with_opens_the_alert_again(world, vibeke, now):
    citizen = world.citizen("Grete Askeløv", 2)
    look(world, world.line, citizen, now - dt.timedelta(hours=2))
    found(world, now)
    actions.handle_alert(
        alert=AccessAlert.objects.get(),
        state=AlertState.JUSTIFIED,
        note="Ikke i familie.",
        by=vibeke,
        at=now - dt.timedelta(minutes=90),
    )
    look(world, world.line, citizen, now - dt.timedelta(minutes=10))
    found(world, now)
    assert AccessAlert.objects.get().state == AlertState.OPEN


def test_nobody_deals_with_an_alert_about_themselves(world, vibeke, now):
    look(world, vibeke, world.citizen("Grete Strandmalurt", 2), now - dt.timedelta(hours=1))
    found(world, now)
    alert = AccessAlert.objects.get(kind=AlertKind.SURNAME)
    with pytest.raises(PermissionDenied):
        actions.handle_alert(alert=alert, state=AlertState.JUSTIFIED, note="Mig selv.", by=vibeke, at=now)
