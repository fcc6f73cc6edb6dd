"""How the text of a column becomes values: one function for each kind, columnar."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import polars as pl

from jobformidler.core.tabular import cpr, cvr
from jobformidler.core.tabular.mapping import simplify
from jobformidler.core.tabular.reasons import Reason
from jobformidler.core.tabular.spec import Column, Context, Kind

_YES = ("ja", "j", "1", "true", "sand", "x", "yes", "y", "beskyttet")
_NO = ("nej", "n", "0", "false", "falsk", "no", "ingen", "ubeskyttet")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_OPEN_YEAR = 9999  # registers write 31-12-9999 for "still open"
_EXCEL_EPOCH = date(1899, 12, 30)

_DAY_FIRST = r"^[0-9]{1,2}([-./])[0-9]{1,2}([-./])[0-9]{4}$"
_ISO = r"^[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}$"
_MIDNIGHT = r"[T ]0{1,2}[:.]00(?:[:.]00(?:[.,]0+)?)?Z?$"
_DECIMAL = r"^[-+]?[0-9]+(?:,[0-9]+)?$"


@dataclass(frozen=True)
class Fault:
    """Rows at `where` break a rule; `shown` tells whether the sentence may repeat the text."""

    where: pl.Series
    reason: Reason
    limit: str | None = None
    shown: bool = True


@dataclass(frozen=True)
class Parsed:
    """Typed values, null at every fault, and the faults. Each row has at most one fault in a column."""

    values: pl.Series
    faults: tuple[Fault, ...] = ()


def parse(text: pl.Series, column: Column, context: Context) -> Parsed:
    """Values of a column. `text` is stripped and null where empty; length and presence are checked by the caller."""
    if text.null_count() == len(text):
        return Parsed(pl.Series(text.name, [None] * len(text), dtype=column.dtype))
    return _PARSERS[column.kind](text, column, context)


def _evaluate(text: pl.Series, **exprs: pl.Expr) -> pl.DataFrame:
    return text.to_frame("t").select(**exprs)


def _text(text: pl.Series, column: Column, context: Context) -> Parsed:
    return Parsed(text)


def _failed(text: pl.Series, values: pl.Series, reason: Reason) -> Parsed:
    """Faults wherever there was text and no value came out of it."""
    return Parsed(values, (Fault(text.is_not_null() & values.is_null(), reason),))


def _cpr(text: pl.Series, column: Column, context: Context) -> Parsed:
    frame = _evaluate(text, number=cpr.cpr_number(pl.col("t")))
    day = context.day
    frame = frame.select(
        "number",
        possible=cpr.possible_date(pl.col("number")),
        future=cpr.stated_day(pl.col("number")) > day.year * 10_000 + day.month * 100 + day.day,
    )
    shape = text.is_not_null() & frame["number"].is_null()
    impossible = frame["number"].is_not_null() & ~frame["possible"]
    future = frame["number"].is_not_null() & frame["possible"] & frame["future"]
    good = frame.select(
        pl.when(pl.col("possible") & ~pl.col("future")).then(cpr.cpr_text(pl.col("number"))).alias(text.name)
    ).to_series()
    return Parsed(
        good,
        (
            Fault(shape, Reason.BAD_CPR, shown=False),
            Fault(impossible, Reason.IMPOSSIBLE_CPR_DATE, shown=False),
            Fault(future, Reason.BIRTH_IN_FUTURE, limit=f"{day:%d-%m-%Y}", shown=False),
        ),
    )


def _cvr(text: pl.Series, column: Column, context: Context) -> Parsed:
    digits = _evaluate(text, d=cvr.cvr_digits(pl.col("t")))
    frame = digits.select("d", fits=cvr.check_digit_fits(pl.col("d")))
    shape = text.is_not_null() & frame["d"].is_null()
    wrong = frame["d"].is_not_null() & ~frame["fits"]
    values = frame.select(pl.when(pl.col("fits")).then(pl.col("d")).alias(text.name)).to_series()
    return Parsed(values, (Fault(shape, Reason.BAD_CVR), Fault(wrong, Reason.BAD_CVR_CHECK_DIGIT)))


def _p_number(text: pl.Series, column: Column, context: Context) -> Parsed:
    return _failed(text, _evaluate(text, d=cvr.p_number_digits(pl.col("t")))["d"], Reason.BAD_P_NUMBER)


def dates(text: pl.Series, *, open_end: bool = False) -> tuple[pl.Series, pl.Series]:
    """(dates, which texts mean "still open"). Null where the text is no day between 1900 and 2199.

    Read are `dd-mm-yyyy`, `dd.mm.yyyy` and `dd/mm/yyyy` (also with one digit), ISO, `yyyymmdd`, each with a time of
    midnight after it, and the day number of Excel. Two-digit years are refused: they do not say which century.
    """
    day_first = pl.col("t").str.contains(_DAY_FIRST)
    plain = pl.col("t").str.replace_all(r"[./]", "-") if text.str.contains(r"[./]").any() else pl.col("t")
    values = _evaluate(text, d=pl.when(day_first).then(plain).str.to_date("%d-%m-%Y", strict=False))["d"]
    rest = values.is_null() & text.is_not_null()
    if rest.any():
        cut = pl.col("t").str.replace(_MIDNIGHT, "")
        number = (
            pl.when(pl.col("t").str.contains(r"^[2-9][0-9]{4}$"))
            .then(pl.col("t"))
            .str.to_integer(dtype=pl.Int32, strict=False)
        )
        other = (
            text.filter(rest)
            .to_frame("t")
            .with_columns(t=cut)
            .select(
                pl.coalesce(
                    pl.when(pl.col("t").str.contains(_ISO)).then(plain).str.to_date("%Y-%m-%d", strict=False),
                    pl.when(day_first).then(plain).str.to_date("%d-%m-%Y", strict=False),
                    pl.when(pl.col("t").str.contains(r"^[0-9]{8}$"))
                    .then(pl.col("t"))
                    .str.to_date("%Y%m%d", strict=False),
                    pl.lit(_EXCEL_EPOCH) + pl.duration(days=number),
                )
            )
            .to_series()
        )
        values = values.scatter(rest.arg_true(), other)
    year = values.dt.year()
    still_open = (year == _OPEN_YEAR).fill_null(False) if open_end else pl.repeat(False, len(text), eager=True)
    plausible = year.is_between(_FIRST_YEAR, _LAST_YEAR)
    if not plausible.all():
        values = pl.DataFrame({"v": values, "p": plausible}).select(pl.when("p").then("v")).to_series()
    return values.alias(text.name), still_open


def _date(text: pl.Series, column: Column, context: Context) -> Parsed:
    return _failed(text, dates(text)[0], Reason.BAD_DATE)


def _open_date(text: pl.Series, column: Column, context: Context) -> Parsed:
    values, still_open = dates(text, open_end=True)
    return Parsed(values, (Fault(text.is_not_null() & values.is_null() & ~still_open, Reason.BAD_DATE),))


def numbers(text: pl.Series) -> pl.Series:
    """Float64 of Danish figures: `37,5`, `1.250`, `1.250,5`, and `37.5` from systems with a decimal point."""
    tidy = pl.col("t").str.replace_all(r"[ \u{a0}\u{202f}]", "")
    thousands = tidy.str.contains(r"^[-+]?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?$")
    point = tidy.str.contains(r"^[-+]?[0-9]+\.[0-9]+$")
    danish = (
        pl.when(thousands)
        .then(tidy.str.replace_all(".", "", literal=True))
        .when(point)
        .then(tidy.str.replace(".", ",", literal=True))
        .otherwise(tidy)
    )
    shaped = _evaluate(text, d=danish).select(pl.when(pl.col("d").str.contains(_DECIMAL)).then(pl.col("d")))
    return (
        shaped.to_series()
        .str.replace(",", ".", literal=True)
        .str.strip_prefix("+")
        .cast(pl.Float64, strict=False)
        .alias(text.name)
    )


def _bounded(text: pl.Series, values: pl.Series, column: Column, reason: Reason) -> Parsed:
    none = pl.repeat(False, len(text), eager=True)
    small = none if column.least is None else (values < column.least).fill_null(False)
    large = none if column.most is None else (values > column.most).fill_null(False)
    kept = pl.DataFrame({"v": values, "out": small | large}).select(pl.when(~pl.col("out")).then("v")).to_series()
    return Parsed(
        kept.cast(column.dtype).alias(text.name),
        (
            Fault(text.is_not_null() & values.is_null(), reason),
            Fault(small, Reason.NUMBER_TOO_SMALL, limit=str(column.least)),
            Fault(large, Reason.NUMBER_TOO_LARGE, limit=str(column.most)),
        ),
    )


def _decimal(text: pl.Series, column: Column, context: Context) -> Parsed:
    return _bounded(text, numbers(text), column, Reason.BAD_NUMBER)


def _integer(text: pl.Series, column: Column, context: Context) -> Parsed:
    values = (
        pl.DataFrame({"v": numbers(text)}).select(pl.when(pl.col("v") == pl.col("v").floor()).then("v")).to_series()
    )
    return _bounded(text, values, column, Reason.BAD_WHOLE_NUMBER)


def _lookup(text: pl.Series, codes: dict[str, str]) -> pl.Series:
    """Codes by simplified text; only the distinct texts are simplified."""
    found = {value: codes[simplify(value)] for value in text.unique().drop_nulls() if simplify(value) in codes}
    return text.replace_strict(found, default=None, return_dtype=pl.String)


def _choice(text: pl.Series, column: Column, context: Context) -> Parsed:
    known = context.choices.get(column.choices or "")
    if known is None:
        return Parsed(text)
    codes = {simplify(code): code for code in known.values()}
    codes.update({simplify(label): code for label, code in known.items()})
    return _failed(text, _lookup(text, codes), column.unknown)


def _municipality(text: pl.Series, column: Column, context: Context) -> Parsed:
    """Three digits; registers also write four, with a leading zero."""
    digits = pl.when(pl.col("t").str.contains(r"^0?[0-9]{1,3}$")).then(
        pl.col("t").str.strip_chars_start("0").str.zfill(3)
    )
    values = _evaluate(text, d=digits)["d"].alias(text.name)
    if context.municipalities is not None:
        known = [code.lstrip("0").zfill(3) for code in context.municipalities]
        values = pl.DataFrame({"v": values, "k": values.is_in(known)}).select(pl.when("k").then("v")).to_series()
    return _failed(text, values, Reason.UNKNOWN_MUNICIPALITY)


def _boolean(text: pl.Series, column: Column, context: Context) -> Parsed:
    words = dict.fromkeys(_YES, "ja") | dict.fromkeys(_NO, "nej")
    return _failed(text, (_lookup(text, words) == "ja").alias(text.name), Reason.BAD_BOOLEAN)


def _matching(
    pattern: str, reason: Reason, tidy: pl.Expr | None = None
) -> Callable[[pl.Series, Column, Context], Parsed]:
    shaped = pl.col("t") if tidy is None else tidy

    def parser(text: pl.Series, column: Column, context: Context) -> Parsed:
        return _failed(
            text, _evaluate(text, d=pl.when(shaped.str.contains(pattern)).then(shaped))["d"].alias(text.name), reason
        )

    return parser


_INDUSTRY = pl.col("t").str.replace_all(r"[. ]", "")

_PARSERS: dict[Kind, Callable[[pl.Series, Column, Context], Parsed]] = {
    Kind.TEXT: _text,
    Kind.CPR: _cpr,
    Kind.CVR: _cvr,
    Kind.P_NUMBER: _p_number,
    Kind.DATE: _date,
    Kind.OPEN_DATE: _open_date,
    Kind.DECIMAL: _decimal,
    Kind.INTEGER: _integer,
    Kind.BOOLEAN: _boolean,
    Kind.CHOICE: _choice,
    Kind.MUNICIPALITY: _municipality,
    Kind.EMAIL: _matching(r"^[^@\s;,<>]+@[^@\s;,<>.]+(?:\.[^@\s;,<>.]+)+$", Reason.BAD_EMAIL),
    Kind.PHONE: _matching(r"^[+0-9(][-0-9 ()/.+]{3,}$", Reason.BAD_PHONE),
    # A spreadsheet eats the leading zero of 0800 Høje Taastrup and of the industry codes of farming.
    Kind.POSTAL_CODE: _matching(
        r"^[0-9]{4}$",
        Reason.BAD_POSTAL_CODE,
        pl.when(pl.col("t").str.contains(r"^[0-9]{3}$")).then(pl.col("t").str.zfill(4)).otherwise(pl.col("t")),
    ),
    Kind.INDUSTRY_CODE: _matching(
        r"^[0-9]{6}$",
        Reason.BAD_INDUSTRY_CODE,
        pl.when(_INDUSTRY.str.contains(r"^[0-9]{5}$")).then(_INDUSTRY.str.zfill(6)).otherwise(_INDUSTRY),
    ),
}
