"""A case with its tandem, and a short way to hold the first conversation."""

import datetime as dt

import pytest

from jobformidler.casework import actions
from jobformidler.casework.enums import ContactKind, Part
from jobformidler.core import clock


@pytest.fixture
def case(world, now):
    """Mona's case, opened this morning, with Line and Peter."""
    return actions.open_case(
        citizen=world.citizen(email="mona@example.test"),
        unit=world.unit,
        by=world.peter,
        at=now,
        jobformidler=world.line,
        caseworker=world.peter,
    )


@pytest.fixture
def hold_first(world, now, case, day):
    """Hold the first conversation with both of the tandem, ten minutes after the case was opened."""

    def hold(at: dt.datetime = now + dt.timedelta(minutes=10), **values):
        given = {
            "case": case,
            "kind": ContactKind.FIRST_CONVERSATION,
            "held_at": at,
            "by": world.line,
            "at": at,
            "participants": [
                actions.Person(Part.JOBFORMIDLER, world.line.name, world.line),
                actions.Person(Part.CASEWORKER, world.peter.name, world.peter),
                actions.Person(Part.CITIZEN, "Mona Havtorn"),
            ],
            "ordinary_hours_raised": True,
            "next_step": "Skriv CV sammen",
            "next_step_on": day + dt.timedelta(days=3),
        }
        return actions.register_contact(**(given | values))

    return hold


@pytest.fixture
def later(now):
    """A moment so many days (and hours) after this morning."""

    def moment(days: int = 0, hours: int = 0) -> dt.datetime:
        return clock.at_time(clock.local_date(now) + dt.timedelta(days=days), 9 + hours)

    return moment
