"""What happens to every column of every table when a citizen's time is up: one line a table, in the package that owns it.

Each package has a room `retention.py` that calls `classify` for its tables. A column nobody has classified fails a test,
so a new one is thought about when it is made. History tables follow the table they are the history of: their rows go
when the row is anonymised, since they hold the old names and texts.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from django.apps import apps
from django.db import models
from django.utils.functional import Promise


class Fate(StrEnum):
    """What happens to a column."""

    KEEP = "keep"
    ANONYMISE = "anonymise"
    DELETE = "delete"


@dataclass(frozen=True)
class Line:
    """One table: the fate of each column, what people call the table, and why it is as it is.

    `rows`: "keep" (columns as listed), "delete" (the rows go with the citizen), "own" (an own rule, or none: see `why`).
    `held`: what an export says about the table; None when the rows are about nobody.
    """

    label: str
    title: str | Promise
    fates: dict[str, Fate]
    rows: str = "keep"
    why: str = ""
    how: dict[str, str] = field(default_factory=dict)


#: app.Model → its line.
TABLE: dict[str, Line] = {}
#: Columns every table of ours may have and that say nothing about a person.
PLAIN = frozenset({"id", "municipality_id", "version"})


def classify(
    label: str,
    *,
    title: str | Promise = "",
    keep: str = "",
    anonymise: str = "",
    delete: str = "",
    rows: str = "keep",
    why: str = "",
) -> None:
    """Say what happens to the columns of `app.Model`; names are separated by spaces.

    `anonymise` takes `name` (texts become a dash, the rest empty) or `name=how` with one of the ways of `blank.py`.
    `delete` are columns that are emptied. `rows="delete"`: the rows go with the citizen, no column is listed.
    Raises ValueError for a table or a column that is said twice.
    """
    if label in TABLE:
        raise ValueError(f"{label} is classified twice")
    fates: dict[str, Fate] = {}
    how: dict[str, str] = {}
    for fate, names in ((Fate.KEEP, keep), (Fate.ANONYMISE, anonymise), (Fate.DELETE, delete)):
        for item in names.split():
            name, _, way = item.partition("=")
            if name in fates:
                raise ValueError(f"{label}.{name} is classified twice")
            fates[name] = fate
            if way:
                how[name] = way
    TABLE[label] = Line(label, title, fates, rows, why, how)


def columns(model: type[models.Model]) -> list[str]:
    """The columns of the model that need a fate."""
    return [f.column for f in model._meta.local_fields if f.column is not None and f.column not in PLAIN]


def history_of(model: type[models.Model]) -> type[models.Model] | None:
    """The table this one is the history of."""
    return getattr(model, "pgh_tracked_model", None)


def problems() -> list[str]:
    """Columns without a fate, and lines about what is not there; empty when the table is whole."""
    found = []
    known = set()
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or history_of(model) is not None:
            continue
        label = model._meta.label
        known.add(label)
        line = TABLE.get(label)
        if line is None:
            found.append(f"{label}: no line")
            continue
        if line.rows == "delete":
            continue
        named = columns(model)
        found += [f"{label}.{name}: no fate" for name in named if name not in line.fates]
        found += [f"{label}.{name}: no such column" for name in line.fates if name not in named]
    return found + [f"{label}: no such table" for label in TABLE if label not in known]


def personal_columns(model: type[models.Model]) -> dict[str, str]:
    """Column → how, for those of the model that are emptied when the citizen's time is up."""
    line = TABLE[model._meta.label]
    return {name: line.how.get(name, "") for name, fate in line.fates.items() if fate is not Fate.KEEP}
