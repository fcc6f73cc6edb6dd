"""How every test runs: on a database of its own, as the web role, under the rules of tests/harness."""

import datetime as dt
import itertools

import pytest
from django.core.cache import cache
from django.db import connection
from hypothesis import settings as hypothesis_settings

from jobformidler.core import clock, db
from tests.harness import database, databases, pages, queries, templates
from tests.harness.standing import Standing

pytest_plugins = ["tests.factories"]
NUMBERS = itertools.count(1)
# The machine that runs the tests may be busy, and a failing example is found again by its seed.
hypothesis_settings.register_profile("jobformidler", deadline=None, max_examples=50, database=None)
hypothesis_settings.load_profile("jobformidler")


def pytest_addoption(parser):
    """`--update-queries` writes the files of `assert_queries` anew."""
    parser.addoption("--update-queries", action="store_true", help="write the query counts instead of comparing them")


@pytest.fixture(scope="session", autouse=True)
def harsh():
    """What passes silently in production fails here."""
    templates.install()
    database.install()
    pages.install()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker, worker_id):
    """A clone of the migrated template for this worker, dropped at the end."""
    production = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        connection.settings_dict["OPTIONS"]["options"] = databases.CHEAP
        connection.close()
        mine = databases.clone(worker_id)
        db.reconnect(NAME=mine)
    yield
    with django_db_blocker.unblock():
        db.reconnect(NAME=production)
        databases.drop(mine)


@pytest.fixture(scope="session")
def _standing(django_db_setup, django_db_blocker, worker_id, tmp_path_factory):
    made = Standing(worker_id, tmp_path_factory.mktemp("standing"))
    yield made
    with django_db_blocker.unblock():
        made.drop()


@pytest.fixture
def standing(_standing, _harsh, django_db_blocker):
    """`with standing.inside(name, build) as made`: see tests/harness/standing.py."""
    with django_db_blocker.unblock():
        yield _standing


@pytest.fixture
def own_database(django_db_setup, django_db_blocker, worker_id):
    """For tests that commit, from several connections or as another role: a database of their own, gone afterwards."""
    with django_db_blocker.unblock():
        before = {name: connection.settings_dict[name] for name in ("NAME", "USER")}
        mine = databases.clone(f"{worker_id}_{next(NUMBERS)}")
        db.reconnect(NAME=mine)
        try:
            yield
        finally:
            db.reconnect(**before)
            databases.drop(mine)


@pytest.fixture(autouse=True)
def _harsh(settings, tmp_path):
    """Cheap password hashing, mail kept in memory, files in a folder of the test's own, nothing remembered."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.VAR = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    cache.clear()


@pytest.fixture
def assert_queries(request):
    """`with assert_queries("case"):` compares with __queries__/case.txt beside the test."""
    folder = request.path.parent / "__queries__"
    update = request.config.getoption("--update-queries")
    return lambda name, most=queries.MOST: queries.assert_queries(folder / f"{name}.txt", update=update, most=most)


@pytest.fixture
def day():
    """The Monday all tests happen on."""
    return dt.date(2026, 11, 23)


@pytest.fixture
def now(day):
    """Nine o'clock on that Monday."""
    return clock.at_time(day, 9)


@pytest.fixture
def drain():
    """Run waiting jobs on the test's own connection until none is left; returns how many ran."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    from jobformidler.core import events
    from jobformidler.core.models import Event

    def run() -> int:
        done = 0
        while True:
            jobs = list(ProcrastinateJob.objects.filter(status="todo", task_name="core.handle_event").order_by("pk"))
            if not jobs:
                return done
            for job in jobs:
                events.run_handler(Event.objects.get(pk=job.args["event_id"]), job.args["handler"])
                with connection.cursor() as cursor:
                    cursor.execute("update procrastinate_jobs set status = 'doing' where id = %s", [job.pk])
                    cursor.execute("select procrastinate_finish_job_v1(%s, 'succeeded', true)", [job.pk])
                done += 1

    return run
