"""Databases that are filled once for a process: many tests look at the same people, and what one changes is undone."""

import copy
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction

from jobformidler.core import db
from tests.harness import databases


class Standing:
    """The standing databases of this process, each made when it is first asked for."""

    def __init__(self, worker: str, folder: Path):
        self.worker, self.folder = worker, folder
        self.made: dict[str, tuple[str, Any]] = {}

    @contextmanager
    def inside(self, name: str, build: Callable[[], Any]) -> Iterator[Any]:
        """Connected to the database `name`, files included, as `build` left it; yields a copy of what `build` returned.

        A test that is inside must not use pytest-django's own database fixtures.
        """
        before = connection.settings_dict["NAME"]
        try:
            if name not in self.made:
                self.made[name] = self._fill(name, build)
            database, made = self.made[name]
            shutil.copytree(self.folder / name, settings.VAR, dirs_exist_ok=True)
            db.reconnect(NAME=database)
            with transaction.atomic():
                yield copy.deepcopy(made)
                transaction.set_rollback(True)
        finally:
            cache.clear()
            db.reconnect(NAME=before)

    def _fill(self, name: str, build: Callable[[], Any]) -> tuple[str, Any]:
        database = databases.clone(f"{self.worker}_{name}")
        db.reconnect(NAME=database)
        with transaction.atomic():
            made = build()
        shutil.copytree(settings.VAR, self.folder / name)
        return database, made

    def drop(self) -> None:
        """Remove them all."""
        for database, _made in self.made.values():
            databases.drop(database)
