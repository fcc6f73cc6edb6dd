"""Changing keys while the product runs: sealing every encrypted value anew under the current key, in small batches.

Old keys stay readable until nothing is sealed with them. Each batch is one transaction that takes only rows of an older
key, so an interrupted run goes on where it stopped. Runs as the owner, since history cannot be changed by anybody else.
"""

# ruff: noqa: S608 - names of tables and columns come from the models

import base64
import json
import os
import secrets
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

from jobformidler.core import crypto, db
from jobformidler.core.bounds import fenced
from jobformidler.core.models import Municipality

BATCH = 500


@dataclass(frozen=True)
class Column:
    """One encrypted column of one table. `sealed_as` is the name its values are bound to; `fenced`: tenants' rows."""

    table: str
    key: str
    column: str
    sealed_as: str
    fenced: bool

    def __str__(self) -> str:
        return f"{self.table}.{self.column}"


def columns() -> list[Column]:
    """Every encrypted column there is, history included, found from the models."""
    tenants = set(fenced())
    found = []
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed:
            continue
        named = {f.column: f.sealed_as() for f in model._meta.local_fields if isinstance(f, crypto.EncryptedTextField)}
        for column, sealed_as in {**named, **getattr(model, "sealed_columns", {})}.items():
            found.append(Column(model._meta.db_table, _key(model), column, sealed_as, model in tenants))
    return sorted(found, key=str)


def _key(model: type[models.Model]) -> str:
    key = model._meta.pk
    assert key is not None
    return str(key.column)


def by_key(column: Column) -> Counter[str]:
    """How many values each key has sealed, in the present context."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'select convert_from(substring("{column.column}" from 3 for get_byte("{column.column}", 1)), \'utf8\'),'
            f' count(*) from "{column.table}" where "{column.column}" is not null group by 1'
        )
        return Counter(dict(cursor.fetchall()))


def contexts() -> Iterator[tuple[str, Any]]:
    """Each place where encrypted rows stand: ("", no tenant) first, then every municipality; enter the second part."""
    yield "", transaction.atomic
    for municipality in Municipality.objects.order_by("code"):
        yield municipality.name, lambda municipality=municipality: db.enter(municipality, reason="keys")


def standing() -> dict[str, Counter[str]]:
    """Column → key → number of values, over all municipalities. Runs as the owner."""
    found: dict[str, Counter[str]] = {}
    for name, enter in contexts():
        with enter():
            for column in columns():
                if column.fenced == bool(name):
                    found.setdefault(str(column), Counter()).update(by_key(column))
    return found


def rotate(*, batch: int = BATCH, most: int | None = None) -> Iterator[tuple[str, int]]:
    """Seal everything of older keys under the current one; yields (column, rows done) after each batch has committed.

    At most `most` batches. Rows somebody is saving at the moment are left for the next run. Runs as the owner.
    """
    done = 0
    for name, enter in contexts():
        for column in (c for c in columns() if c.fenced == bool(name)):
            after = 0
            while most is None or done < most:
                with enter():
                    rows, after = _batch(column, batch, after)
                if not rows:
                    break
                done += 1
                yield str(column), rows


def _batch(column: Column, size: int, after: int) -> tuple[int, int]:
    head = crypto.head_of(crypto.keys().current)
    quoted = f'"{column.column}"'
    with connection.cursor() as cursor:
        cursor.execute(
            f'select "{column.key}", {quoted} from "{column.table}" where {quoted} is not null and "{column.key}" > %s'
            f' and substring({quoted} for %s) <> %s order by "{column.key}" limit %s for update skip locked',
            [after, len(head), head, size],
        )
        old = [(pk, bytes(blob)) for pk, blob in cursor.fetchall()]
        cursor.executemany(
            f'update "{column.table}" set {quoted} = %s where "{column.key}" = %s',
            [(crypto.seal(crypto.unseal(blob, column.sealed_as), column.sealed_as), pk) for pk, blob in old],
        )
    return len(old), old[-1][0] if old else after


# -- the key file ----------------------------------------------------------------------------------------------------


class KeysElsewhereError(Exception):
    """The keys come from the environment, where this program cannot write."""


def ring() -> dict[str, Any]:
    """The key ring as it is kept. Raises KeysElsewhereError when the environment gives it."""
    if os.environ.get("JOBFORMIDLER_KEYS"):
        raise KeysElsewhereError
    return json.loads(Path(settings.KEY_FILE).read_text(encoding="utf-8"))


def write(kept: dict[str, Any]) -> None:
    """Replace the key file in one step, readable by its owner alone."""
    file = Path(settings.KEY_FILE)
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            json.dump(kept, out, indent=2)
            out.write("\n")
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def with_new_key(kept: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """The ring with one more key, which seals from now on, and its id."""
    numbers = [int(name[1:]) for name in kept["keys"] if name[1:].isdigit()]
    name = f"k{max(numbers, default=0) + 1}"
    return {**kept, "current": name, "keys": {**kept["keys"], name: _random()}}, name


def without(kept: dict[str, Any], name: str) -> dict[str, Any]:
    """The ring without a key nothing is sealed with any more."""
    return {**kept, "keys": {key: value for key, value in kept["keys"].items() if key != name}}


def _random() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode("ascii")


# -- the key of the look-up hash -------------------------------------------------------------------------------------


def hashed() -> list[tuple[Column, str]]:
    """Encrypted columns with a look-up hash beside them: (column, column of the hash)."""
    found = []
    for model in apps.get_models():
        for hash_column, column in getattr(_source(model), "hash_columns", {}).items():
            named = next(c for c in columns() if (c.table, c.column) == (model._meta.db_table, column))
            found.append((named, hash_column))
    return found


def _source(model: Any) -> Any:
    return getattr(model, "pgh_tracked_model", model)


def hashes_fit() -> bool:
    """Whether the stored look-up hashes were made with the present key: false after an interrupted change of it."""
    for name, enter in contexts():
        if not name:
            continue
        with enter(), connection.cursor() as cursor:
            for column, hash_column in hashed():
                cursor.execute(
                    f'select "{column.column}", "{hash_column}" from "{column.table}" order by "{column.key}" limit 1'
                )
                for blob, known in cursor.fetchall():
                    if crypto.keyed_hash(crypto.unseal(bytes(blob), column.sealed_as)) != bytes(known):
                        return False
    return True


@contextmanager
def _nobody_writes() -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        for column, _hash in hashed():
            cursor.execute(f'lock table "{column.table}" in share row exclusive mode')
        yield


def rotate_hash() -> int:
    """Make a new key for look-up hashes and compute every hash anew by decrypting; returns how many.

    One transaction, in which nobody can register a citizen; the key file changes last. After an interruption between
    the two, run it again: hashes that do not fit the present key are computed with it, and no further key is made.
    Raises KeysElsewhereError. Runs as the owner.
    """
    kept = ring()
    if hashes_fit():
        kept = {**kept, "hash_key": _random()}
    key = base64.b64decode(kept["hash_key"])
    count = 0
    with _nobody_writes():
        for name, enter in contexts():
            if name:
                with enter():
                    count += sum(_hash_anew(column, hash_column, key) for column, hash_column in hashed())
        write(kept)
    return count


def _hash_anew(column: Column, hash_column: str, key: bytes) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'select "{column.key}", "{column.column}" from "{column.table}" order by "{column.key}"')
        rows = [(pk, crypto.unseal(bytes(blob), column.sealed_as)) for pk, blob in cursor.fetchall()]
        cursor.executemany(
            f'update "{column.table}" set "{hash_column}" = %s where "{column.key}" = %s',
            [(crypto.hash_with(key, text), pk) for pk, text in rows],
        )
    return len(rows)
