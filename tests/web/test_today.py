"""Today: who needs me, why, and the form that answers it."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from tests.factories import make_user

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Unit
from jobformidler.casework import actions
from jobformidler.casework.enums import ContactKind, Part
from jobformidler.casework.models import Case
from jobformidler.core import clock


@pytest.fixture(autouse=True)
def monday(monkeypatch, day):
    """Every page is opened at nine o'clock on the same Monday."""
    monkeypatch.setattr(clock, "now", lambda: clock.at_time(day, 9))
    monkeypatch.setattr(clock, "today", lambda: day)


@pytest.fixture
def opened(world, day):
    """Open cases some days ago: opened("Bent Rørskov", 2) with Line and Peter."""
    count = iter(range(1, 1000))

    def make(name, days=20, jobformidler="line", **values):
        at = clock.at_time(day - dt.timedelta(days=days), 9)
        holder = getattr(world, jobformidler) if jobformidler else None
        return actions.open_case(
            citizen=world.citizen(name, next(count)),
            unit=world.unit,
            by=world.peter,
            at=at,
            jobformidler=holder,
            caseworker=world.peter,
            **values,
        )

    return make


def wrote(case, day, *, hours=0, text="Chefen spørger, om jeg kan tage 15 timer."):
    """The citizen wrote on Friday at 14.10."""
    at = clock.at_time(day - dt.timedelta(days=3), 14, 10) + dt.timedelta(hours=hours)
    return actions.receive_enquiry(
        case=case,
        sender=Part.CITIZEN,
        sender_name=case.citizen.full_name,
        text=text,
        received_at=at,
        by=None,
        at=at,
    )


def first_conversation(case, world, day, *, days, step="Skriv CV", step_in=5):
    at = clock.at_time(day - dt.timedelta(days=days), 10)
    actions.register_contact(
        case=case,
        kind=ContactKind.FIRST_CONVERSATION,
        held_at=at,
        by=world.line,
        at=at,
        participants=[
            actions.Person(Part.JOBFORMIDLER, world.line.name, world.line),
            actions.Person(Part.CASEWORKER, world.peter.name, world.peter),
            actions.Person(Part.CITIZEN, case.citizen.full_name),
        ],
        ordinary_hours_raised=True,
        next_step=step,
        next_step_on=day + dt.timedelta(days=step_in),
    )


def page_of(client, user, **query):
    client.force_login(user)
    response = client.get(reverse("today"), query)
    assert response.status_code == 200
    return response.content.decode()


def heading(page):
    return " ".join(re.sub(r"<[^>]+>", " ", re.search(r"<h1.*?</h1>", page, re.DOTALL).group()).split())


def test_the_heading_counts_the_people_who_wait_and_the_promise_comes_first(world, client, opened, day):
    jonas = opened("Jonas Klitrose")
    first_conversation(jonas, world, day, days=9)
    bent = opened("Bent Rørskov")
    first_conversation(bent, world, day, days=1)
    wrote(bent, day)
    page = page_of(client, world.line)
    assert heading(page).startswith("2 ")
    assert page.index("Bent Rørskov") < page.index("Jonas Klitrose")
    assert "Chefen spørger, om jeg kan tage 15 timer." in page
    assert "14.10" in page
    main = page[page.index("<main") : page.index("</main>")]
    assert main.count("button-primary") == 1


def test_one_person_is_one_row_and_further_reasons_follow_with_their_own_step(world, client, opened, day):
    bent = opened("Bent Rørskov")
    first_conversation(bent, world, day, days=9)
    wrote(bent, day)
    page = page_of(client, world.line)
    assert page.count(f'id="sag-{bent.pk}"') == 1
    assert page.count('class="also"') >= 1
    assert reverse("case_contact", args=[bent.pk]) in page


def test_the_step_opens_the_form_in_the_row_and_is_a_link_without_script(world, client, opened, day):
    bent = opened("Bent Rørskov")
    enquiry = wrote(bent, day)
    page = page_of(client, world.line)
    url = reverse("enquiry_answer", args=[enquiry.pk])
    assert f'href="{url}?next=/i-dag/"' in page
    assert f'hx-get="{url}?next=/i-dag/"' in page
    assert client.get(f"{url}?next=/i-dag/").status_code == 200
    fragment = client.get(f"{url}?next=/i-dag/", headers={"HX-Request": "true"}).content.decode()
    assert "<form" in fragment
    assert "<html" not in fragment


def test_an_answered_promise_leaves_the_list(world, client, opened, day, now):
    bent = opened("Bent Rørskov")
    first_conversation(bent, world, day, days=1)
    enquiry = wrote(bent, day)
    assert "Chefen" in page_of(client, world.line)
    actions.answer_enquiry(enquiry=enquiry, answer="Ja.", by=world.line, at=now)
    assert "Chefen" not in page_of(client, world.line)


def test_the_words_of_a_long_message_are_cut_between_words_and_never_run(world, client, opened, day):
    bent = opened("Bent Rørskov")
    wrote(bent, day, text="<script>alert(1)</script> " + "meget " * 60)
    page = page_of(client, world.line)
    assert "<script>alert" not in page
    assert "meget …" in page


def test_everybody_else_stands_below_by_next_step(world, client, opened, day):
    later, sooner = opened("Ida Timiankær"), opened("Hassan Lyngfrø")
    for case, away in ((later, 6), (sooner, 2)):
        actions.register_contact(
            case=case,
            kind=ContactKind.CONTACT,
            held_at=clock.at_time(day, 8),
            by=world.line,
            at=clock.at_time(day, 8),
            participants=[actions.Person(Part.CITIZEN, case.citizen.full_name)],
            next_step="Besøg",
            next_step_on=day + dt.timedelta(days=away),
        )
        at = clock.at_time(day + dt.timedelta(days=1), 10)
        actions.plan_appointment(
            case=case,
            kind=ContactKind.FIRST_CONVERSATION,
            when=at,
            what="Samtale",
            by=world.line,
            at=clock.at_time(day, 8),
            users=[world.line, world.peter],
        )
    page = page_of(client, world.line)
    table = page.split("<tbody>")[1]
    assert table.index("Hassan") < table.index("Ida")
    assert reverse("caseload") in page


def test_an_empty_day_says_so_and_offers_the_team(world, client):
    page = page_of(client, world.line)
    assert 'class="empty"' in page
    assert "?hos=teamet" in page


def test_a_colleagues_people_are_not_on_my_list_but_on_the_teams_and_on_the_colleagues(world, client, opened, day):
    world.omar = make_user(world.municipality, "Omar Bregne", Role.JOBFORMIDLER, unit=world.unit)
    bent = opened("Bent Rørskov", jobformidler="omar")
    wrote(bent, day)
    assert "Bent" not in page_of(client, world.line)
    for whose in ("teamet", str(world.omar.pk)):
        page = page_of(client, world.line, hos=whose)
        assert "Bent Rørskov" in page
        assert "Omar" in page


def test_a_citizen_without_jobformidler_is_on_the_teams_list(world, client, opened):
    opened("Grete Sumpkogle", jobformidler=None)
    assert "Grete" not in page_of(client, world.line)
    assert "Grete Sumpkogle" in page_of(client, world.ole)
    assert "Grete Sumpkogle" in page_of(client, world.line, hos="teamet")


def test_another_units_people_are_on_nobodys_list_here(world, client, opened, day):
    elsewhere = Unit.objects.create(municipality=world.municipality, name="Team Byen")
    sara = make_user(world.municipality, "Sara Fremmed", Role.JOBFORMIDLER, unit=elsewhere)
    wrote(opened("Bent Rørskov"), day)
    for query in ({}, {"hos": "teamet"}, {"hos": str(world.line.pk)}):
        assert "Bent" not in page_of(client, sara, **query)


def test_the_list_can_be_narrowed_to_one_kind_of_reason(world, client, opened, day):
    jonas, bent = opened("Jonas Klitrose"), opened("Bent Rørskov")
    first_conversation(jonas, world, day, days=9)
    wrote(bent, day)
    page = page_of(client, world.line, grund="no_contact")
    assert "Jonas Klitrose" in page
    assert "Bent Rørskov" not in page


def test_the_filters_stand_above_the_list_whether_it_is_mine_or_narrowed(world, client, opened, day):
    jonas = opened("Jonas Klitrose")
    first_conversation(jonas, world, day, days=9)
    for narrowed in ({}, {"grund": "no_contact"}):
        page = page_of(client, world.line, **narrowed)
        assert page.index('class="filters"') < page.index('class="work-group"')


def test_a_caseworker_sees_what_waits_for_the_caseworker(world, client, opened, day):
    bent = opened("Bent Rørskov")
    actions.add_promise(
        case=bent, what="Svar om ydelsen", owner=world.peter, due_on=day, by=world.peter, at=clock.at_time(day, 8)
    )
    assert "Svar om ydelsen" in page_of(client, world.peter)
    assert "Svar om ydelsen" not in page_of(client, world.line)


def test_my_day_holds_my_appointments_of_today_in_their_order(world, client, opened, day):
    bent = opened("Bent Rørskov")
    for hour, what in ((13, "Besøg"), (9, "Samtale")):
        actions.plan_appointment(
            case=bent,
            kind=ContactKind.CONVERSATION,
            when=clock.at_time(day, hour, 30),
            what=what,
            by=world.line,
            at=clock.at_time(day, 8),
            users=[world.line],
        )
    aside = page_of(client, world.line).split("<aside")[1]
    assert aside.index("9.30") < aside.index("13.30")
    assert "Bent Rørskov" in aside


def test_the_caseload_stands_against_the_limit_without_a_norm(world, client, opened):
    opened("Bent Rørskov")
    assert 'class="meter"' not in page_of(client, world.line)
    world.municipality.caseload_limit_jobformidler = 30
    world.municipality.save()
    page = page_of(client, world.line)
    assert 'class="meter"' in page
    assert "29" in page


@pytest.mark.parametrize("query", [{}, {"hos": "teamet"}])
def test_fifty_citizens_cost_no_more_than_fifteen_queries(
    world, client, opened, day, query, django_assert_max_num_queries
):
    for number in range(50):
        case = opened(f"Borger{number} Test")
        if number % 3 == 0:
            wrote(case, day)
        elif number % 3 == 1:
            first_conversation(case, world, day, days=9)
    page_of(client, world.line, **query)
    with django_assert_max_num_queries(15):
        page = client.get(reverse("today"), query).content.decode()
    assert heading(page).startswith("50 ")
    assert Case.objects.count() == 50


@pytest.mark.parametrize("name", ["today", "calendar", "today_hours", "tasks"])
def test_roles_that_do_not_work_on_cases_do_not_get_in(world, client, name):
    for user in (world.nadia, world.admin):
        client.force_login(user)
        assert client.get(reverse(name)).status_code == 403


def test_the_calendar_shows_a_week_and_the_address_names_it(world, client, opened, day):
    bent = opened("Bent Rørskov")
    actions.plan_appointment(
        case=bent,
        kind=ContactKind.CONVERSATION,
        when=clock.at_time(day + dt.timedelta(days=8), 10),
        what="Samtale hjemme",
        by=world.line,
        at=clock.at_time(day, 8),
        users=[world.line],
    )
    client.force_login(world.line)
    this = client.get(reverse("calendar")).content.decode()
    assert "Samtale hjemme" not in this
    assert "?uge=2026-49" in this
    following = client.get(reverse("calendar"), {"uge": "2026-49"}).content.decode()
    assert "Samtale hjemme" in following
    assert "Bent Rørskov" in following


@pytest.mark.parametrize("week", ["2026-99", "x", "9999999-1", "-", "2026-53-1"])
def test_a_week_that_does_not_exist_is_this_week(world, client, week):
    client.force_login(world.line)
    assert "48" in client.get(reverse("calendar"), {"uge": week}).content.decode()


def test_the_calendar_of_the_team_shows_what_colleagues_have_planned(
    world, client, opened, day, django_assert_max_num_queries
):
    for number in range(12):
        actions.plan_appointment(
            case=opened(f"Borger{number} Test"),
            kind=ContactKind.CONVERSATION,
            when=clock.at_time(day, 10),
            what="Samtale",
            by=world.peter,
            at=clock.at_time(day, 8),
            users=[world.peter],
            without_jobformidler_reason="Det handler om ydelsen",
        )
    client.force_login(world.line)
    assert "Borger3" not in client.get(reverse("calendar")).content.decode()
    with django_assert_max_num_queries(15):
        page = client.get(reverse("calendar"), {"hos": "teamet"}).content.decode()
    assert "Borger3" in page
    assert "Peter" in page
