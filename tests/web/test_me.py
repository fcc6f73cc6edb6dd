"""The citizen's own first page, who gets in, and how staff let a citizen in."""

import datetime as dt
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from jobformidler.accounts.enums import OrganisationKind, Role
from jobformidler.accounts.models import Membership, Organisation
from jobformidler.casework import actions as casework
from jobformidler.citizens.actions import (
    choose_own_password,
    close_own_access,
    open_own_access,
    relate,
    send_own_link,
)
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import AccessLog, Citizen, Relation, StaffPrivacy
from jobformidler.citizens.watch import own_access
from jobformidler.citizens.welcome import read_token, token_for
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.messaging.models import OutgoingMail

PASSWORD = "en lang adgangskode"


@pytest.fixture
def sofie(world):
    return world.citizen("Sofie Engkarse", 9, email="sofie@example.test")


@pytest.fixture
def sofie_case(world, sofie):
    return casework.open_case(
        citizen=sofie, unit=world.unit, jobformidler=world.line, caseworker=world.peter, by=None, at=clock.now()
    )


@pytest.fixture
def login(world, sofie, sofie_case):
    """Sofie's own user, let in."""
    return open_own_access(citizen=sofie, by=world.line, at=clock.now()).user


def _link() -> str:
    found = re.search(r"/v/([^/\s]+)/", str(OutgoingMail.objects.order_by("-pk").first().body))
    assert found
    return found.group(1)


def test_a_citizen_lands_on_min_side_and_sees_who_helps_and_what_comes_next(world, client, login, sofie_case):
    casework.set_next_step(
        case=sofie_case, text="Tale om dine ønsker", on=clock.today() + dt.timedelta(days=1), by=None, at=clock.now()
    )
    casework.plan_appointment(
        case=sofie_case,
        kind="conversation",
        when=clock.now() + dt.timedelta(days=2),
        what="Samtale",
        where="Lokale 2",
        by=world.line,
        at=clock.now(),
    )
    client.force_login(login)
    assert client.get(reverse("home"))["Location"] == reverse("me")
    text = client.get(reverse("me")).content.decode()
    for expected in ("Hej Sofie", "Line Askeløv", world.line.email, "Tale om dine ønsker", "Samtale", "Lokale 2"):
        assert expected in text
    assert "Søg" not in text


def test_a_citizen_sees_no_page_of_staff_not_even_of_the_own_case(client, login, sofie_case):
    client.force_login(login)
    assert client.get(reverse("case", args=[sofie_case.pk])).status_code == 404
    assert client.get(reverse("caseload")).status_code == 403
    assert client.get(reverse("employers")).status_code == 403
    assert client.post(reverse("search"), {"q": "Sofie Engkarse"}).status_code == 403


def test_staff_have_no_page_of_a_citizen_of_their_own(world, client):
    client.force_login(world.line)
    assert client.get(reverse("me")).status_code == 404


def test_the_citizens_own_look_is_logged_as_their_own(client, login, sofie):
    client.force_login(login)
    client.get(reverse("me"))
    assert AccessLog.objects.get(citizen=sofie, page="me").relation == RelationKind.SELF


def test_a_citizen_without_a_case_has_a_page_too(world, client):
    bent = world.citizen("Bent Rørskov", 5, email="bent@example.test")
    client.force_login(open_own_access(citizen=bent, by=None, at=clock.now()).user)
    assert client.get(reverse("me")).status_code == 200


def test_staff_let_the_citizen_in_from_the_page_of_people_and_a_link_is_mailed(world, client, sofie, sofie_case):
    client.force_login(world.line)
    url = reverse("own_access_open", args=[sofie_case.pk])
    assert "sofie@example.test" in client.get(url).content.decode()
    assert client.post(url, {"email": "sofie@example.test"}).status_code == 302
    mail = OutgoingMail.objects.get(kind="own_pages")
    assert (mail.to, mail.citizen_id) == ("sofie@example.test", sofie.pk)
    assert "Engkarse" not in mail.subject
    assert "Åben for sofie@example.test" in client.get(reverse("case_people", args=[sofie_case.pk])).content.decode()


def test_the_link_chooses_a_password_once(world, client, login):
    token = _link()
    url = reverse("welcome", args=[token])
    assert client.get(url).status_code == 200
    assert client.post(url, {"password": PASSWORD, "once_more": "noget andet"}).status_code == 200
    assert client.post(url, {"password": "kort", "once_more": "kort"}).status_code == 200
    assert client.post(url, {"password": PASSWORD, "once_more": PASSWORD})["Location"] == reverse("login")
    assert client.login(username="sofie@example.test", password=PASSWORD)
    client.logout()
    assert client.get(url).status_code == 410
    with pytest.raises(ActionError):
        choose_own_password(user=login, token=token, password=PASSWORD, at=clock.now())


def test_a_link_nobody_made_is_not_there(client, world):
    assert client.get(reverse("welcome", args=["noget"])).status_code == 404


def test_a_newer_link_ends_the_older_one(world, login, sofie):
    old = _link()
    send_own_link(citizen=sofie, by=world.line, at=clock.now())
    assert read_token(old).expired
    assert not read_token(_link()).expired


def test_an_expired_link_sends_a_fresh_one_to_the_known_address_but_not_twice_in_a_row(client, login, monkeypatch):
    token = _link()
    monkeypatch.setattr("jobformidler.citizens.welcome.DAYS", 0)
    OutgoingMail.objects.update(written_at=clock.now() - dt.timedelta(days=20))
    monkeypatch.setattr("django.core.signing.time.time", lambda: clock.now().timestamp() + 100)
    assert client.get(reverse("welcome", args=[token])).status_code == 410
    for _time in range(2):
        assert client.post(reverse("welcome_again", args=[token])).status_code == 200
    assert OutgoingMail.objects.filter(kind="own_pages").count() == 2
    assert set(OutgoingMail.objects.values_list("to", flat=True)) == {"sofie@example.test"}


def test_an_email_somebody_else_logs_in_with_is_refused(world, sofie):
    with pytest.raises(ActionError):
        open_own_access(citizen=sofie, email=world.line.email, by=None, at=clock.now())


def test_closed_access_opens_nothing_and_can_be_opened_again(world, client, login, sofie):
    close_own_access(citizen=sofie, by=world.line, at=clock.now())
    client.force_login(login)
    assert client.get(reverse("me")).status_code in (302, 403, 404)
    again = open_own_access(citizen=sofie, by=world.line, at=clock.now())
    assert again.user == login
    assert Membership.objects.active_on(clock.today()).filter(user=login, role=Role.CITIZEN).count() == 1


def test_only_those_who_write_about_the_citizen_and_administrators_let_them_in(world, sofie):
    with pytest.raises(PermissionDenied):
        open_own_access(citizen=sofie, by=world.nadia, at=clock.now())
    open_own_access(citizen=sofie, by=world.admin, at=clock.now())
    with pytest.raises(ActionError):
        open_own_access(citizen=sofie, by=world.admin, at=clock.now())


def test_a_citizen_has_no_relation_that_shows_staff_pages(world, login, sofie):
    viewer = world.viewer(login, clock.today())
    assert list(Citizen.objects.visible_to(viewer)) == []
    assert not Relation.objects.of(viewer).exists()
    assert own_access(sofie, clock.today()).user == login
    assert token_for(login)


def test_a_citizen_reads_who_may_see_the_case_and_why_and_nobody_of_another_case(
    world, client, login, sofie, sofie_case
):
    other = world.citizen("Karin Mosebølle", 4)
    provider = Organisation.objects.create(kind=OrganisationKind.PROVIDER, name="Springbræt")
    relate(citizen=other, kind=RelationKind.PROVIDER, organisation=provider, since=clock.today())
    relate(
        citizen=sofie,
        kind=RelationKind.MENTOR,
        user=world.ole,
        since=clock.today() - dt.timedelta(days=9),
        until=clock.today(),
    )
    StaffPrivacy.objects.create(municipality=world.municipality, user=world.peter, name_hidden=True)
    client.force_login(login)
    page = client.get(reverse("my_viewers")).content.decode()
    assert world.line.name in page
    assert world.unit.name in page
    assert "Din sagsbehandler, som træffer afgørelser." in page
    for hidden in (world.peter.name, world.ole.name, provider.name):
        assert hidden not in page
    relate(citizen=sofie, kind=RelationKind.PROVIDER, organisation=provider, since=clock.today())
    assert provider.name in client.get(reverse("my_viewers")).content.decode()
    assert reverse("my_viewers") in client.get(reverse("me")).content.decode()
