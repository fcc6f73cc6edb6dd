"""How a row leads to its citizen, as a filter: the same for the copy of everything held and for anonymisation.

A column `citizen_id` wins, then a required reference that leads there in the fewest steps; a table that only carries the
key of another one (without a foreign key) says so here.
"""

from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

#: Tables that hold another table's key without a foreign key: column and app.Model.
LOOSE: dict[str, tuple[str, str]] = {}


def register_loose(label: str, column: str, target: str) -> None:
    """Say that `column` of `app.Model` is the key of a row of `target`."""
    LOOSE[label] = (column, target)


def person() -> type[models.Model]:
    """The model of the citizen, which a package above owns."""
    return next(model for model in apps.get_models() if getattr(model, "is_citizen", False))


@cache
def lookup(model: type[models.Model]) -> str | None:
    """The path to the citizen's key, as the ORM writes it; None when there is none."""
    if model is person():
        return "pk"
    if getattr(model, "pgh_tracked_model", None) is person():
        return "pgh_obj_id"
    columns = {field.column: field for field in model._meta.local_fields}
    if "citizen_id" in columns:
        return "citizen_id"
    source = getattr(model, "pgh_tracked_model", model)
    found = []
    for field in source._meta.local_fields:
        target = field.related_model
        if (
            isinstance(field, models.ForeignKey)
            and not field.null
            and isinstance(target, type)
            and target is not source
            and not field.column.startswith("pgh_")
            and (onward := lookup(target)) is not None
        ):
            found.append(f"{field.name}__{onward}")
    return min(found, key=lambda path: path.count("__"), default=None)


def rows_of(model: type[models.Model], citizen_id: int) -> models.QuerySet | None:
    """The model's rows about the citizen; None when the table is about nobody."""
    objects: Any = model._meta.base_manager
    loose = LOOSE.get(model._meta.label)
    if loose is not None:
        column, target = loose
        parents = rows_of(apps.get_model(target), citizen_id)
        assert parents is not None
        return objects.filter(**{f"{column}__in": parents.values("pk")})
    path = lookup(model)
    return None if path is None else objects.filter(Q(**{path: citizen_id}))


def about_citizens() -> list[type[models.Model]]:
    """Every table with rows about citizens, history tables apart; what points at others comes before what is pointed at."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not hasattr(model, "pgh_tracked_model")
        and (model._meta.label in LOOSE or lookup(model) is not None)
    ]
    ordered: list[type[models.Model]] = []
    while found:
        targets = {
            field.related_model
            for model in found
            for field in model._meta.local_fields
            if field.is_relation and field.related_model is not model
        }
        free = [model for model in found if model not in targets]
        ordered += free or found
        found = [model for model in found if model in targets] if free else []
    return ordered


def histories() -> dict[type[models.Model], type[models.Model]]:
    """Table → its history table."""
    return {model.pgh_tracked_model: model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")}
