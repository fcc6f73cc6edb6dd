"""How long a session lasts, who sees and ends it, and what of it the database knows."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jobformidler.accounts import actions, sessions, throttle
from jobformidler.accounts.models import LoginAttempt, LoginPolicy, LoginSession
from jobformidler.accounts.tasks import clear_sessions
from jobformidler.core import clock

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36 Edg/150.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Safari/604.1"


@pytest.fixture
def later(monkeypatch):
    """`later(minutes=5)` moves the clock on."""
    real, moved = timezone.now, {"by": dt.timedelta(0)}
    monkeypatch.setattr(timezone, "now", lambda: real() + moved["by"])

    def move(**much):
        moved["by"] += dt.timedelta(**much)

    return move


def is_in(client):
    return client.get(reverse("account")).status_code == 200


def log_in(user, agent=FIREFOX):
    client = Client(headers={"user-agent": agent})
    client.post(reverse("login"), {"username": user.email, "password": "correct horse battery"})
    assert is_in(client)
    return client


def test_a_session_nobody_uses_ends_after_an_hour(world, later):
    client = log_in(world.line)
    later(minutes=50)
    assert is_in(client)
    later(minutes=59)
    assert is_in(client)
    later(minutes=61)
    assert client.get(reverse("account"))["Location"].startswith(reverse("login"))


def test_a_session_in_use_all_day_ends_after_nine_hours(world, later):
    client = log_in(world.line)
    for _step in range(10):
        later(minutes=53)
        assert is_in(client)
    later(minutes=15)
    assert not is_in(client)


def test_the_municipality_decides_how_long(world, later):
    LoginPolicy.objects.create(municipality=world.municipality, idle_minutes=10, session_hours=1)
    client = log_in(world.line)
    later(minutes=11)
    assert not is_in(client)
    client = log_in(world.line)
    for _step in range(6):
        later(minutes=9)
        assert is_in(client)
    later(minutes=7)
    assert not is_in(client)


def test_a_shorter_time_counts_for_sessions_that_are_open(world, later):
    client = log_in(world.line)
    LoginPolicy.objects.create(municipality=world.municipality, idle_minutes=10)
    later(minutes=2)
    assert is_in(client)
    later(minutes=11)
    assert not is_in(client)


def test_after_an_idle_logout_the_login_page_says_why_and_leads_back(world, later):
    client = log_in(world.line)
    later(minutes=61)
    page = client.get(reverse("devices"), follow=True)
    assert "banner" in page.content.decode()
    assert page.context["next"] == reverse("devices")
    assert "banner" not in Client().get(reverse("login")).content.decode()


def test_a_partial_request_after_the_end_opens_the_login_page_as_a_whole(world, later):
    client = log_in(world.line)
    later(minutes=61)
    answer = client.get(reverse("account"), headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, reverse("login"))


def test_staying_moves_the_end(world, later):
    client = log_in(world.line)
    later(minutes=59)
    assert int(client.post(reverse("stay")).content) > 3500
    later(minutes=59)
    assert is_in(client)


def test_the_page_says_how_long_it_lasts(world):
    assert 'data-session="3600"' in log_in(world.line).get(reverse("account")).content.decode()


def test_one_sees_ones_own_sessions_by_device_and_ends_another(world):
    here, there = log_in(world.line), log_in(world.line, PHONE)
    log_in(world.peter, EDGE)
    page = here.get(reverse("devices")).content.decode()
    assert "Firefox, Linux" in page
    assert "Safari, iPhone" in page
    assert "Edge" not in page
    other = LoginSession.objects.get(device="Safari, iPhone")
    here.post(reverse("devices"), {"which": other.session_key})
    assert not is_in(there)
    assert is_in(here)


def test_logging_out_everywhere_else_leaves_this_one(world):
    here, there, elsewhere = log_in(world.line), log_in(world.line, PHONE), log_in(world.line, EDGE)
    here.post(reverse("devices"), {"which": "others"})
    assert [is_in(client) for client in (here, there, elsewhere)] == [True, False, False]


def test_nobody_ends_somebody_elses_session(world):
    line, peter = log_in(world.line), log_in(world.peter, EDGE)
    theirs = LoginSession.objects.get(user=world.peter)
    line.post(reverse("devices"), {"which": theirs.session_key})
    assert is_in(peter)


def test_the_key_of_a_session_is_not_in_the_database(world):
    client = log_in(world.line)
    key = client.cookies["session"].value
    assert not LoginSession.objects.filter(session_key=key).exists()
    row = LoginSession.objects.get(session_key=sessions.key_hash(key))
    assert row.user == world.line
    stolen = Client()
    stolen.cookies["session"] = row.session_key
    assert not is_in(stolen)


def test_no_network_address_is_kept_with_a_session(world):
    client = Client(REMOTE_ADDR="203.0.113.9")
    client.post(reverse("login"), {"username": world.line.email, "password": "correct horse battery"})
    row = LoginSession.objects.get()
    assert "203.0.113.9" not in str({**vars(row), **row.get_decoded()})


@pytest.mark.parametrize("what", ["stopped", "password"])
def test_stopping_a_user_or_a_new_password_removes_the_sessions(world, what):
    client = log_in(world.nadia)
    values = {"user": world.nadia, "municipality": world.municipality, "by": world.admin, "at": clock.now()}
    if what == "stopped":
        actions.deactivate(**values)
    else:
        actions.set_password(password="et helt nyt kodeord", **values)
    assert not LoginSession.objects.filter(user=world.nadia).exists()
    assert not is_in(client)


def test_the_session_gets_another_key_at_login(world):
    client = Client()
    client.get(reverse("login"))
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key
    client.cookies["session"] = before
    client.post(reverse("login"), {"username": world.line.email, "password": "correct horse battery"})
    assert client.cookies["session"].value != before
    old = Client()
    old.cookies["session"] = before
    assert not is_in(old)


def test_what_is_over_is_removed_at_night(world, later):
    log_in(world.line)
    throttle.CODES.take("somebody")
    later(hours=11)
    clear_sessions(timestamp=0)
    assert not LoginSession.objects.exists()
    assert not LoginAttempt.objects.exists()


@pytest.mark.parametrize(
    ("agent", "words"),
    [(FIREFOX, "Firefox, Linux"), (EDGE, "Edge, Windows"), (PHONE, "Safari, iPhone"), ("curl/8", ""), ("", "")],
)
def test_a_device_is_told_in_two_words(agent, words):
    assert sessions.device_words(agent) == words
