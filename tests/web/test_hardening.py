"""What every request passes, and what a production installation must have switched on."""

import io
import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from jobformidler.accounts.backends import address_of, may_use_password
from jobformidler.accounts.models import LoginAttempt, PolicyReport
from jobformidler.accounts.throttle import ADDRESSES, PASSWORDS, REPORTS
from jobformidler.core import logs
from jobformidler.core.logs import DiscreetFormatter
from jobformidler.web.hardening.middleware import limit_of

ROOT = Path(__file__).resolve().parents[2]
CPRS = ["711180-0001", "7111800001", "711180 0001", "0101900001", "311299-1234"]


def production(**more: str) -> dict[str, str]:
    """The environment of an installation behind TLS."""
    return (
        os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "jobformidler.config.settings",
            "PYTHONPATH": str(ROOT / "src"),
            "JOBFORMIDLER_HTTPS": "1",
            "JOBFORMIDLER_HOSTS": "job.fjordby.example",
            "JOBFORMIDLER_SECRET_KEY": "x1-" * 20 + "abcdefghijklmnop",
        }
        | more
    )


def test_djangos_own_check_for_production_finds_nothing():
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env=production(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_behind_tls_cookies_are_bound_to_host_and_transport():
    asked = (
        "from django.conf import settings as s; import json;"
        "print(json.dumps([s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        "s.SECURE_HSTS_SECONDS, s.SECURE_SSL_REDIRECT, s.ALLOWED_HOSTS]))"
    )
    done = subprocess.run([sys.executable, "-c", asked], env=production(), capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [
        "__Host-session", "__Host-csrf", True, True, 31536000, True, ["job.fjordby.example"],
    ]  # fmt: skip


def test_cookies_cannot_be_read_by_scripts_nor_travel_with_foreign_forms(world):
    client = Client()
    client.post(reverse("login"), {"username": world.line.email, "password": "correct horse battery"})
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"
        assert client.cookies[name]["path"] == "/"
        assert not client.cookies[name]["domain"]


@pytest.mark.parametrize("page", ["login", "account"])
def test_every_page_carries_the_headers(world, client, page):
    client.force_login(world.line)
    headers = client.get(reverse(page), follow=True).headers
    policy = headers["Content-Security-Policy"]
    for part in (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "report-uri /csp/",
    ):
        assert part in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Reporting-Endpoints"] == 'csp="/csp/"'


def test_a_foreign_host_is_refused(db):
    assert Client(headers={"host": "evil.example"}).get(reverse("login")).status_code == 400


def test_a_form_without_its_token_is_refused(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.line)
    for name in ("account", "devices", "second_factor_off", "stay", "logout", "sso_connect"):
        assert client.post(reverse(name)).status_code == 403


# -- size of bodies


def test_a_body_that_is_too_large_is_refused_unread_with_a_page_in_danish(world, client):
    client.force_login(world.line)
    sent = client.generic("POST", reverse("account"), b"x", CONTENT_LENGTH=str(settings.BODY_LIMIT + 1))
    assert sent.status_code == 413
    assert "<h1>" in sent.content.decode()
    assert "6 MB" in sent.content.decode()


def test_a_form_with_too_long_a_text_is_413_and_not_an_error(world, client):
    client.force_login(world.line)
    text = "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 100)
    sent = client.post(reverse("account"), f"name={text}", content_type="application/x-www-form-urlencoded")
    assert sent.status_code == 413


def test_only_addresses_that_take_files_take_large_bodies():
    assert limit_of(reverse("login")) == settings.BODY_LIMIT
    assert limit_of(reverse("ingest")) > 100_000_000


@pytest.mark.parametrize("length", ["-1", "abc", "1e9", "٣"])
def test_a_made_up_length_is_refused(db, length):
    sent = Client(raise_request_exception=False).generic("POST", reverse("login"), b"", CONTENT_LENGTH=length)
    assert sent.status_code in (400, 403, 413)


# -- CPR numbers in addresses and logs


@pytest.mark.parametrize("cpr", CPRS)
def test_an_address_with_a_cpr_number_is_opened_without_it(world, client, cpr):
    client.force_login(world.line)
    answer = client.get(reverse("caseload"), {"q": cpr, "visning": "team"})
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('caseload')}?visning=team"


def test_however_it_is_escaped_and_wherever_it_stands(world, client):
    client.force_login(world.line)
    for query in (
        "q=%37%31%31%31%380-0001",
        "711180-0001",
        "711180-0001=x",
        "a=b&q=Mona+711180%2D0001",
        "q=711180%E2%80%930001",
    ):
        answer = client.get(f"{reverse('caseload')}?{query}")
        assert answer.status_code == 302, query
        assert not logs.has_cpr(answer["Location"])
    assert client.post(f"{reverse('account')}?q=7111800001").status_code == 400


@pytest.mark.parametrize(
    "text", ["12345678", "2026-11-23", "20261123123456", "123456789012", "9913999999", "kl. 10.30"]
)
def test_other_numbers_are_left_alone(world, client, text):
    client.force_login(world.line)
    assert client.get(reverse("caseload"), {"q": text}).status_code == 200


def test_a_redirect_never_leaves_for_another_site(db):
    answer = Client().get("/%2Fevil.example/?q=7111800001")
    assert answer["Location"] == "/evil.example/"


@pytest.mark.parametrize("cpr", CPRS)
def test_no_log_line_holds_a_cpr_number_or_the_secret_of_a_link(cpr):
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(DiscreetFormatter("%(message)s"))
    log = logging.getLogger("tests.discreet")
    log.addHandler(handler)
    log.propagate = False
    try:
        log.warning("Not Found: /sag/%s/?q=%s", cpr, cpr.replace(" ", "%20").replace("-", "%2D"))
        log.warning(
            "Gone: /a/abcdefghijklmnopqrstuvwxyz0123456789/kode/ and /log-ind/ny-adgangskode/MQ/c0ffee-1234567890/"
        )
    finally:
        log.removeHandler(handler)
    assert "0001" not in said.getvalue()
    assert "1234" not in said.getvalue()
    assert "abcdefgh" not in said.getvalue()
    assert "c0ffee" not in said.getvalue()


def test_the_installation_logs_with_the_discreet_formatter():
    assert settings.LOGGING["formatters"]["plain"]["()"] == "jobformidler.core.logs.DiscreetFormatter"
    assert settings.LOGGING["handlers"]["console"]["formatter"] == "plain"


# -- reports of the content security policy


def report(**more):
    said = {
        "effective-directive": "script-src-elem",
        "blocked-uri": "https://user:pw@evil.example:8443/x.js?secret=1",
        "document-uri": "https://job.example/sag/4711/tidslinje/?q=Mona#top",
    } | more
    return json.dumps({"csp-report": said})


def send(body, kind="application/csp-report", **more):
    return Client(**more).post(reverse("csp_report"), body, content_type=kind)


def test_a_report_is_counted_without_query_number_or_name(db):
    for _time in range(3):
        assert send(report()).status_code == 204
    row = PolicyReport.objects.get()
    assert (row.directive, row.blocked, row.page, row.count) == (
        "script-src-elem", "https://evil.example:8443", "/sag/…/tidslinje/", 3,
    )  # fmt: skip


def test_the_newer_format_is_read_too(db):
    body = {"effectiveDirective": "img-src", "blockedURL": "data", "documentURL": "https://job.example/i-dag/"}
    send(json.dumps([{"type": "csp-violation", "body": body}]), "application/reports+json")
    assert PolicyReport.objects.values_list("directive", "blocked", "page").get() == ("img-src", "data", "/i-dag/")


@pytest.mark.parametrize(
    "body",
    ["", "no", "[]", "{}", "[1]", '{"csp-report": 1}', "[" * 5000, '{"csp-report": {"blocked-uri": []}}', "\xff"],
)
def test_nonsense_is_answered_alike_and_not_kept(db, body):
    assert send(body).status_code == 204
    assert not PolicyReport.objects.exists()


def test_reports_are_limited_in_size_and_number(db):
    send(report(**{"script-sample": "x" * 20_000}))
    assert not PolicyReport.objects.exists()
    for _time in range(REPORTS.limit + 5):
        send(report())
    assert PolicyReport.objects.get().count == REPORTS.limit


def test_the_secret_of_a_signed_link_is_not_kept_in_a_report(db):
    send(report(**{"document-uri": "https://job.example/a/s3cr3t-s3cr3t-s3cr3t-s3cr3t-s3cr3t/kode/"}))
    assert PolicyReport.objects.get().page == "/a/…/kode/"


def test_the_administrator_sees_the_list_and_empties_it(world, client):
    send(report())
    client.force_login(world.admin)
    assert "https://evil.example:8443" in client.get(reverse("csp_reports")).content.decode()
    client.post(reverse("csp_reports"))
    assert not PolicyReport.objects.exists()


# -- limits of tries


def test_many_e_mails_from_one_address_are_slowed_down_too(world, monkeypatch):
    monkeypatch.setattr("jobformidler.accounts.backends.ADDRESSES", type(ADDRESSES)("t", 3, ADDRESSES.window))
    client = Client(REMOTE_ADDR="203.0.113.9")
    for number in range(3):
        client.post(reverse("login"), {"username": f"n{number}@example.test", "password": "x"})
    right = {"username": world.line.email, "password": "correct horse battery"}
    assert client.post(reverse("login"), right).status_code == 200
    assert Client(REMOTE_ADDR="203.0.113.10").post(reverse("login"), right).status_code == 302


def test_behind_a_proxy_the_address_is_what_the_proxy_wrote_last(rf, settings):
    told = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "made.up, 203.0.113.9"}
    assert address_of(rf.get("/", **told)) == "10.0.0.1"
    assert address_of(rf.get("/", REMOTE_ADDR="127.0.0.1")) == ""
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert address_of(rf.get("/", **told)) == "203.0.113.9"
    assert address_of(rf.get("/", REMOTE_ADDR="10.0.0.1")) == ""


def test_a_limit_is_kept_as_a_keyed_hash(db):
    PASSWORDS.take("line@fjordby.example")
    assert b"line" not in bytes(LoginAttempt.objects.get().key)


def test_a_user_without_the_login_service_uses_a_password(world):
    assert may_use_password(world.line)
