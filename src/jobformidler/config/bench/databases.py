"""Databases of the bench's own: made by the owner, handed to the measured processes, dropped at the end."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import psycopg


def say(text: str) -> None:
    """Progress, beside the result: on the error output."""
    print(f"  {text}", file=sys.stderr, flush=True)


def host() -> str:
    """Where the server is: in an address of one's own it may stand among the options."""
    from django.db import connection

    values = connection.settings_dict
    return str(values["HOST"] or values["OPTIONS"].get("host", ""))


def url(database: str) -> str:
    """The address of a database on the same server."""
    from django.db import connection

    values = connection.settings_dict
    where, port = host(), values["PORT"]
    if not where or where.startswith("/"):
        more = f"&port={port}" if port else ""
        return f"postgresql:///{database}?host={quote(where)}{more}"
    user = quote(str(values["USER"])) + (f":{quote(str(values['PASSWORD']))}" if values["PASSWORD"] else "")
    return f"postgresql://{user}@{where}:{port or 5432}/{database}"


def as_owner(database: str) -> psycopg.Connection:
    """A connection of the role that owns the schema."""
    from django.conf import settings
    from django.db import connection

    values = connection.settings_dict
    return psycopg.connect(
        dbname=database,
        host=host() or None,
        port=values["PORT"] or None,
        user=settings.DATABASE_OWNER["USER"],
        password=settings.DATABASE_OWNER["PASSWORD"] or None,
        autocommit=True,
    )


@contextmanager
def scratch(name: str, template: str = "") -> Iterator[None]:
    """A database made by the owner, empty or as another one; Django is connected to it, and it is dropped at the end."""
    from django.db import connection

    from jobformidler.core import db

    outer = str(connection.settings_dict["NAME"])
    drop(name)
    db.reconnect(NAME="postgres")  # a template must have no visitors
    try:
        with as_owner("postgres") as owner:
            owner.execute(f'create database "{name}"' + (f' template "{template}"' if template else ""))
        db.reconnect(NAME=name)
        yield
    finally:
        db.reconnect(NAME=outer)
        drop(name)


def drop(name: str) -> None:
    """Remove the database. Somebody may still leave it, autovacuum for one, and the owner may not end them: wait."""
    for attempt in range(60):
        try:
            with as_owner("postgres") as owner:
                owner.execute(f'drop database if exists "{name}"')
        except psycopg.errors.ObjectInUse:
            if attempt == 59:
                raise
            time.sleep(0.5)
        else:
            return
