"""Refused rows, kept encrypted: they may hold CPR numbers, and so may the cell a sentence repeats."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import polars as pl
from psycopg import sql

from jobformidler.core.crypto import seal, unseal
from jobformidler.core.ingest.loader import LOADERS
from jobformidler.core.ingest.privacy import hide_cpr
from jobformidler.core.ingest.staging import Staging, array_text, bytes_text, run
from jobformidler.core.models import Delivery, QuarantinedRow
from jobformidler.core.tabular import Result, Table, sentence, write_quarantine
from jobformidler.core.tabular.records import FAULTS_SCHEMA, ROWS_SCHEMA

SEALED_AS = "core.quarantinedrow.raw"
CHUNK = 20_000
LONGEST = 60  # of the columns `field` and `reason`


@dataclass(frozen=True)
class RefusedLine:
    """One refused line as the screen shows it: (label of the column, sentence) for each fault."""

    line: int
    faults: list[tuple[str, str]]


def store(delivery: Delivery, result: Result) -> None:
    """Keep the refused lines of a delivery, instead of those kept before."""
    QuarantinedRow.objects.filter(delivery=delivery).delete()
    columns = ("line", "field", "reason", "params", "raw", "fields_seen")
    stage = Staging("ingest_quarantine", QuarantinedRow, columns[1:])
    for chunk in _chunks(result):
        stage.fill(chunk)
    named = sql.SQL(", ").join(map(sql.Identifier, columns))
    run(
        sql.SQL(
            "insert into {target} (municipality_id, delivery_id, {named}) select {tenant}, {delivery}, {named}"
            " from {stage} order by line"
        ).format(
            target=sql.Identifier(QuarantinedRow._meta.db_table),
            named=named,
            tenant=sql.Literal(delivery.municipality_id),
            delivery=sql.Literal(delivery.pk),
            stage=stage.table,
        )
    )


def _chunks(result: Result) -> Iterator[pl.DataFrame]:
    by_line = groupby(result.faults.iter_rows(), key=itemgetter(0))
    rows: list[tuple[int, str, str, str, bytes, str]] = []
    for (line, cells, text), (_line, found) in zip(result.rows.iter_rows(), by_line, strict=True):
        faults = [fault[1:] for fault in found]
        fields = [name[:LONGEST] for name in dict.fromkeys(fault[0] or "" for fault in faults)]
        raw = seal(json.dumps({"cells": cells, "text": text, "faults": faults}, ensure_ascii=False), SEALED_AS)
        rows.append((line, fields[0], faults[0][1], json.dumps({"faults": len(faults)}), raw, array_text(fields)))
        if len(rows) == CHUNK:
            yield _frame(rows)
            rows = []
    if rows:
        yield _frame(rows)


def _frame(rows: list[tuple[int, str, str, str, bytes, str]]) -> pl.DataFrame:
    line, name, reason, params, raw, seen = zip(*rows, strict=True)
    return pl.DataFrame(
        {
            "line": line,
            "field": name,
            "reason": reason,
            "params": params,
            "raw": bytes_text(list(raw)),
            "fields_seen": seen,
        }
    )


def _opened(row: QuarantinedRow) -> dict[str, Any]:
    return json.loads(unseal(bytes(row.raw), SEALED_AS))


def refused_lines(delivery: Delivery, rows: list[QuarantinedRow]) -> list[RefusedLine]:
    """What to show of these rows of the delivery."""
    label = LOADERS[delivery.kind].spec.label_of

    def told(fault: tuple[str | None, str, str | None, str | None]) -> tuple[str, str]:
        name, reason, value, limit = fault
        return label(name or ""), sentence(reason, hide_cpr(value or ""), limit)

    return [RefusedLine(row.line, [told(fault) for fault in _opened(row)["faults"]]) for row in rows]


def write_file(delivery: Delivery, path: Path) -> int:
    """Write the delivery's refused lines in the form `jobformidler ingest --quarantine` gives; returns how many."""
    rows: list[tuple[int, list[str | None] | None, str | None]] = []
    faults: list[tuple[int, str, str, str | None, str | None]] = []
    for row in QuarantinedRow.objects.filter(delivery=delivery).order_by("line").iterator(chunk_size=5000):
        kept = _opened(row)
        rows.append((row.line, kept["cells"], kept["text"]))
        faults += [(row.line, *fault) for fault in kept["faults"]]
    spec = LOADERS[delivery.kind].spec
    header = tuple(delivery.headers.get("header", ()))
    table = Table(path, spec, header, {}, 1, lambda: iter(()), {})
    result = Result(
        table,
        pl.DataFrame(),
        pl.DataFrame(faults, schema=FAULTS_SCHEMA, orient="row"),
        pl.DataFrame(rows, schema=ROWS_SCHEMA, orient="row"),
        len(rows),
    )
    return write_quarantine(result, path)
