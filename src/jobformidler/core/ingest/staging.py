"""Temporary tables filled by COPY: `COPY FROM` is refused on tables with row policies, INSERT … SELECT is not."""

from collections.abc import Mapping

import polars as pl
from django.db import connection, models
from psycopg import sql

SLICE = 100_000  # rows sent at a time, so that their text never stands in memory all at once


class Staging:
    """One temporary table, gone when the transaction ends. `of` are columns typed as in the model, `more` typed here."""

    def __init__(
        self, name: str, model: type[models.Model], of: tuple[str, ...], more: Mapping[str, str] | None = None
    ) -> None:
        self.name = name
        self.table = sql.Identifier("pg_temp", name)
        columns = [sql.SQL("t.{}").format(sql.Identifier(column)) for column in of]
        columns += [
            sql.SQL("null::{} as {}").format(sql.SQL(kind), sql.Identifier(column))
            for column, kind in {"line": "integer", **(more or {})}.items()
        ]
        run(sql.SQL("drop table if exists {}").format(self.table))
        run(
            sql.SQL("create temporary table {} on commit drop as select {} from {} t with no data").format(
                sql.Identifier(name), sql.SQL(", ").join(columns), sql.Identifier(model._meta.db_table)
            )
        )

    def fill(self, frame: pl.DataFrame) -> "Staging":
        """COPY the rows of the frame; its columns are named as the table's. Returns itself."""
        target = sql.SQL("copy {} ({}) from stdin").format(
            self.table, sql.SQL(", ").join(map(sql.Identifier, frame.columns))
        )
        with connection.cursor() as cursor, cursor.copy(target) as copy:
            for rows in frame.iter_slices(SLICE):
                copy.write(_copy_text(rows))
        run(sql.SQL("analyze {}").format(self.table))
        return self


def run(statement: str | sql.Composable) -> int:
    """Execute a statement on the current connection; returns how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount


def select(statement: str | sql.Composable, schema: Mapping[str, type[pl.DataType]]) -> pl.DataFrame:
    """The rows of a query as a frame with these columns."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return pl.DataFrame(cursor.fetchall(), schema=dict(schema), orient="row")


def _copy_text(rows: pl.DataFrame) -> bytes:
    """COPY's text format: tab between cells, backslash before what it would misread, `\\N` for null."""
    cells = []
    for name, kind in rows.schema.items():
        cell = pl.col(name).cast(pl.String)
        if kind == pl.String:
            for char, written in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
                cell = cell.str.replace_all(char, written, literal=True)
        cells.append(cell.fill_null("\\N"))
    lines = rows.select(pl.concat_str(cells, separator="\t")).to_series()
    return ("\n".join(lines) + "\n").encode() if len(lines) else b""


def bytes_text(values: list[bytes]) -> pl.Series:
    """Bytes as PostgreSQL reads them in text."""
    return pl.Series([f"\\x{value.hex()}" for value in values], dtype=pl.String)


def array_text(values: list[str]) -> str:
    """A text array as PostgreSQL reads it in text."""
    quoted = ('"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values)
    return "{" + ",".join(quoted) + "}"
