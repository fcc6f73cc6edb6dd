"""The quarantine file: the refused lines in a form that can be corrected and read again."""

import csv
from pathlib import Path

import polars as pl

from jobformidler.core.tabular.reasons import sentence
from jobformidler.core.tabular.result import Result

LINE, FIELD, WHY, LINE_TEXT = "Linje", "Felt", "Årsag", "Linjens tekst"
OURS = (LINE, FIELD, WHY, LINE_TEXT)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def neutralise(text: str) -> str:
    """A cell no spreadsheet will calculate. Reading a file takes the apostrophe away again."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def write_quarantine(result: Result, path: str | Path) -> int:
    """Write the refused lines as CSV (UTF-8 with mark, `;`) and return how many there are.

    The columns are those of the file, then line number, fields and reasons. A line that could not be split into fields
    has its text in the last column and nothing in the others, so that it is refused until someone fills them in.
    """
    spec = result.table.spec
    keep = [place for place, title in enumerate(result.table.header) if title not in OURS]
    why: dict[int, tuple[list[str], list[str]]] = {}
    for line, field, reason, value, limit in result.faults.iter_rows():
        fields, reasons = why.setdefault(line, ([], []))
        label = spec.label_of(field)
        if label and label not in fields:
            fields.append(label)
        reasons.append(sentence(reason, value, limit))
    unsplit = result.rows.height > 0 and not result.rows.filter(pl.col("raw").is_null()).is_empty()
    with Path(path).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(
            [
                *[neutralise(result.table.header[place]) for place in keep],
                LINE,
                FIELD,
                WHY,
                *([LINE_TEXT] if unsplit else []),
            ]
        )
        for line, raw, text in result.rows.iter_rows():
            cells = [""] * len(keep) if raw is None else [raw[place] or "" for place in keep]
            fields, reasons = why[line]
            tail = [text or ""] if unsplit else []
            writer.writerow([*map(neutralise, [*cells, str(line), ", ".join(fields), " ".join(reasons), *tail])])
    return result.rows.height
