"""What other rules would change: the dates that are kept beside the dates they would give, for many citizens at once."""

import datetime as dt
from collections.abc import Collection
from dataclasses import replace

import polars as pl
from psycopg import sql

from jobformidler.core import db
from jobformidler.law import ClockRules
from jobformidler.registers.clocks import what_if
from jobformidler.registers.columns import columns_of

DATES = ("right_on", "duty_on")


def changes(rules: ClockRules, day: dt.date, citizens: Collection[int] | None = None) -> pl.DataFrame:
    """The citizens (all, when None) whose right or duty in the cycle of `day` gets another date by these rules.

    Columns: citizen_id, and right and duty as they are kept (`right_on`, `duty_on`) and as they would be (`right_then`,
    `duty_then`); a missing date is null. Set-based: two reads and one run of the clock, however many citizens.
    """
    there = _running(what_if(replace(rules, alternatives=()), citizens), day)
    then = there.select("approval_id", "citizen_id", right_then="right_on", duty_then="duty_on")
    kept = _kept(day, citizens)
    both = kept.join(then, on=("approval_id", "citizen_id"), how="full", coalesce=True)
    other = pl.col("right_on").ne_missing(pl.col("right_then")) | pl.col("duty_on").ne_missing(pl.col("duty_then"))
    return both.filter(other).select("citizen_id", *DATES, "right_then", "duty_then").sort("citizen_id")


def _running(rows: pl.DataFrame, day: dt.date) -> pl.DataFrame:
    """The cycles begun and not ended on the day."""
    if not rows.height:
        dates = dict.fromkeys(DATES, pl.Date)
        return pl.DataFrame(schema={"approval_id": pl.Int64, "citizen_id": pl.Int64, **dates})
    return rows.filter((pl.col("since") <= day) & (pl.col("until").is_null() | (pl.col("until") > day)))


def _kept(day: dt.date, citizens: Collection[int] | None) -> pl.DataFrame:
    """The cycles of the day as they are kept."""
    whose = sql.SQL("true") if citizens is None else sql.SQL("citizen_id = any({})").format(sql.Literal([*citizens]))
    wanted = sql.SQL("municipality_id = {} and {} and since <= {} and (until is null or until > {})").format(
        sql.Literal(db.municipality_id()), whose, sql.Literal(day), sql.Literal(day)
    )
    found = columns_of(
        sql.SQL(
            "select approval_id, citizen_id, right_on - '1970-01-01'::date, duty_on - '1970-01-01'::date"
            " from registers_clock where {}"
        ).format(wanted),
        ("approval_id", "citizen_id", *DATES),
    )
    return found.with_columns(pl.col(name).cast(pl.Int32).cast(pl.Date) for name in DATES)
