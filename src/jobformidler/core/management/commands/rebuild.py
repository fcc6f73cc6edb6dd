"""Rebuild derived read models and say how many rows differed."""

import json
import sys

from django.core.management.base import BaseCommand

from jobformidler.core import db
from jobformidler.core.models import Municipality
from jobformidler.core.rebuild import REBUILDS, in_order


class Command(BaseCommand):
    """`jobformidler rebuild [name …]`: exit 0 when nothing differed, 1 when something did."""

    help = "Rebuild derived read models (attention, chain steps) from events and facts."

    def add_arguments(self, parser):
        """Names of read models; none means all."""
        parser.add_argument("names", nargs="*", help="read models; default: all")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, names, json: bool, **options):
        """Loop over municipalities."""
        unknown = set(names) - set(REBUILDS)
        if unknown:
            self.stderr.write(f"Unknown: {', '.join(sorted(unknown))}. Known: {', '.join(sorted(REBUILDS))}")
            sys.exit(2)
        result = {}
        for municipality in Municipality.objects.order_by("code"):
            with db.enter(municipality, reason="rebuild"):
                for model in in_order():
                    if not names or model.name in names:
                        result[f"{municipality.code}.{model.name}"] = model.run()
        self.stdout.write(_dump(result) if json else "\n".join(f"{k}: {v} differed" for k, v in result.items()))
        if any(result.values()):
            sys.exit(1)


def _dump(result: dict) -> str:
    return json.dumps(result)
