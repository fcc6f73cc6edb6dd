"""What every action is wrapped in: one transaction, and database refusals told in people's words."""

import functools
from collections.abc import Callable
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
_inside: ContextVar[bool] = ContextVar("inside_an_action", default=False)


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
        inner = _inside.get()
        token = _inside.set(True)
        try:
            with translation.override(settings.LANGUAGE_CODE), transaction.atomic(savepoint=not inner):
                return function(*args, **kwargs)
        except IntegrityError as error:
            raise ActionError(constraint_message(error)) from error
        finally:
            _inside.reset(token)

    run.is_action = True  # type: ignore[attr-defined]  # read by the architecture tests
    return run


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
