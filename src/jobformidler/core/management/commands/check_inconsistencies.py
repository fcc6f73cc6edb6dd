"""List rows that contradict each other although every constraint holds."""

import json
import sys

from django.core.management.base import BaseCommand

from jobformidler.core import db
from jobformidler.core.files.rows import orphans, stored_names
from jobformidler.core.models import Municipality
from jobformidler.core.rebuild import CHECKS


class Command(BaseCommand):
    """`jobformidler check-inconsistencies`: exit 0 when all is sound, 1 when something was found."""

    help = "List rows that contradict each other."

    def add_arguments(self, parser):
        """Only the output format."""
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options):
        """Run every registered check in every municipality; print primary keys only."""
        found: dict[str, list] = {}
        stored: set[str] = set()
        for municipality in Municipality.objects.order_by("code"):
            with db.enter(municipality, reason="check inconsistencies"):
                stored |= stored_names()
                for name, find in sorted(CHECKS.items()):
                    wrong = [row.pk for row in find()[:1000]]
                    if wrong:
                        found[f"{municipality.code}.{name}"] = wrong
        if left := orphans(stored):  # bytes nobody can read any more: an interrupted upload
            found["files.orphans"] = left
        if options["json"]:
            self.stdout.write(json.dumps({"checks": len(CHECKS), "found": found}))
        else:
            for name, rows in found.items():
                self.stdout.write(f"{name}: {len(rows)} ({', '.join(map(str, rows[:10]))})")
            self.stdout.write(f"{len(CHECKS)} checks, {sum(map(len, found.values()))} rows found")
        if found:
            sys.exit(1)
