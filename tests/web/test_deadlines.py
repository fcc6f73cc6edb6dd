"""Deadlines and the clock's page: who is near a date, why, and what to do about it."""

import datetime as dt

import pytest
from django.urls import reverse

from jobformidler.casework import actions as casework
from jobformidler.casework import attention
from jobformidler.casework.models import Case
from jobformidler.core import clock
from jobformidler.registers import actions
from jobformidler.registers.models import Guidance, ReferralDecision, ReferralRequest

D = dt.date


@pytest.fixture
def rules(world, now, drain):
    actions.choose_rules(
        municipality=world.municipality, family="fleksjob-clocks", chosen="fleksjob-2007", by=world.admin, at=now
    )
    drain()


@pytest.fixture
def peter(client, world, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    client.force_login(world.peter)
    return client


def read(response):
    """The page as one reads it."""
    return response.content.decode().replace("\xa0", " ")


def made(world, now, name, number, approved, *spells):
    """A citizen with a case of Peter's, approved on a day, with these periods (kind, first day, day after the last)."""
    citizen = world.citizen(name, number)
    case = casework.open_case(
        citizen=citizen, unit=world.unit, jobformidler=world.line, caseworker=world.peter, by=world.peter, at=now
    )
    actions.approve_fleksjob(citizen=citizen, approved_on=approved, by=world.peter, at=now)
    for kind, start, end in spells:
        actions.add_spell(citizen=citizen, kind=kind, start=start, end=end, by=world.peter, at=now)
    return case


@pytest.fixture
def sofie(world, now, rules):
    return made(
        world,
        now,
        "Sofie Engkarse",
        1,
        D(2025, 9, 1),
        ("ledighedsydelse", D(2025, 9, 1), D(2025, 12, 1)),
        ("maternity", D(2025, 12, 1), D(2026, 8, 1)),
        ("ledighedsydelse", D(2026, 8, 1), None),
    )


@pytest.fixture
def karin(world, now, rules):
    return made(world, now, "Karin Katteurt", 2, D(2025, 11, 1), ("ledighedsydelse", D(2025, 11, 1), None))


def test_the_list_says_who_has_been_unemployed_for_a_year_and_what_the_law_wants(peter, karin):
    page = read(peter.get(reverse("deadlines")))
    assert "Karin havde været ledig i 1 år den 1. november 2026" in page
    assert "Vurdér rådighed; er betingelserne opfyldt, skal kommunen henvise." in page
    assert "historisk regelsæt" in page


def test_an_assessed_or_referred_citizen_leaves_the_list(peter, world, now, karin):
    actions.decide_referral(citizens=[karin.citizen], basis="duty", decided_on=now.date(), by=world.peter, at=now)
    assert "Karin" not in read(peter.get(reverse("deadlines"), {"frist": "overskredet"}))


def test_a_right_that_has_arisen_stands_under_its_own_group(peter, sofie):
    page = read(peter.get(reverse("deadlines"), {"frist": "ret"}))
    assert "Retten opstod 30. oktober 2026. Sofie har ikke bedt om henvisning." in page


def test_the_clocks_page_explains_in_one_sentence(peter, sofie):
    page = read(peter.get(reverse("case_clock", args=[sofie.pk])))
    sentence = (
        "Retten opstod 30. oktober 2026, fordi Sofie har fået ledighedsydelse i 181 dage efter godkendelsen"
        " 1. september 2025."
    )
    assert sentence in page
    assert "243 dage tæller ikke" in page
    assert "2. maj 2027" in page


def test_a_citizen_without_a_right_is_never_told_a_bare_no(peter, world, now, rules):
    case = made(world, now, "Ida Star", 3, D(2025, 1, 1), ("ledighedsydelse", D(2025, 4, 2), D(2025, 11, 1)))
    page = read(peter.get(reverse("case_clock", args=[case.pk])))
    assert "Efter ordlyden er retten ikke opstået. Kommunen kan henvise alligevel." in page
    assert "2. oktober 2025" in page


def test_request_guidance_and_referral_are_registered_from_the_page(peter, sofie):
    day = {"way": "talk"}
    peter.post(reverse("case_ask_referral", args=[sofie.pk]), {"asked_on": "2026-11-03", **day})
    peter.post(reverse("case_guidance", args=[sofie.pk]), {"given_on": "2026-08-12", "about": "right", **day})
    peter.post(reverse("case_refer", args=[sofie.pk]), {"decided_on": "2026-11-23", "basis": "right"})
    assert (ReferralRequest.objects.count(), Guidance.objects.count(), ReferralDecision.objects.count()) == (1, 1, 1)
    page = read(peter.get(reverse("case_clock", args=[sofie.pk])))
    assert "Sofie bad om henvisning i en samtale 3. november" in page


def test_a_jobformidler_does_not_decide_on_referral(client, world, now, sofie, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    client.force_login(world.line)
    response = client.post(reverse("case_refer", args=[sofie.pk]), {"decided_on": "2026-11-23", "basis": "right"})
    assert response.status_code == 403
    assert not ReferralDecision.objects.exists()


def test_several_are_referred_at_once_on_one_ground(peter, sofie, karin):
    page = read(peter.get(reverse("refer_many"), {"case": [sofie.pk, karin.pk]}))
    assert "Sofie Engkarse" in page
    assert "Karin Katteurt" in page
    body = {"case": [sofie.pk, karin.pk], "basis": "own", "decided_on": "2026-11-23", "reason": "Nyt hold starter"}
    body["no_hearing_reason"] = "Talte om det på holdmødet"
    peter.post(reverse("refer_many"), body)
    assert ReferralDecision.objects.filter(basis="own").count() == 2


def test_contact_meetings_are_due_three_months_after_the_last(peter, world, now, sofie):
    casework.register_contact(
        case=sofie,
        kind="first_conversation",
        held_at=now - dt.timedelta(days=85),
        ordinary_hours_raised=True,
        participants=[
            casework.Person(part="citizen", name="Sofie"),
            casework.Person(part="caseworker", name="Peter", user=world.peter),
        ],
        next_step="Ringe",
        next_step_on=now.date() + dt.timedelta(days=3),
        by=world.line,
        at=now,
    )
    Case.objects.filter(pk=sofie.pk).update(opened_on=now.date() - dt.timedelta(days=90))
    attention.rebuild(now.date())
    page = read(peter.get(reverse("deadlines"), {"frist": "kontaktsamtale"}))
    assert "Den seneste kontaktsamtale blev holdt 30. august af kommunens sagsbehandler." in page


def test_without_rules_the_list_says_that_none_are_chosen(peter):
    page = read(peter.get(reverse("deadlines")))
    assert "Der er ikke slået et regelsæt til" in page


def test_what_if_names_those_whose_dates_change(peter, world, now, rules):
    made(world, now, "Ida Star", 3, D(2025, 1, 1), ("ledighedsydelse", D(2025, 4, 2), None))
    asked = {"rule_set": "fleksjob-2007", "window": "rolling"}
    page = read(peter.get(reverse("rules_what_if"), asked))
    assert "1 borger af 1 ville få en anden dato." in page
    assert "2.10.2025" in page
    file = peter.get(reverse("rules_what_if"), {**asked, "format": "csv"})
    assert file["Content-Type"].startswith("text/csv")
    assert "Ida" not in file.content.decode()
    assert "historisk regelsæt" in file.content.decode("utf-8-sig")


def test_what_if_is_asked_for_another_day_or_other_numbers_and_says_when_nothing_changes(peter, world, now, rules):
    made(world, now, "Ida Star", 3, D(2025, 1, 1), ("ledighedsydelse", D(2025, 4, 2), None))
    asked = {"rule_set": "fleksjob-2007", "hos": "teamet"}
    assert "0 borgere af 1 ville få en anden dato." in read(peter.get(reverse("rules_what_if"), asked))
    page = read(peter.get(reverse("rules_what_if"), {**asked, "duty_months": "9"}))
    assert "2.1.2026" in page
    before = {**asked, "window": "rolling", "on": "2024-12-01"}
    assert "0 borgere af 1" in read(peter.get(reverse("rules_what_if"), before))


def test_the_administrator_asks_for_the_whole_municipality_and_gets_numbers_alone(
    client, world, now, rules, monkeypatch
):
    monkeypatch.setattr(clock, "now", lambda: now)
    made(world, now, "Ida Star", 3, D(2025, 1, 1), ("ledighedsydelse", D(2025, 4, 2), None))
    client.force_login(world.admin)
    page = read(client.get(reverse("rules_what_if"), {"rule_set": "fleksjob-2007", "window": "rolling"}))
    assert "1 borger af 1 ville få en anden dato." in page
    assert "Ida" not in page


def test_the_administrator_chooses_the_rules(client, world, now, drain, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    client.force_login(world.admin)
    client.post(reverse("rules_set", args=["ret-og-pligt", "fleksjob-2007"]), {"window": "rolling", "gap_days": "0"})
    chosen = world.municipality.rulechoice_set.get()
    assert (chosen.rule_set, chosen.parameters["window"]) == ("fleksjob-2007", "rolling")


def test_the_list_and_the_page_ask_the_database_a_bounded_number_of_times(peter, sofie, karin, assert_queries):
    with assert_queries("deadlines"):
        peter.get(reverse("deadlines"))
    with assert_queries("case_clock"):
        peter.get(reverse("case_clock", args=[sofie.pk]))
