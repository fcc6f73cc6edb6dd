"""Login as people meet it in a browser: a certified login service, the phone's code, and a session that ends."""

import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.utils import timezone

from jobformidler.accounts import second_factor
from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import ExternalIdentity, LoginPolicy, LoginSession, Membership, SecondFactor, User
from tests.browser import look, site
from tests.factories import World

pytestmark = pytest.mark.browser
HERE = Path(__file__).parent
PASSWORD = "correct horse battery"


@pytest.fixture
def town(own_database, server, settings):
    """A municipality with people, committed, answered for by the server."""
    settings.SITE_URL = server
    with World() as world:
        LoginPolicy.objects.create(municipality=world.municipality)
    yield world
    site.close_all()


@pytest.fixture(scope="module")
def service(server):
    """The address of a certified login service that knows our server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["node", str(HERE / "oidc" / "provider.mjs"), str(port), f"{server}/log-ind/retur/", f"{server}/log-ind/"]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    for _try in range(150):
        try:
            urllib.request.urlopen(f"{address}/.well-known/openid-configuration", timeout=2).close()
            break
        except urllib.error.URLError:
            time.sleep(0.1)
    yield address
    running.terminate()
    running.wait(10)


@pytest.fixture
def connected(town, service):
    """The municipality with the login service set up."""
    LoginPolicy.objects.update(
        sso_enabled=True,
        sso_name="kommunens login",
        issuer=service,
        client_id="jobformidler",
        claim_organisation="org",
        organisation_value="fjordby",
        claim_role="roles",
        role_map={"AD-JOB": Role.JOBFORMIDLER},
        claim_unit="unit",
        claim_level="loa",
    )
    return town


@pytest.fixture
def page(chromium, server):
    """A browser that tells what our own pages were refused."""
    context = chromium.new_context(locale="da-DK", viewport=look.WIDE, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(15000)
    refused = []
    page.on(
        "console",
        lambda said: refused.append(said.text) if "Security Policy" in said.text and server in page.url else None,
    )
    yield page
    context.close()
    assert refused == []


def with_password(page, server, user):
    page.goto(f"{server}/log-ind/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind", exact=True).click()
    page.wait_for_load_state("load")


def at_the_service(page, who):
    """What the service asks: name, any password, and the first time whether we may know."""
    page.wait_for_url(re.compile("/interaction/"))
    page.locator("input[name=login]").fill(who)
    page.locator("input[name=password]").fill("any")
    page.locator("button[type=submit]").click()
    allow(page)


def allow(page):
    page.wait_for_load_state("load")
    if "/interaction/" in page.url:
        page.locator("button[type=submit]").click()
        page.wait_for_load_state("load")


def with_service(page, server, who):
    page.goto(f"{server}/log-ind/")
    page.get_by_role("link", name="Log ind med kommunens login").click()
    at_the_service(page, who)


def text(page):
    return re.sub(r"\s+", " ", page.locator("body").inner_text())


def tell(service, path):
    urllib.request.urlopen(f"{service}{path}", timeout=5).close()


def test_somebody_connects_logs_in_through_the_service_and_out_of_both(page, connected, server):
    with_password(page, server, connected.line)
    page.goto(f"{server}/konto/")
    page.get_by_role("button", name="Forbind med mit login der").click()
    at_the_service(page, "line")
    page.wait_for_url(f"{server}/konto/")
    assert "Du kan nu logge ind med kommunens login" in text(page)
    identity = ExternalIdentity.objects.get()
    assert (identity.user, identity.subject) == (connected.line, "line")

    page.context.clear_cookies()
    with_service(page, server, "line")
    page.wait_for_url(re.compile(f"^{server}/(?!log-ind)"))
    assert "Line Askeløv" in text(page)
    # The service gave the same role that an administrator had given: it is not given twice.
    assert Membership.objects.filter(user=connected.line).count() == 1

    page.goto(f"{server}/konto/")
    page.locator("details[data-drop] summary").first.click()
    page.get_by_role("button", name="Log ud", exact=True).first.click()
    page.wait_for_url(re.compile("/session/end"))
    page.locator("button[type=submit], button[name=logout]").first.click()
    page.wait_for_url(re.compile(f"^{server}/log-ind/"))
    page.goto(f"{server}/konto/")
    assert "/log-ind/" in page.url
    page.get_by_role("link", name="Log ind med kommunens login").click()
    page.wait_for_url(re.compile("/interaction/"))
    assert page.locator("input[name=login]").count() == 1


def test_somebody_new_comes_in_only_where_that_is_wanted_and_loses_a_role_that_is_gone(
    page, connected, server, service
):
    tell(service, "/test/roles?kaj=AD-JOB,AD-OTHER")
    with_service(page, server, "kaj")
    assert "Du er ikke oprettet her endnu" in text(page)
    assert not User.objects.filter(email="kaj@fjordby.example").exists()

    LoginPolicy.objects.update(create_users=True)
    page.context.clear_cookies()
    with_service(page, server, "kaj")
    page.wait_for_url(re.compile(f"^{server}/(?!log-ind)"))
    kaj = User.objects.get(email="kaj@fjordby.example")
    role = Membership.objects.get(user=kaj)
    assert (role.role, role.unit_id, role.from_claims) == (Role.JOBFORMIDLER, connected.unit.pk, True)
    assert not kaj.has_usable_password()

    tell(service, "/test/roles?kaj=")
    page.context.clear_cookies()
    with_service(page, server, "kaj")
    assert "Du har ingen rolle lige nu" in text(page)
    assert not Membership.objects.filter(user=kaj, period__contains=timezone.localdate()).exists()


@pytest.mark.parametrize(
    ("who", "words"),
    [("ida", "ikke sikker nok"), ("ulf", "en anden organisation"), ("eva", "Du er ikke oprettet her endnu")],
)
def test_whoever_may_not_come_in_reads_why(page, connected, server, who, words):
    LoginPolicy.objects.update(create_users=True)
    with_service(page, server, who)
    assert words in text(page)
    assert not LoginSession.objects.filter(user__isnull=False).exists()


def test_an_e_mail_that_belongs_to_a_local_user_opens_nothing(page, connected, server):
    LoginPolicy.objects.update(create_users=True)
    User.objects.filter(pk=connected.line.pk).update(email="line@fjordby.example")
    with_service(page, server, "line")
    assert "Du har allerede et login med adgangskode" in text(page)
    assert not ExternalIdentity.objects.exists()


def test_an_answer_with_another_nonce_is_refused(page, connected, server, service):
    LoginPolicy.objects.update(create_users=True)
    tell(service, "/test/nonce")
    with_service(page, server, "kaj")
    assert "Loginet kunne ikke bekræftes" in text(page)
    assert not LoginSession.objects.filter(user__isnull=False).exists()


def test_an_answer_with_another_state_or_to_nobodys_question_is_refused(page, connected, server):
    assert page.goto(f"{server}/log-ind/retur/?code=abc&state=made-up").status == 403
    page.goto(f"{server}/log-ind/kommune/{connected.municipality.code}/")
    page.wait_for_url(re.compile("/interaction/"))
    assert page.goto(f"{server}/log-ind/retur/?code=abc&state=made-up").status == 403
    assert "Loginet kunne ikke bekræftes" in text(page)
    assert page.goto(f"{server}/log-ind/retur/?error=access_denied&state=made-up").status == 403


def test_a_service_that_does_not_answer_is_told_kindly(page, connected, server):
    LoginPolicy.objects.update(issuer="http://127.0.0.1:9")
    assert page.goto(f"{server}/log-ind/kommune/{connected.municipality.code}/").status == 503
    assert "Loginet svarer ikke lige nu" in text(page)


def test_two_steps_are_switched_on_from_the_picture_or_the_key_and_asked_for_at_login(page, town, server):
    with_password(page, server, town.line)
    page.goto(f"{server}/konto/to-trin/")
    drawn = page.locator("svg.qr").bounding_box()
    assert drawn["width"] > 150
    page.get_by_text("Jeg kan ikke læse billedet").click()
    key = page.locator("code.key").inner_text()
    factor = SecondFactor.objects.get(user=town.line)
    assert key == str(factor.secret)
    page.get_by_role("textbox", name="Kode").fill(second_factor.code_at(key, timezone.now()))
    page.get_by_role("button", name="Slå til").click()
    page.get_by_role("heading", name="Gem koderne et sikkert sted").wait_for()
    codes = page.locator(".code-list code").all_inner_texts()
    assert len(codes) == second_factor.RECOVERY_CODES

    page.context.clear_cookies()
    with_password(page, server, town.line)
    assert page.url.endswith("/log-ind/kode/")
    page.get_by_role("textbox", name="Kode").fill(codes[3])
    page.get_by_role("button", name="Log ind", exact=True).click()
    page.wait_for_url(re.compile(f"^{server}/(?!log-ind)"))
    assert "Line Askeløv" in text(page)


def test_before_a_session_ends_one_is_asked_and_nothing_typed_is_lost(page, town, server):
    page.clock.install()
    with_password(page, server, town.line)
    page.goto(f"{server}/konto/")
    asked = page.locator("[data-session]")
    assert asked.is_hidden()
    page.clock.fast_forward("58:30")
    asked.get_by_text("Du bliver logget ud om lidt").wait_for()
    asked.get_by_role("button", name="Bliv logget ind").click()
    asked.wait_for(state="hidden")

    page.get_by_label("Direkte telefon").fill("00 00 00 99")
    with page.expect_response("**/til-stede/"):  # the page tells by itself that somebody is there
        page.clock.fast_forward("58:30")
        page.clock.run_for(15_000)
    page.wait_for_function("() => true")
    assert asked.is_hidden()

    LoginSession.objects.all().delete()
    page.get_by_label("Direkte telefon").fill("00 00 00 98")
    page.clock.fast_forward("59:00")
    page.clock.run_for(15_000)
    asked.get_by_text("Du er logget ud").wait_for()
    assert page.get_by_label("Direkte telefon").input_value() == "00 00 00 98"
