"""The one way into a database context: tenant, actor and reason for a request, a job or a command."""

import datetime as dt
import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, transaction

from jobformidler.core import clock

if TYPE_CHECKING:
    from jobformidler.core.models import Municipality

_NONE = ("", "", "")
_current: ContextVar[tuple[str, str, str]] = ContextVar("db_context", default=_NONE)


def _set(values: tuple[str, str, str]) -> None:
    with connection.cursor() as cursor:
        # Immediate constraints: a broken rule fails in the statement that breaks it, and history triggers stay linear.
        cursor.execute(
            "set constraints all immediate; select set_config('app.municipality', %s, true),"
            " set_config('pghistory.context_id', %s, true), set_config('pghistory.context_metadata', %s, true)",
            values,
        )


@contextmanager
def enter(municipality: "Municipality", actor: Any = None, reason: str = "", **meta: Any) -> Iterator[None]:
    """Open a transaction in which rows of `municipality`, and only those, can be read and written.

    `actor` (a user or None for the system) and `reason` are written with every history row. The settings are
    local to the transaction; nested use restores the outer context.
    """
    metadata = {"user": getattr(actor, "pk", None), "reason": reason, **meta}
    values = (str(municipality.pk), str(uuid.uuid4()), json.dumps(metadata, default=str))
    token = _current.set(values)
    shift = clock.set_shift(municipality.clock_shift or dt.timedelta(0))
    outer = token.old_value if isinstance(token.old_value, tuple) else _NONE
    nested = connection.in_atomic_block
    try:
        with transaction.atomic():
            _set(values)
            yield
    finally:
        clock.reset_shift(shift)
        _current.reset(token)
        if nested and not connection.needs_rollback:
            _set(outer)


def current_municipality_id() -> int | None:
    """The tenant of the context this code runs in, None outside one."""
    value = _current.get()[0]
    return int(value) if value else None


def municipality_id() -> int:
    """The tenant of the context this code runs in. Raises LookupError outside one: such rows belong to nobody."""
    found = current_municipality_id()
    if found is None:
        raise LookupError("outside the context of a municipality")
    return found


def current_reason() -> str:
    """The reason the context was entered with."""
    raw = _current.get()[2]
    return json.loads(raw)["reason"] if raw else ""


@contextmanager
def as_owner() -> Iterator[None]:
    """Connect as the role that owns the schema: migrations and the building of test databases, nothing else."""
    names = ("USER", "PASSWORD")
    before = {name: connection.settings_dict[name] for name in names}
    reconnect(**{name: settings.DATABASE_OWNER[name] for name in names})
    try:
        yield
    finally:
        reconnect(**before)


def reconnect(**changes: str) -> None:
    """Close the connection and its pool, change the connection settings, connect anew on next use."""
    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()
    connection.settings_dict.update(changes)
