"""Rows of a batch become typed columns or faults. Every line ends up in exactly one of the two."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from jobformidler.core.tabular.parse import parse
from jobformidler.core.tabular.reasons import SHOWN, Reason
from jobformidler.core.tabular.records import Batch, empty_faults, raw_rows
from jobformidler.core.tabular.spec import Column, Context, Kind, Spec

# The quarantine file puts an apostrophe before a cell a spreadsheet would calculate; it goes again when read.
_NEUTRALISED = r"^'([=+\-@\t\r])"


@dataclass(frozen=True)
class Checked:
    """Accepted rows as typed columns with `line`, and the faults and raw cells of the others."""

    good: pl.DataFrame
    faults: pl.DataFrame
    rows: pl.DataFrame


def schema(spec: Spec) -> dict[str, pl.DataType]:
    """Columns of the accepted rows before the derived ones."""
    return {"line": pl.UInt32(), **{column.name: column.dtype for column in spec.columns}}


def validate(batch: Batch, spec: Spec, columns: Mapping[str, int], context: Context) -> Checked:
    """Check every cell and row of a batch by itself. What concerns several rows is `whole.py`'s.

    `columns` maps canonical names to places in the batch (`Table.columns`). All faults of a row are reported, at most
    one for each cell. A column that the file does not have is null throughout; an empty cell of a boolean column that
    it has is False.
    """
    cells = batch.cells
    line = cells["line"]
    typed: dict[str, pl.Series] = {"line": line}
    faults: list[pl.DataFrame] = [batch.faults]
    for column in spec.columns:
        if column.name not in columns:
            typed[column.name] = pl.Series([None] * cells.height, dtype=column.dtype)
            continue
        values, found = _column(cells[f"c{columns[column.name]}"], line, column, context)
        typed[column.name] = values
        faults += found
    good = pl.DataFrame(typed)
    for check in spec.row_checks:
        broken = good.select(check.broken.fill_null(False)).to_series()
        if broken.any():
            bad = good.filter(broken)
            faults.append(
                bad.select(
                    "line",
                    pl.lit(check.field).alias("field"),
                    pl.lit(check.reason.value).alias("reason"),
                    pl.lit(None, dtype=pl.String).alias("value"),
                    check.limit.cast(pl.String).alias("limit"),
                )
            )
    all_faults = pl.concat(faults)
    if not all_faults.height:
        return Checked(good, all_faults, batch.rows)
    refused = line.is_in(all_faults["line"].unique().implode())
    rows = pl.concat([batch.rows, raw_rows(cells.filter(refused))])
    return Checked(good.filter(~refused), all_faults, rows)


def _column(raw: pl.Series, line: pl.Series, column: Column, context: Context) -> tuple[pl.Series, list[pl.DataFrame]]:
    text = _tidy(raw, column)
    faults: list[pl.DataFrame] = []
    too_long = (text.str.len_chars() > column.max_length).fill_null(False)
    if too_long.any():
        faults.append(_fault(line, too_long, column, Reason.TOO_LONG, None, str(column.max_length)))
        text = pl.DataFrame({"t": text, "x": too_long}).select(pl.when(~pl.col("x")).then("t")).to_series()
    if column.required:
        empty = text.is_null() & ~too_long
        if empty.any():
            faults.append(_fault(line, empty, column, Reason.REQUIRED, None, None))
    parsed = parse(text, column, context)
    faults.extend(
        _fault(line, fault.where, column, fault.reason, text if fault.shown else None, fault.limit)
        for fault in parsed.faults
        if fault.where.any()
    )
    values = parsed.values
    if column.kind is Kind.BOOLEAN:
        values = (
            pl.DataFrame({"v": values, "t": text})
            .select(pl.when(pl.col("t").is_null()).then(False).otherwise("v"))
            .to_series()
        )
    return values.alias(column.name), faults


def _tidy(raw: pl.Series, column: Column) -> pl.Series:
    """Text without surrounding spaces, the apostrophe of a quarantine file and, in one-line columns, line breaks."""
    text = raw.str.strip_chars()
    if text.str.contains(r"['\n]").any():  # seldom: one look spares two rewritings
        text = text.str.replace(_NEUTRALISED, "$1").str.strip_chars()
        if not column.multiline:
            text = text.str.replace_all(r"\s*\n\s*", " ")
    if column.kind is Kind.TEXT and text.str.contains(r"[^\x00-\x7f]").any():
        text = text.str.normalize("NFC")
    return text.to_frame("t").select(pl.when(pl.col("t") != "").then("t")).to_series()


def _fault(
    line: pl.Series, where: pl.Series, column: Column, reason: Reason, text: pl.Series | None, limit: str | None
) -> pl.DataFrame:
    lines = line.filter(where)
    shown = pl.Series([None] * len(lines), dtype=pl.String) if text is None else text.filter(where).str.head(SHOWN)
    frame = pl.DataFrame({"line": lines, "value": shown}).with_columns(
        field=pl.lit(column.name), reason=pl.lit(reason.value), limit=pl.lit(limit, dtype=pl.String)
    )
    return frame.select(empty_faults().columns)
