"""Lines of delimited text as records, with the true line number of each.

Nearly all lines are split column by column in polars. Only lines with quotes that mean something (a delimiter, a quote
or a line break inside a field) go one by one through the csv module.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

import polars as pl

from jobformidler.core.tabular.decode import UNDECODABLE
from jobformidler.core.tabular.reasons import Reason

LONGEST_RECORD = 100  # lines one quoted field may span before the quote is taken for a slip

FAULTS_SCHEMA: dict[str, pl.DataType] = {
    "line": pl.UInt32(),
    "field": pl.String(),
    "reason": pl.String(),
    "value": pl.String(),
    "limit": pl.String(),
}
ROWS_SCHEMA: dict[str, pl.DataType] = {"line": pl.UInt32(), "raw": pl.List(pl.String()), "text": pl.String()}


def empty_faults() -> pl.DataFrame:
    """No faults: line, field (canonical name, or header of an unknown column, or empty), reason, value, limit."""
    return pl.DataFrame(schema=FAULTS_SCHEMA)


def empty_rows() -> pl.DataFrame:
    """No rows: line, raw (cells in the file's order, null where the line could not be split), text (then the line)."""
    return pl.DataFrame(schema=ROWS_SCHEMA)


@dataclass(frozen=True)
class Batch:
    """A stretch of the file. Every data line is in `cells` or has a row in `rows` with at least one of `faults`.

    `cells` has `line` and the text of each column of the file as `c0`, `c1`, … in the file's order.
    """

    cells: pl.DataFrame
    faults: pl.DataFrame
    rows: pl.DataFrame

    @property
    def read(self) -> int:
        """Data lines in this stretch."""
        return self.cells.height + self.rows.height


@dataclass
class _Quoted:
    """What the csv module made of the lines it was asked about; `taken` are the places of all lines it used up."""

    taken: set[int] = field(default_factory=set)
    parsed: list[tuple[int, list[str]]] = field(default_factory=list)
    faults: list[tuple[int, Reason, str | None]] = field(default_factory=list)
    cut: int | None = None  # an open record starts here and its end has not been read yet


class Splitter:
    """Splits lines into one field for each of `names`. `push` takes lines in order; the last call says `final`."""

    def __init__(self, separator: str, names: Sequence[str], first_line: int) -> None:
        self.separator = separator
        self.names = list(names)
        self.width = len(names)
        self.line = first_line
        self.waiting: pl.Series | None = None
        mark = re.escape(separator)
        cell = f'(?:"[^"{mark}]*"|[^"{mark}]*)'
        self.plain_quotes = f"^{cell}(?:{mark}{cell})*$"
        self.blank = separator + ' \t\r"\u00a0'

    def push(self, lines: pl.Series, *, final: bool) -> Batch:
        """The records that are complete after these lines; an open quoted field waits for the next call."""
        if self.waiting is not None:
            lines = pl.concat([self.waiting, lines])
            self.waiting = None
        frame = pl.DataFrame({"text": lines}).with_row_index("line", offset=self.line)
        done = _Quoted()
        quoted = lines.str.contains('"', literal=True)
        if quoted.any():
            hard = (quoted & ~lines.str.contains(self.plain_quotes)).arg_true().to_list()
            if hard:
                done = self._parse(lines.to_list(), hard, final=final)
            frame = frame.with_columns(
                pl.when(quoted)
                .then(pl.col("text").str.replace_all('"', "", literal=True))
                .otherwise(pl.col("text"))
                .alias("plain")
            )
        else:
            frame = frame.with_columns(pl.col("text").alias("plain"))
        if done.cut is not None:
            self.waiting = lines[done.cut :]
        whole = len(lines) if done.cut is None else done.cut
        batch = self._split(frame, done, whole)
        self.line += whole
        return batch

    def _parse(self, texts: list[str], hard: list[int], *, final: bool) -> _Quoted:
        done = _Quoted()
        free = 0
        for place in hard:
            if place < free:
                continue
            record = csv.reader(
                (text + "\n" for text in islice(texts, place, place + LONGEST_RECORD)),
                delimiter=self.separator,
                strict=True,
            )
            fields: list[str] | None
            try:
                fields = next(record)
            except csv.Error as error:
                fields = None
                if not final and "end of data" in str(error) and place + LONGEST_RECORD > len(texts):
                    done.cut = place
                    return done
            span = record.line_num
            # A quote opened by a slip swallows lines until the next one: then only its own line is at fault.
            if fields is None or (span > 1 and len(fields) != self.width):
                done.faults.append((place, Reason.BROKEN_QUOTES, None))
                span = 1
            elif len(fields) != self.width:
                done.faults.append((place, Reason.WRONG_FIELD_COUNT, str(len(fields))))
            elif any(text.strip() for text in fields):
                done.parsed.append((place, fields))
            free = place + span
            done.taken.update(range(place, free))
        return done

    def _split(self, frame: pl.DataFrame, done: _Quoted, whole: int) -> Batch:
        columns = [f"c{place}" for place in range(self.width)]
        first = self.line
        if done.taken or whole < frame.height:
            keep = pl.Series([place not in done.taken for place in range(whole)], dtype=pl.Boolean)
            easy = frame[:whole].filter(keep)
        else:
            easy = frame
        easy = easy.filter(pl.col("plain").str.strip_chars(self.blank) != "")
        fields = easy["plain"].str.count_matches(self.separator, literal=True) + 1
        wrong = easy.filter(fields != self.width)
        faults = [
            _faults(wrong.select("line"), "", Reason.WRONG_FIELD_COUNT, fields.filter(fields != self.width), self.width)
        ]
        rows = [wrong.select("line", pl.lit(None, dtype=pl.List(pl.String)).alias("raw"), "text")]
        if wrong.height:
            easy = easy.filter(fields == self.width)
        cells = pl.concat(
            [
                easy.select("line"),
                easy["plain"]
                .str.split_exact(self.separator, self.width - 1)
                .struct.unnest()
                .rename(lambda n: "c" + n[6:]),
            ],
            how="horizontal",
        )
        if done.parsed:
            hard = pl.DataFrame(
                [[first + place, *fields] for place, fields in done.parsed],
                schema={"line": pl.UInt32, **dict.fromkeys(columns, pl.String)},
                orient="row",
            )
            cells = pl.concat([cells, hard]).sort("line")
        for place, reason, count in done.faults:
            line = pl.DataFrame({"line": [first + place]}, schema={"line": pl.UInt32})
            limit = self.width if reason is Reason.WRONG_FIELD_COUNT else None
            faults.append(_faults(line, "", reason, pl.Series([count], dtype=pl.String), limit))
            rows.append(
                line.select(
                    "line",
                    pl.lit(None, dtype=pl.List(pl.String)).alias("raw"),
                    pl.lit(frame["text"][place]).alias("text"),
                )
            )
        batch = Batch(cells, pl.concat(faults), pl.concat(rows))
        # One look at the lines spares a look at each column.
        suspect = frame["text"].str.contains(UNDECODABLE, literal=True).any()
        return undecodable(batch, self.names) if suspect else batch


def _faults(
    lines: pl.DataFrame, field_name: str, reason: Reason, value: pl.Series | None, limit: int | None
) -> pl.DataFrame:
    return lines.select(
        "line",
        pl.lit(field_name).alias("field"),
        pl.lit(reason.value).alias("reason"),
        pl.lit(None, dtype=pl.String).alias("value") if value is None else value.cast(pl.String).alias("value"),
        pl.lit(None if limit is None else str(limit), dtype=pl.String).alias("limit"),
    )


def undecodable(batch: Batch, names: Sequence[str]) -> Batch:
    """The batch with rows that hold an undecodable character moved from `cells` to the quarantine."""
    columns = [column for column in batch.cells.columns if column != "line"]
    broken = {column: batch.cells[column].str.contains(UNDECODABLE, literal=True) for column in columns}
    if not any(mask.any() for mask in broken.values()):
        return batch
    frame = batch.cells.with_columns(**{f"_{column}": mask for column, mask in broken.items()})
    faults = [batch.faults]
    anywhere = pl.any_horizontal([f"_{column}" for column in columns])
    for name, column in zip(names, columns, strict=True):
        faults.append(
            _faults(frame.filter(pl.col(f"_{column}")).select("line"), name, Reason.BROKEN_ENCODING, None, None)
        )
    bad = frame.filter(anywhere)
    return Batch(
        frame.filter(~anywhere).select("line", *columns),
        pl.concat(faults),
        pl.concat([batch.rows, raw_rows(bad.select("line", *columns))]),
    )


def raw_rows(cells: pl.DataFrame) -> pl.DataFrame:
    """Cells as quarantine rows."""
    columns = [column for column in cells.columns if column != "line"]
    return cells.select(
        "line",
        pl.concat_list(columns).alias("raw") if columns else pl.lit(None).alias("raw"),
        pl.lit(None, dtype=pl.String).alias("text"),
    )
