"""Sealing the access log in batches, and checking every seal (GOV-05)."""

import datetime as dt
import hmac
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import QuerySet

from jobformidler.citizens import sealing
from jobformidler.citizens.models import AccessLog, AccessSeal, SealedLook
from jobformidler.citizens.watch import anchor_file
from jobformidler.core.actions import action
from jobformidler.core.models import Municipality

#: Rows younger than this wait for the next batch: their transactions may still be on their way.
SETTLE = dt.timedelta(seconds=30)
#: How far behind the newest seal a row that came late is still looked for.
LOOK_BACK = dt.timedelta(days=1)
#: A row without a seal that is older than the newest seal by this much did not come late: it was put in afterwards.
LATE = dt.timedelta(hours=1)
BATCH = 5000
_LOCK = 0x4A47  # first key of the advisory lock under which a municipality's chain grows


@dataclass
class Verdict:
    """What a check of one municipality's chain found. `problems` are sentences for whoever runs the command."""

    municipality: str
    seals: int = 0
    rows: int = 0
    unsealed: int = 0
    oldest_unsealed: str = ""
    last_digest: str = ""
    anchors: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Nothing is missing, changed or added."""
        return not self.problems


@action
def seal_log(*, municipality: Municipality, at: dt.datetime, settle: dt.timedelta = SETTLE) -> AccessSeal | None:
    """Seal the next batch of the municipality's log, None when there is nothing old enough. Runs inside its context.

    Which rows a seal covers is written row by row, so that a row whose transaction ended late finds a later seal.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [_LOCK, municipality.pk])
    last = AccessSeal.objects.order_by("-number").first()
    waiting = AccessLog.objects.unsealed().filter(at__lt=at - settle)
    if last is not None:
        waiting = waiting.filter(at__gte=last.sealed_at - LOOK_BACK)
    rows = [(row[0], sealing.row_digest(row)) for row in _values(waiting.order_by("pk")[:BATCH])]
    if not rows:
        return None
    number, previous = (last.number + 1, last.digest) if last else (1, "")
    whole = sealing.rows_digest(digest for _pk, digest in rows)
    digest = sealing.chain_digest(
        municipality_id=municipality.pk, number=number, previous=previous, count=len(rows), rows=whole, at=at
    )
    seal = AccessSeal.objects.create(
        municipality=municipality,
        number=number,
        previous=previous,
        rows_digest=whole,
        digest=digest,
        count=len(rows),
        first_id=rows[0][0],
        last_id=rows[-1][0],
        key_id=sealing.key_id(),
        sealed_at=at,
    )
    SealedLook.objects.bulk_create(
        SealedLook(municipality=municipality, log_id=pk, seal=seal, digest=row) for pk, row in rows
    )
    return seal


def verify_log(*, municipality: Municipality) -> Verdict:
    """Compute every seal of the municipality anew and say what does not fit. Runs inside its context; reads only."""
    verdict = Verdict(municipality.name)
    found: dict[int, str] = {}
    previous, number, newest = "", 0, None
    for seal in AccessSeal.objects.order_by("number").iterator(chunk_size=500):
        if seal.number != number + 1:
            verdict.problems.append(f"seal {number + 1} is missing")
        if seal.previous != previous:
            verdict.problems.append(f"seal {seal.number} does not follow the one before it")
        _check_seal(verdict, municipality, seal)
        previous, number, newest = seal.digest, seal.number, seal
        found[seal.number] = seal.digest
        verdict.seals += 1
    verdict.last_digest = previous
    _check_anchors(verdict, municipality, found)
    _check_tail(verdict, newest)
    return verdict


def _check_seal(verdict: Verdict, municipality: Municipality, seal: AccessSeal) -> None:
    covered = dict(SealedLook.objects.filter(seal=seal).order_by("log_id").values_list("log_id", "digest"))
    rows = {row[0]: sealing.row_digest(row) for row in _values(AccessLog.objects.filter(sealed__seal=seal))}
    verdict.rows += len(rows)
    name = f"batch {seal.number}"
    for pk in sorted(covered.keys() - rows.keys()):
        verdict.problems.append(f"{name}: row {pk} is gone")
    for pk in sorted(rows):
        if rows[pk] != bytes(covered[pk]):
            verdict.problems.append(f"{name}: row {pk} has been changed")
    if len(covered) != seal.count:
        word = "missing" if len(covered) < seal.count else "too many"
        verdict.problems.append(f"{name}: {abs(seal.count - len(covered))} of {seal.count} rows {word}")
    elif sealing.rows_digest(bytes(covered[pk]) for pk in sorted(covered)) != seal.rows_digest:
        verdict.problems.append(f"{name}: the rows are not those that were sealed")
    if seal.key_id != sealing.key_id():
        verdict.problems.append(f"seal {seal.number} was made with another key ({seal.key_id})")
        return
    computed = sealing.chain_digest(
        municipality_id=municipality.pk,
        number=seal.number,
        previous=seal.previous,
        count=seal.count,
        rows=seal.rows_digest,
        at=seal.sealed_at,
    )
    if not hmac.compare_digest(computed, seal.digest):
        verdict.problems.append(f"seal {seal.number} is not one this installation made")


def _check_anchors(verdict: Verdict, municipality: Municipality, found: dict[int, str]) -> None:
    file = anchor_file(municipality)
    if not file.is_file():
        return
    for line in file.read_text(encoding="ascii").splitlines():
        number, _space, digest = line.partition(" ")
        verdict.anchors += 1
        if found.get(int(number)) != digest:
            verdict.problems.append(f"seal {number} is not the one written down in {file.name}")


def _check_tail(verdict: Verdict, newest: AccessSeal | None) -> None:
    tail = AccessLog.objects.unsealed()
    verdict.unsealed = tail.count()
    oldest = tail.order_by("at").values_list("at", flat=True).first()
    verdict.oldest_unsealed = oldest.isoformat() if oldest else ""
    if newest is not None:
        for pk in tail.filter(at__lt=newest.sealed_at - LATE).order_by("pk").values_list("pk", flat=True)[:100]:
            verdict.problems.append(f"row {pk} was put in afterwards: it is older than the newest seal and has none")


def _values(rows: QuerySet) -> QuerySet:
    return rows.values_list(*sealing.COLUMNS)
