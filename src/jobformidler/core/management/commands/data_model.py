"""Write docs/data-model.md from the models, so that it cannot drift; a test holds them equal."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import models
from django.utils import translation

HEAD = """# Data model

Made from the models by `jobformidler manage data_model`; a test holds it equal to the code. Every table with a
municipality carries a row policy; tables marked *history* keep every change with actor and reason. Periods are half-open.

"""


class Command(BaseCommand):
    """Print the page, or write it with --write."""

    help = "Describe every table of ours in docs/data-model.md."

    def add_arguments(self, parser):
        """Whether to write the file."""
        parser.add_argument("--write", action="store_true", help="write docs/data-model.md")

    def handle(self, *, write: bool, **options):
        """English, whatever the screens speak."""
        text = page()
        if write:
            target().write_text(text)
        else:
            self.stdout.write(text)


def target() -> Path:
    """Where the page stands."""
    return Path(settings.ROOT) / "docs" / "data-model.md"


def page() -> str:
    """The whole page as Markdown."""
    with translation.override("en"):
        parts = [HEAD]
        for config in apps.get_app_configs():
            tables = [model for model in config.get_models() if _ours(model)]
            if config.name.startswith("jobformidler.") and tables:
                parts.append(f"## {config.label}\n\n")
                parts.extend(_table(model) for model in tables)
        return "".join(parts)


def _ours(model: type[models.Model]) -> bool:
    return model.__module__.startswith("jobformidler.") and not hasattr(model, "pgh_tracked_model")


def _table(model: type[models.Model]) -> str:
    tracked = any(
        hasattr(other, "pgh_tracked_model") and other.pgh_tracked_model is model for other in apps.get_models()
    )
    lines = [
        f"### {model.__name__}{' · *history*' if tracked else ''}\n\n{(model.__doc__ or '').split(chr(10) * 2)[0].strip()}\n\n"
    ]
    lines.append("| Column | Kind | Meaning |\n|---|---|---|\n")
    for field in model._meta.local_fields:
        if field.column in ("id", "municipality_id", "version"):
            continue
        lines.append(f"| `{field.column}` | {_kind(field)} | {_meaning(field)} |\n")
    rules = [c.name for c in model._meta.constraints if isinstance(c, models.CheckConstraint)]
    unique = [
        c for c in model._meta.constraints if not isinstance(c, models.CheckConstraint) and "tenant" not in c.name
    ]
    if rules or unique:
        lines.append(f"\nRules: {', '.join(f'`{name}`' for name in [*rules, *(c.name for c in unique)])}.\n")
    return "".join(lines) + "\n"


def _kind(field: models.Field) -> str:
    if isinstance(field, models.ForeignKey):
        kind = f"→ {field.related_model._meta.label}"
    else:
        kind = type(field).__name__.removesuffix("Field")
    return f"{kind}, may be empty" if field.null else kind


def _meaning(field: models.Field) -> str:
    name = str(field.verbose_name)
    said = "" if name == field.name.replace("_", " ") else name
    if field.choices and not isinstance(field, models.ForeignKey):
        codes = ", ".join(f"`{code}`" for code, _label in field.flatchoices)
        return f"{said}: {codes}" if said else codes
    return said
