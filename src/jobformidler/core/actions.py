"""What every action is wrapped in: one transaction, and database refusals told in people's words."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import translation
from django.utils.translation import gettext as _

P = ParamSpec("P")
R = TypeVar("R")
Work = Callable[[list[Any]], None]
#: What the outermost action does once before it commits: name → what to run, and the items gathered for it.
_at_the_end: ContextVar[dict[str, tuple[Work, list[Any]]] | None] = ContextVar("at_the_end_of_the_action", default=None)


class ActionError(ValidationError):
    """The action cannot be done; the message says why and what to do, in the user's language."""


class StaleError(ActionError):
    """Somebody saved a newer version; `mine` and `theirs` hold both values by field for the screen to show."""

    def __init__(self, mine: dict[str, Any], theirs: dict[str, Any]):
        super().__init__(_("Somebody else changed this while you were writing. See both versions and choose."), "stale")
        self.mine, self.theirs = mine, theirs


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Run the function in one transaction and turn a broken named constraint into its human message.

    An action called by another one shares its savepoint: what fails inside undoes the whole of the outer action.
    The words an action writes are in the municipality's language, whatever language the reader or the process has.
    """

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        alone = _at_the_end.get() is None
        try:
            with translation.override(settings.LANGUAGE_CODE), transaction.atomic(savepoint=alone), together():
                return function(*args, **kwargs)
        except IntegrityError as error:
            raise ActionError(constraint_message(error)) from error

    run.is_action = True  # type: ignore[attr-defined]  # read by the architecture tests
    return run


@contextmanager
def together() -> Iterator[None]:
    """What is gathered inside is done once, when the outermost of these blocks ends; one that fails forgets it."""
    if _at_the_end.get() is not None:
        yield
        return
    token = _at_the_end.set({})
    try:
        yield
        _finish()
    finally:
        _at_the_end.reset(token)


def gather(name: str, item: Any, run: Work) -> bool:
    """Keep `item` for `run`, which gets all items of the name once, when the outermost action has done its work.

    Returns False outside an action: then the caller does the work itself. What an action that fails gathered is
    forgotten with it. `run` is inside the transaction and handles its own failures.
    """
    waiting = _at_the_end.get()
    if waiting is None:
        return False
    waiting.setdefault(name, (run, []))[1].append(item)
    return True


def _finish() -> None:
    """Do what was gathered, and what that gathers in its turn."""
    waiting = _at_the_end.get()
    while waiting:
        run, items = waiting.pop(next(iter(waiting)))
        run(items)


def constraint_message(error: IntegrityError) -> str:
    """The human message of the named constraint that the database says was broken."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name and constraint.violation_error_message:
                return str(constraint.violation_error_message)
    return _("This does not fit with what is already registered.")


def allow(condition: bool, message: str = "") -> None:
    """Raise PermissionDenied unless the condition holds. The first line of most actions."""
    if not condition:
        raise PermissionDenied(message)


def check(condition: Any, message: str, field: str | None = None) -> None:
    """Raise ActionError with the message (on the named form field, if given) unless the condition holds."""
    if not condition:
        raise ActionError({field: message} if field else message)


def check_version(row: models.Model, version: int | None, changes: dict[str, Any]) -> None:
    """Refuse a stale save: raises StaleError with both values when `row` has moved on since `version` was read.

    `version=None` (importers and the demo) skips the check.
    """
    if version is None or version == row.version:  # type: ignore[attr-defined]  # every editable model is versioned
        return
    theirs = {name: getattr(row, name) for name in changes}
    if any(theirs[name] != value for name, value in changes.items()):
        raise StaleError(mine=changes, theirs=theirs)
