"""Write docs/states.md from the transition tables, so that page, buttons and rules are one thing."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from jobformidler.core.transitions import TABLES, Table

HEAD = """# States and who may change them

Made from the transition tables by `jobformidler manage states`; a test holds it equal to the code. Buttons, refusals
and the matrix test come from the same tables. A guard says in a sentence what is missing.

"""


class Command(BaseCommand):
    """Print the page, or write it with --write."""

    help = "Describe every status and its transitions in docs/states.md."

    def add_arguments(self, parser):
        """Whether to write the file."""
        parser.add_argument("--write", action="store_true", help="write docs/states.md")

    def handle(self, *, write: bool, **options):
        """English, whatever the screens speak."""
        text = page()
        if write:
            target().write_text(text)
        else:
            self.stdout.write(text)


def target() -> Path:
    """Where the page stands."""
    return Path(settings.ROOT) / "docs" / "states.md"


def page() -> str:
    """The whole page as Markdown."""
    with translation.override("en"):
        return HEAD + "\n".join(_section(table) for _name, table in sorted(TABLES.items()))


def _section(table: Table) -> str:
    labels = dict(apps.get_model(table.model)._meta.get_field(table.field).flatchoices)
    lines = [f"## {table.model}.{table.field}\n", "| Verb | From | To | Who | Reason |", "|---|---|---|---|---|"]
    for verb in table.transitions.values():
        sources = ", ".join(str(label) for code, label in labels.items() if code in verb.sources)
        lines.append(
            f"| {verb.label} | {sources} | {labels[verb.target]} | {', '.join(sorted(verb.who))} |"
            f" {'yes' if verb.needs_reason else ''} |"
        )
    return "\n".join(lines) + "\n"
