"""The outcome of reading a whole file, and the way a later check moves more rows into quarantine."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from jobformidler.core.tabular.reader import open_table
from jobformidler.core.tabular.reasons import Reason, sentence
from jobformidler.core.tabular.records import empty_faults, empty_rows, raw_rows
from jobformidler.core.tabular.spec import Context, Spec
from jobformidler.core.tabular.table import Table
from jobformidler.core.tabular.validate import schema, validate
from jobformidler.core.tabular.whole import duplicates, overlaps


@dataclass(frozen=True)
class Problem:
    """One fault as a person reads it."""

    line: int
    field: str
    label: str
    reason: Reason
    sentence: str


@dataclass(frozen=True)
class Result:
    """`read` = accepted rows + quarantined lines, always.

    `good`: typed columns of the spec, its derived columns, and `line`. Days named in the file are inclusive; `until` is
    the first day after the period. `faults`: line, field, reason, value, limit; one row for each fault. `rows`: line,
    raw cells, and the line's text where it could not be split; one row for each quarantined line.
    """

    table: Table
    good: pl.DataFrame
    faults: pl.DataFrame
    rows: pl.DataFrame
    read: int

    @property
    def quarantined(self) -> int:
        """Number of lines that were not accepted."""
        return self.rows.height

    @property
    def present(self) -> frozenset[str]:
        """Canonical columns the file has. The others must not overwrite what is registered."""
        return frozenset(self.table.columns)

    def problems(self) -> Iterator[Problem]:
        """Every fault with its Danish label and sentence, by line."""
        for line, name, reason, value, limit in self.faults.iter_rows():
            yield Problem(line, name, self.table.spec.label_of(name), Reason(reason), sentence(reason, value, limit))

    def counts(self) -> dict[Reason, int]:
        """How many faults there are of each reason, most frequent first."""
        counted = self.faults.group_by("reason").len().sort(["len", "reason"], descending=[True, False])
        return {Reason(reason): count for reason, count in counted.iter_rows()}

    def reject(self, faults: pl.DataFrame) -> "Result":
        """The result with more accepted rows moved to quarantine, for checks against the database.

        `faults` has the columns of `Result.faults`; `line` must be lines of accepted rows. The raw cells are read from
        the file again, so that a million accepted rows need not be kept twice.
        """
        if not faults.height:
            return self
        refused = faults["line"].unique()
        out = self.good["line"].is_in(refused.implode())
        if out.sum() != len(refused):
            raise ValueError("a rejected line is not among the accepted rows")
        rows = [self.rows]
        for batch in self.table.batches():
            wanted = batch.cells.filter(pl.col("line").is_in(refused.implode()))
            if wanted.height:
                rows.append(raw_rows(wanted))
        more = faults.select(*[pl.col(name).cast(dtype) for name, dtype in empty_faults().schema.items()])
        return replace(
            self,
            good=self.good.filter(~out),
            faults=pl.concat([self.faults, more]).sort("line", maintain_order=True),
            rows=pl.concat(rows).sort("line"),
        )


def read_all(
    path: str | Path,
    spec: Spec,
    context: Context,
    mapping: Mapping[str, str] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Result:
    """Read and check a whole file (CIT-01, CIT-02, EMP-01, JOB-01). Raises FileError where no row can be read.

    `mapping` is header → canonical name as the user saved it; `progress` is called with the lines read so far.
    Rows faulty by themselves take no key and no period: a duplicate or overlap is always with an accepted row.
    """
    return read_table(open_table(path, spec, mapping), context, progress)


def read_table(table: Table, context: Context, progress: Callable[[int], None] | None = None) -> Result:
    """Like `read_all`, of a table already opened."""
    table.check()
    spec = table.spec
    good: list[pl.DataFrame] = [pl.DataFrame(schema=schema(spec))]
    faults, rows, read = [empty_faults()], [empty_rows()], 0
    for batch in table.batches():
        checked = validate(batch, spec, table.columns, context)
        read += batch.read
        good.append(checked.good)
        faults.append(checked.faults)
        rows.append(checked.rows)
        if progress is not None:
            progress(read)
    order = {name: place for place, name in enumerate(["", *[column.name for column in spec.columns]])}
    found = pl.concat(faults)
    if found.height:
        place = pl.col("field").replace_strict(order, default=len(order), return_dtype=pl.UInt32)
        found = found.sort(pl.col("line"), place, maintain_order=True)
    accepted = pl.concat(good)
    result = Result(table, accepted, found, pl.concat(rows).sort("line"), read)
    result = result.reject(duplicates(result.good, spec))
    if spec.period is not None:
        result = result.reject(overlaps(result.good, spec.period))
    return replace(result, good=result.good.with_columns(*spec.derived))
