"""Keeps each citizen's clock in line with the registers: the same columns for one citizen and for everybody (RULE-02…07).

What is kept depends on the registers and the chosen rules alone, never on today: the dates after today are what comes if
nothing changes. A job that lasts re-arms the clock again and again; cycles are kept as far as something may still arise.
"""

import datetime as dt
import json
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import polars as pl
from django.db import connection
from psycopg import sql

from jobformidler.core import db
from jobformidler.core.ingest.staging import Staging, run
from jobformidler.core.rebuild import register_rebuild
from jobformidler.law import OPEN, Approvals, ClockRules, Event, Events, Spells, compute
from jobformidler.law.months import add_months
from jobformidler.registers import runs
from jobformidler.registers.columns import as_date, columns_of, days, numbers, ordinal, periods, spells_of
from jobformidler.registers.models import Clock
from jobformidler.registers.rules import clock_rules

_COLUMNS = (
    "citizen_id", "approval_id", "rule_set", "cycle", "since", "until", "right_on", "right_days", "right_from",
    "duty_on", "duty_days", "duty_from", "readings",
)  # fmt: skip
_CHANGING = [column for column in _COLUMNS if column not in ("citizen_id", "approval_id", "cycle")]


def refresh(citizens: Iterable[int] | None = None) -> int:
    """Compute the clocks of these citizens (of all, when None) and keep them; returns how many rows differed.

    Runs inside the context of a municipality. Without rules in use nobody has a clock.
    """
    if citizens is None:
        return _refresh(sql.SQL("true"))
    wanted = sorted(set(citizens))
    return _refresh(sql.SQL("citizen_id = any({})").format(sql.Literal(wanted))) if wanted else 0


def refresh_delivery(delivery_id: int) -> int:
    """Compute the clocks of the citizens whose periods or approvals a delivery brought or changed, and nobody else's.

    Who they are is found once and counted. Right after a delivery the planner knows nothing of the rows it brought, takes
    them for few and would go through them row by row; that way is closed meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute("set local enable_nestloop = off")
        cursor.execute("drop table if exists clock_touched")
        cursor.execute(
            "create temporary table clock_touched on commit drop as"
            " select citizen_id from registers_spell where delivery_id = %s"
            " union select citizen_id from registers_fleksjobapproval where delivery_id = %s",
            [delivery_id, delivery_id],
        )
        cursor.execute("analyze clock_touched")
        differed = _refresh(sql.SQL("citizen_id in (select citizen_id from clock_touched)"))
        cursor.execute("set local enable_nestloop = on")
    return differed


def what_if(rules: ClockRules, citizens: Iterable[int] | None = None) -> pl.DataFrame:
    """The clocks other rules would give, as the columns of `Clock`; nothing is kept. Of all citizens, when None."""
    if citizens is None:
        return _rows(rules, _wanted(sql.SQL("true")))
    return _rows(rules, _wanted(sql.SQL("citizen_id = any({})").format(sql.Literal(sorted(set(citizens))))))


def _wanted(whose: sql.Composable) -> sql.Composable:
    return sql.SQL("municipality_id = {} and {}").format(sql.Literal(db.municipality_id()), whose)


def _refresh(whose: sql.Composable) -> int:
    wanted = _wanted(whose)
    rules = clock_rules(db.municipality_id())
    rows = _none() if rules is None else _rows(rules, wanted)
    kept = _keep(Staging("clock_rows", Clock, _COLUMNS).fill(rows), wanted)
    return kept + runs.keep(rules, wanted)


def _read(wanted: sql.Composable) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Approvals in the order of citizen and day, and the periods of those citizens. Days as `date.toordinal()`."""
    approvals = columns_of(
        sql.SQL(
            "select id, citizen_id, {}, {} from registers_fleksjobapproval where {} order by citizen_id, approved_on"
        ).format(ordinal("approved_on"), ordinal("ended_on"), wanted),
        ("approval", "citizen", "start", "end"),
    )
    spells = periods(
        sql.SQL("{0} and citizen_id in (select citizen_id from registers_fleksjobapproval where {0})").format(wanted)
    )
    return approvals, spells


def _rows(rules: ClockRules, wanted: sql.Composable) -> pl.DataFrame:
    """The rows of `Clock` for everybody approved, with the dates other readings give."""
    approved, spelled = _read(wanted)
    if not approved.height:
        return _none()
    people = approved["citizen"].unique(maintain_order=True).sort()
    person = numbers(approved["citizen"], people)
    spells = spells_of(spelled, people)
    approvals = Approvals(person, days(approved["start"]), days(approved["end"])).chained()
    last = _last_days(spells, approvals, len(people), rules)
    horizon = _date(int(last.max()))
    events = _within(compute(spells, approvals, rules, horizon), approvals, last)
    rows = _cycles(events, approvals)
    others = [
        (name, str(value), _within(compute(spells, approvals, other, horizon), approvals, last))
        for name, value, other in rules.readings()
    ]
    rows = rows.join(_readings(rows, others), on=("row", "cycle"), how="left")
    return rows.select(
        pl.Series("citizen_id", approved["citizen"].gather(rows["row"])),
        pl.Series("approval_id", approved["approval"].gather(rows["row"])),
        pl.lit(rules.rule_set).alias("rule_set"),
        "cycle",
        *(as_date(name) for name in ("since", "until", "right_on")),
        "right_days",
        as_date("right_from"),
        as_date("duty_on"),
        "duty_days",
        as_date("duty_from"),
        pl.col("readings").fill_null("[]"),
    )


def _last_days(spells: Spells, approvals: Approvals, people: int, rules: ClockRules) -> npt.NDArray[np.int64]:
    """For each citizen the day after which nothing new can arise: the last change of the registers and every window."""
    last = np.zeros(people, np.int64)
    for who, ends in (
        (spells.person, spells.start),
        (spells.person, spells.end),
        (approvals.person, approvals.start),
        (approvals.person, approvals.end),
    ):
        known = ends != OPEN
        np.maximum.at(last, who[known], ends[known])
    months = rules.right_months + rules.right_window_months + rules.duty_months + rules.rearm_window_months
    return np.array([add_months(int(day), months) for day in last], np.int64)


def _within(events: Events, approvals: Approvals, last: npt.NDArray[np.int64]) -> pl.DataFrame:
    frame = pl.DataFrame(
        {
            "row": events.approval.astype(np.int64),
            "event": events.event,
            "date": events.date.astype(np.int64),
            "cycle": events.cycle.astype(np.int64),
            "days": events.counted_days.astype(np.int64),
            "from": events.window_start.astype(np.int64),
        }
    )
    return frame.filter(pl.col("date") <= pl.Series(last[approvals.person[events.approval]]))


def _cycles(events: pl.DataFrame, approvals: Approvals) -> pl.DataFrame:
    """One row a cycle: where it begins and ends, right and duty beside each other."""
    first = pl.DataFrame(
        {
            "row": np.arange(len(approvals), dtype=np.int64),
            "cycle": np.ones(len(approvals), np.int64),
            "since": approvals.start.astype(np.int64),
        }
    )
    again = events.filter(pl.col("event") == Event.REARM.value)
    later = again.select("row", cycle=pl.col("cycle") + 1, since="date")
    rows = pl.concat([first, later])
    rows = rows.join(again.select("row", "cycle", until="date"), on=("row", "cycle"), how="left")
    ended = pl.DataFrame({"row": np.arange(len(approvals), dtype=np.int64), "end": approvals.end.astype(np.int64)})
    rows = rows.join(ended, on="row").with_columns(
        until=pl.coalesce("until", pl.when(pl.col("end") != OPEN).then(pl.max_horizontal("end", "since")))
    )
    for event, name in ((Event.RIGHT, "right"), (Event.DUTY, "duty")):
        found = events.filter(pl.col("event") == event.value).select(
            "row", "cycle", **{f"{name}_on": "date", f"{name}_days": "days", f"{name}_from": "from"}
        )
        rows = rows.join(found, on=("row", "cycle"), how="left")
    return rows


def _readings(rows: pl.DataFrame, others: list[tuple[str, str, pl.DataFrame]]) -> pl.DataFrame:
    """Where another reading gives another right or duty in the same cycle: one text of them a cycle."""
    held: dict[tuple[int, int], list[list[str]]] = {}
    for parameter, value, events in others:
        for event, name in ((Event.RIGHT, "right"), (Event.DUTY, "duty")):
            theirs = events.filter(pl.col("event") == event.value).select("row", "cycle", other="date")
            both = rows.select("row", "cycle", mine=f"{name}_on").join(theirs, on=("row", "cycle"), how="left")
            differ = both.filter(pl.col("mine").fill_null(0) != pl.col("other").fill_null(0))
            for row, cycle, day in differ.select("row", "cycle", "other").iter_rows():
                held.setdefault((row, cycle), []).append([parameter, value, name, _iso(day)])
    return pl.DataFrame(
        {
            "row": [row for row, _cycle in held],
            "cycle": [cycle for _row, cycle in held],
            "readings": [json.dumps(sorted(readings)) for readings in held.values()],
        },
        schema={"row": pl.Int64, "cycle": pl.Int64, "readings": pl.String},
    )


def _date(ordinal: int) -> dt.date:
    return dt.date.fromordinal(ordinal)


def _iso(ordinal: int | None) -> str:
    return "" if ordinal is None else _date(ordinal).isoformat()


def _none() -> pl.DataFrame:
    return pl.DataFrame(schema=dict.fromkeys(_COLUMNS, pl.String))


def _keep(stage: Staging, wanted: sql.Composable) -> int:
    """Make the table equal to what was computed, touching only rows that differ."""
    gone = run(
        sql.SQL(
            "delete from registers_clock c where {} and not exists"
            " (select from {} s where s.approval_id = c.approval_id and s.cycle = c.cycle)"
        ).format(wanted, stage.table)
    )
    changing = sql.SQL(", ").join(sql.SQL("{0} = excluded.{0}").format(sql.Identifier(c)) for c in _CHANGING)
    kept, new = (sql.SQL(", ").join(sql.Identifier(table, c) for c in _CHANGING) for table in ("c", "excluded"))
    written = run(
        sql.SQL(
            "insert into registers_clock as c (municipality_id, {names}) select {tenant}, {names} from {stage}"
            " on conflict (approval_id, cycle) do update set {changing} where ({kept}) is distinct from ({new})"
        ).format(
            names=sql.SQL(", ").join(map(sql.Identifier, _COLUMNS)),
            tenant=sql.Literal(db.municipality_id()),
            stage=stage.table,
            changing=changing,
            kept=kept,
            new=new,
        )
    )
    return gone + written


register_rebuild("clocks", refresh)
