"""Login, logout, the first page by role, and the end of a role."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from jobformidler.accounts.actions import deactivate, end_membership
from jobformidler.accounts.backends import LIMIT
from jobformidler.accounts.models import Membership, User
from jobformidler.core import clock

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


def attempt(client, email, password=PASSWORD, **more):
    return client.post(reverse("login"), {"username": email, "password": password, **more})


def test_a_user_logs_in_and_lands_on_the_page_of_the_role(world, client):
    response = attempt(client, world.admin.email)
    assert response.status_code == 302
    assert client.get(response["Location"], follow=True).request["PATH_INFO"] == reverse("setup")


def test_the_e_mail_may_be_written_with_capitals(world, client):
    assert attempt(client, world.line.email.upper()).status_code == 302


def test_a_wrong_password_and_an_unknown_e_mail_get_the_same_answer(world):
    known = attempt(Client(), world.line.email, "wrong").content.decode()
    unknown = attempt(Client(), "nobody@example.test", "wrong").content.decode()
    for page in (known, unknown):
        assert "form-summary" in page
    assert _summary(known) == _summary(unknown) != ""


def _summary(page):
    return page.split("form-summary", 1)[1].split("</div>", 1)[0]


def test_tries_are_counted_across_clients_and_the_right_password_has_to_wait_too(world):
    one, two = Client(), Client()
    for number in range(LIMIT):
        attempt((one, two)[number % 2], world.line.email, "wrong")
    response = attempt(Client(), world.line.email)
    assert response.status_code == 200
    stranger = [attempt(Client(), "nobody@example.test", "wrong") for _n in range(LIMIT + 1)][-1]
    assert _summary(stranger.content.decode()) == _summary(response.content.decode())
    assert attempt(Client(), world.peter.email).status_code == 302


def test_after_login_the_wanted_page_opens_but_never_one_elsewhere(world):
    assert attempt(Client(), world.line.email, next="/konto/")["Location"] == "/konto/"
    assert attempt(Client(), world.line.email, next="//evil.example/")["Location"] == reverse("home")


def test_logging_out_takes_a_post_and_ends_the_session(world, client):
    client.force_login(world.line)
    assert client.get(reverse("logout")).status_code == 405
    assert client.post(reverse("logout"))["Location"] == reverse("login")
    assert client.get(reverse("account")).status_code == 302


def test_a_stranger_is_sent_to_the_login_page(world, client):
    assert client.get(reverse("account"))["Location"].startswith(reverse("login"))


def test_without_a_role_in_force_there_is_one_page_with_a_way_out(world, client):
    Membership.objects.filter(user=world.line).update(period=(dt.date(2020, 1, 1), dt.date(2021, 1, 1)))
    client.force_login(world.line)
    for name in ("home", "account"):
        response = client.get(reverse(name))
        assert response.status_code == 403
        assert reverse("logout") in response.content.decode()
    assert client.post(reverse("logout")).status_code == 302


def test_a_user_who_never_had_a_role_sees_the_same_page(world, client):
    client.force_login(User.objects.create(email="new@example.test", name="Ny"))
    assert client.get(reverse("home")).status_code == 403


def test_a_role_ended_today_ends_the_open_session_today(world, client):
    client.force_login(world.nadia)
    assert client.get(reverse("account")).status_code == 200
    now = clock.now()
    end_membership(membership=world.nadia.memberships.get(), on=now.date(), by=world.admin, at=now)
    assert client.get(reverse("account")).status_code == 403


def test_a_stopped_user_is_out_at_once_and_cannot_come_back(world, client):
    client.force_login(world.nadia)
    deactivate(user=world.nadia, municipality=world.municipality, by=world.admin, at=clock.now())
    assert client.get(reverse("account")).status_code == 302
    assert attempt(Client(), world.nadia.email).status_code == 200


def test_people_change_their_own_name_and_phone(world, client):
    client.force_login(world.line)
    values = {"name": "Line Askeløv Tang", "phone": "00000021", "version": 1}
    assert client.post(reverse("account"), values).status_code == 302
    line = User.objects.get(pk=world.line.pk)
    assert (line.name, line.phone, line.version) == ("Line Askeløv Tang", "00000021", 2)


def test_a_stale_account_page_shows_both_versions(world, client):
    User.objects.filter(pk=world.line.pk).update(phone="00000099", version=2)
    client.force_login(world.line)
    page = client.post(reverse("account"), {"name": world.line.name, "phone": "00000021", "version": 1})
    assert page.status_code == 200
    assert "00000099" in page.content.decode()
    assert "00000021" in page.content.decode()
    kept = client.post(reverse("account"), {"name": world.line.name, "phone": "00000021", "version": 2, "keep": "mine"})
    assert kept.status_code == 302


def test_changing_the_password_ends_the_other_sessions(world, client):
    other = Client()
    other.force_login(world.line)
    client.force_login(world.line)
    wrong = client.post(reverse("change_password"), {"present": "no", "password": "et langt nyt kodeord"})
    assert wrong.status_code == 200
    short = client.post(reverse("change_password"), {"present": PASSWORD, "password": "kort"})
    assert short.status_code == 200
    good = client.post(reverse("change_password"), {"present": PASSWORD, "password": "et langt nyt kodeord"})
    assert good.status_code == 302
    assert client.get(reverse("account")).status_code == 200
    assert other.get(reverse("account")).status_code == 302
    assert attempt(Client(), world.line.email, "et langt nyt kodeord").status_code == 302


def test_the_login_page_shows_the_logins_of_a_demonstration_only(world, client):
    assert world.line.email not in client.get(reverse("login")).content.decode()
    world.municipality.is_demo = True
    world.municipality.save()
    page = client.get(reverse("login")).content.decode()
    assert world.line.email in page
    assert "fjordby-demo-2026" in page
