"""Writing one row inside an action: validated, locked, versioned."""

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from jobformidler.core.actions import ActionError, check_version

M = TypeVar("M", bound=models.Model)


def create(model: type[M], **values: Any) -> M:
    """Save a new row whose own fields are valid. Raises ActionError by field (length, choice, required)."""
    row = model(**values)
    validate(row)
    row.save(force_insert=True)
    return row


def validate(row: models.Model, only: "set[str] | None" = None) -> None:
    """Check lengths, choices and required fields of the row (of `only` these); relations are the database's task."""

    def left_out(field: models.Field) -> bool:
        empty = field.null and getattr(row, field.attname) is None
        return field.is_relation or empty or (only is not None and field.name not in only)

    skip = {field.name for field in row._meta.concrete_fields if left_out(field)}
    try:
        row.clean_fields(exclude=skip)
    except ValidationError as error:
        raise ActionError(error.error_dict) from error


def lock(row: M) -> M:
    """Lock the row until the transaction ends and bring its columns up to date in place; returns it."""
    fresh = type(row)._meta.base_manager.select_for_update().get(pk=row.pk)
    for field in row._meta.concrete_fields:
        setattr(row, field.attname, getattr(fresh, field.attname))
    return row


def change(row: M, *, version: int | None = None, **changes: Any) -> list[str]:
    """Lock the row, set the fields and save them under a new version; returns the names of those that changed.

    Raises StaleError when somebody saved a newer version than `version` with other values, ActionError for values
    that do not fit. Saves nothing when nothing changed.
    """
    lock(row)
    check_version(row, version, changes)
    changed = [name for name, value in changes.items() if getattr(row, name) != value]
    if not changed:
        return []
    for name in changed:
        setattr(row, name, changes[name])
    validate(row, only=set(changed))
    fields = list(changed)
    if any(field.name == "version" for field in row._meta.concrete_fields):
        row.version += 1  # type: ignore[attr-defined]  # only rows people edit on forms carry a version
        fields.append("version")
    row.save(update_fields=fields)
    return changed
