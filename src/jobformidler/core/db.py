"""The one way into a database context: tenant, actor and reason for a request, a job or a command."""

import datetime as dt
import json
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, transaction

from jobformidler.core import clock

if TYPE_CHECKING:
    from jobformidler.core.models import Municipality

Values = tuple[str, ...]
#: Tenant, id and metadata of history, then the bounds: whether there are any, organisations, person, day.
_NONE: Values = ("",) * 7
_current: ContextVar[Values] = ContextVar("db_context", default=_NONE)


def _set(values: Values) -> None:
    with connection.cursor() as cursor:
        # Immediate constraints: a broken rule fails in the statement that breaks it, and history triggers stay linear.
        cursor.execute(
            "set constraints all immediate; select set_config('app.municipality', %s, true),"
            " set_config('pghistory.context_id', %s, true), set_config('pghistory.context_metadata', %s, true),"
            " set_config('app.bound', %s, true), set_config('app.organisations', %s, true),"
            " set_config('app.person', %s, true), set_config('app.day', %s, true)",
            values,
        )


@contextmanager
def enter(municipality: "Municipality", actor: Any = None, reason: str = "", **meta: Any) -> Iterator[None]:
    """Open a transaction in which rows of `municipality`, and only those, can be read and written.

    `actor` (a user or None for the system) and `reason` are written with every history row. The settings are
    local to the transaction; nested use restores the outer context, and keeps within its bounds (`narrow`).
    """
    metadata = {"user": getattr(actor, "pk", None), "reason": reason, **meta}
    bounds = _current.get()[3:]
    values = (str(municipality.pk), str(uuid.uuid4()), json.dumps(metadata, default=str), *bounds)
    token = _current.set(values)
    shift = clock.set_shift(municipality.clock_shift or dt.timedelta(0))
    outer: Values = token.old_value if isinstance(token.old_value, tuple) else _NONE
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


@contextmanager
def narrow(*, organisations: Collection[int] = (), person: int | None = None, day: dt.date) -> Iterator[None]:
    """Inside the block, reach only rows of citizens with a relation in force on `day` to one of the organisations.

    Without organisations: to the `person` (a citizen who reads their own pages). With neither, no citizen at all. For
    everybody who is not of the municipality itself (`core.bounds`, GOV-02). Raises LookupError outside a context.
    """
    municipality_id()
    values = _current.get()
    listed = "{" + ",".join(str(int(pk)) for pk in sorted(organisations)) + "}"
    inside = (*values[:3], "on", listed, str(int(person)) if person is not None else "", day.isoformat())
    token = _current.set(inside)
    try:
        _set(inside)
        yield
    finally:
        _current.reset(token)
        if not connection.needs_rollback:
            _set(values)


def is_bounded() -> bool:
    """Whether somebody from outside is at work, who sees less than the municipality (`core.bounds`)."""
    return _current.get()[3] == "on"


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
