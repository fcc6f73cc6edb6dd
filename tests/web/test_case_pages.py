"""The pages of a case: what they say, who may open them, and what they ask the database."""

# ruff: noqa: F811  the fixtures imported here are also names of arguments

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from tests.placements.conftest import (  # noqa: F401  fixtures
    FIRST_DAY,
    case,
    draft,
    moment,
    opening,
    placement,
    report,
    running,
    sign,
    workplace,
)
from tests.web.case_fixtures import as_line, asked, mona_case, stranger, the_day  # noqa: F401  fixtures

from jobformidler.casework import actions
from jobformidler.citizens.models import AccessLog
from jobformidler.core import clock
from jobformidler.core.actions import together
from jobformidler.registers.models import FleksjobApproval, Spell

pytestmark = pytest.mark.django_db

TABS = (
    "case",
    "case_timeline",
    "case_cv",
    "case_plan",
    "case_placements",
    "case_people",
    "case_rights",
    "case_documents",
    "case_card",
)
FORMS = (
    "case_resources",
    "case_activity",
    "case_edit",
    "case_rhythm",
    "case_meeting_holder",
    "case_next_step",
    "case_close",
    "case_assign",
    "case_cover",
)


def text(client, name, *args, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
@together()
def later(monkeypatch, running, moment, report, world):
    """Six weeks into Mona's placement, two of them with paid hours."""
    for week, paid in enumerate((0, 0, 0, 2, 2)):
        report(running, week, Decimal(paid))
    monkeypatch.setattr(clock, "now", lambda: moment(5))
    return running


def test_the_head_says_state_tandem_and_what_is_missing(as_line, mona_case):
    page = text(as_line, "case", mona_case.pk)
    assert "<h1>Mona Havtorn</h1>" in page
    assert "Har fået jobformidler 23.\xa0november" in page
    assert "Line Askeløv og Peter Havreholm" in page
    assert "Ikke fundet endnu" in page


def test_the_five_verbs_stand_under_register(as_line, mona_case):
    page = text(as_line, "case", mona_case.pk)
    menu = page[page.index("Registrér<") : page.index("</details>", page.index("Registrér<"))]
    assert [word for word in ("Samtale", "Kontakt", "Forløb", "Timer", "Notat") if f">{word}<" in menu] == [
        "Samtale",
        "Kontakt",
        "Forløb",
        "Timer",
        "Notat",
    ]


def test_before_any_hours_the_page_says_what_comes_first(as_line, world, mona_case, now):
    assert "Det begynder med den første samtale." in text(as_line, "case", mona_case.pk)
    actions.register_contact(
        case=mona_case,
        kind="first_conversation",
        held_at=now,
        ordinary_hours_raised=True,
        next_step="CV",
        next_step_on=now.date(),
        by=world.line,
        at=now,
    )
    page = text(as_line, "case", mona_case.pk)
    assert "Ingen timer endnu." in page
    assert "Find en plads" in page


def test_with_a_placement_the_ladder_and_the_workplace_are_there(as_line, later):
    page = text(as_line, "case", later.case_id)
    assert "figure-block" in page
    assert "Fjordby Trælast" in page
    assert "10 timer på lageret" in page
    assert "Start efter kl. 9" in page
    assert "Kun vi ser denne tekst" in page


def test_what_waits_stands_first_with_its_step(as_line, world, mona_case, now):
    row = actions.receive_enquiry(
        case=mona_case, sender="citizen", sender_name="Mona", text="Hej", received_at=now, by=None, at=now
    )
    page = text(as_line, "case", mona_case.pk)
    assert page.index("Det venter på jer") < page.index("Vejen til ordinære timer")
    assert reverse("enquiry_answer", args=[row.pk]) in page


def test_a_protected_address_is_said_to_be_protected_and_not_shown(as_line, world, now, the_day):
    hidden = world.citizen("Karin Mosebølle", 3, address="Skjulvej 7", city="Fjordby", protected_address=True)
    opened = actions.open_case(citizen=hidden, unit=world.unit, jobformidler=world.line, by=world.line, at=now)
    page = text(as_line, "case", opened.pk)
    assert "Beskyttet adresse" in page
    assert "Skjulvej" not in page


def test_the_timeline_is_filtered_in_the_address_and_leads_to_older_entries(as_line, world, mona_case, now):
    for number in range(35):
        actions.write_note(case=mona_case, text=f"Notat {number}", by=world.line, at=now + dt.timedelta(minutes=number))
    page = text(as_line, "case_timeline", mona_case.pk, slags="note")
    assert "Notat 34" in page
    assert "Notat 0<" not in page
    older = page[page.index('rel="next" href="') + 17 :].split('"')[0].replace("&amp;", "&")
    second = as_line.get(reverse("case_timeline", args=[mona_case.pk]) + older).content.decode()
    assert "Notat 0" in second
    assert "Der er ikke sket noget af den slags endnu." in text(as_line, "case_timeline", mona_case.pk, slags="hours")


def test_the_people_page_shows_the_tandem_the_roles_and_who_has_looked(as_line, world, mona_case):
    text(as_line, "case_people", mona_case.pk)
    page = text(as_line, "case_people", mona_case.pk)
    assert page.count("Jobformidleren har også denne rolle.") == 2
    assert "Mona har mødt 1 jobformidler." in page
    assert world.line.email in page
    assert "Team Havnen" in page
    assert "Line Askeløv" in page[page.index("Hvem har kigget") :]


def test_each_view_of_a_page_is_in_the_access_log(as_line, world, mona_case):
    for name in TABS:
        text(as_line, name, mona_case.pk)
    assert AccessLog.objects.filter(citizen=mona_case.citizen, user=world.line).count() == len(TABS)


def test_rights_shows_what_is_registered_and_how_to_complain(as_line, world, mona_case, day):
    Spell.objects.create(
        municipality=world.municipality,
        citizen=mona_case.citizen,
        kind="ledighedsydelse",
        start=dt.date(2025, 9, 1),
        end=dt.date(2026, 3, 1),
    )
    FleksjobApproval.objects.create(
        municipality=world.municipality, citizen=mona_case.citizen, approved_on=dt.date(2025, 9, 1)
    )
    page = text(as_line, "case_rights", mona_case.pk)
    assert "<td>28.2.2026</td>" in page
    assert "Siden 1.\xa0september 2025" in page
    assert "Frister beregnes, når et regelsæt er slået til." in page
    assert "Sådan klager borgeren" in page


def test_the_placements_page_counts_from_day_one(as_line, later):
    page = text(as_line, "case_placements", later.case_id)
    assert "Fjordby Trælast" in page
    assert "7\xa0dage til den første dag i et virksomhedsforløb." in page


def test_documents_lists_versions_and_what_is_to_be_transferred(as_line, later):
    page = text(as_line, "case_documents", later.case_id)
    assert "Aftale med Fjordby Trælast, version 1" in page
    assert "Første samtale 23.11.2026" in page


def test_the_card_has_the_direct_number_and_the_promise(as_line, world, mona_case):
    page = text(as_line, "case_card", mona_case.pk)
    assert world.line.phone in page
    assert world.line.email in page
    assert "Du får svar inden 24 timer." in page


@pytest.mark.parametrize("name", ["case", "case_plan", "case_cv", "case_appointment", "case_conversation"])
def test_every_form_on_a_page_carries_its_token(as_line, later, name):
    page = text(as_line, name, later.case_id)
    forms = [part.split("</form>")[0] for part in page.split("<form")[1:]]
    posting = [form for form in forms if 'method="post"' in form]
    assert len(posting) > 1
    assert all("csrfmiddlewaretoken" in form for form in posting)


@pytest.mark.parametrize("name", [*TABS, *FORMS])
def test_a_stranger_gets_404_on_every_page(client, stranger, mona_case, name):
    client.force_login(stranger)
    assert client.get(reverse(name, args=[mona_case.pk])).status_code == 404


def test_an_employer_consultant_of_the_unit_sees_no_case(client, world, mona_case):
    client.force_login(world.nadia)
    assert client.get(reverse("case", args=[mona_case.pk])).status_code == 404


@pytest.mark.parametrize("name", [name for name in (*TABS, *FORMS) if name != "case_timeline"])
def test_no_page_asks_the_database_more_than_fifteen_times(as_line, later, asked, name):
    assert asked(lambda: as_line.get(reverse(name, args=[later.case_id]))) <= 15


def test_the_timeline_asks_no_more_for_more_entries(as_line, world, later, asked, moment):
    page = reverse("case_timeline", args=[later.case_id])
    before = asked(lambda: as_line.get(page))
    for number in range(10):
        actions.write_note(case=later.case, text=f"Notat {number}", by=world.line, at=moment(5))
    assert asked(lambda: as_line.get(page)) <= before
    assert before <= 15
