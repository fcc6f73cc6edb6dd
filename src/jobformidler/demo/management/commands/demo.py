"""`jobformidler demo`: load the fictional municipality, or say how to log in to it."""

import datetime as dt
import json
import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from jobformidler.core.models import Municipality
from jobformidler.demo import load, multiply, setting


class Command(BaseCommand):
    """Exit 0 when loaded, 2 when it was there already. `--size large` goes on from the small one, or where it stopped."""

    help = "Load Fjordby Kommune, a fictional municipality, through register files and actions."

    def add_arguments(self, parser):
        """Size, day and output."""
        parser.add_argument(
            "--size", choices=sorted({*load.SIZES, "large"}), default="small", help="how much; default: small"
        )
        parser.add_argument("--today", help="the day the demo happens on (ISO); default: JOBFORMIDLER_TODAY or today")
        parser.add_argument(
            "--logins", action="store_true", help="only say how to log in; nothing when there is no demo"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options: Any):
        """Load, or print the logins."""
        there = Municipality.objects.filter(code=setting.CODE, is_demo=True).first()
        if options["logins"]:
            if there:
                words = {name: title for name, title, *_more in setting.STAFF}
                for name in (*setting.LOGINS, *setting.CITIZEN_LOGINS):
                    self.stdout.write(f"{setting.email(name)}  ({name}, {words.get(name, 'borger')})")
                self.stdout.write(f"password: {setting.PASSWORD}")
            return
        if there and not load.is_whole(there):
            raise CommandError("The loading was broken off. Start again with an empty database.")
        if there and options["size"] != "large":
            self.stderr.write(f"{there.name} is there already; nothing was changed.")
            sys.exit(2)
        say = (lambda _text: None) if options["json"] else self.stdout.write
        municipality = there or self._load(options, say)
        if options["size"] == "large" and not multiply.multiply(municipality, say=say):
            self.stderr.write(f"{municipality.name} is there already, in full size; nothing was changed.")
            sys.exit(2)
        found = load.counts(municipality)
        self.stdout.write(
            json.dumps(found) if options["json"] else f"{setting.NAME}: {found['citizens']} citizens, {found['today']}"
        )

    def _load(self, options: dict[str, Any], say: load.Say) -> Municipality:
        said = options["today"] or os.environ.get("JOBFORMIDLER_TODAY")
        try:
            today = dt.date.fromisoformat(said) if said else timezone.localdate()
        except ValueError:
            raise CommandError(f"{said} is not a date like 2026-11-23.") from None
        size = "small" if options["size"] == "large" else options["size"]
        processes = 1 if size == "test" else min(2, os.cpu_count() or 1)
        return load.load(size=size, today=today, say=say, processes=processes).municipality
