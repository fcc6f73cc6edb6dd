"""A forgotten password: the same answer for everybody, a link that works once, and no way around the second step."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.web.test_login_steps import is_in, log_in, switch_on

from jobformidler.accounts.models import ExternalIdentity, LoginPolicy, LoginSession
from jobformidler.accounts.tasks import reset_asked
from jobformidler.accounts.throttle import RESETS
from jobformidler.core import clock
from jobformidler.messaging.models import OutgoingMail

NEW = "et helt nyt kodeord"


def asked(client, email):
    return client.post(reverse("reset_ask"), {"email": email})


def jobs():
    return [job.args for job in ProcrastinateJob.objects.filter(task_name="accounts.reset_asked").order_by("pk")]


def link(drain):
    """The path of the link in the newest mail, after the jobs have run."""
    for args in jobs():
        reset_asked(**args)
    drain()
    mail = OutgoingMail.objects.filter(kind="new_password").latest("pk")
    return re.search(r"https?://[^/]+(/log-ind/ny-adgangskode/\S+)", str(mail.body))[1]


def test_known_and_unknown_get_the_same_page_and_the_same_work(world):
    page = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    known, unknown = (page.sub("", asked(Client(), e).content.decode()) for e in (world.line.email, "no@example.test"))
    assert known == unknown
    assert jobs() == [{"user_id": world.line.pk}, {"user_id": 0}]


def test_the_link_leads_to_a_page_without_it_and_the_password_is_new(world, drain):
    elsewhere = Client()
    elsewhere.force_login(world.line)
    client = Client()
    asked(client, world.line.email.upper())
    path = link(drain)
    opened = client.get(path)
    assert opened["Location"] == reverse("reset_set")
    weak = client.post(reverse("reset_set"), {"password": "kort"})
    assert weak.status_code == 200
    assert client.post(reverse("reset_set"), {"password": NEW})["Location"] == reverse("login")
    assert not is_in(elsewhere)
    assert LoginSession.objects.filter(user=world.line).count() == 0
    again = Client()
    assert log_in(again, world.line, NEW).status_code == 302
    assert is_in(again)
    assert Client().get(path).status_code == 410
    assert client.post(reverse("reset_set"), {"password": "endnu et nyt kodeord"}).status_code == 410


def test_a_new_password_does_not_go_around_the_second_step(world, drain):
    switch_on(world, world.line)
    client = Client()
    asked(client, world.line.email)
    client.get(link(drain))
    client.post(reverse("reset_set"), {"password": NEW})
    assert log_in(client, world.line, NEW)["Location"] == reverse("login_code")
    assert not is_in(client)


def test_three_mails_an_hour_and_then_silence(world):
    for _try in range(RESETS.limit + 2):
        assert asked(Client(), world.line.email).status_code == 200
    assert [args["user_id"] for args in jobs()].count(world.line.pk) == RESETS.limit


@pytest.mark.parametrize("who", ["stopped", "roleless", "elsewhere"])
def test_whoever_cannot_log_in_with_a_password_gets_no_mail(world, drain, who):
    user = world.line
    if who == "stopped":
        user.is_active = False
        user.save()
    elif who == "roleless":
        user.memberships.all().delete()
    else:
        LoginPolicy.objects.create(municipality=world.municipality, password_off=True)
        now = clock.now()
        ExternalIdentity.objects.create(
            user=user, municipality=world.municipality, issuer="i", subject="s", linked_at=now, seen_at=now
        )
    asked(Client(), user.email)
    for args in jobs():
        reset_asked(**args)
    drain()
    assert not OutgoingMail.objects.exists()


def test_a_made_up_link_is_refused_kindly(world):
    for uid, token in (("none", "none"), ("MQ", "abc-def"), ("MTIzNDU2", "c0ffee-1234")):
        page = Client().get(reverse("reset_open", args=[uid, token]))
        assert page.status_code == 410
        assert reverse("reset_ask") in page.content.decode()
