"""Writes a script into every text a person or a file could have given us, in everything one municipality holds."""

from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import Error, models, transaction

from jobformidler.core.crypto import EncryptedTextField

#: Breaks out of an attribute, a tag and a script; the first letters alone show in a page that forgets to escape.
PAYLOAD = "\"'><x-hit></textarea></script><img/src=x/onerror=window.hit=1><script>window.hit=1</script>"
MARK = "<x-hit"
#: Texts the program itself writes and reads back as codes.
CODES = {
    "file_key",
    "password",
    "stored_as",
    "media_type",
    "number",
    "kind",
    "status",
    "state",
    "reason",
    "code",
    "field",
    "part",
    "handler",
    "list",
    "key",
    "paragraph",
    "step",
}


def _texts(model: type[models.Model]) -> list[models.Field]:
    """Free texts of a model, as opposed to choices, codes, days and keys."""
    found = []
    for field in model._meta.concrete_fields:
        base = getattr(field, "base_field", field)
        free = isinstance(base, (models.CharField, models.TextField)) and not (base.choices or field.generated)
        if free and field.name not in CODES:
            found.append(field)
    return found


def _mark(field: models.Field, model: type[models.Model]) -> int:
    base = getattr(field, "base_field", field)
    text = PAYLOAD[: base.max_length or len(PAYLOAD)]
    value: Any = [text] if isinstance(field, ArrayField) else text
    try:
        with transaction.atomic():
            return model._default_manager.exclude(**{f"{field.name}__isnull": True}).update(**{field.name: value})
    except Error:
        return 0  # a rule of the database keeps such a text out


def _strings(value: Any) -> Any:
    """The same shape, every sentence in it exchanged."""
    if isinstance(value, dict):
        return {key: _strings(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_strings(inner) for inner in value]
    return PAYLOAD if isinstance(value, str) and " " in value else value


def mark_everything() -> int:
    """How many columns hold the script afterwards. Runs inside the context of the municipality."""
    marked = 0
    for model in apps.get_models():
        if not model.__module__.startswith("jobformidler.") or model.__name__.endswith("Event"):
            continue
        marked += sum(bool(_mark(field, model)) for field in _texts(model))
        sealed = [
            f.name
            for f in model._meta.concrete_fields
            if isinstance(f, EncryptedTextField) and f.name not in {"cpr", *CODES}
        ]
        sealed += [f.name for f in model._meta.concrete_fields if isinstance(f, models.JSONField)]
        for row in model._default_manager.order_by("pk") if sealed else ():
            for name in sealed:
                before = getattr(row, name)
                after = _strings(before) if isinstance(before, (dict, list)) else PAYLOAD
                if before and after != before:
                    with transaction.atomic():
                        try:
                            model._default_manager.filter(pk=row.pk).update(**{name: after})
                            marked += 1
                        except Error:
                            transaction.set_rollback(True)
    return marked
