"""The list of agreements: grouped by what they wait for, approvals first for a caseworker, filters in the address."""

# ruff: noqa: F811  the fixtures imported here are also names of arguments

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.placement_fixtures import (  # noqa: F401  fixtures
    at,
    case,
    draft,
    line,
    opening,
    peter,
    placement,
    sign,
    signed,
    text,
    waiting,
    workplace,
)

from jobformidler.casework import actions as casework
from jobformidler.openings.models import Place
from jobformidler.placements import actions


def another(world, now, opening, number):
    """One more agreement at the same place, sent."""
    Place.objects.update(capacity=40)
    made = casework.open_case(
        citizen=world.citizen(f"Ida Nummer{number}", 100 + number),
        unit=world.unit,
        by=world.peter,
        at=now,
        jobformidler=world.line,
    )
    casework.register_contact(
        case=made,
        kind="first_conversation",
        held_at=now,
        by=world.line,
        at=now,
        ordinary_hours_raised=True,
        next_step="Besøg",
        next_step_on=now.date(),
    )
    opening.refresh_from_db()
    version = actions.new_agreement(
        case=made, workplace=opening.workplace, opening=opening, hours_discussed=True, by=world.line, at=now
    )
    actions.send_for_signature(placement=version.placement, by=world.line, at=now)


def test_the_list_says_who_is_missing_and_when_a_reminder_can_go_out(line, waiting):
    page = text(line.get(reverse("agreements")))
    assert "1 aftale venter" in page
    assert "Mangler: Mona Havtorn (borger) og Tora Gyvel (virksomheden)" in page
    assert "Nyt link til Tora kan sendes i morgen" in page


def test_a_caseworker_meets_the_approvals_first(peter, signed):
    groups = [group.code for group in peter.get(reverse("agreements")).context["groups"]]
    assert groups[0] == "godkendelse"
    assert "Læs og afgør" in text(peter.get(reverse("agreements")))


def test_a_jobformidler_is_not_asked_to_decide(line, signed):
    assert "Læs og afgør" not in text(line.get(reverse("agreements")))


def test_filters_and_the_search_for_a_workplace_stand_in_the_address(line, waiting):
    address = reverse("agreements")
    assert "Mona" in text(line.get(f"{address}?hvem=mine&vis=underskrift&virksomhed=trælast"))
    assert "Ingen aftale passer" in text(line.get(f"{address}?virksomhed=bageri"))
    assert "Ingen aftaler her" in text(line.get(f"{address}?vis=kladder"))


def test_an_empty_list_says_what_would_fill_it(line):
    assert "Ingen aftaler endnu" in text(line.get(reverse("agreements")))


def test_more_agreements_need_no_more_queries(line, world, now, opening, waiting):
    another(world, now, opening, 1)
    with CaptureQueriesContext(connection) as few:
        line.get(reverse("agreements"))
    for number in range(2, 7):
        another(world, now, opening, number)
    with CaptureQueriesContext(connection) as many:
        page = line.get(reverse("agreements"))
    assert len(many) == len(few)
    assert len(many) <= 20, "\n".join(query["sql"][:160] for query in many)
    assert "Vis alle 7" in text(page)


def test_one_group_comes_in_pages(line, world, now, opening, waiting, monkeypatch):
    from jobformidler.web.placements.views import listing

    monkeypatch.setattr(listing, "PER_PAGE", 1)
    another(world, now, opening, 1)
    page = text(line.get(reverse("agreements") + "?vis=underskrift&page=2"))
    assert "Side 2 af 2" in page


def test_those_without_cases_are_refused(client, world, at):
    client.force_login(world.nadia)
    assert client.get(reverse("agreements")).status_code == 403


def test_why_placements_ended_early_is_told_with_what_was_tried_and_doubt_apart(line, world, now, opening, waiting):
    sent = {"drop-reason": "Vi er usikre på morgenerne", "drop-in_doubt": "on"}
    assert line.post(reverse("agreement_drop", args=[waiting.pk]), sent).status_code == 302
    page = line.get(reverse("stopped"))
    assert {row["label"]: row["n"] for row in page.context["counts"]} == {
        "stoppet": 0, "skiftet": 0, "opgivet før start": 1, "opgivet i tvivl om parathed": 1,
    }  # fmt: skip
    line.force_login(world.ole)
    words = text(line.get(reverse("stopped") + "?hvad=tvivl"))
    assert "Vi er usikre på morgenerne" in words
    assert "Mona Havtorn" in words
