"""A form sent from elsewhere, without the page's secret, is refused at every address."""

import pytest
from django.urls import reverse

from jobformidler.accounts.enums import Role
from tests.attack.conftest import writes
from tests.attack.pages import url
from tests.web.matrix import MATRIX

#: Addresses that take reports from browsers, which carry no secret; they change nothing of anybody's.
WITHOUT_SECRET = {"csp_report"}
NAMES = sorted(set(MATRIX) - WITHOUT_SECRET)


@pytest.mark.parametrize("name", NAMES)
def test_a_forged_form_is_refused(target, name):
    expected = MATRIX[name]
    administrator = expected.codes.get(str(Role.JOBFORMIDLER), (403,))[0] == 403
    client = target.client("administrator" if administrator else "jobformidler", enforce_csrf_checks=True)
    before = writes()
    assert client.post(url(name, target.scenes["own"]), {"reason": "x"}).status_code == 403
    assert writes() == before


def test_the_session_cookie_is_of_no_use_to_other_sites(target, settings):
    client = target.client("")
    who = target.people["jobformidler"]
    client.post(reverse("login"), {"username": who.email, "password": "correct horse battery"})
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    assert session["samesite"] == "Lax"
    assert session["httponly"]
