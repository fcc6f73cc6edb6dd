"""The common register of employers from a file (EMP-01): reference data, no tenant and no event for each row."""

import polars as pl
from psycopg import sql

from jobformidler.core.enums import DeliveryKind
from jobformidler.core.ingest import Job, Loader, Staging, Upsert, fit, register_loader
from jobformidler.core.ingest.loader import Choices, of_enum, text
from jobformidler.core.ingest.staging import run, select
from jobformidler.core.models import Municipality
from jobformidler.core.tabular import EMPLOYERS, Reason
from jobformidler.employers.enums import Sector
from jobformidler.employers.models import Employer, Workplace

TEXTS = ("name", "address", "postal_code", "city", "industry_code", "sector", "phone", "email")
NUMBERS = ("employees", "municipality_code", "short_educated_jobs", "absence_percent")
COLUMNS = (*TEXTS, *NUMBERS)


def _choices(municipality: Municipality) -> Choices:
    return {"sector": {"privat": Sector.PRIVATE.value, "offentlig": Sector.PUBLIC.value} | of_enum(Sector)}


def _stage(job: Job) -> Upsert:
    _reject_shared_numbers(job)
    numbers = Staging("ingest_numbers", Workplace, ("p_number",), {"cvr": "text"})
    numbers.fill(job.good.select("line", "p_number", "cvr"))
    elsewhere = select(
        sql.SQL(
            "select s.line, s.p_number, e.cvr from {} s join employers_workplace t on t.p_number = s.p_number"
            " join employers_employer e on e.id = t.employer_id where e.cvr <> s.cvr order by s.line"
        ).format(numbers.table),
        {"line": pl.UInt32, "p_number": pl.String, "cvr": pl.String},
    )
    job.reject(elsewhere, "p_number", Reason.P_NUMBER_OF_OTHER_CVR, "p_number", "cvr")
    present = tuple(name for name in COLUMNS if job.has(name))
    stage = Staging("ingest_employers", Workplace, ("p_number", "employer_id", *COLUMNS), {"cvr": "text"})
    stage.fill(job.good.select("line", "cvr", "p_number", *[text(name) for name in TEXTS], *NUMBERS))
    inserting: dict[str, sql.Composable] = {
        name: sql.SQL("s.{}").format(sql.Identifier(name)) for name in COLUMNS if name not in present
    }
    inserting["employer_id"] = sql.SQL("(select e.id from employers_employer e where e.cvr = s.cvr)")
    return Upsert(
        model=Workplace,
        stage=stage,
        key=("p_number",),
        changing=present,
        tenant=None,
        inserting=inserting,
        between=lambda: _add_employers(stage),
    )


def _reject_shared_numbers(job: Job) -> None:
    """A P-number belongs to one CVR number: the first line in the file decides."""
    first = pl.col("cvr").first().over("p_number", order_by="line")
    others = job.good.select("line", "p_number", "cvr", owner=first).filter(pl.col("cvr") != pl.col("owner"))
    job.reject(others, "p_number", Reason.P_NUMBER_OF_OTHER_CVR, "p_number", "owner")


def _add_employers(stage: Staging) -> None:
    """A new CVR number gets the name of its first workplace in the file; a known employer keeps its name."""
    run(
        sql.SQL(
            "insert into {employer} (cvr, name) select distinct on (s.cvr) s.cvr, s.name from {stage} s"
            " where not exists (select from {employer} e where e.cvr = s.cvr) order by s.cvr, s.line"
        ).format(employer=sql.Identifier(Employer._meta.db_table), stage=stage.table)
    )


register_loader(Loader(DeliveryKind.EMPLOYERS, fit(EMPLOYERS, Workplace), _choices, _stage, shared=True))
