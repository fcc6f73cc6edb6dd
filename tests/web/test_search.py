"""Search: only what the viewer may see, and nothing of it in an address."""

import logging

import pytest
from django.urls import reverse
from tests.factories import make_citizen, make_municipality

from jobformidler.accounts.models import Unit
from jobformidler.citizens.actions import relate
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import Citizen
from jobformidler.core import db as context
from jobformidler.employers.models import Employer, Workplace


@pytest.fixture
def mona(world, day):
    citizen = world.citizen("Mona Havtorn", 1)
    relate(citizen=citizen, kind=RelationKind.TEAM, unit=world.unit, since=day.replace(year=2026, month=1))
    return citizen


def ask(client, term, **more):
    return client.post(reverse("search"), {"q": term}, **more).content.decode()


@pytest.mark.parametrize("term", ["mona", "Havtorn", "hav mon", "711180-0001", "711180 0001", "7111800001"])
def test_a_citizen_is_found_by_name_and_by_the_whole_cpr_number(world, mona, client, term):
    client.force_login(world.line)
    assert "Mona Havtorn" in ask(client, term)


@pytest.mark.parametrize("term", ["mo", "711180", "7111800002", "%", "___", "'"])
def test_pieces_of_a_number_and_signs_find_nobody(world, mona, client, term):
    client.force_login(world.line)
    assert "Mona Havtorn" not in ask(client, term)


def test_a_case_number_finds_its_citizen(world, mona, client, day):
    mona.cases.create(
        municipality=world.municipality, number="26-00042", unit=world.unit, status_since=day, opened_on=day
    )
    client.force_login(world.line)
    page = ask(client, "26-00042")
    assert "Mona Havtorn" in page
    assert "26-00042" in page


def test_nobody_finds_a_citizen_without_a_relation(world, mona, client):
    other = Unit.objects.create(municipality=world.municipality, name="Team Skoven")
    stranger = world.citizen("Mona Engkarse", 2)
    Citizen.objects.filter(pk=stranger.pk).update(unit=other)
    client.force_login(world.line)
    assert "Engkarse" not in ask(client, "mona")
    for user in (world.admin, world.nadia):
        client.force_login(user)
        assert "Mona Havtorn" not in ask(client, "mona")
        assert "Mona Havtorn" not in ask(client, "7111800001")


def test_a_citizen_of_another_municipality_with_the_same_number_is_not_found(world, client):
    other = make_municipality(555, "Anden")
    with context.enter(other, reason="test"):
        make_citizen(other, "Mona Andetsted", 1)
    client.force_login(world.line)
    assert "Andetsted" not in ask(client, "7111800001")


def test_a_workplace_is_found_by_those_who_work_with_employers(world, client):
    employer = Employer.objects.create(cvr="99000023", name="Fjordby Trælast & Byg ApS")
    Workplace.objects.create(employer=employer, p_number="9900000001", name="Fjordby Trælast")
    client.force_login(world.nadia)
    for term in ("trælast", "9900000001", "99000023"):
        assert "Fjordby Trælast" in ask(client, term)
    client.force_login(world.admin)
    assert "Fjordby Trælast" not in ask(client, "trælast")


def test_the_term_is_read_from_the_post_alone(world, mona, client):
    client.force_login(world.line)
    page = client.get(reverse("search"), {"q": "mona"}).content.decode()
    assert "Mona Havtorn" not in page
    assert 'method="post"' in page


def test_a_cpr_number_is_written_neither_into_the_page_nor_into_a_log(world, mona, client, caplog):
    caplog.set_level(logging.DEBUG)
    client.force_login(world.line)
    page = ask(client, "711180-0001")
    assert "711180" not in page
    assert "711180" not in caplog.text


def test_when_nothing_is_found_the_page_says_what_to_write(world, client):
    client.force_login(world.line)
    assert 'class="empty"' in ask(client, "findes ikke")
