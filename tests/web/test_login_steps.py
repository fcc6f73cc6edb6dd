"""Login in two steps: switching on, codes that work once, recovery codes, roles that must, and showing oneself again."""

import datetime as dt
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jobformidler.accounts import actions, second_factor, sessions
from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import LoginPolicy, RecoveryCode, SecondFactor
from jobformidler.accounts.throttle import CODES
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.core.models import Event

PASSWORD = "correct horse battery"


def log_in(client, user, password=PASSWORD, **more):
    return client.post(reverse("login"), {"username": user.email, "password": password, **more})


def code(factor, steps=0):
    return second_factor.code_at(str(factor.secret), timezone.now() + steps * dt.timedelta(seconds=30))


def switch_on(world, user):
    """The factor in force, and its recovery codes."""
    factor = actions.begin_second_factor(user=user, by=user, at=clock.now())
    values = {"municipality": world.municipality, "shown_at": timezone.now(), "by": user, "at": clock.now()}
    codes = actions.confirm_second_factor(user=user, code=code(factor, -1), **values)
    assert codes is not None
    factor.refresh_from_db()
    return factor, codes


def is_in(client):
    return client.get(reverse("account")).status_code == 200


def test_switching_on_shows_a_picture_and_the_key_and_gives_ten_codes_once(world, client):
    client.force_login(world.line)
    page = client.get(reverse("second_factor"))
    factor = SecondFactor.objects.get(user=world.line)
    assert "<svg" in page.content.decode()
    assert str(factor.secret) in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    client.post(reverse("second_factor"), {"code": "å½৪"})
    wrong = client.post(reverse("second_factor"), {"code": "000000"})
    assert second_factor.factor_of(world.line) is None
    assert "form-error" in wrong.content.decode()
    given = client.post(reverse("second_factor"), {"code": code(factor)}).content.decode()
    assert len(re.findall(r"<code>[a-z2-9]{5}-[a-z2-9]{5}</code>", given)) == second_factor.RECOVERY_CODES
    assert second_factor.factor_of(world.line) is not None
    assert str(factor.secret) not in client.get(reverse("second_factor")).content.decode()
    assert Event.objects.filter(kind="accounts.second_factor_on").count() == 1


def test_the_secret_is_ciphertext_in_the_database_and_codes_are_hashes(world):
    factor, codes = switch_on(world, world.line)
    with connection.cursor() as cursor:
        cursor.execute("select secret from accounts_secondfactor")
        assert str(factor.secret).encode() not in bytes(cursor.fetchone()[0])
    kept = {bytes(row.code_hash) for row in RecoveryCode.objects.all()}
    assert not kept & {text.encode() for text in codes}


def test_the_password_alone_opens_nothing_once_it_is_on(world, client):
    factor, _codes = switch_on(world, world.line)
    assert log_in(client, world.line, next="/konto/")["Location"] == reverse("login_code")
    assert not is_in(client)
    answer = client.post(reverse("login_code"), {"code": code(factor)})
    assert answer["Location"] == "/konto/"
    assert is_in(client)


def test_a_code_is_taken_once(world):
    factor, _codes = switch_on(world, world.line)
    used = code(factor)
    one, two = Client(), Client()
    for client in (one, two):
        log_in(client, world.line)
        client.post(reverse("login_code"), {"code": used})
    assert is_in(one)
    assert not is_in(two)


def test_an_old_code_and_one_from_the_future_do_not_fit(world):
    factor, _codes = switch_on(world, world.line)
    for steps in (-3, 3):
        fits = actions.check_second_factor(user=world.line, code=code(factor, steps), shown_at=timezone.now())
        assert not fits


def test_a_recovery_code_opens_once_however_it_is_written(world):
    _factor, codes = switch_on(world, world.line)
    written = codes[0].upper().replace("-", " ")
    assert actions.check_second_factor(user=world.line, code=written, shown_at=timezone.now())
    assert not actions.check_second_factor(user=world.line, code=codes[0], shown_at=timezone.now())
    assert second_factor.codes_left(world.line) == second_factor.RECOVERY_CODES - 1


def test_a_recovery_code_is_of_no_use_to_somebody_else(world):
    _factor, codes = switch_on(world, world.line)
    switch_on(world, world.peter)
    assert not actions.check_second_factor(user=world.peter, code=codes[0], shown_at=timezone.now())


def test_after_six_wrong_codes_the_right_one_has_to_wait_too(world, client):
    factor, _codes = switch_on(world, world.line)
    log_in(client, world.line)
    for _try in range(CODES.limit):
        client.post(reverse("login_code"), {"code": "123"})
    client.post(reverse("login_code"), {"code": code(factor)})
    assert not is_in(client)


def test_new_recovery_codes_replace_the_old_ones(world, client):
    _factor, codes = switch_on(world, world.line)
    client.force_login(world.line)
    assert client.post(reverse("recovery_codes")).status_code == 200
    assert not actions.check_second_factor(user=world.line, code=codes[0], shown_at=timezone.now())
    assert second_factor.codes_left(world.line) == second_factor.RECOVERY_CODES


def test_the_second_step_without_the_first_goes_nowhere(world, client):
    assert client.get(reverse("login_code")).status_code == 410
    assert client.get(reverse("login_enrol")).status_code == 410
    assert client.post(reverse("login_code"), {"code": "123456"}).status_code == 410


def test_the_second_step_waits_ten_minutes(world, client, monkeypatch):
    factor, _codes = switch_on(world, world.line)
    log_in(client, world.line)
    later = timezone.now() + dt.timedelta(minutes=11)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert client.post(reverse("login_code"), {"code": code(factor)}).status_code == 410


def test_a_role_that_must_sets_it_up_before_anything_opens(world, client):
    LoginPolicy.objects.create(municipality=world.municipality, second_factor_roles=[Role.CASEWORKER])
    assert log_in(client, world.peter)["Location"] == reverse("login_enrol")
    assert not is_in(client)
    client.get(reverse("login_enrol"))
    factor = SecondFactor.objects.get(user=world.peter)
    assert not is_in(client)
    page = client.post(reverse("login_enrol"), {"code": code(factor)})
    assert "code-list" in page.content.decode()
    assert is_in(client)
    other = Client()
    assert log_in(other, world.line)["Location"] == reverse("home")


def test_where_it_must_be_on_it_cannot_be_switched_off(world, client):
    switch_on(world, world.line)
    client.force_login(world.line)
    LoginPolicy.objects.create(municipality=world.municipality, second_factor_roles=[Role.JOBFORMIDLER])
    client.post(reverse("second_factor_off"))
    assert second_factor.factor_of(world.line) is not None
    LoginPolicy.objects.update(second_factor_roles=[])
    client.post(reverse("second_factor_off"))
    assert second_factor.factor_of(world.line) is None
    assert not RecoveryCode.objects.exists()


def test_an_administrator_resets_with_a_reason_and_sessions_end(world, client):
    switch_on(world, world.line)
    line, admin = Client(), client
    line.force_login(world.line)
    admin.force_login(world.admin)
    url = reverse("user_factor_reset", args=[world.line.pk])
    assert admin.post(url, {"reason": " "}).status_code == 200
    assert second_factor.factor_of(world.line) is not None
    assert admin.post(url, {"reason": "Telefonen er væk"}).status_code == 302
    assert second_factor.factor_of(world.line) is None
    assert not is_in(line)
    event = Event.objects.get(kind="accounts.second_factor_reset")
    assert event.payload["reason"] == "Telefonen er væk"


def test_nobody_resets_their_own_or_that_of_somebody_elsewhere(world, now):
    switch_on(world, world.admin)
    values = {"municipality": world.municipality, "reason": "x", "at": now}
    with pytest.raises(PermissionDenied):
        actions.reset_second_factor(user=world.admin, by=world.admin, **values)
    with pytest.raises(PermissionDenied):
        actions.reset_second_factor(user=world.line, by=world.ole, **values)


def test_it_cannot_be_begun_anew_over_one_in_force(world, now):
    switch_on(world, world.line)
    with pytest.raises(ActionError):
        actions.begin_second_factor(user=world.line, by=world.line, at=now)
    with pytest.raises(PermissionDenied):
        actions.begin_second_factor(user=world.peter, by=world.line, at=now)


def age(client, minutes):
    """Make the session's last proof older."""
    session = client.session
    facts = session[sessions.FACTS]
    facts["proven"] -= minutes * 60
    session[sessions.FACTS] = facts
    session.save()


def test_after_ten_minutes_one_shows_oneself_again_and_comes_back(world, client):
    client.force_login(world.line)
    url = reverse("second_factor")
    assert client.get(url).status_code == 200
    age(client, 11)
    asked = client.get(url)
    assert asked["Location"] == f"{reverse('prove')}?next=%2Fkonto%2Fto-trin%2F"
    wrong = client.post(reverse("prove"), {"password": "no", "next": url})
    assert wrong.status_code == 200
    assert client.get(url).status_code == 302
    right = client.post(reverse("prove"), {"password": PASSWORD, "next": url})
    assert right["Location"] == url
    assert client.get(url).status_code == 200


def test_a_form_opened_in_time_can_still_be_sent(world, client):
    client.force_login(world.line)
    factor = actions.begin_second_factor(user=world.line, by=world.line, at=clock.now())
    age(client, 15)
    assert client.post(reverse("second_factor"), {"code": code(factor)}).status_code == 200
    age(client, 6)
    late = client.post(reverse("recovery_codes"), headers={"referer": "http://testserver/konto/to-trin/"})
    assert late["Location"].startswith(f"{reverse('prove')}?next=%2Fkonto%2Fto-trin%2F")


def test_with_a_second_factor_showing_oneself_takes_both(world, client):
    factor, _codes = switch_on(world, world.line)
    client.force_login(world.line)
    age(client, 11)
    client.post(reverse("prove"), {"password": PASSWORD, "code": "000000"})
    assert client.get(reverse("second_factor")).status_code == 302
    client.post(reverse("prove"), {"password": PASSWORD, "code": code(factor)})
    assert client.get(reverse("second_factor")).status_code == 200


def test_showing_oneself_never_leads_to_another_site(world, client):
    client.force_login(world.line)
    for wanted in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "konto"):
        answer = client.post(reverse("prove"), {"password": PASSWORD, "next": wanted})
        assert answer["Location"] == reverse("home")


def test_a_partial_request_is_sent_to_the_page_that_asks(world, client):
    client.force_login(world.line)
    age(client, 11)
    answer = client.get(reverse("second_factor"), headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer["HX-Redirect"].startswith(reverse("prove"))
