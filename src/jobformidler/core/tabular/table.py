"""A file opened for reading: its header and what the columns mean, before any row is looked at."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import polars as pl

from jobformidler.core.tabular.mapping import known_columns
from jobformidler.core.tabular.reasons import FileError, Reason
from jobformidler.core.tabular.records import Batch
from jobformidler.core.tabular.spec import Spec

HEADER_WITHIN = 20  # rows among which the header is looked for: some systems write a title above it
SHOWN_HEADERS = 30


@dataclass(frozen=True)
class Table:
    """`header` as in the file; `columns` maps canonical names to places in it; `line` is where the header stands.

    `batches()` may be called again and reads the file anew. `encoding` and `delimiter` are None for a workbook,
    `sheet` is None for text.
    """

    path: Path
    spec: Spec
    header: tuple[str, ...]
    columns: Mapping[str, int]
    line: int
    read: Callable[[], Iterator[Batch]]
    ambiguous: Mapping[str, tuple[str, ...]]
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Canonical names of columns that the file must have and has not."""
        return tuple(
            column.name
            for column in self.spec.columns
            if (column.required or column.expected)
            and column.name not in self.columns
            and column.name not in self.ambiguous
        )

    @property
    def names(self) -> tuple[str, ...]:
        """Canonical name of each column of the file, the header itself where it means nothing to us."""
        return names(self.header, self.columns)

    def check(self) -> None:
        """Raise FileError where no row can be read: a column is missing, or two columns mean the same."""
        found = tuple(text for text in self.header if text)
        shown = ", ".join(found[:SHOWN_HEADERS])
        if self.ambiguous:
            name, headers = next(iter(self.ambiguous.items()))
            raise FileError(
                Reason.AMBIGUOUS_COLUMN, value=", ".join(headers), limit=f"«{self.spec.label_of(name)}»", found=found
            )
        if not self.missing:
            return
        if not self.columns:
            raise FileError(Reason.NO_HEADER, value=shown, missing=self.missing, found=found)
        labels = [f"«{self.spec.label_of(name)}»" for name in self.missing]
        text = f"kolonnen {labels[0]}" if len(labels) == 1 else f"kolonnerne {', '.join(labels)}"
        raise FileError(Reason.MISSING_COLUMN, value=shown, limit=text, missing=self.missing, found=found)

    def batches(self) -> Iterator[Batch]:
        """The rows of the file in order, a stretch at a time."""
        return self.read()

    def sample(self, rows: int = 5) -> list[list[str]]:
        """The first readable rows, for the mapping screen and the preview."""
        for batch in islice(self.batches(), 1):
            return [[text or "" for text in row[1:]] for row in batch.cells.head(rows).rows()]
        return []


def names(header: Sequence[str], columns: Mapping[str, int]) -> tuple[str, ...]:
    """Canonical name of each place of a header, else the header itself."""
    by_place = {place: name for name, place in columns.items()}
    return tuple(by_place.get(place, text) for place, text in enumerate(header))


@dataclass(frozen=True)
class Header:
    """A header found at index `row` of the rows looked at."""

    row: int
    cells: tuple[str, ...]
    columns: dict[str, int]
    ambiguous: dict[str, tuple[str, ...]]

    @property
    def known(self) -> int:
        """How many canonical columns it names."""
        return len(self.columns) + len(self.ambiguous)


def find_header(rows: Sequence[Sequence[str]], spec: Spec, mapping: Mapping[str, str] | None) -> Header | None:
    """The row among the first ones that names most of our columns; the first non-blank row where none does."""
    best: Header | None = None
    for place, row in enumerate(rows[:HEADER_WITHIN]):
        cells = tuple(" ".join(text.split()) for text in row)
        if not any(cells):
            continue
        places: dict[str, list[int]] = {}
        for index, name in enumerate(known_columns(cells, spec, mapping)):
            if name is not None:
                places.setdefault(name, []).append(index)
        header = Header(
            place,
            cells,
            {name: found[0] for name, found in places.items() if len(found) == 1},
            {name: tuple(cells[index] for index in found) for name, found in places.items() if len(found) > 1},
        )
        if best is None or header.known > best.known:
            best = header
    return best


def text_frame(rows: list[list[str | None]], lines: list[int], width: int) -> pl.DataFrame:
    """Rows of cells as the `cells` frame of a Batch."""
    data = {f"c{place}": pl.Series([row[place] for row in rows], dtype=pl.String) for place in range(width)}
    return pl.DataFrame({"line": pl.Series(lines, dtype=pl.UInt32), **data})
