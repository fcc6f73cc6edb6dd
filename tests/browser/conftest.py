"""One Chromium for all stories, a browser a person, and for every test the demo in a database of its own."""

import itertools
import os
from pathlib import Path

import pytest
from django.conf import settings as base
from django.db import connection
from playwright.sync_api import sync_playwright

from jobformidler.core import db
from tests.browser import look, site
from tests.browser.person import Person
from tests.browser.taps import Taps

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
TAPS = Taps()
NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def chromium():
    """The browser."""
    TAPS.install()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()
    TAPS.write(Path(base.ROOT) / "var" / "interactions.json")


@pytest.fixture(scope="session")
def taps(chromium):
    """The counter of interactions."""
    return TAPS


@pytest.fixture(scope="session")
def demo_database(django_db_setup, django_db_blocker):
    """The name of a database that holds the smallest demo; tests clone it."""
    with django_db_blocker.unblock():
        migrated = connection.settings_dict["NAME"]
        site.close_all()
        yield site.demo_template(migrated)
        site.close_all()


@pytest.fixture(scope="session")
def server(chromium):
    """The address of the server, which answers from whichever database is the test's."""
    with site.Server().serving() as url:
        yield url


@pytest.fixture
def fjordby(demo_database, server, django_db_blocker, settings, _harsh):
    """The demo, a clone of its own, on Monday at nine."""
    mine, before = f"test_jf_{os.getpid()}_{next(NUMBERS)}", connection.settings_dict["NAME"]
    settings.SITE_URL = server
    settings.DEBUG = False
    with django_db_blocker.unblock():
        with site.owner() as control:
            control.execute(f'create database "{mine}" template "{demo_database}"')
        db.reconnect(NAME=mine)
        site.bring_files()
        yield site.Site(server)
        site.close_all()
        db.reconnect(NAME=before)
        site.drop(mine)


@pytest.fixture(scope="session")
def seen():
    """The combinations of parts that have been looked at."""
    return set()


@pytest.fixture
def people():
    """Everybody with a browser in this test."""
    return []


@pytest.fixture
def person(chromium, fjordby, seen, people):
    """Makes somebody with a browser: `person("Line")` is logged in, `person()` is a stranger; `phone`, `scripts`."""
    contexts = []

    def make(first_name: str = "", *, phone: bool = False, scripts: bool = True) -> Person:
        context = chromium.new_context(
            locale="da-DK",
            timezone_id="Europe/Copenhagen",
            viewport=look.PHONE if phone else look.WIDE,
            has_touch=phone,
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        contexts.append(context)
        someone = Person(context, fjordby, seen)
        someone.looks = scripts
        people.append(someone)
        return someone.log_in(first_name) if first_name else someone

    yield make
    for context in contexts:
        context.close()
    wrong = sorted({line for someone in people for line in someone.wrong})
    assert wrong == [], "\n".join(wrong)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """A failed story shows what everybody had on the screen."""
    outcome = yield
    report = outcome.get_result()
    if call.when == "call" and report.failed:
        for someone in item.funcargs.get("people", []):
            report.sections.append((f"screen at {someone.page.url}", someone.text("body")[:1500]))
