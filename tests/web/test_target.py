"""The lists of the target group, the page of a case, and the municipality's words."""

import datetime as dt

import pytest
from django.urls import reverse

from jobformidler.casework import actions as casework
from jobformidler.casework.models import GroupNote, PensionQuestion, Review
from jobformidler.core import clock
from jobformidler.registers import actions
from jobformidler.registers.models import ReferralDecision
from jobformidler.steering.models import EmploymentPlan

D = dt.date


@pytest.fixture
def peter(client, world, now, monkeypatch, drain):
    monkeypatch.setattr(clock, "now", lambda: now)
    actions.choose_rules(
        municipality=world.municipality, family="fleksjob-clocks", chosen="fleksjob-2007", by=world.admin, at=now
    )
    drain()
    client.force_login(world.peter)
    return client


@pytest.fixture
def made(world, now):
    """Makes a case of somebody on ledighedsydelse since a day, in a group."""

    def run(name, number, since, group=""):
        citizen = world.citizen(name, number)
        case = casework.open_case(
            citizen=citizen, unit=world.unit, jobformidler=world.line, caseworker=world.peter, by=world.peter, at=now
        )
        actions.approve_fleksjob(citizen=citizen, approved_on=since, by=world.peter, at=now)
        actions.add_spell(citizen=citizen, kind="ledighedsydelse", start=since, end=None, by=world.peter, at=now)
        if group:
            casework.note_group(case=case, group=group, since=now.date(), by=world.peter, at=now)
        return case

    return run


@pytest.fixture
def three(peter, made):
    return [
        made("Ida Star", 1, D(2026, 10, 1), "1"),
        made("Bo Lærke", 2, D(2026, 4, 1), "2a"),
        made("Karin Katteurt", 3, D(2025, 6, 1), "3"),
    ]


def read(response):
    """The page as one reads it."""
    return response.content.decode().replace("\xa0", " ")


def names(response):
    """Who stands on the list."""
    return [row["name"] for row in response.context["rows"]]


def test_every_number_opens_its_list_and_they_add_up(peter, three):
    page = peter.get(reverse("unemployed"))
    assert [one["value"] for one in page.context["lengths"]] == ["1", "1", "1"]
    assert "3 borgere på ledighedsydelse" in read(page)
    assert "historisk regelsæt" in read(page)
    listed = [names(peter.get(reverse("unemployed") + one["url"])) for one in page.context["lengths"]]
    assert listed == [["Ida Star"], ["Bo Lærke"], ["Karin Katteurt"]]


def test_a_group_shows_its_focus_and_a_referral_begins_from_it_with_its_legal_basis(peter, three):
    page = peter.get(reverse("unemployed"), {"gruppe": "2a"})
    assert names(page) == ["Bo Lærke"]
    assert "Fokus på at lære mere" in read(page)
    chosen = peter.get(reverse("refer_many"), {"case": [three[1].pk]})
    assert "Bo Lærke" in read(chosen)
    body = {"case": [three[1].pk], "basis": "own", "decided_on": "2026-11-23", "reason": "Opkvalificering"}
    peter.post(reverse("refer_many"), {**body, "legal_basis": "LAB § 4", "no_hearing_reason": "Talt om på mødet"})
    assert ReferralDecision.objects.get().citizen == three[1].citizen
    assert "Hjemmel: LAB § 4." in read(peter.get(reverse("case_clock", args=[three[1].pk])))


@pytest.mark.parametrize("who", ["line", "ole"])
def test_without_authority_the_third_group_does_not_exist(client, world, peter, three, who):
    client.force_login(getattr(world, who))
    page = client.get(reverse("unemployed"))
    assert "Afklaring af forsørgelse" not in read(page)
    assert len(names(client.get(reverse("unemployed"), {"gruppe": "3"}))) == 3  # no such filter
    assert names(client.get(reverse("unemployed"), {"gruppe": "ingen"})) == ["Karin Katteurt"]
    own = read(client.get(reverse("case_target", args=[three[2].pk])))
    assert "Afklaring af forsørgelse" not in own
    assert "pension" not in own.lower()
    found = client.post(reverse("search"), {"q": "Afklaring"})
    assert "Karin" not in read(found)


def test_own_effort_is_noted_from_its_list(peter, made):
    case = made("Ida Star", 1, D(2026, 6, 20), "1")
    page = read(peter.get(reverse("own_effort")))
    assert "Ida Star" in page
    assert "Egen indsats: ikke begyndt." in page
    peter.post(reverse("case_effort", args=[case.pk]), {"status": "offered", "on": "2026-11-23", "note": "Kantinen"})
    assert "Egen indsats: har fået tilbudt en plads, 23. november." in read(peter.get(reverse("own_effort")))


def test_an_old_approval_is_planned_and_assessed_anew(peter, world, made):
    case = made("Karin Katteurt", 1, D(2023, 6, 1))
    assert "Karin" not in read(peter.get(reverse("reviews")))
    world.municipality.review_months = 24
    world.municipality.save()
    assert "Godkendt til fleksjob 1. juni 2023." in read(peter.get(reverse("reviews")))
    peter.post(reverse("case_review", args=[case.pk]), {"step": "planned", "on": "2026-12-01"})
    assert "tirsdag 1. december" in read(peter.get(reverse("reviews")))
    peter.post(reverse("case_review", args=[case.pk]), {"step": "done", "on": "2026-11-23", "note": "Holder"})
    assert Review.objects.count() == 2
    assert "Karin" not in read(peter.get(reverse("reviews")))


def test_the_authority_notes_group_and_papers_on_the_case(peter, made):
    case = made("Karin Katteurt", 1, D(2025, 6, 1))
    sent = {"group": "3", "since": "2026-11-23", "why": "Helbredet er usikkert."}
    peter.post(reverse("case_group", args=[case.pk]), sent)
    peter.post(reverse("case_pension", args=[case.pk]), {"answer": "on_papers", "why": "To attester."})
    peter.post(reverse("case_match", args=[case.pk]), {"category": "2", "since": "2026-11-23", "source": "Fagsystemet"})
    assert (GroupNote.objects.get().group, PensionQuestion.objects.get().answer) == ("3", "on_papers")
    page = read(peter.get(reverse("case_target", args=[case.pk])))
    for words in ("Afklaring af forsørgelse", "Helbredet er usikkert.", "To attester.", "23.11.2026, Peter Havreholm"):
        assert words in page
    assert "Match 2" in page


def test_six_weeks_of_education_stand_on_the_case_with_who_is_responsible(peter, world, made):
    case = made("Ida Star", 1, D(2026, 10, 1))
    body = {"title": "Regnskab", "starts_on": "2026-11-16", "ends_on": "2026-11-29", "responsible": world.peter.pk}
    peter.post(reverse("case_education", args=[case.pk]), body)
    page = read(peter.get(reverse("case_target", args=[case.pk])))
    assert "8 af 42 dage er brugt, 6 er planlagt, 28 er tilbage." in page
    assert "Peter Havreholm er ansvarlig" in page


def test_more_than_five_of_six_years_on_support_is_marked_and_explained(peter, made):
    long = read(peter.get(reverse("case_target", args=[made("Karin Katteurt", 1, D(2021, 10, 1)).pk])))
    assert "61 af de seneste 72 måneder" in long
    assert "JobFirst-profil" in long
    short = read(peter.get(reverse("case_target", args=[made("Ida Star", 2, D(2021, 11, 1)).pk])))
    assert "60 af de seneste 72 måneder" in short
    assert "JobFirst-profil" not in short


def test_the_administrator_changes_the_words(client, world, peter, three):
    client.force_login(world.admin)
    words = {"name": "Godt på vej", "status": "Mangler et kursus.", "focus": "Find kurset."}
    client.post(reverse("group_text", args=["2a"]), words)
    assert "Godt på vej" in read(client.get(reverse("group_texts")))
    client.force_login(world.peter)
    assert "Find kurset." in read(client.get(reverse("unemployed"), {"gruppe": "2a"}))


def test_the_plan_of_a_year_goes_its_way_to_the_council(client, world, peter):
    client.force_login(world.ole)
    body = {"year": "2027", "strategy": "Få, men gode.", "goals": "Timer.", "provider_percent": "25"}
    client.post(reverse("employment_plan_new"), body)
    plan = EmploymentPlan.objects.get()
    step = reverse("employment_plan_step", args=[plan.pk])
    refused = client.post(step, {"stage": "council", "on": "2026-11-23"})
    assert "Send planen i høring hos LBR først." in read(refused)
    client.post(step, {"stage": "hearing", "on": "2026-11-20"})
    client.post(step, {"stage": "council", "on": "2026-11-23"})
    page = read(client.get(reverse("employment_plan", args=[plan.pk])))
    assert "Vedtaget af byrådet" in page
    assert "25 %" in page
    assert "25 %" in read(client.get(reverse("employment_plans")))


def test_the_pages_ask_the_database_a_bounded_number_of_times(client, world, peter, three, assert_queries):
    for name, address in (
        ("unemployed", reverse("unemployed")),
        ("own_effort", reverse("own_effort")),
        ("reviews", reverse("reviews")),
        ("case_target", reverse("case_target", args=[three[0].pk])),
    ):
        peter.get(address)
        with assert_queries(name):
            peter.get(address)
    client.force_login(world.ole)
    client.get(reverse("employment_plans"))
    with assert_queries("employment_plans"):
        client.get(reverse("employment_plans"))
