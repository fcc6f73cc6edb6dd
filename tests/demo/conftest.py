"""The smallest demo in a database of its own: one clone of the shared template for all tests that only read."""

import os

import pytest
from django.db import connection
from tests.browser import site

from jobformidler.core import db
from jobformidler.core.models import Municipality


def _clone(template: str, name: str) -> None:
    with site.owner() as control:
        control.execute(f'create database "{name}" template "{template}"')


@pytest.fixture(scope="session")
def demo_template(django_db_setup, django_db_blocker):
    """The name of the database that holds the smallest demo, built once for this source."""
    with django_db_blocker.unblock():
        mine = connection.settings_dict["NAME"]
        site.close_all()
        db.reconnect(NAME=mine)
        yield site.demo_template(mine)


@pytest.fixture(scope="session")
def demo_clone(demo_template, django_db_blocker):
    """A clone nobody writes to."""
    name = f"test_jf_{os.getpid()}_demo"
    with django_db_blocker.unblock():
        _clone(demo_template, name)
    yield name
    with django_db_blocker.unblock():
        site.drop(name)


@pytest.fixture
def demo_database(demo_clone, django_db_blocker):
    """Connected to the clone; what a test writes must be rolled back by itself."""
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        db.reconnect(NAME=demo_clone)
        site.bring_files()
        yield demo_clone
        site.close_all()
        db.reconnect(NAME=before)


@pytest.fixture
def fresh_demo(demo_template, django_db_blocker):
    """Connected to a clone of the test's own."""
    name = f"test_jf_{os.getpid()}_fresh"
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        _clone(demo_template, name)
        db.reconnect(NAME=name)
        site.bring_files()
        yield name
        site.close_all()
        db.reconnect(NAME=before)
        site.drop(name)


@pytest.fixture
def fjordby(demo_database):
    """The municipality, entered on day 0 at nine."""
    municipality = Municipality.objects.get(is_demo=True)
    with db.enter(municipality, reason="test"):
        yield municipality


@pytest.fixture
def nine(fjordby):
    """Nine o'clock on day 0."""
    from jobformidler.core import clock

    return clock.at_time(site.DAY, 9)
