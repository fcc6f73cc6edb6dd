"""The quarantine file: the refused lines in a form that can be corrected and read again."""

import csv
from itertools import groupby
from operator import itemgetter
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
        # Faults and rows are both in the order of lines, so neither need be held as Python objects all at once.
        by_line = groupby(result.faults.iter_rows(), key=itemgetter(0))
        for (line, raw, text), (_line, faults) in zip(result.rows.iter_rows(), by_line, strict=True):
            labels: list[str] = []
            reasons: list[str] = []
            for _same, field, reason, value, limit in faults:
                labels.append(spec.label_of(field))
                reasons.append(sentence(reason, value, limit))
            cells = [""] * len(keep) if raw is None else [raw[place] or "" for place in keep]
            fields = filter(None, dict.fromkeys(labels))
            tail = [text or ""] if unsplit else []
            writer.writerow([*map(neutralise, [*cells, str(line), ", ".join(fields), " ".join(reasons), *tail])])
    return result.rows.height
