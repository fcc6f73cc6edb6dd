"""Chromium opens every page of a municipality whose every text is a script. The content policy is off: nothing may run."""

import os

import pytest
from django.conf import settings as base
from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from playwright.sync_api import Error

from jobformidler.core import db
from tests.attack.conftest import build
from tests.attack.marks import mark_everything
from tests.attack.pages import opens, url
from tests.browser import site
from tests.harness import databases

pytestmark = pytest.mark.browser
HIT = "() => Boolean(window.hit) || document.querySelector('x-hit') !== null"


@pytest.fixture
def marked(server, django_db_setup, django_db_blocker, settings, _harsh):
    """The municipality of the attacks, committed, with a script in every text."""
    settings.DEBUG = False
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=site.FAST_PASSWORDS):
        mine = databases.clone(f"scripts_{os.getpid()}")
        db.reconnect(NAME=mine)
        target = build()
        with db.enter(target.world.municipality, reason="attack"):
            assert mark_everything() > 60
        yield target
        site.close_all()
        db.reconnect(NAME=before)
        site.drop(mine)


def _session(user) -> str:
    """A session of the user, as after logging in."""
    client = Client()
    client.force_login(user)
    return client.cookies[base.SESSION_COOKIE_NAME].value


def test_no_page_runs_a_script_somebody_wrote_as_text(marked, server, chromium):
    wrong, opened = [], 0
    for who in sorted({who for _name, who in opens()}):
        context = chromium.new_context(bypass_csp=True)
        user = type(marked.people[who]).objects.get(pk=marked.people[who].pk)
        context.add_cookies([{"name": base.SESSION_COOKIE_NAME, "value": _session(user), "url": server}])
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.dismiss())
        for name, opener in opens():
            if opener != who:
                continue
            address = url(name, marked.scenes["own"])
            try:
                answer = page.goto(f"{server}{address}", wait_until="load")
            except Error as error:  # a page that is a download is not opened
                if "Download is starting" not in str(error):
                    raise
                continue
            opened += "/log-ind/" not in page.url
            if answer.status >= 500 or page.evaluate(HIT):
                wrong.append(f"{address} ({who}): {answer.status}")
        context.close()
    assert not wrong, "\n".join(wrong)
    assert opened > 80
