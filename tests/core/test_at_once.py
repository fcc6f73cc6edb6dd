"""Two people at the same time, on connections of their own: one effect each, and nobody's work is lost in silence."""

import datetime as dt
from decimal import Decimal

import pytest
from tests.factories import World
from tests.harness.threads import at_once

from jobformidler.casework import actions as casework
from jobformidler.casework.enums import ContactKind
from jobformidler.casework.models import Case
from jobformidler.core import db
from jobformidler.core.actions import ActionError, StaleError
from jobformidler.employers.actions import register_contact_person, register_workplace
from jobformidler.employers.enums import ContactLevel
from jobformidler.openings.actions import register_place
from jobformidler.placements import actions as placing
from jobformidler.placements.models import Placement

pytestmark = pytest.mark.slow


@pytest.fixture
def committed(own_database):
    """A municipality that is there for every connection."""
    with World() as world:
        pass
    return world


def inside(world, do):
    """A call for `at_once`: enter the municipality, wait for the others, act."""

    def call(ready):
        with db.enter(world.municipality, world.line, "at the same time"):
            ready()
            return do()

    return call


def open_case(world, citizen, now):
    return casework.open_case(
        citizen=citizen, unit=world.unit, jobformidler=world.line, caseworker=world.peter, by=world.peter, at=now
    )


def test_cases_opened_at_once_get_numbers_of_their_own(committed, now):
    with db.enter(committed.municipality, reason="test"):
        citizens = [committed.citizen(number=number) for number in range(1, 5)]
    made = at_once(*(inside(committed, lambda c=citizen: open_case(committed, c, now)) for citizen in citizens))
    assert sorted(case.number for case in made) == ["26-00001", "26-00002", "26-00003", "26-00004"]


def test_one_citizen_gets_one_case_however_many_open_it(committed, now):
    with db.enter(committed.municipality, reason="test"):
        citizen = committed.citizen()
    results = at_once(*[inside(committed, lambda: open_case(committed, citizen, now))] * 3)
    assert sum(isinstance(result, Case) for result in results) == 1
    assert sum(isinstance(result, ActionError) for result in results) == 2
    with db.enter(committed.municipality, reason="test"):
        assert Case.objects.count() == 1


def _agreement(world, number, place, now):
    case = open_case(world, world.citizen(number=number, email=f"mona{number}@example.test"), now)
    casework.register_contact(
        case=case,
        kind=ContactKind.FIRST_CONVERSATION,
        held_at=now,
        ordinary_hours_raised=True,
        next_step="Besøg trælasten",
        next_step_on=now.date() + dt.timedelta(days=2),
        by=world.line,
        at=now,
    )
    casework.start_plan(case=case, by=world.line, at=now)
    goal = casework.set_goal(case=case, letter="a", text="10 timer på lageret", by=world.line, at=now)
    casework.add_sub_goal(goal=goal, text="Tager imod leverancen", by=world.line, at=now)
    version = placing.new_agreement(
        case=case, workplace=place.workplace, opening=place, hours_discussed=True, by=world.line, at=now
    )
    return version.placement


def test_the_last_place_goes_to_one_of_two(committed, now, day):
    with db.enter(committed.municipality, reason="test"):
        workplace = register_workplace(
            cvr="99000023",
            p_number="9900000231",
            name="Fjordby Trælast",
            address="Havnevej 1",
            by=committed.nadia,
            at=now,
        )
        for name, level in (("Tora Gyvel", ContactLevel.DIRECTOR), ("Torben Enebær", ContactLevel.WORKPLACE_CONTACT)):
            register_contact_person(
                workplace=workplace, name=name, level=level, email="tora@example.test", by=committed.nadia, at=now
            )
        place = register_place(
            workplace=workplace,
            kind="internship",
            title="Lager",
            tasks="Tager imod varer",
            hours_min=Decimal(10),
            hours_max=Decimal(15),
            capacity=1,
            starts_on=day,
            paid_hours_expected=True,
            by=committed.nadia,
            at=now,
        )
        placements = [_agreement(committed, number, place, now) for number in (1, 2)]

    def send(placement):
        mine = Placement.objects.get(pk=placement.pk)
        return inside(committed, lambda: placing.send_for_signature(placement=mine, by=committed.line, at=now))

    with db.enter(committed.municipality, reason="test"):
        calls = [send(placement) for placement in placements]
    results = at_once(*calls)
    refused = [result for result in results if isinstance(result, ActionError)]
    assert len(refused) == 1, results
    assert sum(isinstance(result, list) for result in results) == 1, results
    with db.enter(committed.municipality, reason="test"):
        assert place.placements.taking_a_place().count() == 1


def test_of_two_saves_from_the_same_version_one_sees_both_values(committed, now):
    with db.enter(committed.municipality, reason="test"):
        case = open_case(committed, committed.citizen(), now)
        version = Case.objects.get(pk=case.pk).version
        mine, theirs = (Case.objects.get(pk=case.pk) for _ in range(2))

    def write(row, text):
        return inside(
            committed,
            lambda: casework.set_next_step(
                case=row, text=text, on=now.date(), version=version, by=committed.line, at=now
            ),
        )

    results = at_once(write(mine, "Ring til Mona"), write(theirs, "Besøg Mona"))
    stale = [result for result in results if isinstance(result, StaleError)]
    saved = [result for result in results if isinstance(result, Case)]
    assert (len(stale), len(saved)) == (1, 1), results
    assert stale[0].theirs["next_step"] == saved[0].next_step != stale[0].mine["next_step"]
    with db.enter(committed.municipality, reason="test"):
        assert Case.objects.get(pk=case.pk).next_step == saved[0].next_step
