"""`jobformidler retention`: what retention would end today, and with --run the run itself."""

import json
import sys

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import translation

from jobformidler.core import clock, db
from jobformidler.core.models import Municipality
from jobformidler.core.retention import run as runs


class Command(BaseCommand):
    """Exit code 0 when everything went well, 1 when something was left for the next run."""

    help = "Show, or with --run carry out, what the rules for keeping data say for today."

    def add_arguments(self, parser):
        """Dry run unless --run is given."""
        parser.add_argument("--run", action="store_true", help="anonymise and delete what the dry run shows")
        parser.add_argument("--list", action="store_true", help="name the case numbers, not only counts")
        parser.add_argument("--municipality", type=int, help="municipality code; default: all")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, run: bool, municipality: int | None, **options):
        """One municipality after the other."""
        wanted = Municipality.objects.order_by("code")
        if municipality is not None:
            wanted = wanted.filter(code=municipality)
        found = list(wanted)
        if not found:
            self.stderr.write("There is no such municipality.")
            sys.exit(2)
        with translation.override(settings.LANGUAGE_CODE):
            result = {row.code: (self._run(row) if run else self._plan(row, options["list"])) for row in found}
        if options["json"]:
            self.stdout.write(json.dumps(result))
        elif not run:
            for code, types in result.items():
                for name, row in types.items():
                    held = f", {row['held']} held back" if row["held"] else ""
                    decided = "" if row["decided"] else ", not decided: is left alone"
                    months = f"{row['months']} months{decided}"
                    self.stdout.write(f"{code} {name}: {row['count']} before {row['before']} ({months}){held}")
                    for label in row.get("list", ()):
                        self.stdout.write(f"  {label}")
        else:
            for code, counts in result.items():
                for what, number in sorted(counts.items()):
                    self.stdout.write(f"{code} {what}: {number}")
        if run and any("failed" in counts for counts in result.values()):
            sys.exit(1)

    def _plan(self, municipality: Municipality, named: bool) -> dict:
        with db.enter(municipality, reason="retention: dry run"):
            rows = runs.plan(municipality, clock.today())
        return {
            row.name: {
                "count": row.count,
                "held": row.held,
                "months": row.months,
                "decided": row.decided,
                "before": row.before.isoformat(),
                **({"list": [item.label for item in row.found]} if named else {}),
            }
            for row in rows
        }

    def _run(self, municipality: Municipality) -> dict:
        """As the worker's role, which alone may empty append-only tables."""
        before = connection.settings_dict["USER"]
        if before == "jf_web":
            db.reconnect(USER="jf_worker")
        try:
            return dict(runs.run(municipality, said=lambda line: self.stderr.write(line)))
        finally:
            if before == "jf_web":
                db.reconnect(USER=before)
