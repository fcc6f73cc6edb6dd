"""The menu by role, the numbers in it, and what they cost."""

import datetime as dt

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobformidler.accounts.enums import Role
from jobformidler.casework.models import Attention, Case
from jobformidler.web import frame
from jobformidler.web.frame import Frame, landing


@pytest.fixture
def every_page(monkeypatch):
    """Every name a menu knows has a page."""
    monkeypatch.setattr(frame, "find", lambda *names: f"/{names[0]}/")


def labels(world, *roles):
    viewer = world.viewer(world.line)
    viewer = type(viewer)(user=world.line, day=viewer.day, municipality=viewer.municipality, roles=frozenset(roles))
    return [str(link.label) for link in Frame(viewer, "/").nav]


def test_no_role_has_more_than_seven_entries_and_each_has_some(world, every_page):
    for role in frame.MENU:
        fewest = 1 if role == Role.PROFESSIONAL else 4  # somebody of another administration sees the shared plans alone
        assert fewest <= len(labels(world, role)) <= 7, role


def test_a_team_leader_finds_today_and_the_register_files_in_the_menu(world):
    found = labels(world, Role.TEAM_LEADER)
    assert len(found) <= 7
    assert {"I dag", "Registerfiler"} <= set(found)


def test_two_roles_share_one_menu_without_repeating_a_page(world, every_page):
    both = labels(world, Role.JOBFORMIDLER, Role.CASEWORKER)
    assert len(both) == len(set(both)) == 7


def test_only_pages_that_exist_are_shown(world, monkeypatch):
    monkeypatch.setattr(frame, "find", lambda *names: "/borgere/" if "caseload" in names else "")
    assert len(labels(world, Role.JOBFORMIDLER)) == 1


def test_each_role_lands_on_its_own_page(world, every_page):
    wanted = {"line": "/today/", "peter": "/deadlines/", "ole": "/board/", "nadia": "/employers/", "admin": "/setup/"}
    assert {who: landing(world.viewer(getattr(world, who))) for who in wanted} == wanted


def test_a_page_below_an_entry_marks_that_entry_and_no_other(world, every_page):
    links = Frame(world.viewer(world.line), "/sag/7/plan/").nav
    assert [link.url for link in links if link.current] == ["/caseload/"]


def needs(world, citizen, now, **values):
    case = Case.objects.filter(citizen=citizen).first() or Case.objects.create(
        municipality=world.municipality,
        number=f"26-{citizen.pk:05d}",
        citizen=citizen,
        unit=world.unit,
        status_since=now.date(),
        opened_on=now.date(),
    )
    given = {"reason": "no_contact", "owner": world.line, "since": now, "visible_from": now, "facts": {}}
    return Attention.objects.create(municipality=world.municipality, citizen=citizen, case=case, **(given | values))


def test_the_numbers_count_people_and_tasks_that_are_mine_and_due(world, monkeypatch, now):
    monkeypatch.setattr(frame.clock, "now", lambda: now)
    mona, jonas = world.citizen("Mona Havtorn", 1), world.citizen("Jonas Klitrose", 2)
    needs(world, mona, now, due=now)
    needs(world, mona, now, reason="signature")
    needs(world, jonas, now, due=now + dt.timedelta(days=2))
    needs(world, jonas, now, reason="stalled", owner=world.peter)
    needs(world, jonas, now, reason="next_step", visible_from=now + dt.timedelta(hours=1))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        counts = Frame(world.viewer(world.line), "/").counts
    assert counts == {"today": 2, "agreements": 1, "for_decision": 0, "due": 1}
    assert len([q for q in queries if "attention" in q["sql"]]) == 1


def test_the_frame_costs_at_most_two_queries_a_page(world):
    request = RequestFactory().get("/")
    request.viewer = world.viewer(world.line)
    with CaptureQueriesContext(connection) as queries:
        context = frame.context(request)
        for name in ("nav", "bottom_nav", "tasks_due", "nav"):
            context[name]()
    assert len(queries) <= 2


def test_a_page_that_is_not_there_still_has_its_menu(world, client):
    client.force_login(world.line)
    response = client.get("/sag/999999/")
    assert response.status_code == 404
    assert reverse("account") in response.content.decode()


def test_the_phone_has_at_most_four_shortcuts(world, every_page):
    assert len(Frame(world.viewer(world.line), "/").bottom_nav) == 4
    assert Frame(world.viewer(world.admin), "/").bottom_nav == []


def test_a_stranger_has_no_menu(client, db):
    assert "rail" not in client.get(reverse("login")).content.decode()
