"""What a column holds afterwards: nothing about the person, and still a row the database's rules accept.

A text that was there becomes a dash, so that "there was a reason" stays true for rules and statistics; an empty one stays
empty. Ways that are named in the table of classification:

- `year`     a date keeps its year: 1 January
- `random`   32 random bytes, for a look-up hash that has to be unique
- `number`   "A-" and the row's key, for a number that has to be unique
- `name`     the word for somebody without a name
- `shape`    JSON keeps its shape, numbers, yes or no and dates; texts go
- `null`     nothing at all
"""

import datetime as dt
import re
import secrets
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jobformidler.core.crypto import EncryptedTextField

DASH = "–"
NAME = "Anonym"
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")


def blank(field: models.Field, value: Any, way: str, row: models.Model) -> Any:
    """What stands in the column instead of `value`. Raises ValueError for a way or a kind of column nobody thought of."""
    if value is None or way == "null":
        return None
    if way == "year":
        return dt.date(value.year, 1, 1)
    if way == "random":
        return secrets.token_bytes(32)
    if way == "number":
        return f"A-{row.pk}"
    if way == "name":
        return NAME if value else value
    if way == "shape":
        return shape(value)
    if way:
        raise ValueError(f"{field}: no way {way}")
    if isinstance(field, EncryptedTextField):
        return DASH if value else value
    if isinstance(field, models.EmailField):
        return ""
    if isinstance(field, models.CharField | models.TextField):
        short = DASH if field.max_length is None or field.max_length > 8 else ""
        return short if value else value
    if isinstance(field, ArrayField):
        return []
    if isinstance(field, models.JSONField):
        return shape(value)
    if isinstance(field, models.ForeignKey | models.DateField | models.DateTimeField) and field.null:
        return None
    raise ValueError(f"{field}: say how it is anonymised")


def shape(value: Any) -> Any:
    """JSON without texts: numbers, truth values and dates stay, everything else becomes empty in its place."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    if isinstance(value, str):
        return value if _DAY.match(value) else ""
    return value
