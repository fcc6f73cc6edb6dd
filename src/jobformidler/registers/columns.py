"""The registers as columns for the law: read by COPY, without an object a row. Days as `date.toordinal()`."""

import datetime as dt
import io

import numpy as np
import numpy.typing as npt
import polars as pl
from django.db import connection
from psycopg import sql

from jobformidler.law import OPEN, Kind, Spells

_FIRST_DAY = "0001-01-01"  # day 1 of `date.toordinal`


def columns_of(query: sql.Composable, columns: tuple[str, ...]) -> pl.DataFrame:
    """Whole numbers of a query as columns."""
    with connection.cursor() as cursor:
        statement = sql.SQL("copy ({}) to stdout with (format csv)").format(query)
        with cursor.copy(statement) as copy:
            held = b"".join(bytes(part) for part in copy)
    schema = dict.fromkeys(columns, pl.Int64)
    return pl.read_csv(io.BytesIO(held), has_header=False, schema=schema) if held else pl.DataFrame(schema=schema)


def ordinal(column: str) -> sql.Composable:
    """A date column as `date.toordinal()`, an open end as the law's."""
    return sql.SQL("coalesce({} - {}::date + 1, {})").format(
        sql.Identifier(column), sql.Literal(_FIRST_DAY), sql.Literal(OPEN)
    )


def periods(wanted: sql.Composable) -> pl.DataFrame:
    """Citizen, kind, start and end of the wanted rows of `registers_spell`, by citizen and start."""
    kinds = sql.SQL(" ").join(
        sql.SQL("when {} then {}").format(sql.Literal(kind.name.lower()), sql.Literal(kind.value)) for kind in Kind
    )
    query = sql.SQL(
        "select citizen_id, case kind {} end, {}, {} from registers_spell where {} order by citizen_id, start"
    )
    return columns_of(
        query.format(kinds, ordinal("start"), ordinal("end"), wanted), ("citizen", "kind", "start", "end")
    )


def spells_of(rows: pl.DataFrame, people: pl.Series) -> Spells:
    """The periods as the law takes them; `people` are the citizens in order, numbered from 0."""
    return Spells(
        numbers(rows["citizen"], people),
        rows["kind"].to_numpy().astype(np.uint8),
        days(rows["start"]),
        days(rows["end"]),
    )


def numbers(citizens: pl.Series, people: pl.Series) -> npt.NDArray[np.int32]:
    """The place of each citizen in the ordered `people`."""
    return np.searchsorted(people.to_numpy(), citizens.to_numpy()).astype(np.int32)


def days(column: pl.Series) -> npt.NDArray[np.int32]:
    """A column of days as the law takes them."""
    return column.to_numpy().astype(np.int32)


def as_date(name: str) -> pl.Expr:
    """A column of ordinals as dates, for a table."""
    return (pl.col(name) - dt.date(1970, 1, 1).toordinal()).cast(pl.Int32).cast(pl.Date).alias(name)
