"""Find a place, and candidates, on screens."""

import datetime as dt

import pytest
from django.urls import reverse
from tests.matching.conftest import case_of, meet, place, workplace  # noqa: F401  fixtures

from jobformidler.citizens.actions import add_ability, add_consideration
from jobformidler.core import clock
from jobformidler.placements.models import Placement


@pytest.fixture(autouse=True)
def _the_day(monkeypatch, now):
    """Screens are seen on the Monday all tests happen on."""
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def jonas(world, now, case_of, meet):  # noqa: F811
    """A case with a held conversation and a few considerations."""
    case = case_of()
    meet(case)
    for code, text, category in (
        ("quiet", "Ro om formiddagen", "culture"),
        ("start_after_10", "Start efter kl. 10", "working_time"),
    ):
        add_consideration(
            citizen=case.citizen, category=category, code=code, text=text, importance="most", by=world.line, at=now
        )
    add_ability(citizen=case.citizen, ability="can", text="folde linned", by=world.line, at=now)
    return case


def test_the_page_says_what_fits_what_matters_and_the_one_next_step(client, world, jonas, place):  # noqa: F811
    place(accommodates=["quiet"], earliest_start=dt.time(10), paid_hours_expected=True)
    place("Bager", earliest_start=dt.time(6))
    client.force_login(world.line)
    page = client.get(reverse("place_match", args=[jonas.pk]))
    shown = page.content.decode()
    shown = shown[shown.index("<main") : shown.index("</main>")]
    assert page.context["rows"][0]["name"] == "Linnedlager"
    assert "Ro om formiddagen" in shown
    assert "folde linned" in shown.lower()
    assert "%" not in page.context["rows"][0]["verdict"]
    assert shown.count("button-primary") == 1


def test_what_if_chips_add_places_and_can_be_combined_and_undone(client, world, jonas, place):  # noqa: F811
    place(earliest_start=dt.time(9))
    client.force_login(world.line)
    url = reverse("place_match", args=[jonas.pk])
    chip = client.get(url).context["chips"][0]
    assert (chip["value"], chip["pressed"]) == ("start", False)
    after = client.get(url, {"hvis": "start"})
    assert len(after.context["rows"]) == 1
    assert (after.context["chips"][0]["value"], after.context["chips"][0]["pressed"]) == ("", True)


def test_the_places_left_out_are_named_under_their_reason(client, world, jonas, place):  # noqa: F811
    place("Bager", earliest_start=dt.time(6))
    client.force_login(world.line)
    page = client.get(reverse("place_match", args=[jonas.pk]), {"vis": "ikke-med"})
    assert [row.title for row in page.context["left_out"][0]["places"]] == ["Bager"]


def test_proposing_a_place_makes_an_idea_with_a_reason_for_both_and_goes_to_the_agreement(client, world, jonas, place):  # noqa: F811
    linen = place(accommodates=["quiet"])
    client.force_login(world.line)
    url = reverse("place_propose", args=[jonas.pk])
    assert client.get(url).status_code == 405
    sent = client.post(url, {"plads": linen.pk})
    idea = Placement.objects.get()
    assert sent.status_code == 302
    assert (idea.opening, idea.status) == (linen, "idea")
    assert idea.reason_citizen
    assert idea.reason_employer
    row = client.get(reverse("place_match", args=[jonas.pk])).context["rows"][0]
    assert "propose" not in row


def test_before_a_conversation_nobody_can_be_proposed_and_the_page_says_how_to_get_there(client, world, case_of, place):  # noqa: F811
    case, linen = case_of(), place()
    client.force_login(world.line)
    page = client.get(reverse("place_match", args=[case.pk]))
    assert not page.context["met"]
    assert "propose" not in page.context["rows"][0]
    assert reverse("case_conversation", args=[case.pk]) in page.content.decode()
    client.post(reverse("place_propose", args=[case.pk]), {"plads": linen.pk})
    assert not Placement.objects.exists()


def test_where_the_citizen_is_now_the_step_is_to_talk_about_hours(client, world, jonas, place, day):  # noqa: F811
    here = place("Depot", earliest_start=dt.time(7))
    Placement.objects.create(
        municipality=world.municipality, case=jonas, workplace=here.workplace, opening=here, status="internship",
        status_since=day, created_on=day, starts_on=day - dt.timedelta(40), approved_on=day, approved_by=world.peter,
        purpose="clarify", contact=here.contact,
    )  # fmt: skip
    client.force_login(world.line)
    row = client.get(reverse("place_match", args=[jonas.pk])).context["rows"][0]
    assert "Birte" in row["action"]
    assert "propose" not in row


def test_a_stranger_gets_404_and_the_visit_is_in_the_access_log(client, world, jonas):
    client.force_login(world.nadia)
    assert client.get(reverse("place_match", args=[jonas.pk])).status_code == 404
    client.force_login(world.line)
    client.get(reverse("place_match", args=[jonas.pk]))
    assert jonas.citizen.access_log.filter(user=world.line).count() == 1


def test_candidates_stand_by_waiting_time_with_the_same_reasons(client, world, now, place, case_of):  # noqa: F811
    case_of("Ny Klint", opened=now - dt.timedelta(2))
    case_of("Gammel Strand", opened=now - dt.timedelta(40))
    linen = place()
    client.force_login(world.line)
    page = client.get(reverse("candidates", args=[linen.pk]))
    assert [row["name"] for row in page.context["rows"]] == ["Gammel Strand", "Ny Klint"]
    assert page.context["rows"][0]["reasons"]
    client.force_login(world.nadia)
    assert "Strand" not in client.get(reverse("candidates", args=[linen.pk])).content.decode()


def test_the_match_pages_need_few_queries(client, world, jonas, place, django_assert_max_num_queries):  # noqa: F811
    linen, *_others = [place(f"Plads {n}") for n in range(12)]
    client.force_login(world.line)
    for url, most in ((reverse("place_match", args=[jonas.pk]), 22), (reverse("candidates", args=[linen.pk]), 15)):
        client.get(url)
        with django_assert_max_num_queries(most):
            assert client.get(url).status_code == 200
