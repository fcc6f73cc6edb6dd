"""`jobformidler ingest`: read a register file."""

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from jobformidler.core import clock, db
from jobformidler.core.actions import ActionError
from jobformidler.core.ingest import LOADERS, Counts, Outcome, read_file
from jobformidler.core.ingest.privacy import hide_cpr
from jobformidler.core.models import ColumnMapping, Municipality
from jobformidler.core.tabular import FileError, sentence, write_quarantine

PROGRESS_EVERY = 2.0  # seconds


class Command(BaseCommand):
    """Exit code 0: every row is in. 1: some rows were quarantined. 2: nothing was done."""

    help = (
        "Read a register file: citizens, spells, visitations (approvals to fleksjob), employers or places."
        " Exit 0 all good, 1 rows quarantined, 2 nothing done."
    )

    def add_arguments(self, parser):
        """The file, and what to do with it."""
        parser.add_argument("kind", choices=sorted(LOADERS), help="what the file holds")
        parser.add_argument("file", metavar="FILE", help="CSV or XLSX")
        parser.add_argument("--dry-run", action="store_true", help="count what would happen, write nothing")
        parser.add_argument("--quarantine", metavar="OUT.csv", help="write refused rows with line, field and reason")
        parser.add_argument("--mapping", metavar="NAME", help="a saved translation of the file's headers")
        parser.add_argument("--municipality", metavar="CODE", type=int, help="needed where there are several")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, kind: str, file: str, dry_run: bool, quarantine: str | None, **options):
        """Read, report, and say by the exit code how it went."""
        municipality = _municipality(options["municipality"])
        path = Path(file)
        if not path.is_file():
            self._refuse(options, kind, f"{file} is not a file.")
        out = self._writable(options, kind, path, quarantine)
        with db.enter(municipality, reason="ingest: command"):
            mapping = _mapping(kind, options["mapping"])
            at = clock.now()
        try:
            outcome = read_file(
                kind=kind,
                path=path,
                municipality=municipality,
                by=None,
                at=at,
                mapping=mapping,
                dry_run=dry_run,
                progress=None if options["json"] or not sys.stderr.isatty() else self._progress(),
            )
        except FileError as error:
            self._refuse(options, kind, hide_cpr(str(error)), missing=list(error.missing))
        except ActionError as error:
            self._refuse(options, kind, " ".join(error.messages))
        except DatabaseError as error:
            # The database's own words may repeat a value, and a value may be a CPR number.
            self._refuse(options, kind, f"The database refused the file ({type(error).__name__}); nothing was written.")
        else:
            if out:
                write_quarantine(outcome.result, out)
            self._report(kind, outcome, dry_run=dry_run, as_json=options["json"])
            if outcome.counts.quarantined:
                sys.exit(1)

    def _report(self, kind: str, outcome: Outcome, *, dry_run: bool, as_json: bool) -> None:
        reasons = {reason.value: count for reason, count in outcome.result.counts().items()}
        if as_json:
            delivery = outcome.delivery.pk if outcome.delivery else None
            answer = {
                "kind": kind,
                "dry_run": dry_run,
                **asdict(outcome.counts),
                "reasons": reasons,
                "delivery": delivery,
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        if dry_run:
            self.stdout.write("Nothing was written (--dry-run).")
        self.stdout.write(outcome.counts.sentence())
        for reason, count in reasons.items():
            self.stdout.write(f"{count:>9}  {sentence(reason, '…', '…')}")

    def _refuse(self, options: dict, kind: str, why: str, **more: object) -> None:
        if options["json"]:
            nothing = asdict(Counts(0, 0, 0, 0, 0))
            self.stdout.write(json.dumps({"kind": kind, "error": why, **more, **nothing}, ensure_ascii=False))
        raise CommandError(why)

    def _writable(self, options: dict, kind: str, source: Path, target: str | None) -> Path | None:
        """The quarantine file, tried before anything is read: a million rows must not end in a wrong folder name."""
        if target is None:
            return None
        out = Path(target)
        if out.exists() and out.samefile(source):
            self._refuse(options, kind, "The quarantine file must not be the file itself.")
        try:
            with out.open("a"):
                pass
        except OSError as error:
            self._refuse(options, kind, f"{target} cannot be written: {error.strerror}.")
        return out

    def _progress(self):
        last = time.monotonic()

        def show(lines: int) -> None:
            nonlocal last
            if time.monotonic() - last > PROGRESS_EVERY:
                last = time.monotonic()
                self.stderr.write(f"{lines} rows checked")

        return show


def _municipality(code: int | None) -> Municipality:
    known = list(Municipality.objects.order_by("code"))
    if not known:
        raise CommandError("There is no municipality yet: jobformidler init.")
    if code is None and len(known) == 1:
        return known[0]
    found = next((one for one in known if one.code == code), None)
    if found is None:
        codes = ", ".join(f"{one.code} {one.name}" for one in known)
        raise CommandError(f"Say which municipality with --municipality CODE: {codes}.")
    return found


def _mapping(kind: str, name: str | None) -> dict[str, str] | None:
    if name is None:
        return None
    saved = dict(ColumnMapping.objects.filter(kind=kind).values_list("name", "headers"))
    if name not in saved:
        raise CommandError(f"There is no mapping {name} for {kind}. Saved: {', '.join(sorted(saved)) or 'none'}.")
    return saved[name]
