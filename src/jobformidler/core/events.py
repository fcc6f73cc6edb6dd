"""Events: recording them, the sentence each kind shows in a timeline, and the handlers that react to them.

An event and the jobs of its handlers are written in one transaction: that is the outbox. A handler runs at least
once and must be idempotent; a row per (event, handler) makes a second run do nothing.
"""

import datetime as dt
import functools
import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils.functional import Promise
from procrastinate.types import JSONDict

from jobformidler.core import actions, db
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
_at_once: set[str] = set()
_together: dict[str, Callable[[Sequence[Event]], None]] = {}
log = logging.getLogger(__name__)
_inline: ContextVar[bool] = ContextVar("handlers_inline", default=False)


def register_kind(name: str, sentence: "str | Promise", *, group: str) -> str:
    """Make a kind known. Called at import of a package's `event_kinds` module; returns the name."""
    if name in KINDS:
        raise ValueError(f"event kind {name} is registered twice")
    KINDS[name] = Kind(name, sentence, group)
    return name


def handles(*kinds: str, at_once: bool = False):
    """Decorator: run the function for each event of these kinds, once, in a job after commit.

    `at_once`: run it in the recording transaction, so that the next page shows what the user just did (read models).
    If it fails there, the action stands and the handler becomes a job like the others. So it does when somebody from
    outside acts, who sees too little to build a read model from.
    """

    def decorate(function: Callable[[Event], None]):
        name = _name(function)
        HANDLERS[name] = function
        if at_once:
            _at_once.add(name)
        for kind in kinds:
            _by_kind[kind].append(name)
        return function

    return decorate


def handles_together(*kinds: str):
    """Decorator: run the function once for all events of these kinds that one outermost action records.

    For read models that are made anew from the facts, so that a long action makes them once and not after each of
    its events. It runs before the action commits. Outside an action, and in a job, it gets a single event. If it
    fails the action stands and each event gets its job.
    """

    def decorate(function: Callable[[Sequence[Event]], None]):
        def one(event: Event) -> None:
            function([event])

        one.__module__, one.__qualname__ = function.__module__, function.__qualname__
        handles(*kinds, at_once=True)(one)
        _together[_name(function)] = function
        return function

    return decorate


def _name(function: Callable) -> str:
    return f"{function.__module__.removeprefix('jobformidler.')}.{function.__qualname__}"


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
    The payload holds small facts for the sentence; never CPR or health. Call it last in an action, when all rows
    are written. Raises KeyError for an unknown kind.
    """
    KINDS[kind]
    tenant = getattr(subject, "municipality_id", None) or db.current_municipality_id()
    assert tenant is not None, "an event is recorded inside a tenant's context"
    event = Event.objects.create(
        municipality_id=tenant,
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
    waiting = [name for name in _by_kind.get(kind, ()) if not _done_at_once(event, name)]
    _defer([(event, name) for name in waiting])
    return event


def _defer(waiting: Sequence[tuple[Event, str]]) -> None:
    from jobformidler.core.tasks import handle_event

    jobs: list[JSONDict] = [
        {"event_id": event.pk, "handler": name, "municipality_id": event.municipality_id} for event, name in waiting
    ]
    if jobs:
        handle_event.batch_defer(*jobs)


def _done_at_once(event: Event, name: str) -> bool:
    if db.is_bounded():
        return False  # what is made anew from the facts must see all of them: a job does it
    if name in _together and actions.gather(name, event, functools.partial(_run_together, name)):
        return True
    if _inline.get():
        return run_handler(event, name) or True
    if name not in _at_once:
        return False
    try:
        run_handler(event, name)
    except Exception:  # whatever the handler raises, the registration itself must stand; the job reports it
        log.exception("handler %s failed for event %s and is deferred", name, event.pk)
        return False
    return True


def _run_together(name: str, found: list[Event]) -> None:
    try:
        with transaction.atomic():
            HandledEvent.objects.bulk_create(
                [HandledEvent(event=event, handler=name, municipality_id=event.municipality_id) for event in found]
            )
            _together[name](found)
    except Exception:  # as in `_done_at_once`: the registration stands, the jobs report what is wrong
        log.exception("handler %s failed for %s events and is deferred", name, len(found))
        _defer([(event, name) for event in found])


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
