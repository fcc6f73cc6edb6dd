"""The caseload: one person one row, when we last talked, what comes next, and who has no case."""

# ruff: noqa: F811  the fixtures imported here are also names of arguments

import datetime as dt

import pytest
from django.urls import reverse
from tests.web.case_fixtures import as_line, asked, mona_case, stranger, the_day  # noqa: F401  fixtures

from jobformidler.casework import actions
from jobformidler.casework.enums import ContactKind
from jobformidler.citizens.actions import relate
from jobformidler.citizens.enums import RelationKind

pytestmark = pytest.mark.django_db


def talk(case, by, held_at, now, step="Start på CV'et", days=2):
    """A first conversation with a next step so many days from now."""
    actions.register_contact(
        case=case,
        kind=ContactKind.FIRST_CONVERSATION,
        held_at=held_at,
        ordinary_hours_raised=True,
        next_step=step,
        next_step_on=now.date() + dt.timedelta(days=days),
        by=by,
        at=now,
    )


def text(client, **query):
    return client.get(reverse("caseload"), query).content.decode()


def test_each_citizen_is_one_row_with_last_contact_and_next_step(as_line, world, mona_case, now):
    talk(mona_case, world.line, now - dt.timedelta(days=9), now)
    page = text(as_line)
    assert page.count("Mona Havtorn</a>") == 1
    assert "for 9\xa0dage siden" in page
    assert "onsdag 25.\xa0november" in page
    assert "Du har 1 borger" in page


def test_a_step_whose_day_has_passed_is_marked_as_late(as_line, world, mona_case, now):
    talk(mona_case, world.line, now - dt.timedelta(days=9), now, days=-1)
    assert '<strong class="late">i går</strong>' in text(as_line)


def test_the_form_of_the_row_opens_in_place_and_is_a_page_without_script(as_line, mona_case):
    page = text(as_line)
    address = reverse("case_conversation", args=[mona_case.pk])
    assert f'href="{address}?next=' in page
    assert f'hx-get="{address}?next=' in page
    inside = as_line.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in inside
    assert "<form" in inside
    assert "<html" in as_line.get(address).content.decode()


def test_a_colleague_of_the_unit_sees_the_case_among_the_teams_not_among_their_own(client, world, mona_case):
    client.force_login(world.ole)
    assert "Mona Havtorn" in text(client, vis="teamet")
    assert "Mona Havtorn" not in text(client, vis="mine")


def test_a_stranger_sees_neither_the_case_nor_the_citizen_without_one(client, stranger, world, mona_case):
    alone = world.citizen("Tove Mynte", 2)
    relate(citizen=alone, kind=RelationKind.TEAM, unit=world.unit, since=dt.date(2026, 1, 1))
    client.force_login(stranger)
    for view in ("mine", "teamet", "uden-jobformidler", "uden-sag"):
        page = text(client, vis=view)
        assert "Mona Havtorn" not in page
        assert "Tove Mynte" not in page


def test_only_those_who_work_on_cases_have_a_caseload(client, world):
    client.force_login(world.admin)
    assert client.get(reverse("caseload")).status_code == 403


def test_citizens_without_a_case_are_listed_with_the_step_that_opens_one(as_line, world, mona_case):
    alone = world.citizen("Tove Mynte", 2)
    relate(citizen=alone, kind=RelationKind.TEAM, unit=world.unit, since=dt.date(2026, 1, 1))
    page = text(as_line, vis="uden-sag")
    assert "1 borger har ingen sag" in page
    assert reverse("case_open", args=[alone.pk]) in page
    assert "Mona Havtorn" not in page


def test_a_citizen_without_a_case_is_counted_once_however_many_ties_the_viewer_has(as_line, world, mona_case):
    alone = world.citizen("Tove Mynte", 2)
    for kind, party in ((RelationKind.TEAM, {"unit": world.unit}), (RelationKind.COVER, {"user": world.line})):
        relate(citizen=alone, kind=kind, since=dt.date(2026, 1, 1), **party)
    assert as_line.get(reverse("caseload")).context["without_case"] == 1


def test_a_case_without_jobformidler_is_found_in_its_own_list(as_line, world, mona_case, now):
    actions.open_case(citizen=world.citizen("Tove Mynte", 2), unit=world.unit, by=world.line, at=now)
    page = text(as_line, vis="uden-jobformidler")
    assert "Tove Mynte" in page
    assert "Mangler jobformidler" in page
    assert "Mona Havtorn" not in page


def test_the_list_is_filtered_by_state_and_sorted_by_the_address(as_line, world, mona_case, now):
    later = actions.open_case(
        citizen=world.citizen("Tove Mynte", 2), unit=world.unit, jobformidler=world.line, by=world.line, at=now
    )
    talk(mona_case, world.line, now - dt.timedelta(days=2), now, days=9)
    talk(later, world.line, now - dt.timedelta(days=5), now, days=12)
    assert "Ingen passer til filteret" in text(as_line, tilstand="plan_made")
    by_step, by_contact = text(as_line), text(as_line, sort="kontakt")
    assert by_step.index("Mona Havtorn") < by_step.index("Tove Mynte")
    assert by_contact.index("Tove Mynte") < by_contact.index("Mona Havtorn")


def test_my_load_stands_against_the_limit(as_line, world, mona_case):
    world.municipality.caseload_limit_jobformidler = 30
    world.municipality.save()
    assert "Loftet er 30. Der er plads til 29 mere." in text(as_line)


def test_a_protected_address_is_nowhere_on_the_list(as_line, world, now, the_day):
    hidden = world.citizen("Karin Mosebølle", 3, address="Skjulvej 7", protected_address=True)
    actions.open_case(citizen=hidden, unit=world.unit, jobformidler=world.line, by=world.line, at=now)
    page = text(as_line)
    assert "Karin Mosebølle" in page
    assert "Skjulvej" not in page


def test_the_number_of_questions_to_the_database_does_not_grow_with_the_list(as_line, world, mona_case, now, asked):
    for number in range(2, 9):
        case = actions.open_case(
            citizen=world.citizen(f"Borger Nummer{number}", number),
            unit=world.unit,
            jobformidler=world.line,
            by=world.line,
            at=now,
        )
        talk(case, world.line, now - dt.timedelta(days=number), now)
    assert asked(lambda: as_line.get(reverse("caseload"))) <= 12
    assert asked(lambda: as_line.get(reverse("caseload"), {"vis": "teamet"})) <= 12
    assert asked(lambda: as_line.get(reverse("caseload"), {"vis": "uden-sag"})) <= 12
