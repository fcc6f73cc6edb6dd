"""Reading everything about a citizen, table by table, from the models themselves: a new table is in the copy by itself."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.citizens.export import left_out
from jobformidler.citizens.models import Citizen
from jobformidler.core.periods import last_day
from jobformidler.core.retention.table import TABLE
from jobformidler.core.retention.ways import about_citizens, histories, rows_of


@dataclass
class Table:
    """The rows of one table: column → value for the file, label → text for reading."""

    name: str
    title: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    read: list[list[tuple[str, str]]] = field(default_factory=list)


def exported() -> list[type[models.Model]]:
    """The tables of a copy: every table with a way to a citizen, its history, but for those left out with a reason."""
    own = [model for model in reversed(about_citizens()) if model._meta.label not in left_out.TABLES]
    pasts = histories()
    return own + [pasts[model] for model in own if model in pasts]


def tables(citizen: Citizen) -> Iterator[Table]:
    """Each table with the citizen's rows, the citizen first. The names of employees are those of their login."""
    names = dict(User.objects.values_list("pk", "name"))
    models_ = sorted(exported(), key=lambda model: (model is not Citizen, hasattr(model, "pgh_tracked_model")))
    for model in models_:
        rows = rows_of(model, citizen.pk)
        assert rows is not None
        source = getattr(model, "pgh_tracked_model", model)
        past = source is not model
        title = str(TABLE[source._meta.label].title) or source._meta.label
        made = Table(model._meta.label_lower, _("%(table)s, earlier") % {"table": title} if past else title)
        fields = [f for f in model._meta.local_fields if shown(source._meta.label, str(f.column))]
        for row in rows.order_by("pk").iterator(chunk_size=500) if not past else rows.order_by("pgh_id"):
            made.rows.append({str(f.column): plain(f, row, names) for f in fields})
            if not past:
                made.read.append(list(_readable(fields, row, names)))
        yield made


def shown(label: str, column: str) -> bool:
    """Whether the column stands in a copy."""
    if column in left_out.TECHNICAL or f"{label}.{column}" in left_out.COLUMNS:
        return False
    return not column.startswith("pgh_") or column in ("pgh_created_at", "pgh_label")


def plain(field_: models.Field, row: models.Model, names: dict[int, str]) -> Any:
    """The value as JSON knows it; an employee by name, a choice by its code."""
    value = getattr(row, field_.attname)
    if value is None or isinstance(value, bool | int | float):
        if isinstance(field_, models.ForeignKey) and field_.related_model is User and value is not None:
            return names.get(int(value), "")
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dt.date | dt.datetime | dt.time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return None
    if hasattr(value, "lower") and hasattr(value, "upper") and not isinstance(value, str):
        return {"from": str(value.lower or ""), "before": str(value.upper or "")}
    if isinstance(value, dict | list):
        return json.loads(json.dumps(value, default=str))
    return str(value)


def _readable(fields: list[models.Field], row: models.Model, names: dict[int, str]) -> Iterator[tuple[str, str]]:
    for field_ in fields:
        label = field_label(field_)
        text = words(field_, row, names) if label else ""
        if text:
            yield label, text


def field_label(field_: models.Field) -> str:
    """What people call the column; empty for keys and columns without words, which stand in the file only."""
    common = _common().get(str(field_.column))
    if common:
        return common
    return str(field_.verbose_name) if isinstance(field_.verbose_name, Promise) else ""


def _common() -> dict[str, str]:
    return {
        "at": _("when"),
        "by_id": _("registered by"),
        "user_id": _("employee"),
        "user_label": _("employee"),
        "role": _("role"),
        "period": _("period"),
        "page": _("page"),
        "relation": _("on what ground"),
        "status": _("state"),
        "status_since": _("since"),
        "registered_on": _("registered"),
        "withdrawn_at": _("withdrawn"),
        "withdrawn_reason": _("why it was withdrawn"),
        "name": _("name"),
        "part": _("as"),
        "kind": _("kind"),
        "subject": _("subject"),
        "body": _("text"),
        "answered_by_id": _("answered by"),
        "decided_by_id": _("decided by"),
        "approved_on": _("approved"),
        "approved_by_id": _("approved by"),
    }


def words(field_: models.Field, row: models.Model, names: dict[int, str]) -> str:
    """The value as people read it: choices in words, days as days, yes and no."""
    value = getattr(row, field_.attname)
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(field_, models.ForeignKey):
        return names.get(value, "") if field_.related_model is User else ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field_.choices and not isinstance(value, list):
        return str(dict(field_.flatchoices).get(value, value))
    if isinstance(value, dt.datetime):
        return value.astimezone().strftime("%d.%m.%Y %H.%M")
    if isinstance(value, dt.date):
        return value.strftime("%d.%m.%Y")
    if hasattr(value, "lower") and hasattr(value, "upper") and not isinstance(value, str):
        end = last_day(value.upper)
        return (
            f"{value.lower:%d.%m.%Y} – {end:%d.%m.%Y}"
            if end
            else _("From %(start)s") % {"start": f"{value.lower:%d.%m.%Y}"}
        )
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)
