"""What a package says about its file: the columns, the lists, and how accepted rows meet the database."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import polars as pl
from django.db import models
from django.utils import translation

from jobformidler.core.ingest.upsert import Upsert
from jobformidler.core.models import Delivery, Municipality
from jobformidler.core.tabular import Reason, Result, Spec
from jobformidler.core.tabular.spec import Kind

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

Choices = Mapping[str, Mapping[str, str]]


@dataclass
class Job:
    """One file on its way in. `delivery` is None in a dry run, which writes nothing."""

    result: Result
    municipality: Municipality
    day: dt.date
    by: "AbstractBaseUser | None" = None
    delivery: Delivery | None = None

    @property
    def good(self) -> pl.DataFrame:
        """The rows still accepted."""
        return self.result.good

    def has(self, *columns: str) -> bool:
        """Whether the file has one of these canonical columns."""
        return any(column in self.result.present for column in columns)

    def reject(
        self, lines: pl.DataFrame, field: str, reason: Reason, value: str | None = None, limit: str | None = None
    ) -> None:
        """Quarantine these accepted rows: `lines` has `line`; `value` and `limit` name columns that fill the sentence."""
        if not lines.height:
            return
        none = pl.lit(None, dtype=pl.String)
        faults = lines.select(
            "line",
            pl.lit(field).alias("field"),
            pl.lit(reason.value).alias("reason"),
            (pl.col(value).cast(pl.String) if value else none).alias("value"),
            (pl.col(limit).cast(pl.String) if limit else none).alias("limit"),
        )
        self.result = self.result.reject(faults)


@dataclass(frozen=True, eq=False)
class Loader:
    """One kind of file. `stage` checks against the database, fills a temporary table and says what to do with it.

    `shared`: reference data that belongs to no municipality.
    """

    kind: str
    spec: Spec
    choices: Callable[[Municipality], Choices]
    stage: Callable[[Job], Upsert]
    shared: bool = False


LOADERS: dict[str, Loader] = {}


def register_loader(loader: Loader) -> None:
    """Make a kind of file known. Called at import of a package's `ingest` module."""
    if loader.kind in LOADERS:
        raise ValueError(f"there are two loaders of {loader.kind}")
    LOADERS[loader.kind] = loader


def fit(spec: Spec, model: type[models.Model], **columns: Any) -> Spec:
    """The spec with each free text as short as the model's field. `columns` says which field where names differ, or
    maps a column to a dict of further changes."""
    tighter = []
    for column in spec.columns:
        wanted = columns.get(column.name, column.name)
        if isinstance(wanted, dict):
            column = replace(column, **wanted)
        elif column.kind in (Kind.TEXT, Kind.EMAIL, Kind.PHONE) and (
            length := next(
                (field.max_length for field in model._meta.fields if field.name == wanted and field.max_length), None
            )
        ):
            column = replace(column, max_length=min(column.max_length, length))
        tighter.append(column)
    return replace(spec, columns=tuple(tighter))


def of_enum(choices: type[models.TextChoices]) -> dict[str, str]:
    """{code or Danish or English label: code} of fixed choices."""
    found: dict[str, str] = {}
    for language in ("en", "da"):
        with translation.override(language):
            found |= {str(label): code for code, label in choices.choices}
    return found | {code: code for code in choices.values}


def text(name: str) -> pl.Expr:
    """A text column with nothing instead of null: our columns know no difference."""
    return pl.col(name).fill_null("").alias(name)
