"""Rules on the screens: chosen with dates and reasons, shown with their banner where people need them."""

# ruff: noqa: F811  the fixtures imported here are also names of arguments

import datetime as dt
import re

import pytest
from django.urls import reverse
from tests.web.placement_fixtures import (  # noqa: F401  fixtures
    at,
    case,
    draft,
    line,
    moment,
    opening,
    placement,
    report,
    running,
    sign,
    text,
    workplace,
)

from jobformidler.casework import actions as casework
from jobformidler.casework.models import Exemption
from jobformidler.placements import actions as placements
from jobformidler.registers import actions
from jobformidler.registers.models import RuleChoice

D = dt.date
LENGTH = "Varighed af virksomhedspraktik juli 2026 · ikke efterprøvet"
PLACES = "Rimelighedskrav · ikke efterprøvet"


@pytest.fixture
def choose(world, now, drain):
    """Switch a family on."""

    def run(family, chosen, **values):
        values.setdefault("reason", "Prøve")
        actions.choose_rules(
            municipality=world.municipality, family=family, chosen=chosen, by=world.admin, at=now, **values
        )
        drain()

    return run


@pytest.fixture
def admin(client, world, at):
    client.force_login(world.admin)
    return client


def get(client, name, *args, **query):
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return text(response).replace("\xa0", " ").replace("&nbsp;", " ")


def test_the_overview_says_what_holds_today_and_that_the_rest_is_off(admin):
    page = get(admin, "rules")
    assert "Kontaktforløb 2007, så længe intet andet er valgt." in page
    assert page.count("Slået fra.") == 5


def test_an_interval_is_chosen_with_day_holder_and_reason_and_stands_in_the_history(admin, drain):
    page = get(admin, "rules_set", "kontaktsamtaler", "contact-2007")
    assert "historisk regelsæt" in page
    sent = {"since": "2026-11-23", "holder": "jobformidler", "interval_months": "2", "first_months": "3"}
    answer = admin.post(reverse("rules_set", args=["kontaktsamtaler", "contact-2007"]), sent)
    assert "Skriv" in text(answer)
    admin.post(reverse("rules_set", args=["kontaktsamtaler", "contact-2007"]), {**sent, "reason": "Byrådet 12/10"})
    row = RuleChoice.objects.get()
    assert (row.parameters, row.holder, row.reason) == ({"interval_months": 2}, "jobformidler", "Byrådet 12/10")
    page = get(admin, "rules_family", "kontaktsamtaler")
    assert "Kontaktforløb 2007, siden 23. november 2026." in page
    assert "Anna Tagrør" in page
    admin.post(reverse("rules_off", args=["kontaktsamtaler"]), {"since": "2026-12-01", "version": row.version})
    assert RuleChoice.objects.get().period.upper == D(2026, 12, 1)
    stale = admin.post(
        reverse("rules_set", args=["kontaktsamtaler", "contact-2026-07"]),
        {"since": "2026-12-01", "holder": "provider", "version": "99"},
    )
    assert "En anden har valgt" in text(stale)


def test_a_table_of_numbers_is_asked_group_by_group(admin, drain):
    sent = {"since": "2026-07-01", "weeks-dagpenge": "6", "reason": "Aftalt", "old_cases_stay": "on"}
    admin.post(reverse("rules_set", args=["praktik", "internship-2026-07"]), sent)
    row = RuleChoice.objects.get()
    assert row.parameters["weeks"]["dagpenge"] == 6
    assert row.old_cases_stay
    assert "Dagpenge 6" in get(admin, "rules_family", "praktik")


def test_strangers_to_the_family_are_not_found(admin):
    for args in (("praktik", "contact-2007"), ("intet", "contact-2007")):
        assert admin.get(reverse("rules_set", args=args)).status_code == 404
    assert admin.get(reverse("rules_family", args=["intet"])).status_code == 404


def test_list_case_and_work_list_say_the_same_day_and_holder(client, world, at, now, case, choose):
    choose("contact", "contact-2007", parameters={"first_months": 1, "interval_months": 1}, holder="jobformidler")
    casework.agree_meeting_holder(case=case, holder="caseworker", by=world.peter, at=now)
    client.force_login(world.peter)
    at(now + dt.timedelta(days=18))
    page = get(client, "deadlines", frist="kontaktsamtale")
    assert "Kontaktforløb 2007 · historisk regelsæt" in page
    assert "Den næste holdes af kommunens sagsbehandler." in page
    assert re.search(r"12 ?dage til", page)
    assert "Kontaktsamtale senest onsdag 23. december." in get(client, "case", case.pk)
    assert "Kontaktsamtale med Mona senest 23. december" in get(client, "today")


def test_who_holds_the_meetings_of_a_case_is_chosen_on_its_page(client, world, at, case):
    client.force_login(world.peter)
    url = reverse("case_meeting_holder", args=[case.pk])
    assert "Som kommunen har valgt" in text(client.get(url))
    client.post(url, {"holder": "provider", "version": case.version})
    assert "Den næste holdes af den anden aktør." in get(client, "case", case.pk)


def test_a_conversation_says_who_held_it_as_a_contact_meeting(line, case, now):
    sent = {
        "day": "2026-11-23",
        "time": "08:30",
        "channel": "meeting",
        "initiator": "jobformidler",
        "people": ["citizen", str(case.assignments.get(role="jobformidler").user_id)],
        "hours": "yes",
        "meeting": "provider",
    }
    line.post(reverse("case_conversation", args=[case.pk]), sent)
    assert case.contacts.get(kind="conversation").meeting_holder == "provider"


def test_an_internship_longer_than_the_rules_warns_on_the_agreement_and_never_stops_it(line, world, now, draft, choose):
    url = reverse("agreement", args=[draft.placement_id])
    begin = ("placement_new", draft.placement.case_id)
    assert "Længere end reglerne" not in text(line.get(url))
    citizen = draft.placement.case.citizen
    citizen.benefit = "dagpenge"
    citizen.save()
    choose("internships", "internship-2026-07", since=D(2026, 7, 1))
    page = text(line.get(url)).replace("\xa0", " ")
    assert (
        "Længere end reglerne tillader: på dagpenge varer en praktik højst 4 uger, her til 27. december 2026." in page
    )
    assert LENGTH in page
    assert "På dagpenge varer en praktik højst 4 uger." in get(line, *begin)
    placements.change_agreement(version=draft, field="last_on", value="2026-12-27", by=world.line, at=now)
    assert "Længere end reglerne" not in text(line.get(url))


def test_an_extension_says_how_long_the_internship_may_last(line, world, now, running, choose):
    citizen = running.case.citizen
    citizen.benefit = "ledighedsydelse"
    citizen.save()
    choose("internships", "internship-2026-07", since=D(2026, 7, 1))
    page = get(line, "placement_end", running.pk, maade="forlaeng")
    assert "Efter reglerne kan praktikken vare til" in page
    assert LENGTH in page


def test_a_full_workplace_is_told_where_a_placement_is_begun_and_on_its_agreement(
    line, world, now, draft, running_elsewhere, choose
):
    choose("workplaces", "workplace-ratio-2020", since=D(2026, 1, 1))
    page = get(line, "agreement", draft.placement_id)
    assert "Ingen plads efter rimelighedskravet: 1 plads, 1 optaget." in page
    assert PLACES in page
    page = get(line, "placement_new", draft.placement.case_id)
    assert "Ingen plads efter rimelighedskravet" in page
    assert PLACES in page
    assert "Ingen plads efter rimelighedskravet" in get(line, "workplace", draft.placement.workplace_id)


@pytest.fixture
def running_elsewhere(world, now, draft):
    """Somebody else has an agreement out with the same workplace, which has four employees."""
    workplace = draft.placement.workplace
    workplace.employees = 4
    workplace.save()
    other = casework.open_case(
        citizen=world.citizen("Jonas Klitrose", 2),
        unit=world.unit,
        jobformidler=world.line,
        caseworker=world.peter,
        by=world.line,
        at=now,
    )
    casework.register_contact(
        case=other, kind="first_conversation", held_at=now, ordinary_hours_raised=True, next_step="Besøg",
        next_step_on=now.date() + dt.timedelta(days=2), by=world.line, at=now,
    )  # fmt: skip
    made = placements.propose(case=other, workplace=workplace, by=world.line, at=now)
    type(made).objects.filter(pk=made.pk).update(status="awaiting_signature")
    return made


def test_courses_that_may_not_begin_are_told_in_the_case_and_old_ones_go_on(line, case, choose):
    citizen = case.citizen
    citizen.benefit, citizen.benefit_from = "ressourceforloeb", D(2026, 9, 1)
    citizen.save()
    choose("courses", "courses-2013", since=D(2013, 1, 1))
    choose("courses", "courses-2026-07", since=D(2026, 7, 1))
    assert "Efter disse regler begynder der ikke nye forløb: Ressourceforløb" in get(line, "case_rights", case.pk)
    citizen.benefit_from = D(2025, 3, 1)
    citizen.save()
    assert "fortsætter efter de hidtidige regler" in get(line, "case_rights", case.pk)


@pytest.fixture
def group(world, now):
    """Three on ledighedsydelse and one outside: opened today, one with a talk."""
    made = []
    for number, benefit in enumerate(["ledighedsydelse"] * 3 + ["sygedagpenge"], 11):
        made.append(
            casework.open_case(
                citizen=world.citizen(f"Borger{number} Test", number, benefit=benefit),
                unit=world.unit,
                jobformidler=world.line,
                caseworker=world.peter,
                by=world.line,
                at=now - dt.timedelta(days=20),
            )
        )
    casework.register_contact(
        case=made[0], kind="first_conversation", held_at=now - dt.timedelta(days=3), ordinary_hours_raised=True,
        next_step="Ringe", next_step_on=now.date(), by=world.line, at=now,
    )  # fmt: skip
    return made


def test_every_number_of_the_target_group_opens_its_cases(client, world, at, group, choose, assert_queries):
    client.force_login(world.ole)
    assert "ikke slået til" in get(client, "target_group")
    choose("shares", "population-2026-07", since=D(2026, 7, 1))
    page = get(client, "target_group")
    assert "75-procentsreglen juli 2026 · ikke efterprøvet" in page
    assert "1 af 3 nået; 3 skal nås (75 procent). 2 mangler." in page
    assert "Borger11" not in page
    assert "Borger12" in page
    assert "Borger11" in get(client, "target_group", om="samtaler", hvem="naaet")
    assert "Borger14" in get(client, "target_group", om="tilbud", hvem="udenfor")
    assert "Ingen er i målgruppen" in get(client, "target_group", periode="afsluttet")
    with assert_queries("target_group"):
        client.get(reverse("target_group"))


def test_the_caseworker_exempts_with_a_reason_and_takes_it_back(client, world, at, now, group, choose):
    choose("shares", "population-2026-07", since=D(2026, 7, 1))
    client.force_login(world.peter)
    url = reverse("case_exempt", args=[group[1].pk])
    client.post(url, {"about": "talks", "decided_on": "2026-11-23", "reason": ""})
    assert not Exemption.objects.exists()
    client.post(url, {"about": "talks", "decided_on": "2026-11-23", "reason": "Indlagt, kommer hjem i januar"})
    page = get(client, "target_group", om="samtaler", hvem="undtaget")
    assert "Indlagt, kommer hjem i januar" in page
    casework.withdraw(row=Exemption.objects.get(), reason="Hjemme nu", by=world.peter, at=now)
    assert "Borger12" in get(client, "target_group", om="samtaler", hvem="mangler")
    client.force_login(world.line)
    refused = client.post(url, {"about": "talks", "decided_on": "2026-11-23", "reason": "Indlagt"})
    assert refused.status_code == 403
