"""Open a file as users have it: CSV with Danish spreadsheet habits, or XLSX."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl

from jobformidler.core.tabular import excel
from jobformidler.core.tabular.decode import sniff_encoding, utf8_blocks
from jobformidler.core.tabular.reasons import FileError, Reason
from jobformidler.core.tabular.records import Batch, Splitter
from jobformidler.core.tabular.spec import Spec
from jobformidler.core.tabular.table import HEADER_WITHIN, Header, Table, find_header, names

SEPARATORS = (";", "\t", ",", "|")
_LOOK = 64 * 1024  # bytes in which the header must stand
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def open_table(path: str | Path, spec: Spec, mapping: Mapping[str, str] | None = None) -> Table:
    """The file's header and the meaning of its columns. No row is read yet; `Table.check` tells whether rows can be.

    `mapping` is header → canonical name (empty: leave out), as saved on the mapping screen. Raises FileError for a file
    that is no table at all (empty, old Excel format, password, archive that would unpack beyond the limit).
    """
    path = Path(path)
    with path.open("rb") as file:
        start = file.read(512)
    if not start:
        raise FileError(Reason.EMPTY_FILE)
    if start.startswith(b"PK\x03\x04"):
        return excel.open_workbook(path, spec, mapping)
    if start.startswith(_OLE):
        raise FileError(Reason.OLD_EXCEL)
    if start.startswith((b"%PDF", b"PK")) or start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(
        (b"<!doctype", b"<html", b"<?xml")
    ):
        raise FileError(Reason.NOT_A_TABLE)
    return _open_text(path, spec, mapping)


def _open_text(path: Path, spec: Spec, mapping: Mapping[str, str] | None) -> Table:
    encoding = sniff_encoding(path)
    text = b"".join(_head(path, encoding)).decode("utf-8")[:_LOOK]
    lines = text.replace("\r\n", "\n").split("\n")
    skipped = 0
    separators: tuple[str, ...] = SEPARATORS
    if lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        separators = (lines[0][4],)
        skipped = 1
    best: tuple[Header, str, int] | None = None
    for separator in separators:
        rows, ends = _first_rows(lines[skipped:], separator)
        header = find_header(rows, spec, mapping)
        if header is None:
            continue
        score = (header.known, len(header.cells))
        if best is None or score > (best[0].known, len(best[0].cells)):
            best = (header, separator, skipped + ends[header.row])
    if best is None:
        raise FileError(Reason.EMPTY_FILE)
    header, separator, line = best
    titles = names(header.cells, header.columns)

    def read() -> Iterator[Batch]:
        splitter = Splitter(separator, titles, line + 1)
        skip = line
        waiting: pl.Series | None = None
        for block in utf8_blocks(path, encoding):
            series = _lines(block)
            if skip:
                skip, series = max(0, skip - len(series)), series[skip:]
            if waiting is not None:
                yield splitter.push(waiting, final=False)
            waiting = series
        yield splitter.push(pl.Series(dtype=pl.String) if waiting is None else waiting, final=True)

    return Table(
        path, spec, header.cells, header.columns, line, read, header.ambiguous, encoding=encoding, delimiter=separator
    )


def _lines(block: bytes) -> pl.Series:
    """Text lines without their ends. (polars' own line reader unpacks a block that looks compressed, such as `x^…`.)"""
    texts = block.replace(b"\r\n", b"\n").decode("utf-8").split("\n")
    if not texts[-1]:
        texts.pop()
    return pl.Series(texts, dtype=pl.String)


def _head(path: Path, encoding: str) -> Iterator[bytes]:
    size = 0
    for block in utf8_blocks(path, encoding, _LOOK):
        yield block
        size += len(block)
        if size >= _LOOK:
            return


def _first_rows(lines: list[str], separator: str) -> tuple[list[list[str]], list[int]]:
    """The first rows, and the line on which each of them ends."""
    reader = csv.reader((line + "\n" for line in lines), delimiter=separator)
    rows: list[list[str]] = []
    ends: list[int] = []
    try:
        for row in reader:
            rows.append(row)
            ends.append(reader.line_num)
            if len(rows) == HEADER_WITHIN:
                break
    except csv.Error:
        # What stands above is enough to look for a header; the rows themselves are read line by line later.
        return rows, ends
    return rows, ends
