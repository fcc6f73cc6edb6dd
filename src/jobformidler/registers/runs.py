"""Keeps each citizen's unbroken periods of unemployment in line with the registers, beside the clocks (CIT-03, RULE-09)."""

import datetime as dt

import polars as pl
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from psycopg import sql

from jobformidler.citizens.models import Citizen
from jobformidler.core import db
from jobformidler.core.ingest.staging import Staging, run
from jobformidler.law import OPEN, ClockRules
from jobformidler.law.runs import runs
from jobformidler.registers.columns import as_date, columns_of, days, numbers, ordinal, periods, spells_of
from jobformidler.registers.enums import SpellKind, UnemploymentLength
from jobformidler.registers.models import Spell, UnemploymentRun

_COLUMNS = ("citizen_id", "since", "until", "half_on", "year_on")
_DATES = _COLUMNS[1:]


def keep(rules: ClockRules | None, wanted: sql.Composable) -> int:
    """Make the table equal to what the registers give for the wanted rows; returns how many differed.

    Runs after the clocks: a run begins anew where a cycle of theirs does. Without rules in use nobody has a run.
    """
    rows = pl.DataFrame(schema=dict.fromkeys(_COLUMNS, pl.String)) if rules is None else _rows(rules, wanted)
    stage = Staging("unemployment_runs", UnemploymentRun, _COLUMNS).fill(rows)
    same = sql.SQL(" and ").join(
        sql.SQL("r.{0} is not distinct from s.{0}").format(sql.Identifier(column)) for column in _COLUMNS
    )
    gone = run(
        sql.SQL("delete from registers_unemploymentrun r where {} and not exists (select from {} s where {})").format(
            wanted, stage.table, same
        )
    )
    names = sql.SQL(", ").join(map(sql.Identifier, _COLUMNS))
    new = run(
        sql.SQL(
            "insert into registers_unemploymentrun (municipality_id, {names}) select {tenant}, {names} from {stage} s"
            " where not exists (select from registers_unemploymentrun r where {same})"
        ).format(names=names, tenant=sql.Literal(db.municipality_id()), stage=stage.table, same=same)
    )
    return gone + new


def _rows(rules: ClockRules, wanted: sql.Composable) -> pl.DataFrame:
    jobless = sql.SQL("kind in ({}, {})").format(
        sql.Literal(SpellKind.LEDIGHEDSYDELSE.value), sql.Literal(SpellKind.UNEMPLOYED.value)
    )
    found = periods(
        sql.SQL("{0} and citizen_id in (select citizen_id from registers_spell where {0} and {1})").format(
            wanted, jobless
        )
    )
    cycles = columns_of(
        sql.SQL("select citizen_id, {} from registers_clock where {}").format(ordinal("since"), wanted),
        ("citizen", "since"),
    )
    people = found["citizen"].unique().sort()
    cycles = cycles.filter(pl.col("citizen").is_in(people.implode()))
    made = runs(spells_of(found, people), numbers(cycles["citizen"], people), days(cycles["since"]), rules)
    rows = pl.DataFrame(
        {
            "citizen_id": people.gather(made.person),
            "since": made.start,
            "until": made.end,
            "half_on": made.half,
            "year_on": made.year,
        }
    )
    known = [pl.when(pl.col(name) != OPEN).then(pl.col(name)).alias(name) for name in _DATES]
    return rows.with_columns(known).with_columns([as_date(name) for name in _DATES])


def on_ledighedsydelse(citizens: QuerySet[Citizen], day: dt.date) -> QuerySet[Citizen]:
    """Those of the citizens who live on ledighedsydelse on the day, with `run_since`, `half_on` and `year_on`.

    Work that replaces the benefit on the same day wins. The run is the latest one begun on the day or before.
    """
    today = Spell.objects.filter(Q(end=None) | Q(end__gt=day), citizen=OuterRef("pk"), start__lte=day)
    latest = UnemploymentRun.objects.filter(citizen=OuterRef("pk"), since__lte=day).order_by("-since")
    return citizens.filter(
        Exists(today.filter(kind=SpellKind.LEDIGHEDSYDELSE)),
        ~Exists(today.filter(kind__in=(SpellKind.FLEKSJOB, SpellKind.ORDINARY_JOB))),
    ).annotate(
        run_since=Subquery(latest.values("since")[:1]),
        half_on=Subquery(latest.values("half_on")[:1]),
        year_on=Subquery(latest.values("year_on")[:1]),
    )


def of_length(length: str, day: dt.date) -> Q:
    """The annotated citizens of one of the three groups; each is in exactly one of them (CIT-03)."""
    over = Q(year_on__isnull=False, year_on__lte=day)
    half = Q(half_on__isnull=False, half_on__lte=day)
    return {
        UnemploymentLength.OVER_YEAR: over,
        UnemploymentLength.HALF_TO_YEAR: half & ~over,
        UnemploymentLength.UNDER_HALF: ~half & ~over,
    }[UnemploymentLength(length)]
