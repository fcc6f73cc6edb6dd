"""Periods and approvals to fleksjob from register files (CIT-02): a million rows, matched to citizens by one hash for each
distinct CPR number."""

import polars as pl
from psycopg import sql

from jobformidler.citizens.models import Citizen
from jobformidler.core.crypto import keyed_hash
from jobformidler.core.enums import DeliveryKind
from jobformidler.core.ingest import Job, Loader, Staging, Upsert, register_loader
from jobformidler.core.ingest.loader import Choices, of_enum
from jobformidler.core.ingest.staging import SLICE, bytes_text, run, select
from jobformidler.core.models import Municipality
from jobformidler.core.tabular import SPELLS, VISITATIONS, Reason
from jobformidler.registers.enums import SpellKind
from jobformidler.registers.models import FleksjobApproval, Spell

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
    people = _known_citizens(job)
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


def _stage_approvals(job: Job) -> Upsert:
    ahead = job.good.filter(pl.col("approved_on") > job.day)
    job.reject(
        ahead.select("line", limit=pl.lit(f"{job.day:%d-%m-%Y}")), "approved_on", Reason.DAY_AHEAD, limit="limit"
    )
    people = _known_citizens(job)
    stage = Staging("ingest_approvals", FleksjobApproval, ("citizen_id", "approved_on", "ended_on"))
    stage.fill(
        job.good.select("line", "cpr", "approved_on", pl.col("until").alias("ended_on"))
        .join(people, on="cpr")
        .drop("cpr")
        .sort("citizen_id", "approved_on")
    )
    tenant = job.municipality.pk
    run(_afresh(_both(stage, tenant), target=stage.table, version=False))
    told = job.has("ended_on")
    delivery: sql.Composable = sql.Literal(job.delivery.pk if job.delivery else None)
    inserting: dict[str, sql.Composable] = {"delivery_id": delivery, "version": sql.SQL("1")}
    return Upsert(
        model=FleksjobApproval,
        stage=stage,
        key=("citizen_id", "approved_on"),
        changing=("ended_on",) if told else (),
        tenant=tenant,
        inserting=inserting if told else inserting | {"ended_on": sql.SQL("s.ended_on")},
        updating={"delivery_id": delivery, "version": sql.SQL("t.version + 1")},
        after=lambda: _end_earlier(stage, tenant),
    )


def _both(stage: Staging, tenant: int) -> sql.Composable:
    """Days of approval of the file's people, in the file or registered."""
    return sql.SQL(
        "select citizen_id, approved_on from {stage} union select citizen_id, approved_on from registers_fleksjobapproval"
        " where municipality_id = {tenant} and citizen_id in (select citizen_id from {stage})"
    ).format(stage=stage.table, tenant=sql.Literal(tenant))


def _afresh(days: sql.Composable, *, target: sql.Composable, version: bool) -> sql.Composable:
    """An approval ends at the latest on the day of the next one, which starts afresh."""
    return sql.SQL(
        "with days as ({days}), nexts as (select citizen_id, approved_on, lead(approved_on) over"
        " (partition by citizen_id order by approved_on) as next_on from days)"
        " update {target} t set ended_on = n.next_on{version} from nexts n where n.citizen_id = t.citizen_id"
        " and n.approved_on = t.approved_on and n.next_on < coalesce(t.ended_on, 'infinity')"
    ).format(days=days, target=target, version=sql.SQL(", version = t.version + 1" if version else ""))


def _end_earlier(stage: Staging, tenant: int) -> None:
    """Registered approvals before those of the file end where the file's begin."""
    run(_afresh(_both(stage, tenant), target=sql.Identifier("registers_fleksjobapproval"), version=True))


def _known_citizens(job: Job) -> pl.DataFrame:
    """cpr, citizen_id of the people in the file who are citizens here; the others' rows are refused."""
    people = _citizens(job)
    job.reject(job.good.select("line", "cpr").join(people, on="cpr", how="anti"), "cpr", Reason.NOT_A_CITIZEN_HERE)
    return people


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
register_loader(Loader(DeliveryKind.VISITATIONS, VISITATIONS, lambda _municipality: {}, _stage_approvals))
