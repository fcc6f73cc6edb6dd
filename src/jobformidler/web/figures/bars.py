"""Bars in tables: values to scale from 0, the longest filling its cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class BarRow:
    """A row: name and link in the first column, value with bar, and the quiet ``note`` last."""

    name: str
    value: float
    url: str = ""
    note: str = ""
    share: float = 0


def bars(rows: Iterable[tuple[str, float, str, str]]) -> Sequence[BarRow]:
    """(name, value, url, note) tuples, kept in their order, with each bar's share of the longest (0–100)."""
    given: list[Any] = list(rows)
    top = max([float(row[1]) for row in given] + [0])
    return [
        BarRow(name, value, url, note, round(100 * max(float(value), 0) / top, 2) if top else 0)
        for name, value, url, note in given
    ]
