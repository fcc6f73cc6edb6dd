"""The context does not leak: connections of one pool serve two municipalities and strangers, and views break."""

import logging
import random

import pytest
from django.db import connection
from django.test import Client
from tests.factories import make_citizen, make_municipality, make_user
from tests.harness.threads import at_once

from jobformidler.accounts.enums import Role
from jobformidler.citizens.models import Citizen
from jobformidler.core import db

pytestmark = [pytest.mark.slow, pytest.mark.attack]
THREADS, REQUESTS = 6, 60
CITIZENS = {101: 2, 102: 3}


@pytest.fixture
def people(own_database):
    """A user of each municipality; each sees its own number of citizens."""
    found = {}
    for code, count in CITIZENS.items():
        municipality = make_municipality(code, f"Kommune {code}")
        with db.enter(municipality, reason="test"):
            found[code] = make_user(municipality, "Line Askeløv", Role.JOBFORMIDLER)
            for number in range(count):
                make_citizen(municipality, number=number)
    return found


@pytest.mark.urls("tests.core.leak_urls")
def test_no_request_sees_a_row_of_another_municipality_and_none_outlives_a_crash(people, monkeypatch):
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
    browsers = []
    for thread in range(THREADS):
        mine = {code: Client(raise_request_exception=False) for code in (None, *people)}
        for code, user in people.items():
            mine[code].force_login(user)
        browsers.append((random.Random(thread), mine))
    connection.close()

    def visit(number, rng, mine):
        def run(ready):
            ready()
            wrong = []
            for turn in range(REQUESTS):
                code = rng.choice([None, *CITIZENS])
                if code and rng.random() < 0.2:
                    status = mine[code].get("/leak/crash/", {"number": 1000 + number * REQUESTS + turn}).status_code
                    wrong += [] if status == 500 else [f"{code}: crash gave {status}"]
                else:
                    tenants = mine[code].get("/leak/seen/").json()["tenants"]
                    expected = [code] * CITIZENS[code] if code else []
                    wrong += [] if tenants == expected else [f"{code}: saw {tenants}"]
                connection.close()  # back to the pool; the next request may get another's
            return wrong

        return run

    results = at_once(*(visit(number, *browser) for number, browser in enumerate(browsers)))
    assert results == [[]] * THREADS
    for code, user in people.items():
        with db.enter(user.memberships.get().municipality, reason="test"):
            assert Citizen.objects.count() == CITIZENS[code], "what a broken request wrote is undone"
