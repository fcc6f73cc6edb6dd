"""What the requirements say about citizens, seen as their users meet it."""

import datetime as dt

import pytest
from django.urls import reverse
from tests.ingest.conftest import read, table  # noqa: F401  fixtures
from tests.matching.conftest import case_of, meet, place, workplace  # noqa: F401  fixtures
from tests.web.case_fixtures import answer, the_day  # noqa: F401  fixtures

from jobformidler.casework import actions as casework
from jobformidler.casework.enums import CaseStatus, ContactKind
from jobformidler.casework.models import Case, Contact
from jobformidler.citizens.actions import add_ability, add_consideration
from jobformidler.citizens.enums import Ability, ConsiderationCategory
from jobformidler.citizens.models import Citizen
from jobformidler.core import lists

pytestmark = pytest.mark.django_db

# ruff: noqa: F811  the fixtures imported here are also names of arguments


def test_a_citizen_on_any_benefit_comes_with_the_file_and_gets_a_jobformidler(world, client, table, read, the_day):
    benefits = [code for code, _label in lists.choices("benefit")]
    assert len(benefits) == 9
    rows = [f"71118{n:01d}-0001;Borger{n};Test;;;;;;;{code};;Team Havnen;" for n, code in enumerate(benefits)]
    assert read("citizens", table("citizens", *rows))["inserted"] == len(benefits)
    client.force_login(world.line)
    for citizen in Citizen.objects.all():
        answer(client, "case_open", citizen.pk)
    assert {case.citizen.benefit for case in Case.objects.of_user(world.line, the_day.date())} == set(benefits)


def test_considerations_of_all_four_kinds_and_what_one_can_and_cannot_do_stand_on_the_match(
    world, client, case_of, meet, place, now, the_day
):
    case = case_of()
    meet(case)
    said = {"working_time": "Højst tre timer", "culture": "Ro", "location": "Tæt på havnen", "other": "Egen nøgle"}
    for category, words in said.items():
        add_consideration(citizen=case.citizen, category=category, text=words, importance="most", by=world.line, at=now)
    for ability, words in ((Ability.CAN, "vaske op"), (Ability.WANTS, "passe planter"), (Ability.CANNOT, "køre bil")):
        add_ability(citizen=case.citizen, ability=ability, text=words, by=world.line, at=now)
    place()
    client.force_login(world.line)
    page = client.get(reverse("place_match", args=[case.pk])).content.decode().lower()
    assert [words for words in said.values() if words.lower() not in page] == []
    assert len(ConsiderationCategory.choices) == 4
    assert [words for words in ("vaske op", "passe planter", "køre bil") if words not in page] == []


def test_after_the_job_the_lifeline_takes_messages_and_logs_contacts(world, client, case_of, meet, now, the_day):
    case = case_of()
    meet(case)
    casework.close_case(case=case, outcome="ordinary_job", note="Fast på lageret", by=world.line, at=now)
    case.refresh_from_db()
    assert case.status == CaseStatus.AFTERCARE
    assert case.aftercare_until == now.date() + dt.timedelta(days=world.municipality.aftercare_days)
    client.force_login(world.line)
    answer(client, "case_contact", case.pk, agreements="Jonas ringede om ferie")
    assert Contact.objects.filter(case=case, kind=ContactKind.CONTACT).count() == 1
    asked = casework.receive_enquiry(
        case=case, sender="citizen", sender_name="Jonas", text="Må jeg spørge?", received_at=now, by=None, at=now
    )
    page = client.get(reverse("enquiry_answer", args=[asked.pk]))
    assert "Må jeg spørge?" in page.content.decode()


def test_while_line_is_away_a_colleague_goes_on_from_the_case_page_alone(world, client, case_of, meet, now, the_day):
    from tests.factories import make_user

    from jobformidler.accounts.enums import Role

    case = case_of()
    meet(case)
    casework.write_note(case=case, text="Jonas vil gerne vise skiltene frem", by=world.line, at=now)
    colleague = make_user(world.municipality, "Omar Bregne", Role.JOBFORMIDLER, unit=world.unit)
    client.force_login(colleague)
    assert "Jonas vil gerne vise skiltene frem" in client.get(reverse("case_timeline", args=[case.pk])).content.decode()
    answer(client, "case_contact", case.pk, agreements="Aftalt at ses fredag")
    assert Contact.objects.get(case=case, kind=ContactKind.CONTACT).by == colleague
