"""The caseload: one person one row, who needs me and the next step."""

import datetime as dt

import pytest
from django.urls import reverse

from jobformidler.casework import actions
from jobformidler.casework.enums import ContactKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def mona(world, day, now, the_day):
    return actions.open_case(
        citizen=world.citizen(), unit=world.unit, jobformidler=world.line, caseworker=world.peter, by=world.line, at=now
    )


@pytest.fixture
def the_day(monkeypatch, now):
    from jobformidler.core import clock

    monkeypatch.setattr(clock, "now", lambda: now)


def test_a_jobformidler_sees_each_citizen_once_with_last_contact_and_next_step(client, world, mona, now, day):
    actions.register_contact(
        case=mona,
        kind=ContactKind.FIRST_CONVERSATION,
        held_at=now - dt.timedelta(days=9),
        ordinary_hours_raised=True,
        next_step="Start på CV'et",
        next_step_on=day + dt.timedelta(days=2),
        by=world.line,
        at=now,
    )
    client.force_login(world.line)
    page = client.get(reverse("caseload")).content.decode()
    assert page.count("Mona Havtorn</a>") == 1
    assert "for 9\xa0dage siden" in page
