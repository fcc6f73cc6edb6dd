"""From what a login service says to a user with dated roles."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from jobformidler.accounts import actions, claims
from jobformidler.accounts.backends import may_use_password
from jobformidler.accounts.enums import AssuranceLevel, Role
from jobformidler.accounts.models import ExternalIdentity, LoginPolicy, Membership, User
from jobformidler.core.actions import ActionError, StaleError
from jobformidler.core.models import Event

ISSUER = "https://login.fjordby.example"
SAID = {
    "sub": "a1",
    "name": "Kaj Tjørn",
    "email": "kaj@fjordby.example",
    "org": ["fjordby", "alle"],
    "realm_access": {"roles": ["AD-JOB", "AD-X"]},
    "unit": "HAVN",
    "acr": "https://data.gov.dk/concept/core/nsis/loa/Substantial",
}


@pytest.fixture
def policy(world):
    return LoginPolicy.objects.create(
        municipality=world.municipality,
        sso_enabled=True,
        issuer=ISSUER,
        client_id="jf",
        claim_organisation="org",
        organisation_value="fjordby",
        claim_role="realm_access.roles",
        role_map={"AD-JOB": Role.JOBFORMIDLER, "AD-CHEF": Role.MANAGEMENT, "AD-ADM": Role.ADMINISTRATOR},
        claim_unit="unit",
        unit_map={"HAVN": "Team Havnen"},
        create_users=True,
    )


def come(world, policy, at, **changes):
    """Somebody comes through the login service."""
    who = claims.identity(policy, ISSUER, SAID | changes)
    return actions.sign_in_identity(identity=who, municipality=world.municipality, at=at)


def held(user, day):
    return set(Membership.objects.active_on(day).filter(user=user).values_list("role", flat=True))


def test_claims_become_name_roles_units_and_level(policy):
    who = claims.identity(policy, ISSUER, SAID)
    assert (who.subject, who.name, who.email) == ("a1", "Kaj Tjørn", "kaj@fjordby.example")
    assert (who.roles, who.units, who.level) == (("jobformidler",), ("Team Havnen",), "substantial")


@pytest.mark.parametrize(
    ("acr", "level"),
    [
        ("Low", "low"),
        ("urn:example:nsis:High", "high"),
        ("https://data.gov.dk/concept/core/nsis/loa/Substantial/", "substantial"),
        ("urn:mfa", "high"),
        ("pwd", "none"),
        ("", "none"),
        (None, "none"),
        (["Low", "Substantial"], "substantial"),
    ],
)
def test_the_level_is_the_last_word_or_what_the_table_says(policy, acr, level):
    policy.level_map = {"URN:mfa": "high"}
    assert claims.level_of(policy, SAID | {"acr": acr}) == level


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"sub": ""}, "no_subject"),
        ({"sub": None}, "no_subject"),
        ({"org": "andet"}, "organisation"),
        ({"org": None}, "organisation"),
        ({"org": {"fjordby": 1}}, "organisation"),
        ({"acr": "Low"}, "level"),
        ({"acr": None}, "level"),
    ],
)
def test_whoever_is_not_ours_or_not_sure_enough_is_refused(policy, changes, code):
    with pytest.raises(claims.IdentityRefusedError) as refused:
        claims.identity(policy, ISSUER, SAID | changes)
    assert refused.value.code == code


def test_somebody_new_with_a_role_becomes_a_user_without_password(world, policy, now, day):
    kaj = come(world, policy, now)
    assert held(kaj, day) == {Role.JOBFORMIDLER}
    assert not kaj.has_usable_password()
    assert come(world, policy, now, email="kaj.tjoern@fjordby.example") == kaj
    assert Membership.objects.filter(user=kaj).count() == 1


@pytest.mark.parametrize("changes", [{"realm_access": {"roles": ["AD-X"]}}, {"email": ""}, {"name": ""}])
def test_somebody_new_without_role_mail_or_name_does_not(world, policy, now, changes):
    with pytest.raises(claims.IdentityRefusedError):
        come(world, policy, now, **changes)
    assert not User.objects.filter(name="Kaj Tjørn").exists()


def test_where_users_are_not_made_somebody_new_stays_outside(world, policy, now):
    policy.create_users = False
    policy.save()
    with pytest.raises(claims.IdentityRefusedError) as refused:
        come(world, policy, now)
    assert refused.value.code == "unknown"


def test_an_e_mail_alone_never_opens_a_local_user(world, policy, now):
    with pytest.raises(claims.IdentityRefusedError) as refused:
        come(world, policy, now, email=world.line.email.upper())
    assert refused.value.code == "known"
    assert not ExternalIdentity.objects.exists()


def test_roles_follow_the_claims_from_day_to_day(world, policy, now, day):
    kaj = come(world, policy, now)
    later = now + dt.timedelta(days=10)
    come(world, policy, later, realm_access={"roles": ["AD-CHEF"]})
    then = day + dt.timedelta(days=10)
    assert held(kaj, then) == {Role.MANAGEMENT}
    assert held(kaj, then - dt.timedelta(days=1)) == {Role.JOBFORMIDLER}
    assert Event.objects.filter(kind="accounts.membership_ended", subject_id=kaj.pk).count() == 1


def test_a_role_given_by_hand_stays_when_the_claim_is_gone(world, policy, now, day):
    kaj = come(world, policy, now)
    values = {"municipality": world.municipality, "since": day, "by": world.admin, "at": now}
    actions.add_membership(user=kaj, role=Role.EMPLOYER_CONSULTANT, **values)
    come(world, policy, now + dt.timedelta(days=1), realm_access={"roles": []})
    assert held(kaj, day + dt.timedelta(days=1)) == {Role.EMPLOYER_CONSULTANT}


def test_a_role_that_needs_a_unit_is_not_given_without_a_known_one(world, policy, now, day):
    kaj = come(world, policy, now, unit="UKENDT")
    assert held(kaj, day) == set()


def test_the_last_administrator_is_kept_whatever_the_service_says(world, policy, now, day):
    kaj = come(world, policy, now, realm_access={"roles": ["AD-ADM"]})
    Membership.objects.filter(user=world.admin).update(period=(dt.date(2020, 1, 1), day))
    come(world, policy, now + dt.timedelta(days=1), realm_access={"roles": []})
    assert held(kaj, day + dt.timedelta(days=1)) == {Role.ADMINISTRATOR}


def test_a_stopped_user_stays_outside(world, policy, now):
    kaj = come(world, policy, now)
    actions.deactivate(user=kaj, municipality=world.municipality, by=world.admin, at=now)
    with pytest.raises(claims.IdentityRefusedError) as refused:
        come(world, policy, now)
    assert refused.value.code == "inactive"


def link(world, policy, user, now, by=None, **changes):
    who = claims.identity(policy, ISSUER, SAID | changes)
    actions.link_identity(user=user, municipality=world.municipality, identity=who, by=by or user, at=now)


def test_a_local_user_is_connected_once_and_by_nobody_else(world, policy, now):
    link(world, policy, world.line, now)
    link(world, policy, world.line, now)
    assert come(world, policy, now) == world.line
    with pytest.raises(ActionError):
        link(world, policy, world.peter, now)
    with pytest.raises(ActionError):
        link(world, policy, world.line, now, sub="b2")
    with pytest.raises(PermissionDenied):
        link(world, policy, world.peter, now, by=world.line, sub="c3")


def test_passwords_can_be_switched_off_for_those_who_are_connected(world, policy, now):
    link(world, policy, world.line, now)
    assert may_use_password(world.line)
    policy.password_off = True
    policy.save()
    assert not may_use_password(world.line)
    assert may_use_password(world.peter)


def test_whoever_has_no_password_cannot_disconnect(world, policy, now):
    kaj = come(world, policy, now)
    with pytest.raises(ActionError):
        actions.unlink_identity(user=kaj, municipality=world.municipality, by=kaj, at=now)
    link(world, policy, world.line, now, sub="b2")
    actions.unlink_identity(user=world.line, municipality=world.municipality, by=world.line, at=now)
    assert not ExternalIdentity.objects.filter(user=world.line).exists()


def test_an_administrator_ends_somebodys_connection_and_nobody_else_does(world, policy, now):
    link(world, policy, world.line, now)
    with pytest.raises(PermissionDenied):
        actions.unlink_identity(user=world.line, municipality=world.municipality, by=world.peter, at=now)
    actions.unlink_identity(user=world.line, municipality=world.municipality, by=world.admin, at=now)
    assert not ExternalIdentity.objects.filter(user=world.line).exists()


def test_the_client_secret_comes_from_the_environment_or_a_file(policy, monkeypatch, tmp_path):
    assert claims.client_secret(policy) == ""
    monkeypatch.setenv("JOBFORMIDLER_OIDC_SECRET_999", "from-environment")
    assert claims.client_secret(policy) == "from-environment"
    (tmp_path / "secret").write_text("from-file\n", encoding="utf-8")
    monkeypatch.setenv("JOBFORMIDLER_OIDC_SECRET_FILE_999", str(tmp_path / "secret"))
    assert claims.client_secret(policy) == "from-file"


# -- the policy


def change(world, at, by=None, **changes):
    return actions.change_login_policy(municipality=world.municipality, by=by or world.admin, at=at, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": "http://login.example"},
        {"issuer": "login.example"},
        {"issuer": "https://login.example/?tenant=1"},
        {"sso_enabled": True},
        {"role_map": {"X": "king"}},
        {"level_map": {"X": "sure"}},
        {"second_factor_roles": ["king"]},
        {"claim_organisation": "org"},
        {"idle_minutes": 1},
        {"session_hours": 48},
        {"minimum_level": "some"},
        {"nonsense": 1},
    ],
)
def test_a_policy_that_cannot_work_is_refused(world, now, changes):
    with pytest.raises(ActionError):
        change(world, now, **changes)


def test_only_an_administrator_changes_it_and_a_stale_page_is_told(world, now):
    with pytest.raises(PermissionDenied):
        change(world, now, by=world.ole, idle_minutes=30)
    row = change(world, now, idle_minutes=30, minimum_level=AssuranceLevel.HIGH, issuer="http://127.0.0.1:4000")
    assert (row.idle_minutes, row.version) == (30, 2)
    with pytest.raises(StaleError):
        change(world, now, version=1, idle_minutes=45)
    event = Event.objects.get(kind="accounts.policy_changed")
    assert event.payload["fields"] == ["idle_minutes", "issuer", "minimum_level"]
