"""Emergency access: who may open it, what it opens, how it ends, who hears of it; and what the citizen reads."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from tests.factories import make_user

from jobformidler.accounts import sessions
from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Unit
from jobformidler.casework import actions as casework
from jobformidler.citizens import actions
from jobformidler.citizens.access_enums import Review
from jobformidler.citizens.models import AccessLog, Citizen, EmergencyAccess
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.messaging.models import OutgoingMail

REASON = "Borgeren er faldet om i receptionen."


@pytest.fixture
def vibeke(world):
    return make_user(world.municipality, "Vibeke Strandmalurt", Role.SECURITY_OFFICER)


@pytest.fixture
def tine(world):
    far = Unit.objects.create(municipality=world.municipality, name="Team Skoven")
    return make_user(world.municipality, "Tine Gyvel", Role.JOBFORMIDLER, unit=far)


@pytest.fixture
def case(world):
    mona = world.citizen(email="mona@example.test")
    return casework.open_case(
        citizen=mona, unit=world.unit, jobformidler=world.line, caseworker=world.peter, by=None, at=clock.now()
    )


@pytest.fixture
def opened(case, vibeke, tine):
    return actions.open_emergency(citizen=case.citizen, reason_kind="danger", reason=REASON, by=tine, at=clock.now())


def test_it_opens_the_case_for_reading_and_every_look_says_so(client, case, tine, opened):
    client.force_login(tine)
    response = client.get(reverse("case", args=[case.pk]))
    assert response.status_code == 200 and "Du har nødadgang." in response.content.decode()
    assert AccessLog.objects.get(user=tine, page="now").relation == "break_glass"
    assert client.post(reverse("case_note", args=[case.pk]), {"text": "Jeg skriver lidt."}).status_code == 403


def test_it_is_over_when_its_hours_are(world, case, tine, opened):
    viewer = world.viewer(tine, clock.today())
    assert not Citizen.objects.visible_to(viewer).exists()
    at = {"user": tine, "day": clock.today(), "municipality": world.municipality, "roles": viewer.roles}
    seen = type(viewer)(**at, at=clock.now())
    late = type(viewer)(**at, at=opened.expires_at)
    assert Citizen.objects.visible_to(seen).exists()
    assert not Citizen.objects.visible_to(late).exists()
    assert opened.expires_at - opened.opened_at == dt.timedelta(hours=8)


def test_it_ends_early_by_a_button(client, case, tine, opened):
    client.force_login(tine)
    assert client.post(reverse("emergency_end", args=[opened.pk])).status_code == 302
    assert client.get(reverse("case", args=[case.pk])).status_code == 404
    assert client.get(reverse("emergency_mine")).status_code == 404


def test_the_security_officer_and_the_leader_of_the_unit_hear_at_once_without_the_citizens_name(world, vibeke, opened):
    mails = OutgoingMail.objects.filter(kind="emergency")
    assert set(mails.values_list("to", flat=True)) == {vibeke.email, world.ole.email}
    assert all("Havtorn" not in f"{mail.subject} {mail.body}" for mail in mails)


def test_it_takes_a_reason_in_words_and_no_relation_beforehand(world, case, tine):
    at = clock.now()
    with pytest.raises(ActionError):
        actions.open_emergency(citizen=case.citizen, reason_kind="danger", reason="haster", by=tine, at=at)
    with pytest.raises(ActionError):
        actions.open_emergency(citizen=case.citizen, reason_kind="danger", reason=REASON, by=world.line, at=at)
    with pytest.raises(PermissionDenied):
        actions.open_emergency(citizen=case.citizen, reason_kind="danger", reason=REASON, by=world.nadia, at=at)
    assert not EmergencyAccess.objects.exists()


def test_name_and_address_protection_does_not_keep_help_away_but_is_flagged(world, case, vibeke, tine):
    Citizen.objects.filter(pk=case.citizen_id).update(protected_address=True)
    access = actions.open_emergency(
        citizen=Citizen.objects.get(pk=case.citizen_id), reason_kind="danger", reason=REASON, by=tine, at=clock.now()
    )
    assert access.protected
    assert "beskyttelse" in str(OutgoingMail.objects.filter(kind="emergency").first().body)


def test_the_leader_reviews_it_and_never_the_one_who_opened_it(world, client, tine, opened, vibeke):
    with pytest.raises(PermissionDenied):
        actions.review_emergency(access=opened, review=Review.APPROVED, note="Fint.", by=tine, at=clock.now())
    client.force_login(world.ole)
    url = reverse("emergency", args=[opened.pk])
    assert REASON in client.get(url).content.decode()
    sent = {"review": Review.NOT_APPROVED, "review_note": "Peter var her.", "version": opened.version}
    assert client.post(url, sent).status_code == 302
    opened.refresh_from_db()
    assert (opened.review, opened.reviewed_by) == (Review.NOT_APPROVED, world.ole)
    assert OutgoingMail.objects.filter(kind="emergency", to=vibeke.email).count() == 2


def test_it_asks_who_one_is_once_more_and_finds_the_citizen_by_number_alone(client, case, tine, vibeke, monkeypatch):
    client.force_login(tine)
    url = reverse("emergency_new")
    monkeypatch.setattr(sessions, "is_recent", lambda session, form=False: False)
    assert reverse("prove") in client.get(url)["Location"]
    monkeypatch.setattr(sessions, "is_recent", lambda session, form=False: True)
    sent = {"cpr": "711180-0001", "reason_kind": "danger", "reason": REASON}
    assert "Ingen med det nummer" in client.post(url, sent | {"cpr": "711180-0099"}).content.decode()
    response = client.post(url, sent)
    access = EmergencyAccess.objects.get()
    assert response["Location"] == reverse("emergency", args=[access.pk])
    assert reverse("case", args=[case.pk]) in client.get(response["Location"]).content.decode()


def test_a_search_on_a_number_nobody_of_mine_has_offers_emergency_access(client, case, tine):
    client.force_login(tine)
    assert reverse("emergency_new") in client.post(reverse("search"), {"q": "711180-0001"}).content.decode()
    assert reverse("emergency_new") not in client.post(reverse("search"), {"q": "Mona Havtorn"}).content.decode()


def test_the_citizen_reads_who_when_which_page_and_why_but_not_a_protected_name(
    world, client, case, tine, opened, vibeke
):
    client.force_login(tine)
    client.get(reverse("case_plan", args=[case.pk]))
    client.force_login(world.line)
    client.get(reverse("case", args=[case.pk]))
    actions.protect_staff(municipality=world.municipality, user=world.line, name_hidden=True, by=vibeke, at=clock.now())
    mona = actions.open_own_access(citizen=case.citizen, by=None, at=clock.now()).user
    client.force_login(mona)
    text = client.get(reverse("my_access")).content.decode()
    for said in ("Tine Gyvel", "Nødadgang", "Team Skoven", "Plan", "En medarbejder", "Team Havnen"):
        assert said in text
    assert "Line Askeløv" not in text
    late = {"fra": (clock.today() + dt.timedelta(days=1)).isoformat()}
    assert "Ingen har set noget i den periode." in client.get(reverse("my_access"), late).content.decode()
    client.force_login(world.peter)
    assert "Line Askeløv" in client.get(reverse("case_looks", args=[case.pk])).content.decode()


def test_the_security_officer_searches_by_number_and_no_number_stands_in_the_address(
    client, world, case, tine, opened, vibeke
):
    client.force_login(tine)
    client.get(reverse("case", args=[case.pk]))
    client.force_login(vibeke)
    response = client.post(reverse("access_log"), {"cpr": "711180-0001"})
    assert response["Location"] == f"{reverse('access_log')}?borger={case.citizen_id}"
    text = client.get(response["Location"]).content.decode()
    assert "Tine Gyvel" in text and "Mona Havtorn" in text
    assert AccessLog.objects.filter(user=vibeke, page="access log", citizen=case.citizen).exists()
    client.force_login(world.admin)
    assert "Mona Havtorn" not in client.get(reverse("access_log")).content.decode()
    assert client.get(response["Location"]).status_code == 404


def test_the_log_is_taken_out_in_a_file_after_a_fresh_proof_and_each_citizen_in_it_is_noted(
    client, case, tine, opened, vibeke, monkeypatch
):
    client.force_login(tine)
    client.get(reverse("case", args=[case.pk]))
    client.force_login(vibeke)
    monkeypatch.setattr(sessions, "is_recent", lambda session, form=False: False)
    assert client.get(reverse("access_log_csv")).status_code == 302
    monkeypatch.setattr(sessions, "is_recent", lambda session, form=False: True)
    response = client.get(reverse("access_log_csv"))
    assert "Mona Havtorn" in response.content.decode("utf-8-sig")
    assert AccessLog.objects.filter(page="export: access log", citizen=case.citizen, user=vibeke).exists()


def test_the_alert_and_the_seal_have_pages(client, world, case, tine, opened, vibeke):
    client.force_login(tine)
    client.get(reverse("case", args=[case.pk]))
    now = clock.now() + dt.timedelta(minutes=2)
    actions.find_alerts(municipality=world.municipality, since=now - dt.timedelta(days=1), at=now)
    actions.seal_log(municipality=world.municipality, at=now)
    client.force_login(vibeke)
    assert "uden tilknytning" in client.get(reverse("access_alerts")).content.decode()
    assert "Loggen er hel" in client.post(reverse("access_seal")).content.decode()
    assert client.get(reverse("emergency_list")).status_code == 200
    assert client.get(reverse("audit_policy")).status_code == 200
    assert client.get(reverse("staff_privacy", args=[tine.pk])).status_code == 200
