"""The board on screen: the answer first, every number with its list, nothing shown to those who may not see it."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from tests.factories import make_user
from tests.steering.conftest import random_facts

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Unit
from jobformidler.citizens.models import Citizen
from jobformidler.core import clock
from jobformidler.steering import chain
from jobformidler.steering.enums import Step
from jobformidler.web.board.practice import LACKING

PAGES = [
    ("board", []),
    ("caseloads", []),
    ("board_places", []),
    ("board_explain", ["vejen"]),
    ("board_explain", ["praksis"]),
]
LISTS = [
    ("board_step", [1]),
    ("board_waiting", [1]),
    ("board_cases", ["loentimer"]),
    ("board_cases", ["uden-jobformidler"]),
    ("board_cases", ["svar"]),
    ("board_cases", ["samtaler"]),
    ("board_cases", ["i-forloeb"]),
    *(("board_cases", [name]) for name in LACKING),
]
TABLES = ["vejen", "udvikling", "virksomheder", "brancher", "funktioner", "sagsstammer", "noegletal", "praksis"]


@pytest.fixture(autouse=True)
def monday(monkeypatch, day):
    """The facts lie before one Monday; the pages are opened on it."""
    monkeypatch.setattr(clock, "now", lambda: clock.at_time(day, 9))
    monkeypatch.setattr(clock, "today", lambda: day)


@pytest.fixture
def filled(world):
    random_facts(world, 40, 77)
    chain.refresh()
    return world


@pytest.fixture
def boss(world):
    return make_user(world.municipality, "Bodil Ledelse", Role.MANAGEMENT)


def text(response):
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(("name", "args"), PAGES + LISTS)
def test_a_team_leader_opens_every_page_of_the_board(filled, client, name, args):
    client.force_login(filled.ole)
    assert "<h1" in text(client.get(reverse(name, args=args)))


@pytest.mark.parametrize(("name", "args"), PAGES + LISTS + [("board_csv", ["vejen"])])
def test_nobody_else_but_management_gets_in(world, client, name, args):
    for user in (world.line, world.peter, world.nadia, world.admin):
        client.force_login(user)
        assert client.get(reverse(name, args=args)).status_code == 403


def test_the_numbers_of_the_board_are_the_lengths_of_their_lists(filled, client):
    client.force_login(filled.ole)
    page = text(client.get(reverse("board")))
    for step in Step:
        listed = text(client.get(reverse("board_step", args=[step])))
        number = int(re.search(r"<h1[^>]*>(\d+)", listed).group(1))
        link = re.escape(reverse("board_step", args=[step]))
        found = re.search(rf'href="{link}"[^>]*>\s*(?:<text[^>]*>)?(\d+)', page)
        assert (int(found.group(1)) if found else 0) == number


def test_filters_stay_in_every_link_of_the_board(filled, client):
    client.force_login(filled.ole)
    page = text(client.get(reverse("board"), {"ydelse": "sygedagpenge", "periode": "6-maaneder"}))
    links = re.findall(r'href="(/tavlen/[^"]+)"', page.split("<main")[1])
    assert links
    assert all("ydelse=sygedagpenge" in link and "periode=6-maaneder" in link for link in links)


def test_an_unknown_filter_is_no_filter(filled, client):
    client.force_login(filled.ole)
    wild = {"enhed": "'; drop table", "ydelse": "x", "periode": "9", "jobformidler": "0"}
    assert client.get(reverse("board"), wild).status_code == 200


def test_management_sees_totals_but_no_names_and_no_way_to_them(filled, client, boss):
    client.force_login(boss)
    names = set(Citizen.objects.values_list("first_name", flat=True))
    for name, args in PAGES:
        page = text(client.get(reverse(name, args=args)))
        assert not names & set(re.findall(r"\w+", page))
        assert "/sag/" not in page
        assert "/tavlen/sager/" not in page
    for name, args in LISTS:
        assert client.get(reverse(name, args=args)).status_code == 403
    for table in TABLES:
        assert client.get(reverse("board_csv", args=[table])).status_code == 200


def test_small_numbers_are_hidden_from_management_on_screen_and_in_the_file(world, client, boss):
    random_facts(world, 6, 78)
    chain.refresh()
    client.force_login(boss)
    file = client.get(reverse("board_csv", args=["vejen"])).content.decode("utf-8-sig")
    assert not re.search(r";\d", file)


@pytest.mark.parametrize("name", TABLES)
def test_a_file_equals_its_table_on_the_screen(filled, client, name):
    client.force_login(filled.ole)
    where = {
        "sagsstammer": "caseloads",
        "noegletal": "caseloads",
        "praksis": "caseloads",
        "virksomheder": "board_places",
    }
    where |= {"brancher": "board_places", "funktioner": "board_places"}
    page = re.sub(r"<[^>]+>", " ", text(client.get(reverse(where.get(name, "board"))))).replace("\u00a0", " ")
    page = " ".join(page.replace("&nbsp;", " ").replace("&#x27;", "'").split())
    rows = client.get(reverse("board_csv", args=[name])).content.decode("utf-8-sig").strip().split("\r\n")
    assert len(rows) > 1
    for row in rows[1:]:
        for cell in row.split(";"):
            assert " ".join(cell.strip('"').split()) in page, (name, cell)


def test_a_list_is_fetched_whole_and_formulas_are_made_harmless(filled, client):
    Citizen.objects.update(first_name="=cmd|' /C calc'!A0")
    client.force_login(filled.ole)
    file = client.get(reverse("board_step", args=[1]), {"format": "csv"}).content.decode("utf-8-sig")
    assert "\r\n'=cmd" in file
    assert "\r\n=cmd" not in file


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("board_step", [9]),
        ("board_waiting", [5]),
        ("board_cases", ["findes-ikke"]),
        ("board_cases", ["arbejdsplads"]),
        ("board_cases", ["sagsstamme"]),
        ("board_csv", ["findes-ikke"]),
        ("board_explain", ["findes-ikke"]),
    ],
)
def test_what_does_not_exist_is_not_found(filled, client, name, args):
    client.force_login(filled.ole)
    assert client.get(reverse(name, args=args)).status_code == 404


def test_a_leader_of_another_team_finds_none_of_this_teams_citizens(filled, client):
    elsewhere = Unit.objects.create(municipality=filled.municipality, name="Team Byen")
    client.force_login(make_user(filled.municipality, "Sara Leder", Role.TEAM_LEADER, unit=elsewhere))
    for name, args in PAGES + LISTS:
        assert "Borger" not in re.findall(r"Borger\d+", text(client.get(reverse(name, args=args))))
        assert not re.findall(r"Borger\d+", text(client.get(reverse(name, args=args))))


@pytest.mark.parametrize(("name", "args"), PAGES + LISTS)
def test_no_page_of_the_board_asks_more_than_fifteen_questions(
    filled, client, name, args, django_assert_max_num_queries
):
    client.force_login(filled.ole)
    client.get(reverse(name, args=args))
    with django_assert_max_num_queries(15):
        client.get(reverse(name, args=args))


def test_caseloads_stand_in_the_order_of_names(filled, client):
    filled.municipality.caseload_limit_jobformidler = 5
    filled.municipality.save()
    client.force_login(filled.ole)
    page = text(client.get(reverse("caseloads")))
    assert filled.line.name in page
    assert 'class="late"' in page


def test_the_board_of_an_empty_municipality_says_so(world, client):
    client.force_login(world.ole)
    for name, args in PAGES + LISTS:
        assert client.get(reverse(name, args=args)).status_code == 200


def test_a_waiting_list_keeps_only_those_over_the_goal(filled, client, day):
    client.force_login(filled.ole)
    page = text(client.get(reverse("board_waiting", args=[1]), {"over": "14"}))
    since = [
        dt.datetime.strptime(found, "%d.%m.%Y").date() for found in re.findall(r"\b\d{1,2}\.\d{1,2}\.20\d\d\b", page)
    ]
    assert all((day - one).days > 14 for one in since)
