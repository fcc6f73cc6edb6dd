"""Faults that only the whole file shows: the same key twice, and periods of one kind that overlap."""

import polars as pl

from jobformidler.core.tabular.reasons import Reason
from jobformidler.core.tabular.records import empty_faults
from jobformidler.core.tabular.spec import Period, Spec

_FOREVER = 2**31 - 1
_DIGITS = ("cpr", "cvr", "p_number")


def _frame(lines: pl.Series, field: str, reason: Reason, limits: pl.Series) -> pl.DataFrame:
    return pl.DataFrame({"line": lines, "limit": limits.cast(pl.String)}).select(
        "line",
        pl.lit(field).alias("field"),
        pl.lit(reason.value).alias("reason"),
        pl.lit(None, dtype=pl.String).alias("value"),
        "limit",
    )


def _sorted(good: pl.DataFrame, names: tuple[str, ...], *more: pl.Expr) -> pl.DataFrame:
    """`line` and the columns as integers (a number per distinct text, digits and days as they are), sorted by them."""
    exprs: list[pl.Expr] = []
    for name in names:
        if good.schema[name] == pl.Date:
            exprs.append(pl.col(name).cast(pl.Int32))
        elif name in _DIGITS:
            exprs.append(pl.col(name).cast(pl.Int64))
        else:
            exprs.append(pl.col(name).cast(pl.Categorical).to_physical().alias(name))
    frame = good.select("line", *exprs, *more)
    size, packed = 1, pl.lit(0, dtype=pl.Int64)
    for name in names:
        column = frame[name]
        low, high = int(column.min() or 0), int(column.max() or 0)  # type: ignore[arg-type]  # integers, all of them
        size *= high - low + 1
        packed = packed * (high - low + 1) + (pl.col(name).cast(pl.Int64) - low)
    # One integer sorts four times as fast as several columns do, where it can hold them.
    by = [packed.alias("_key")] if size < 2**62 else [pl.col(name) for name in names]
    return frame.sort(*by, maintain_order=True)


def duplicates(good: pl.DataFrame, spec: Spec) -> pl.DataFrame:
    """Faults for rows whose key an earlier accepted row has; the first line wins, whatever the other columns say."""
    keys = _sorted(good, spec.key)
    same = pl.all_horizontal([(pl.col(name) == pl.col(name).shift(1)).fill_null(False) for name in spec.key])
    keys = keys.with_columns(again=same)
    if not keys["again"].any():
        return empty_faults()
    first = pl.when(~pl.col("again")).then(pl.col("line")).forward_fill()
    later = keys.with_columns(first=first).filter(pl.col("again"))
    return _frame(later["line"], spec.key[0], Reason.DUPLICATE_KEY, later["first"])


def overlaps(good: pl.DataFrame, period: Period) -> pl.DataFrame:
    """Faults for periods that overlap an accepted one of the same group; no two rows have the same start (see above).

    Periods are taken by start day. The first is accepted; each later one is accepted if it starts after the last day of
    the latest accepted one, and refused otherwise. A refused period stands in nobody's way. The outcome does not depend
    on the order of rows in the file.
    """
    last_day = pl.col(period.end).cast(pl.Int32).fill_null(_FOREVER).alias("_last")
    frame = _sorted(good, (*period.group, period.start), last_day)
    same = pl.all_horizontal([pl.col(name) == pl.col(name).shift(1) for name in period.group]).fill_null(False)
    # Where no neighbours clash, nothing overlaps at all.
    clash = (same & (pl.col(period.start) <= pl.col("_last").shift(1))).fill_null(False)
    frame = frame.with_columns(_same=same, _clash=clash)
    if not frame["_clash"].any():
        return empty_faults()
    touched = frame.filter(pl.col("_clash").any().over(list(period.group)))
    refused: list[tuple[int, int]] = []
    last = holder = -_FOREVER
    for line, start, end, continued in touched.select("line", period.start, "_last", "_same").iter_rows():
        if continued and start <= last:
            refused.append((line, holder))
        else:
            last, holder = end, line
    found = pl.DataFrame(refused, schema={"line": pl.UInt32, "other": pl.UInt32}, orient="row")
    return _frame(found["line"], period.start, Reason.OVERLAP_IN_FILE, found["other"])
