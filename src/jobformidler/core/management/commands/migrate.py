"""`migrate` as the role that owns the schema, whichever role the process runs as."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db.migrations.state import ProjectState

from jobformidler.core.db import as_owner


class Command(Migrate):
    """Django's migrate, connected as the owner."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Swap the role for the duration."""
        with as_owner(), _few_models_rendered():
            super().handle(*args, **options)


@contextmanager
def _few_models_rendered() -> Iterator[None]:
    """New models, constraints, indexes, triggers and other plain changes render the one model alone.

    Django renders every model with a relation to it anew, and each of ours has one to the municipality: an empty database
    would take minutes, nearly all of it rendering. What is left stale is marked as Django marks it itself, and rendered
    before a migration's own code reads it.
    """
    whole = ProjectState._find_reload_model  # type: ignore[attr-defined]  # noqa: SLF001  Django has no other seam

    def related(self: ProjectState, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:
        new = model_name not in self.apps.all_models[app_label]
        if not delay and not new:
            return whole(self, app_label, model_name, delay)
        self.is_delayed = True
        return {(app_label, model_name)}

    ProjectState._find_reload_model = related  # type: ignore[attr-defined]  # noqa: SLF001
    try:
        yield
    finally:
        ProjectState._find_reload_model = whole  # type: ignore[attr-defined]  # noqa: SLF001
