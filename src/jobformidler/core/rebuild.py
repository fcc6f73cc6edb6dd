"""Derived read models: each package registers how it is rebuilt; one command rebuilds all and says what differed."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

REBUILDS: dict[str, "ReadModel"] = {}
CHECKS: dict[str, Callable[[], "QuerySet | list"]] = {}


@dataclass(frozen=True)
class ReadModel:
    """`run()` rebuilds for the current tenant and returns how many rows differed from what the handlers kept."""

    name: str
    run: Callable[[], int]


def register_rebuild(name: str, run: Callable[[], int]) -> None:
    """Make a read model known to `jobformidler rebuild`."""
    REBUILDS[name] = ReadModel(name, run)


def register_check(name: str, find: Callable[[], "QuerySet | list"]) -> None:
    """Make an inconsistency known to `jobformidler check-inconsistencies`: `find()` returns the rows that are wrong."""
    CHECKS[name] = find
