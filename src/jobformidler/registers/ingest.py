"""Periods from a register file (CIT-02): a million rows, matched to citizens by one hash for each distinct CPR number."""

import polars as pl
from psycopg import sql

from jobformidler.citizens.models import Citizen
from jobformidler.core.crypto import keyed_hash
from jobformidler.core.enums import DeliveryKind
from jobformidler.core.ingest import Job, Loader, Staging, Upsert, register_loader
from jobformidler.core.ingest.loader import Choices, of_enum
from jobformidler.core.ingest.staging import SLICE, bytes_text, run, select
from jobformidler.core.models import Municipality
from jobformidler.core.tabular import SPELLS, Reason
from jobformidler.registers.enums import SpellKind
from jobformidler.registers.models import Spell

#: Other words registers use for the kinds.
WORDS = {
    "barsel": SpellKind.MATERNITY,
    "barselsorlov": SpellKind.MATERNITY,
    "ordinært job": SpellKind.ORDINARY_JOB,
    "ordinær beskæftigelse": SpellKind.ORDINARY_JOB,
    "job": SpellKind.ORDINARY_JOB,
    "ledig": SpellKind.UNEMPLOYED,
    "ledighed": SpellKind.UNEMPLOYED,
    "ansat i fleksjob": SpellKind.FLEKSJOB,
}


def _choices(municipality: Municipality) -> Choices:
    return {"spell_kind": {word: kind.value for word, kind in WORDS.items()} | of_enum(SpellKind)}


def _stage(job: Job) -> Upsert:
    people = _citizens(job)
    job.reject(job.good.select("line", "cpr").join(people, on="cpr", how="anti"), "cpr", Reason.NOT_A_CITIZEN_HERE)
    stage = Staging("ingest_spells", Spell, ("citizen_id", "kind", "start", "end"))
    # In the order of the keys, so that rows and index entries of a person end up side by side.
    stage.fill(
        job.good.select("line", "cpr", "kind", "start", pl.col("until").alias("end"))
        .join(people, on="cpr")
        .drop("cpr")
        .sort("citizen_id", "kind", "start")
    )
    _reject_overlaps(job, stage)
    delivery: sql.Composable = sql.Literal(job.delivery.pk if job.delivery else None)
    return Upsert(
        model=Spell,
        stage=stage,
        key=("citizen_id", "kind", "start"),
        changing=("end",),
        tenant=job.municipality.pk,
        inserting={"delivery_id": delivery},
        updating={"delivery_id": delivery},
    )


def _citizens(job: Job) -> pl.DataFrame:
    """cpr, citizen_id of the people in the file who are citizens here."""
    distinct = job.good["cpr"].unique()
    found = []
    for numbers in distinct.to_frame().with_row_index("line").iter_slices(5 * SLICE):
        people = Staging("ingest_people", Citizen, ("cpr_hash",))
        people.fill(numbers.select("line", bytes_text([keyed_hash(cpr) for cpr in numbers["cpr"]]).alias("cpr_hash")))
        ids = select(
            sql.SQL(
                "select s.line, t.id from {} s join citizens_citizen t"
                " on t.cpr_hash = s.cpr_hash and t.municipality_id = {}"
            ).format(people.table, sql.Literal(job.municipality.pk)),
            {"line": pl.UInt32, "citizen_id": pl.Int64},
        )
        found.append(numbers.join(ids, on="line").select("cpr", "citizen_id"))
    return pl.concat(found) if found else pl.DataFrame(schema={"cpr": pl.String, "citizen_id": pl.Int64})


def _reject_overlaps(job: Job, stage: Staging) -> None:
    """Quarantine periods that overlap a registered one of the same kind with another start.

    A registered period that the file itself gives a new end counts with that end, so that one file may close a period
    and begin the next. Where such a row is refused the registered end counts again, so it is looked once more until
    nothing clashes. The outcome does not depend on the order of rows.
    """
    clash = sql.SQL(
        "select s.line, to_char(min(r.start), 'DD-MM-YYYY') from {stage} s join registers_spell r"
        " on r.citizen_id = s.citizen_id and r.kind = s.kind and r.start <> s.start and r.municipality_id = {tenant}"
        " and r.start < coalesce(s.\"end\", 'infinity') and s.start < coalesce(r.\"end\", 'infinity')"
        " where not exists (select from {stage} o"
        "   where o.citizen_id = r.citizen_id and o.kind = r.kind and o.start = r.start)"
        " group by s.line order by s.line"
    ).format(stage=stage.table, tenant=sql.Literal(job.municipality.pk))
    while True:
        lines = select(clash, {"line": pl.UInt32, "start": pl.String})
        if not lines.height:
            return
        job.reject(lines, "start", Reason.OVERLAP_WITH_REGISTERED, limit="start")
        refused = Staging("ingest_refused", Spell, ()).fill(lines.select("line"))
        run(sql.SQL("delete from {} s using {} r where r.line = s.line").format(stage.table, refused.table))


register_loader(Loader(DeliveryKind.SPELLS, SPELLS, _choices, _stage))
