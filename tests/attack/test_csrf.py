"""A form sent from elsewhere, without the page's secret, is refused at every address."""

from django.urls import reverse

from tests.attack.conftest import writes
from tests.attack.pages import url
from tests.web.matrix import MATRIX

#: Addresses that take reports from browsers, which carry no secret; they change nothing of anybody's.
WITHOUT_SECRET = {"csp_report"}
NAMES = sorted(set(MATRIX) - WITHOUT_SECRET)


def test_a_forged_form_is_refused_at_every_address(target):
    wrong = []
    for who in ("administrator", "jobformidler"):
        client = target.client(who, enforce_csrf_checks=True)
        before = writes()
        for name in NAMES:
            code = client.post(url(name, target.scenes["own"]), {"reason": "x"}).status_code
            if code != 403:
                wrong.append(f"{name} as {who}: {code}")
        assert writes() == before
    assert len(NAMES) > 200
    assert not wrong, "\n".join(wrong)


def test_the_session_cookie_is_of_no_use_to_other_sites(target, settings):
    client = target.client("")
    who = target.people["jobformidler"]
    client.post(reverse("login"), {"username": who.email, "password": "correct horse battery"})
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    assert session["samesite"] == "Lax"
    assert session["httponly"]
