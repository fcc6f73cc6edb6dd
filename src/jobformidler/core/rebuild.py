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
    needs: tuple[str, ...] = ()


def register_rebuild(name: str, run: Callable[[], int], needs: tuple[str, ...] = ()) -> None:
    """Make a read model known to `jobformidler rebuild`. `needs` are the read models it is made from."""
    REBUILDS[name] = ReadModel(name, run, needs)


def in_order() -> list[ReadModel]:
    """All read models, each after those it is made from."""
    found: dict[str, ReadModel] = {}

    def add(name: str) -> None:
        for need in REBUILDS[name].needs:
            add(need)
        found[name] = REBUILDS[name]

    for name in REBUILDS:
        add(name)
    return list(found.values())


def register_check(name: str, find: Callable[[], "QuerySet | list"]) -> None:
    """Make an inconsistency known to `jobformidler check-inconsistencies`: `find()` returns the rows that are wrong."""
    CHECKS[name] = find
