"""Files as users have them, built in the test that reads them."""

import csv
import io
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import openpyxl

from jobformidler.core.tabular import Context, Result, Spec, read_all, write_quarantine

DAY = date(2026, 11, 23)
CONTEXT = Context(
    day=DAY,
    municipalities=frozenset({"999", "101"}),
    choices={
        "benefit": {
            "kontanthjaelp": "kontanthjaelp",
            "Kontanthjælp": "kontanthjaelp",
            "Ledighedsydelse": "ledighedsydelse",
        },
        "spell_kind": {"Ledighedsydelse": "ledighedsydelse", "Barsel": "barsel"},
        "place_kind": {"Praktik": "internship", "Småjob": "small_job"},
        "sector": {"privat": "private", "offentlig": "public"},
        "unit": {"Team Nord": "nord"},
    },
)


def encoded(rows: Sequence[Sequence[str]], *, delimiter: str = ";", encoding: str = "utf-8", quoting: int = 0) -> bytes:
    """The rows as a file a spreadsheet writes."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(encoding)


def read_bytes(data: bytes, spec: Spec, mapping: Mapping[str, str] | None = None, context: Context = CONTEXT) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        path.write_bytes(data)
        return read_all(path, spec, context, mapping)


def read_text(text: str, spec: Spec, mapping: Mapping[str, str] | None = None) -> Result:
    return read_bytes(text.encode(), spec, mapping)


def written_quarantine(data: bytes, spec: Spec, folder: Path) -> tuple[int, bytes]:
    path = folder / "in.csv"
    path.write_bytes(data)
    count = write_quarantine(read_all(path, spec, CONTEXT), folder / "out.csv")
    return count, (folder / "out.csv").read_bytes()


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def reasons(result: Result) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.field, problem.reason.value) for problem in result.problems()]
