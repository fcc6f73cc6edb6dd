"""Workplaces, places and a case to match."""

import datetime as dt

import pytest

from jobformidler.casework.actions import open_case
from jobformidler.casework.actions.contacts import Person, register_contact
from jobformidler.employers.actions import register_contact_person, register_workplace
from jobformidler.employers.enums import ContactLevel
from jobformidler.openings.actions import register_place


@pytest.fixture
def workplace(world, now):
    """Makes workplaces in the register."""
    made = []

    def make(name="Havnens Hotel", city="Fjordby", postal_code="9990", contact=True):
        row = register_workplace(
            cvr="99000163", p_number=f"99{len(made):08d}", name=name, city=city, postal_code=postal_code,
            by=world.nadia, at=now,
        )  # fmt: skip
        made.append(row)
        row.boss = contact and register_contact_person(
            workplace=row, name="Birte Vejbred", level=ContactLevel.DEPARTMENT, by=world.nadia, at=now
        )
        return row

    return make


@pytest.fixture
def place(world, now, day, workplace):
    """Makes places, each at a workplace of its own unless one is given."""

    def make(title="Linnedlager", at_workplace=None, **values):
        where = at_workplace or workplace(name=f"{title} ApS")
        return register_place(
            **{
                "workplace": where, "kind": "internship", "title": title, "hours_min": 5, "hours_max": 15,
                "starts_on": day - dt.timedelta(30), "contact": where.boss or None, "by": world.nadia, "at": now,
            }
            | values
        )  # fmt: skip

    return make


@pytest.fixture
def case_of(world, now):
    """Makes cases of new citizens with the tandem Line and Peter."""
    made = []

    def make(name="Jonas Klitrose", opened=now, **values):
        citizen = world.citizen(name, number=len(made) + 1, **({"city": "Fjordby", "postal_code": "9990"} | values))
        made.append(citizen)
        return open_case(
            citizen=citizen, unit=world.unit, jobformidler=world.line, caseworker=world.peter, by=world.line, at=opened
        )

    return make


@pytest.fixture
def meet(world, now, day):
    """Registers the first conversation of a case."""

    def held(case):
        people = [Person("jobformidler", "Line", world.line), Person("citizen", case.citizen.full_name)]
        return register_contact(
            case=case, kind="first_conversation", held_at=now, by=world.line, at=now, participants=people,
            ordinary_hours_raised=True, next_step="CV", next_step_on=day + dt.timedelta(3),
        )  # fmt: skip

    return held
