"""The confidentiality statement comes before the first page, and again when its text changes."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from tests.factories import make_user

from jobformidler.accounts import actions
from jobformidler.accounts.confidentiality import current
from jobformidler.accounts.enums import OrganisationKind, Role
from jobformidler.accounts.models import ConfidentialityAcceptance, Membership, Organisation
from jobformidler.core.actions import ActionError


@pytest.fixture
def newcomer(world, client):
    """A jobformidler who has accepted nothing yet, signed in."""
    user = make_user(world.municipality, "Ny Lilje", Role.JOBFORMIDLER, unit=world.unit)
    ConfidentialityAcceptance.objects.filter(user=user).delete()
    client.force_login(user)
    return user


def test_without_it_no_page_opens_and_afterwards_the_page_asked_for(newcomer, client, world):
    wanted = reverse("caseload")
    response = client.get(wanted)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("confidentiality"))
    assert client.post(reverse("citizen_new"), {}).status_code == 302
    page = client.get(response["Location"])
    assert "straffelovens § 152" in page.content.decode()
    sent = {"digest": current(world.municipality).digest, "next": wanted}
    assert client.post(reverse("confidentiality"), sent)["Location"] == wanted
    assert client.get(wanted).status_code == 200


def test_one_can_log_out_and_change_the_password_without_it(newcomer, client):
    assert client.get(reverse("change_password")).status_code == 200


def test_the_way_on_never_leads_elsewhere(newcomer, client, world):
    sent = {"digest": current(world.municipality).digest, "next": "https://example.test/"}
    assert client.post(reverse("confidentiality"), sent)["Location"] == reverse("home")


def test_a_providers_people_have_to_accept_it_too(world, client):
    user = make_user(world.municipality, "Rune Strandvold", Role.JOBFORMIDLER)
    ConfidentialityAcceptance.objects.filter(user=user).delete()
    provider = Organisation.objects.create(kind=OrganisationKind.PROVIDER, name="Springbræt")
    Membership.objects.filter(user=user).update(organisation=provider)
    client.force_login(user)
    assert client.get(reverse("account")).status_code == 200
    assert client.get(reverse("caseload"))["Location"].startswith(reverse("confidentiality"))


def test_a_new_text_is_accepted_anew(world, client, now):
    client.force_login(world.line)
    assert client.get(reverse("caseload")).status_code == 200
    actions.write_confidentiality(municipality=world.municipality, text="Ny tekst", by=world.admin, at=now)
    assert client.get(reverse("caseload")).status_code == 302
    with pytest.raises(ActionError):
        actions.accept_confidentiality(user=world.line, municipality=world.municipality, digest="gammel", at=now)


def test_the_administrator_sees_who_has_accepted_and_puts_a_text_in_force(newcomer, world, client):
    client.force_login(world.admin)
    page = client.get(reverse("confidentiality_setup")).content.decode()
    assert "1 har ikke accepteret endnu" in page
    client.post(reverse("confidentiality_setup"), {"text": "Vores egen tekst"})
    assert current(world.municipality).text == "Vores egen tekst"


def test_only_an_administrator_writes_the_text(world, now):
    with pytest.raises(PermissionDenied):
        actions.write_confidentiality(municipality=world.municipality, text="X", by=world.line, at=now)


def test_a_citizen_on_the_own_pages_is_not_asked(world, client):
    client.force_login(make_user(world.municipality, "Mona Selv", Role.CITIZEN))
    assert client.get(reverse("account")).status_code == 200
    assert client.get(reverse("stories")).status_code == 200
