"""XLSX workbooks: checked before they are unpacked, then read as the same text cells a CSV file would give."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path

import python_calamine as calamine

from jobformidler.core.tabular.reasons import FileError, Reason
from jobformidler.core.tabular.records import Batch, empty_faults, empty_rows, undecodable
from jobformidler.core.tabular.spec import Spec
from jobformidler.core.tabular.table import HEADER_WITHIN, Header, Table, find_header, names, text_frame

UNPACKED_LIMIT = 512 * 1024 * 1024  # bytes; a million spells unpack to about 150 MB
CELL_LIMIT = 30_000_000  # cells from A1 to the last one; the parser keeps room for each, filled or not
ENTRY_LIMIT = 5_000
ROWS = 50_000

_LETTERS = re.compile(rb'\br="([A-Z]{2,3})[0-9]')
_FAR_DOWN = re.compile(rb'\br="[A-Z]{0,3}([0-9]{5,7})"')

Cell = str | int | float | bool | date | time | datetime | timedelta


def open_workbook(path: Path, spec: Spec, mapping: Mapping[str, str] | None) -> Table:
    """The first visible sheet whose header has all we need; failing that, the one that names most of our columns.

    Raises FileError `excel_too_large`, `damaged_excel` or `not_a_table`.
    """
    check_size(path)
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        visible = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible == calamine.SheetVisibleEnum.Visible and sheet.typ == calamine.SheetTypeEnum.WorkSheet
        ]
        best: tuple[Header, str, int] | None = None
        for name in visible:
            rows = list(islice(_rows(book, name), HEADER_WITHIN))
            header = find_header([[as_text(cell) for cell in cells] for _line, cells in rows], spec, mapping)
            if header is None:
                continue
            if best is None or header.known > best[0].known:
                best = (header, name, rows[header.row][0])
            if all(c.name in header.columns for c in spec.columns if c.required or c.expected):
                break
    except (calamine.CalamineError, zipfile.BadZipFile) as error:
        raise FileError(Reason.DAMAGED_EXCEL) from error
    if best is None:
        raise FileError(Reason.EMPTY_FILE)
    header, sheet, line = best
    width = len(header.cells)
    while width and not header.cells[width - 1]:
        width -= 1
    cells = header.cells[:width]

    def read() -> Iterator[Batch]:
        again = calamine.CalamineWorkbook.from_path(str(path))
        rows = ((place, row) for place, row in _rows(again, sheet) if place > line)
        while stretch := list(islice(rows, ROWS)):
            yield _batch(stretch, names(cells, header.columns))

    return Table(path, spec, cells, header.columns, line, read, header.ambiguous, sheet=sheet)


def _rows(book: calamine.CalamineWorkbook, name: str) -> Iterator[tuple[int, list[Cell]]]:
    """(row number as Excel shows it, cells from column A)."""
    sheet = book.get_sheet_by_name(name)
    # iter_rows gives the empty rows above the table, but not the empty columns to the left of it.
    indent: list[Cell] = [""] * (sheet.start[1] if sheet.start else 0)
    for place, row in enumerate(sheet.iter_rows(), start=1):
        yield place, indent + row


def _batch(stretch: list[tuple[int, list[Cell]]], titles: tuple[str, ...]) -> Batch:
    width = len(titles)
    lines: list[int] = []
    rows: list[list[str | None]] = []
    for line, cells in stretch:
        # Notes to the right of the table belong to no column.
        row = [as_text(cell) for cell in cells[:width]]
        if any(text.strip() for text in row):
            lines.append(line)
            rows.append([*row, *[""] * (width - len(row))])
    return undecodable(Batch(text_frame(rows, lines, width), empty_faults(), empty_rows()), titles)


def as_text(cell: Cell) -> str:
    """A cell as a Danish user might have typed it: whole numbers without point, decimal comma, ISO dates, ja or nej."""
    if isinstance(cell, str):
        return cell.replace("\r\n", "\n").replace("\0", "\ufffd")
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell).replace(".", ",")
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(" ")
    return str(cell)


def check_size(path: Path, *, unpacked: int = UNPACKED_LIMIT, cells: int = CELL_LIMIT) -> None:
    """Refuse an archive that would fill the memory, before the parser opens it.

    The declared sizes are summed first. Then the sheets are unpacked as a stream, which stops at the declared size and
    fails on the checksum of an archive that lies, and the distance to the last cell is noted: the parser reserves every
    cell on the way to it.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > ENTRY_LIMIT or sum(entry.file_size for entry in entries) > unpacked:
                raise FileError(Reason.EXCEL_TOO_LARGE)
            if "xl/workbook.xml" not in archive.namelist():
                raise FileError(Reason.NOT_A_TABLE)
            for entry in entries:
                width, height = _extent(archive, entry)
                if entry.filename.startswith("xl/worksheets/") and width * height > cells:
                    raise FileError(Reason.EXCEL_TOO_LARGE)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise FileError(Reason.DAMAGED_EXCEL) from error


def _extent(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> tuple[int, int]:
    """(columns, rows) up to the last cell of a sheet, both rounded up: only what lies far out is looked for."""
    widest, height, overlap = b"Z", 9_999, b""
    with archive.open(entry) as stream:
        while data := stream.read(1024 * 1024):
            data = overlap + data
            widest = max([widest, *set(_LETTERS.findall(data))], key=lambda letters: (len(letters), letters))
            height = max([height, *map(int, _FAR_DOWN.findall(data))])
            overlap = data[-64:]
    width = 0
    for letter in widest:
        width = width * 26 + letter - 64
    return width, height
