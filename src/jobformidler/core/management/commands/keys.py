"""Encryption keys: what is sealed with which, a new one, and sealing everything anew."""

import json
import os
import sys

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jobformidler.core import crypto, rotation
from jobformidler.core.db import as_owner


class Command(BaseCommand):
    """`jobformidler keys status | new | rotate | retire`: exit 1 when something is left to do."""

    help = "Encryption keys: show which are in use, make a new one, seal everything anew, take an old one out."

    def add_arguments(self, parser: CommandParser) -> None:
        """One verb and its options."""
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        verbs.add_parser("status", help="how many values each key has sealed")
        new = verbs.add_parser("new", help="make a key that seals from now on; older ones stay for reading")
        new.add_argument("--print", action="store_true", help="print the key ring instead of writing the key file")
        rotate = verbs.add_parser("rotate", help="seal everything of older keys anew; go on after an interruption")
        rotate.add_argument("--batch", type=int, default=rotation.BATCH, help="rows in one transaction")
        rotate.add_argument("--most", type=int, help="stop after so many batches")
        rotate.add_argument("--hash", action="store_true", help="change the key of the look-up hash instead")
        retire = verbs.add_parser("retire", help="take a key out that seals nothing any more")
        retire.add_argument("key", help="its id")

    def handle(self, *, verb: str, **options) -> None:
        """Do the one thing asked for."""
        try:
            getattr(self, verb)(**options)
        except rotation.KeysElsewhereError as error:
            raise CommandError(
                "The keys come from JOBFORMIDLER_KEYS: change them there (`keys new --print` prints a ring with a new key)."
            ) from error

    def status(self, **options) -> None:
        """Keys and columns; exit 1 while something is sealed with an older key or the hashes do not fit."""
        with as_owner():
            found = rotation.standing()
            fit = rotation.hashes_fit()
        current = crypto.keys().current
        old = 0
        for column, counts in sorted(found.items()):
            for key, count in sorted(counts.items()):
                self.stdout.write(f"{column:45} {key:8} {count:8}")
                old += count if key != current else 0
        known = ", ".join(f"{key} (current)" if key == current else key for key in sorted(crypto.keys().by_id))
        self.stdout.write(f"keys: {known}; {old} values wait for `keys rotate`")
        if not fit:
            self.stdout.write("the look-up hashes do not fit their key: run `keys rotate --hash`")
        if old or not fit:
            sys.exit(1)

    def new(self, **options) -> None:
        """Add a key to the ring."""
        if options["print"]:
            raw = os.environ.get("JOBFORMIDLER_KEYS")
            kept, _name = rotation.with_new_key(json.loads(raw) if raw else rotation.ring())
            self.stdout.write(json.dumps(kept))
            return
        kept, name = rotation.with_new_key(rotation.ring())
        rotation.write(kept)
        self.stdout.write(f"{name} seals from now on. Copy the key file to its safe place, then run `keys rotate`.")

    def rotate(self, **options) -> None:
        """Seal anew; what has been committed stays done whatever happens."""
        with as_owner():
            if options["hash"]:
                count = rotation.rotate_hash()
                self.stdout.write(
                    f"{count} look-up hashes made anew. Links, recovery codes and sessions must be renewed."
                )
                return
            done = 0
            for _column, rows in rotation.rotate(batch=options["batch"], most=options["most"]):
                done += rows
            current = crypto.keys().current
            left = sum(n for counts in rotation.standing().values() for key, n in counts.items() if key != current)
        self.stdout.write(f"{done} values sealed with {current}, {left} left")
        if left:
            sys.exit(1)

    def retire(self, key: str, **options) -> None:
        """Take a key out of the ring once nothing needs it."""
        kept = rotation.ring()
        if key not in kept["keys"]:
            raise CommandError(f"There is no key {key}.")
        if key == kept["current"]:
            raise CommandError(f"{key} seals what is written now; make a new key first.")
        with as_owner():
            needed = sum(counts[key] for counts in rotation.standing().values())
        if needed:
            raise CommandError(f"{needed} values are still sealed with {key}: run `keys rotate` first.")
        rotation.write(rotation.without(kept, key))
        self.stdout.write(f"{key} is taken out. Backups from before cannot be read without a copy of it.")
