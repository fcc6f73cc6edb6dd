"""Ending the connection with the municipality's login service: one's own, and somebody's as administrator."""

import pytest
from django.urls import reverse
from django.utils import timezone

from jobformidler.accounts import sessions
from jobformidler.accounts.models import ExternalIdentity, LoginPolicy


@pytest.fixture
def connected(world):
    """Line is known at the service by a subject."""
    LoginPolicy.objects.create(
        municipality=world.municipality,
        sso_enabled=True,
        sso_name="Kommunens login",
        issuer="https://login.fjordby.example",
        client_id="jf",
    )
    now = timezone.now()
    return ExternalIdentity.objects.create(
        user=world.line,
        municipality=world.municipality,
        issuer="https://login.fjordby.example",
        subject="a1",
        linked_at=now,
        seen_at=now,
    )


def test_one_ends_ones_own_connection_after_showing_who_one_is(world, client, connected, monkeypatch):
    client.force_login(world.line)
    url = reverse("sso_disconnect")
    assert url in client.get(reverse("account")).content.decode()
    assert "Kommunens login" in client.get(url).content.decode()
    with monkeypatch.context() as late:
        late.setattr(sessions, "is_recent", lambda session, form=False: False)
        assert reverse("prove") in client.post(url)["Location"]
    assert client.post(url)["Location"] == reverse("account")
    assert not ExternalIdentity.objects.exists()
    assert client.get(url).status_code == 404


def test_an_administrator_ends_it_for_somebody_with_a_password_and_their_sessions_end(world, client, connected):
    url = reverse("user_disconnect", args=[world.line.pk])
    theirs = type(client)()
    theirs.force_login(world.line)
    client.force_login(world.admin)
    assert url in client.get(reverse("user", args=[world.line.pk])).content.decode()
    world.line.set_unusable_password()
    world.line.save()
    assert "har ingen adgangskode her" in client.post(url).content.decode()
    world.line.set_password("correct horse battery")
    world.line.save()
    theirs.force_login(world.line)
    assert client.post(url).status_code == 302
    assert not ExternalIdentity.objects.exists()
    assert theirs.get(reverse("account")).status_code == 302
    theirs.force_login(world.peter)
    assert theirs.get(url).status_code == 403
