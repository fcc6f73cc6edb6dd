"""Citizens from a register file (CIT-01): matched by the keyed hash of the CPR number."""

import polars as pl
from psycopg import sql

from jobformidler.accounts.models import Unit
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import Citizen, Relation
from jobformidler.core import lists
from jobformidler.core.crypto import keyed_hash, seal
from jobformidler.core.enums import DeliveryKind
from jobformidler.core.ingest import Job, Loader, Staging, Upsert, fit, register_loader
from jobformidler.core.ingest.loader import Choices, text
from jobformidler.core.ingest.staging import bytes_text, run, select
from jobformidler.core.models import Municipality
from jobformidler.core.tabular import CITIZENS

#: Column of the file → column of the table. Those a file leaves out stay as they are.
COLUMNS = {
    "first_name": "first_name",
    "last_name": "last_name",
    "address": "address",
    "postal_code": "postal_code",
    "city": "city",
    "municipality_code": "municipality_code",
    "phone": "phone",
    "email": "email",
    "benefit": "benefit",
    "benefit_from": "benefit_from",
    "unit": "unit_id",
    "protected_address": "protected_address",
}
TEXTS = ("first_name", "last_name", "address", "postal_code", "city", "phone", "email", "benefit")


def _choices(municipality: Municipality) -> Choices:
    benefits = lists.choices("benefit")
    units = Unit.objects.filter(municipality=municipality, active=True)
    return {
        "benefit": {label: code for code, label in benefits} | {code: code for code, _label in benefits},
        "unit": {name: str(pk) for pk, name in units.values_list("pk", "name")},
    }


def _stage(job: Job) -> Upsert:
    tenant = job.municipality.pk
    present = [name for name in COLUMNS if job.has(name)]
    absent = [name for name in COLUMNS if name not in present]
    good = job.good
    frame = good.select(
        "line",
        "birth_date",
        bytes_text([keyed_hash(cpr) for cpr in good["cpr"]]).alias("cpr_hash"),
        *[text(name) for name in TEXTS],
        "benefit_from",
        pl.col("protected_address").fill_null(False),
        pl.col("municipality_code").cast(pl.Int32).fill_null(job.municipality.code),
        pl.col("unit").cast(pl.Int64).alias("unit_id"),
    )
    stage = Staging("ingest_citizens", Citizen, ("cpr_hash", "birth_date", *COLUMNS.values())).fill(frame)
    inserting: dict[str, sql.Composable] = {
        COLUMNS[name]: sql.SQL("s.{}").format(sql.Identifier(COLUMNS[name])) for name in absent
    }
    inserting |= {
        "birth_date": sql.SQL("s.birth_date"),
        "preferred_name": sql.SQL("''"),
        "version": sql.SQL("1"),
        "cpr": sql.SQL("(select n.cpr from pg_temp.ingest_cpr n where n.line = s.line)"),
    }
    return Upsert(
        model=Citizen,
        stage=stage,
        key=("cpr_hash",),
        changing=tuple(COLUMNS[name] for name in present),
        tenant=tenant,
        inserting=inserting,
        updating={"version": sql.SQL("t.version + 1")},
        before=lambda: _note_moves(stage, tenant),
        between=lambda: _seal_new(good, stage, tenant),
        after=lambda: _relate(stage, job),
    )


def _join(stage: Staging, tenant: int) -> sql.Composed:
    return sql.SQL("{} s left join citizens_citizen t on t.cpr_hash = s.cpr_hash and t.municipality_id = {}").format(
        stage.table, sql.Literal(tenant)
    )


def _seal_new(good: pl.DataFrame, stage: Staging, tenant: int) -> None:
    """Encrypt the numbers of new citizens only: those registered keep the ciphertext they have."""
    new = select(sql.SQL("select s.line from {} where t.id is null").format(_join(stage, tenant)), {"line": pl.UInt32})
    cpr = good.select("line", "cpr").join(new, on="line", how="semi")
    sealed = bytes_text([seal(number, "citizens.citizen.cpr") for number in cpr["cpr"]])
    Staging("ingest_cpr", Citizen, ("cpr",)).fill(cpr.select("line", sealed.alias("cpr")))
    run("create index on pg_temp.ingest_cpr (line)")


def _note_moves(stage: Staging, tenant: int) -> None:
    """Remember who gets a unit now, so that reading the file again gives nobody access anew."""
    moved = Staging("ingest_moved", Citizen, ("cpr_hash",))
    run(
        sql.SQL(
            "insert into {moved} (line, cpr_hash) select s.line, s.cpr_hash from {join}"
            " where s.unit_id is not null and (t.id is null or t.unit_id is distinct from s.unit_id)"
        ).format(moved=moved.table, join=_join(stage, tenant))
    )


def _relate(stage: Staging, job: Job) -> None:
    """The unit's team may see its new citizens, as when they are registered by hand (CIT-20)."""
    run(
        sql.SQL(
            "insert into {relation} (municipality_id, citizen_id, unit_id, kind, powers, period)"
            " select t.municipality_id, t.id, t.unit_id, {kind}, '{{}}', daterange({day}, null)"
            " from citizens_citizen t join pg_temp.ingest_moved m on m.cpr_hash = t.cpr_hash"
            " where t.municipality_id = {tenant} and t.unit_id is not null and not exists ("
            "   select from {relation} r where r.citizen_id = t.id and r.unit_id = t.unit_id and r.kind = {kind}"
            "   and r.period @> {day}::date)"
        ).format(
            relation=sql.Identifier(Relation._meta.db_table),
            kind=sql.Literal(RelationKind.TEAM.value),
            day=sql.Literal(job.day),
            tenant=sql.Literal(job.municipality.pk),
        )
    )


register_loader(Loader(DeliveryKind.CITIZENS, fit(CITIZENS, Citizen), _choices, _stage))
