"""Events: recording them, the sentence each kind shows in a timeline, and the handlers that react to them.

An event and the jobs of its handlers are written in one transaction: that is the outbox. A handler runs at least
once and must be idempotent; a row per (event, handler) makes a second run do nothing.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils.functional import Promise

from jobformidler.core import db
from jobformidler.core.models import Event, HandledEvent


@dataclass(frozen=True)
class Kind:
    """A kind of event: its name, the sentence of the timeline (`%(key)s` from the payload), and the filter group."""

    name: str
    sentence: str | Promise
    group: str


KINDS: dict[str, Kind] = {}
HANDLERS: dict[str, Callable[[Event], None]] = {}
_by_kind: dict[str, list[str]] = defaultdict(list)
_inline: ContextVar[bool] = ContextVar("handlers_inline", default=False)


def register_kind(name: str, sentence: "str | Promise", *, group: str) -> str:
    """Make a kind known. Called at import of a package's `event_kinds` module; returns the name."""
    if name in KINDS:
        raise ValueError(f"event kind {name} is registered twice")
    KINDS[name] = Kind(name, sentence, group)
    return name


def handles(*kinds: str):
    """Decorator: run the function for each event of these kinds, once, in its own transaction, after commit."""

    def decorate(function: Callable[[Event], None]):
        name = f"{function.__module__.removeprefix('jobformidler.')}.{function.__qualname__}"
        HANDLERS[name] = function
        for kind in kinds:
            _by_kind[kind].append(name)
        return function

    return decorate


def record(
    kind: str,
    subject: models.Model,
    *,
    by: Any,
    at: dt.datetime,
    citizen_id: int | None = None,
    workplace_id: int | None = None,
    by_label: str = "",
    **payload: Any,
) -> Event:
    """Write one event in the current context and defer one job for each of its handlers.

    `by` is the acting user or None for the system or a person without login, whom `by_label` then names by role.
    The payload holds small facts for the sentence; never CPR or health. Raises KeyError for an unknown kind.
    """
    KINDS[kind]
    event = Event.objects.create(
        municipality_id=getattr(subject, "municipality_id", None) or db.current_municipality_id(),
        kind=kind,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        citizen_id=citizen_id,
        workplace_id=workplace_id,
        actor=by,
        actor_label=by_label,
        at=at,
        payload=payload,
    )
    names = _by_kind.get(kind, ())
    if _inline.get():
        for name in names:
            run_handler(event, name)
    elif names:
        from jobformidler.core.tasks import handle_event

        handle_event.batch_defer(
            *({"event_id": event.pk, "handler": name, "municipality_id": event.municipality_id} for name in names)
        )
    return event


def run_handler(event: Event, name: str) -> bool:
    """Run one handler for one event unless it is done already; returns whether it ran. One savepoint."""
    with transaction.atomic():
        _row, new = HandledEvent.objects.get_or_create(
            event=event, handler=name, defaults={"municipality_id": event.municipality_id}
        )
        if new:
            HANDLERS[name](event)
    return new


@contextmanager
def inline() -> Iterator[None]:
    """Run handlers at once in the recording transaction instead of deferring jobs (mass loading)."""
    token = _inline.set(True)
    try:
        yield
    finally:
        _inline.reset(token)


@contextmanager
def deferred_rebuild() -> Iterator[None]:
    """Neither run nor defer handlers: for mass loading that ends with `rebuild`, which gives the same result."""
    saved = dict(_by_kind)
    _by_kind.clear()
    try:
        yield
    finally:
        _by_kind.update(saved)
