"""`jobformidler audit`: seal the access log, and check that nothing in it is missing, changed or added."""

import json
import sys
from dataclasses import asdict

from django.core.management.base import BaseCommand

from jobformidler.citizens.actions.audit import Verdict, verify_log
from jobformidler.citizens.audit_tasks import seal_municipality
from jobformidler.core import db
from jobformidler.core.models import Municipality


class Command(BaseCommand):
    """Exit 0: every chain is whole. 1: something is missing, changed or added. 2: nothing was checked."""

    help = "Check (verify) or seal the access log. Exit 0 all good, 1 problems found, 2 nothing checked."

    def add_arguments(self, parser):
        """What to do, and where."""
        parser.add_argument("what", choices=("verify", "seal"), help="compute every seal anew, or seal what waits")
        parser.add_argument("--municipality", metavar="CODE", type=int, help="only this one")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, what: str, **options):
        """Run, report, and say by the exit code how it went."""
        chosen = Municipality.objects.order_by("code")
        if options["municipality"] is not None:
            chosen = chosen.filter(code=options["municipality"])
        municipalities = list(chosen)
        if not municipalities:
            self.stderr.write("There is no such municipality.")
            sys.exit(2)
        if what == "seal":
            made = {m.name: seal_municipality(m, most=100_000) for m in municipalities}
            self.stdout.write(json.dumps(made) if options["json"] else "\n".join(f"{n}: {c}" for n, c in made.items()))
            return
        verdicts = [self._verify(municipality) for municipality in municipalities]
        if options["json"]:
            whole = all(verdict.whole for verdict in verdicts)
            self.stdout.write(json.dumps({"whole": whole, "municipalities": [asdict(v) for v in verdicts]}))
        else:
            for verdict in verdicts:
                self._say(verdict)
        if not all(verdict.whole for verdict in verdicts):
            sys.exit(1)

    def _verify(self, municipality: Municipality) -> Verdict:
        with db.enter(municipality, reason="access log: verify"):
            return verify_log(municipality=municipality)

    def _say(self, verdict: Verdict) -> None:
        state = "whole" if verdict.whole else f"{len(verdict.problems)} problems"
        self.stdout.write(
            f"{verdict.municipality}: {state}. {verdict.rows} rows under {verdict.seals} seals,"
            f" {verdict.unsealed} not sealed yet, {verdict.anchors} seals written down beside the database."
        )
        for problem in verdict.problems:
            self.stdout.write(f"  {problem}")
