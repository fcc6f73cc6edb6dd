"""The product as the browser meets it: the small demo in a database of the test's own, a server, mail and time."""

import datetime as dt
import hashlib
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core import mail
from django.core.cache import cache
from django.db import connection, connections
from django.test import override_settings
from django.test.testcases import LiveServerThread
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from jobformidler.citizens.models import Citizen
from jobformidler.core import clock, db
from jobformidler.core.models import Municipality
from jobformidler.demo import load, setting

DAY = dt.date(2026, 11, 23)
SOURCE = Path(settings.ROOT) / "src" / "jobformidler"
#: The files of the demo that the template holds.
FILES = Path(settings.ROOT) / "var" / "demo-of-the-tests"
FAST_PASSWORDS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def owner(database: str = "postgres") -> psycopg.Connection:
    """A connection as the role that owns the schema."""
    values = connection.settings_dict
    return psycopg.connect(
        dbname=database,
        host=values["HOST"] or None,
        port=values["PORT"] or None,
        user=settings.DATABASE_OWNER["USER"],
        password=settings.DATABASE_OWNER["PASSWORD"] or None,
        autocommit=True,
    )


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for file in sorted(SOURCE.rglob("*.py")):
        if "web" not in file.relative_to(SOURCE).parts[:1]:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def drop(database: str) -> None:
    """Remove a test's database. Autovacuum may be at work there, and the owner may not end it: wait and try again."""
    for _attempt in range(40):
        try:
            with owner() as control:
                control.execute(f'drop database if exists "{database}" with (force)')
            return
        except psycopg.errors.InsufficientPrivilege:
            time.sleep(0.25)


def demo_template(migrated: str) -> str:
    """The name of a database with the smallest demo, built from a migrated one unless it is there for this source."""
    template = f"test_jf_demo_{_fingerprint()}"
    with owner() as control:
        control.execute("select pg_advisory_lock(4712)")
        names = [name for (name,) in control.execute("select datname from pg_database")]
        for name in names:
            if name.startswith("test_jf_demo_") and name != template:
                drop(name)
        if template not in names or not FILES.exists():
            new = f"{template}_new"
            control.execute(f'create database "{new}" template "{migrated}"')
            before = connection.settings_dict["NAME"]
            db.reconnect(NAME=new)
            with override_settings(PASSWORD_HASHERS=FAST_PASSWORDS, VAR=FILES):
                load.load(size="test", today=DAY, say=lambda _text: None)
            db.reconnect(NAME=before)
            control.execute(f'alter database "{new}" rename to "{template}"')
    return template


def bring_files() -> None:
    """The files of the template, where this test looks for files."""
    shutil.copytree(FILES, settings.VAR, dirs_exist_ok=True)


class Server(LiveServerThread):
    """The development server on a free port; each request opens a connection of its own."""

    def __init__(self) -> None:
        super().__init__("127.0.0.1", StaticFilesHandler)
        self.daemon = True

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Start, give the address, stop."""
        self.start()
        self.is_ready.wait()
        if self.error:
            raise self.error
        try:
            yield f"http://127.0.0.1:{self.port}"
        finally:
            self.terminate()


class Site:
    """What a test may do besides what people do in the browser: let time pass, run the jobs, read the mail."""

    def __init__(self, url: str):
        self.url = url
        cache.clear()
        self.travel(DAY, 9)

    @property
    def municipality(self) -> Municipality:
        """Fjordby."""
        return Municipality.objects.get(code=setting.CODE)

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Read the database as the municipality does."""
        with db.enter(self.municipality, reason="browser test"):
            yield

    def travel(self, day: dt.date, hour: int = 9, minute: int = 0) -> None:
        """Let the municipality's clock show this moment."""
        shift = clock.at_time(day, hour, minute) - timezone.now()
        Municipality.objects.filter(code=setting.CODE).update(clock_shift=shift)

    def work(self) -> int:
        """Run the waiting jobs, as a worker would; returns how many."""
        done = 0
        while True:
            jobs = list(ProcrastinateJob.objects.filter(status="todo").order_by("pk"))
            if not jobs:
                return done
            for job in jobs:
                app.tasks[job.task_name].func(**job.args)
                with connection.cursor() as cursor:
                    cursor.execute("update procrastinate_jobs set status = 'doing' where id = %s", [job.pk])
                    cursor.execute("select procrastinate_finish_job_v1(%s, 'succeeded', true)", [job.pk])
                done += 1

    def in_mail_to(self, address: str, pattern: str) -> str:
        """What the newest mail to somebody holds of a pattern, once the jobs have run. LookupError without such a mail."""
        self.work()
        for message in reversed(mail.outbox):
            found = re.search(pattern, str(message.body))
            if address in message.to and found:
                return found.group(0)
        raise LookupError(f"no such mail to {address}, only {[(m.to, m.subject) for m in mail.outbox]}")

    def link_to(self, address: str, kind: str = "a") -> str:
        """The newest link somebody has got by mail: "a" to sign, "t" to hours."""
        return self.in_mail_to(address, rf"https?://[^/\s]+/{kind}/\S+")

    def code_to(self, address: str) -> str:
        """The newest one-time code somebody has got by mail."""
        return self.in_mail_to(address, r"\b\d{3} ?\d{3}\b")

    def case_of(self, first_name: str, last_name: str) -> int:
        """The number of a citizen's case in addresses."""
        with self.inside():
            citizen = Citizen.objects.get(first_name=first_name, last_name=last_name)
            return citizen.cases.order_by("-pk").first().pk


def close_all() -> None:
    """Close this thread's connection and the pool all threads share."""
    connections.close_all()
    connection.close_pool()
