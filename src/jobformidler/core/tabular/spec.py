"""What a file of one sort looks like: its columns, its key and its rules. The five sorts stand in `specs.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

import polars as pl

from jobformidler.core.tabular.reasons import Reason


class Kind(Enum):
    """How the text of a column is read."""

    TEXT = "text"
    CPR = "cpr"
    CVR = "cvr"
    P_NUMBER = "p_number"
    DATE = "date"
    OPEN_DATE = "open_date"  # a last day; empty or year 9999 means still open
    DECIMAL = "decimal"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    EMAIL = "email"
    PHONE = "phone"
    POSTAL_CODE = "postal_code"
    MUNICIPALITY = "municipality"
    INDUSTRY_CODE = "industry_code"
    CHOICE = "choice"


DTYPES: dict[Kind, pl.DataType] = {
    Kind.DATE: pl.Date(),
    Kind.OPEN_DATE: pl.Date(),
    Kind.DECIMAL: pl.Float64(),
    Kind.INTEGER: pl.Int32(),
    Kind.BOOLEAN: pl.Boolean(),
}


@dataclass(frozen=True)
class Column:
    """One canonical column.

    `required`: every row must have a value. `expected`: the file must have the column, though a cell may be empty
    (implied by required). `aliases`: other headers it is known by. `choices`: the name of the list in
    `Context.choices` that its values come from, with `unknown` as the reason for others. `least`/`most` bound numbers.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    required: bool = False
    expected: bool = False
    max_length: int = 200
    aliases: tuple[str, ...] = ()
    choices: str | None = None
    unknown: Reason = Reason.UNKNOWN_KIND
    least: int | None = None
    most: int | None = None
    multiline: bool = False

    @property
    def dtype(self) -> pl.DataType:
        """Type of the column among accepted rows."""
        return DTYPES.get(self.kind, pl.String())


@dataclass(frozen=True, eq=False)  # expressions cannot be compared or hashed
class RowCheck:
    """A rule across columns: `broken` is true where a row breaks it (null: it does not); `limit` fills the sentence."""

    field: str
    reason: Reason
    broken: pl.Expr
    limit: pl.Expr


@dataclass(frozen=True)
class Period:
    """Rows with equal `group` columns may not overlap in time. Both days are inclusive; an empty end is open."""

    group: tuple[str, ...]
    start: str
    end: str


@dataclass(frozen=True, eq=False)
class Spec:
    """One sort of file. `derived` are columns computed from accepted rows; `period` forbids overlaps in the file."""

    name: str
    label: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    row_checks: tuple[RowCheck, ...] = ()
    derived: tuple[pl.Expr, ...] = ()
    period: Period | None = None

    def column(self, name: str) -> Column:
        """The column of that canonical name. Raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def label_of(self, name: str) -> str:
        """Danish label of a canonical column; any other header is its own label."""
        return next((column.label for column in self.columns if column.name == name), name)


@dataclass(frozen=True)
class Context:
    """What only the running system knows: the day, the known municipality codes, and the editable lists.

    `choices` maps a list name (`benefit`, `spell_kind`, `place_kind`, `sector`, `unit`) to {code or label: code}. A
    list that is not given is not checked: its text passes as it stands. `municipalities` None is not checked either.
    """

    day: date
    municipalities: frozenset[str] | None = None
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
