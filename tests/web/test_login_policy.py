"""The administrator's page of how people log in."""

from django.urls import reverse

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import LoginPolicy

FORM = {
    "version": 1,
    "second_factor_roles": [Role.CASEWORKER],
    "idle_minutes": 30,
    "session_hours": 8,
    "sso_enabled": "on",
    "sso_name": "kommunens login",
    "issuer": "https://login.fjordby.example",
    "client_id": "jf",
    "scopes": "openid profile",
    "claim_name": "name",
    "claim_email": "email",
    "claim_role": "roles",
    "role_map": "AD-JOB = jobformidler\n\nAD=SAG = Sagsbehandler",
    "unit_map": "",
    "claim_level": "acr",
    "level_map": "urn:mfa = høj",
    "minimum_level": "substantial",
}


def test_the_page_saves_tables_written_as_lines_with_danish_words(world, client):
    client.force_login(world.admin)
    assert client.post(reverse("login_policy"), FORM).status_code == 302
    row = LoginPolicy.objects.get()
    assert row.role_map == {"AD-JOB": "jobformidler", "AD=SAG": "caseworker"}
    assert row.level_map == {"urn:mfa": "high"}
    assert (row.second_factor_roles, row.idle_minutes) == (["caseworker"], 30)
    page = client.get(reverse("login_policy")).content.decode()
    assert "AD=SAG = sagsbehandler" in page
    assert "/log-ind/retur/" in page


def test_a_line_without_a_sign_is_told_and_nothing_is_saved(world, client):
    client.force_login(world.admin)
    page = client.post(reverse("login_policy"), FORM | {"role_map": "AD-JOB jobformidler"})
    assert "form-error" in page.content.decode()
    assert not LoginPolicy.objects.exists()


def test_what_the_action_refuses_stands_at_its_field(world, client):
    client.force_login(world.admin)
    page = client.post(reverse("login_policy"), FORM | {"issuer": "http://login.fjordby.example"})
    assert "form-error" in page.content.decode()
    assert not LoginPolicy.objects.filter(sso_enabled=True).exists()


def test_the_login_page_offers_the_service(world, client):
    LoginPolicy.objects.create(
        municipality=world.municipality, sso_enabled=True, sso_name="kommunens login", issuer="https://x", client_id="y"
    )
    page = client.get(reverse("login"), {"next": "/konto/"}).content.decode()
    assert f"{reverse('sso_start', args=[world.municipality.code])}?next=/konto/" in page
