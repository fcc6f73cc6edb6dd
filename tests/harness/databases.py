"""The databases of the tests: a migrated template, a clone for each worker, nothing left of a killed run."""

import hashlib
import os
import re
import time
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from jobformidler.core import bounds, db

SOURCE = Path(settings.ROOT) / "src" / "jobformidler"
TEMPLATE = "test_jf_tpl_"
_CLONE = re.compile(r"test_jf_(\d+)_")
_LOCK = 4711
#: What a test need not pay for: rows that survive a power cut, and compiling of plans that run once.
CHEAP = "-c synchronous_commit=off -c jit=off"
#: Dropping waits for every backend of the server; one that sleeps in a COPY would hold up the whole run.
PATIENCE = "set statement_timeout = '15s'"
_BUSY = (psycopg.errors.ObjectInUse, psycopg.errors.InsufficientPrivilege, psycopg.errors.QueryCanceled)


def fingerprint() -> str:
    """Changes with every file that shapes the database: migrations, models, policies, what runs after migrations."""
    digest = hashlib.sha256()
    files = [
        *SOURCE.glob("*/migrations/*.py"),
        SOURCE / "citizens" / "search.py",
        *(SOURCE / "core" / name for name in ("schema.py", "bounds.py", "policy.py", "history.py")),
    ]
    for file in sorted(files):
        digest.update(file.read_bytes())
    for model in bounds.fenced():
        digest.update(f"{model._meta.db_table} {bounds.test_sql(model)}".encode())
    return digest.hexdigest()[:12]


def owner(database: str = "postgres") -> psycopg.Connection:
    """A connection of the role that owns the schema."""
    values = connection.settings_dict
    return psycopg.connect(
        dbname=database,
        host=values["HOST"] or None,
        port=values["PORT"] or None,
        user=settings.DATABASE_OWNER["USER"],
        password=settings.DATABASE_OWNER["PASSWORD"] or None,
        autocommit=True,
    )


def clone(worker: str) -> str:
    """A fresh database for this process; builds the template first when migrations have changed."""
    template, mine = f"{TEMPLATE}{fingerprint()}", f"test_jf_{os.getpid()}_{worker}"
    with owner() as admin:
        admin.execute("select pg_advisory_lock(%s)", [_LOCK])
        known = {name for (name,) in admin.execute("select datname from pg_database")}
        _clean(admin, _left_behind(known, template))
        if template not in known:
            _build(template)
        admin.execute(f'create database "{mine}" template "{template}"')
    return mine


def _left_behind(known: set[str], template: str) -> list[str]:
    """Clones whose process is gone, and templates of other migrations."""
    clones = [name for name in known if (found := _CLONE.match(name)) and not _lives(int(found[1]))]
    return [*clones, *(name for name in known if name.startswith(TEMPLATE) and name != template)]


def _lives(process: int) -> bool:
    return Path(f"/proc/{process}").exists()


def _clean(admin: psycopg.Connection, names: list[str]) -> None:
    admin.execute(PATIENCE)
    try:
        for name in names:
            admin.execute(f'drop database if exists "{name}"')
    except _BUSY:
        pass  # somebody looks at it; the next run tries again
    finally:
        admin.execute("set statement_timeout = 0")


def _build(template: str) -> None:
    with owner() as admin:
        admin.execute(f'create database "{template}_new"')
    name = connection.settings_dict["NAME"]
    db.reconnect(NAME=f"{template}_new")
    call_command("migrate", verbosity=0)
    db.reconnect(NAME=name)
    with owner(f"{template}_new") as admin:
        # A test that commits is cleaned up by emptying the tables, as the web role.
        admin.execute("grant truncate on all tables in schema public to jf_web")
        admin.execute("grant update on all sequences in schema public to jf_web")
    with owner() as admin:
        admin.execute(f'alter database "{template}_new" rename to "{template}"')


def drop(database: str) -> None:
    """Autovacuum may be at work in the clone, and the owner may not end it: wait a moment and try again."""
    for _attempt in range(8):
        try:
            with owner() as admin:
                admin.execute(PATIENCE)
                admin.execute(f'drop database if exists "{database}" with (force)')
            return
        except psycopg.errors.QueryCanceled:
            return  # the next run drops it
        except psycopg.errors.InsufficientPrivilege:
            time.sleep(0.5)
