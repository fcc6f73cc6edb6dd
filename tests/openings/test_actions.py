"""Places and the tasks in them."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from jobformidler.core.actions import ActionError, StaleError
from jobformidler.core.models import Event
from jobformidler.core.rebuild import CHECKS
from jobformidler.employers.actions import register_contact_person, register_workplace
from jobformidler.employers.enums import ContactLevel
from jobformidler.openings import actions
from jobformidler.openings.models import Place


@pytest.fixture
def yard(world, now):
    """A workplace in the register."""
    return register_workplace(cvr="99000023", p_number="9900000001", name="Fjordby Trælast", by=world.nadia, at=now)


@pytest.fixture
def make(world, now, day, yard):
    """Registers places in the yard."""

    def register(**values):
        return actions.register_place(
            **{
                "workplace": yard,
                "kind": "internship",
                "title": "Prisskilte og varer",
                "hours_min": 5,
                "hours_max": 10,
                "starts_on": day,
                "by": world.nadia,
                "at": now,
            }
            | values
        )

    return register


def test_a_place_is_confirmed_on_the_day_it_is_registered(make, day):
    assert make().confirmed_on == day
    assert Event.objects.get(kind="place.registered").payload == {"title": "Prisskilte og varer"}


@pytest.mark.parametrize(
    "wrong", [{"hours_min": 12}, {"hours_max": 40}, {"capacity": 0}, {"ends_on": dt.date(2026, 11, 1)}]
)
def test_nonsense_is_refused_in_words(make, wrong):
    with pytest.raises(ActionError) as error:
        make(**wrong)
    assert error.value.messages


def test_the_same_place_is_refused_twice(make):
    make()
    with pytest.raises(ActionError, match=r"already registered|allerede"):
        make()


def test_a_contact_person_of_another_workplace_is_refused(make, world, now):
    other = register_workplace(cvr="99000058", p_number="9900000002", name="Solkrogen", by=world.nadia, at=now)
    birte = register_contact_person(
        workplace=other, name="Birte Vejbred", level=ContactLevel.DEPARTMENT, by=world.nadia, at=now
    )
    with pytest.raises(ActionError):
        make(contact=birte)


def test_an_edit_from_an_old_version_changes_nothing(make, world, now):
    place = make()
    actions.edit_place(place=place, version=1, capacity=2, by=world.line, at=now)
    with pytest.raises(StaleError) as error:
        actions.edit_place(place=place, version=1, capacity=3, by=world.nadia, at=now)
    assert error.value.theirs == {"capacity": 2}
    assert Place.objects.get().capacity == 2


def test_a_stale_place_is_fresh_again_once_confirmed(make, world, now, day):
    place = make(confirmed_on=day - dt.timedelta(70))
    assert list(Place.objects.stale_on(day, 60)) == [place]
    actions.confirm_place(place=place, by=world.line, at=now)
    assert not Place.objects.stale_on(day, 60).exists()


def test_a_closed_place_is_not_open_and_cannot_be_changed(make, world, now, day):
    place = make()
    actions.close_place(place=place, on=day, by=world.nadia, at=now)
    assert not Place.objects.open_on(day).exists()
    with pytest.raises(ActionError):
        actions.edit_place(place=place, version=None, capacity=2, by=world.nadia, at=now)
    with pytest.raises(ActionError):
        actions.confirm_place(place=place, by=world.nadia, at=now)


def test_a_task_that_can_become_paid_hours_has_hours_competence_and_condition(make, world, now):
    place = make()
    task = actions.add_task(
        place=place, text="Skiltekørsel", weekly_hours=4, competence="Truckkort", pay_condition="Når den kan alene",
        by=world.nadia, at=now,
    )  # fmt: skip
    actions.edit_task(task=task, version=1, weekly_hours=5, by=world.nadia, at=now)
    assert list(place.task_list.values_list("text", "weekly_hours")) == [("Skiltekørsel", 5)]
    actions.remove_task(task=task, by=world.nadia, at=now)
    assert not place.task_list.exists()


def test_an_administrator_cannot_register_places(make, world):
    with pytest.raises(PermissionDenied):
        make(by=world.admin)


def test_the_checks_find_a_place_whose_contact_person_has_left(make, world, now, yard):
    torben = register_contact_person(workplace=yard, name="Torben", level=ContactLevel.FOREMAN, by=world.nadia, at=now)
    place = make(contact=torben)
    assert not list(CHECKS["openings.contact_has_left"]())
    torben.active = False
    torben.save()
    assert list(CHECKS["openings.contact_has_left"]()) == [place]
    for find in (name for name in CHECKS if name.startswith("openings.")):
        list(CHECKS[find]())
