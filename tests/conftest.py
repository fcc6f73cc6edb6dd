"""Test databases: built once as the owner, cloned per worker, used as the web role inside a tenant's context."""

import hashlib
import os
import time
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from jobformidler.core import clock, db

pytest_plugins = ["tests.factories"]
SOURCE = Path(settings.ROOT) / "src" / "jobformidler"


def _fingerprint() -> str:
    """Changes with every file that shapes the database: migrations, models, policies, what runs after migrations."""
    digest = hashlib.sha256()
    files = [
        *SOURCE.glob("*/migrations/*.py"),
        *(SOURCE / "core" / name for name in ("schema.py", "policy.py", "history.py")),
    ]
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _owner(database: str) -> psycopg.Connection:
    values = connection.settings_dict
    return psycopg.connect(
        dbname=database,
        host=values["HOST"] or None,
        port=values["PORT"] or None,
        user=settings.DATABASE_OWNER["USER"],
        password=settings.DATABASE_OWNER["PASSWORD"] or None,
        autocommit=True,
    )


def _build(template: str) -> None:
    with _owner("postgres") as owner:
        owner.execute(f'create database "{template}_new"')
    name = connection.settings_dict["NAME"]
    db.reconnect(NAME=f"{template}_new")
    call_command("migrate", verbosity=0)
    with _owner(f"{template}_new") as owner:
        owner.execute("grant truncate on all tables in schema public to jf_web")
        owner.execute("grant update on all sequences in schema public to jf_web")
    db.reconnect(NAME=name)
    with _owner("postgres") as owner:
        owner.execute(f'alter database "{template}_new" rename to "{template}"')


def _drop(database: str) -> None:
    """Autovacuum may be at work in the clone, and the owner may not end it: wait a moment and try again."""
    for _attempt in range(20):
        try:
            with _owner("postgres") as owner:
                owner.execute(f'drop database if exists "{database}" with (force)')
            return
        except psycopg.errors.InsufficientPrivilege:
            time.sleep(0.25)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker, worker_id):
    """A clone of the migrated template for this worker, dropped at the end."""
    template = f"test_jf_tpl_{_fingerprint()}"
    mine = f"test_jf_{os.getpid()}_{worker_id}"
    production = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        connection.close()
        with _owner("postgres") as owner:
            owner.execute("select pg_advisory_lock(4711)")
            try:
                known = {name for (name,) in owner.execute("select datname from pg_database")}
                if f"{template}_new" in known:
                    owner.execute(f'drop database "{template}_new" with (force)')
                if template not in known:
                    _build(template)
                owner.execute(f'create database "{mine}" template "{template}"')
            finally:
                owner.execute("select pg_advisory_unlock(4711)")
        db.reconnect(NAME=mine)
    yield
    with django_db_blocker.unblock():
        db.reconnect(NAME=production)
        _drop(mine)


@pytest.fixture(autouse=True)
def _harsh(settings, tmp_path):
    """Cheap password hashing, mail kept in memory, files in a folder of the test's own."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.VAR = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def day():
    """The Monday all tests happen on."""
    import datetime as dt

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


def pytest_configure(config):
    """Fail early and clearly when the database server is not there."""
    assert apps.ready
