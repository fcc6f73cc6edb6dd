"""Write docs/retention.md from the classification, so that it cannot drift; a test holds them equal."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from jobformidler.core.retention.rules import TYPES
from jobformidler.core.retention.table import TABLE, Fate, Line

HEAD = """# How long data is kept

Made from the classification in each package's `retention.py` by `jobformidler manage retention_table`; a test holds it
equal to the code, and another fails for a column nobody has classified.

When a citizen's time is up, the person is **anonymised**: names, numbers and texts go; dates, hours, kinds and steps stay,
so that the figures of the board do not change. A text that was there becomes a dash. History tables lose the rows of what
was anonymised, since they hold the old values; events keep what happened and when, and lose the words. Letters and mail
go. The log of who has seen the case is kept whole: it names employees and pages, and it is sealed.

Nothing is touched while a **legal hold** stands on the citizen. A rule counts from the day the last case was closed; a
reopened case starts it anew. Every municipality decides its own months (Opsætning → Opbevaring). Until it has, a type is
shown in the dry run with the months the product proposes, and left alone by the run: the sources name no numbers.

| Command | What |
|---|---|
| `jobformidler retention` | the dry run: what a run today would end, by type; `--list` names case numbers |
| `jobformidler retention --run` | the run; one citizen at a time, so it can be stopped and goes on where it was |

The worker runs it every night at 2.40. Only its database role may empty append-only tables (`jf_forget`).

## Rules

| Type | What | Months proposed |
|---|---|---|
"""


class Command(BaseCommand):
    """Print the page, or write it with --write."""

    help = "Describe what happens to every column in docs/retention.md."

    def add_arguments(self, parser):
        """Whether to write the file."""
        parser.add_argument("--write", action="store_true", help="write docs/retention.md")

    def handle(self, *, write: bool, **options):
        """English, whatever the screens speak."""
        if write:
            target().write_text(page())
        else:
            self.stdout.write(page())


def target() -> Path:
    """Where the page stands."""
    return Path(settings.ROOT) / "docs" / "retention.md"


def page() -> str:
    """The whole page as Markdown."""
    with translation.override("en"):
        parts = [HEAD]
        parts += [f"| `{name}` | {made.label} | {made.months} |\n" for name, made in sorted(TYPES.items())]
        for config in apps.get_app_configs():
            lines = [(name, TABLE[name]) for name in sorted(TABLE) if name.split(".")[0] == config.label]
            if lines:
                parts.append(f"\n## {config.label}\n\n| Table | Kept | Anonymised | Why |\n|---|---|---|---|\n")
                parts += [_row(name, line) for name, line in lines]
        return "".join(parts)


def _row(label: str, line: Line) -> str:
    name = label.split(".")[1]
    if line.rows == "delete":
        return f"| {name} | nothing: the rows go | | {line.why} |\n"
    kept = " ".join(f"`{column}`" for column, fate in line.fates.items() if fate is Fate.KEEP)
    gone = " ".join(
        f"`{column}`" + (f" ({line.how[column]})" if column in line.how else "")
        for column, fate in line.fates.items()
        if fate is not Fate.KEEP
    )
    return f"| {name} | {kept} | {gone} | {line.why} |\n"
