"""Places from a register file (JOB-01), with the workplace they are at and the person to ask there."""

import re

import polars as pl
from psycopg import sql

from jobformidler.core import lists
from jobformidler.core.enums import DeliveryKind
from jobformidler.core.ingest import Job, Loader, Staging, Upsert, fit, register_loader
from jobformidler.core.ingest.loader import Choices, of_enum, text
from jobformidler.core.ingest.staging import array_text, run, select
from jobformidler.core.models import Municipality
from jobformidler.core.tabular import PLACES, Reason
from jobformidler.core.tabular.mapping import simplify
from jobformidler.employers.enums import ContactLevel
from jobformidler.employers.models import ContactPerson
from jobformidler.openings.enums import PlaceKind
from jobformidler.openings.models import Place

#: Column of the file → columns of the table. Those a file leaves out stay as they are.
COLUMNS = {
    "tasks": ("tasks",),
    "hours_min": ("hours_min",),
    "hours_max": ("hours_max",),
    "capacity": ("capacity",),
    "to": ("ends_on",),
    "accommodates": ("accommodates", "accommodates_other"),
    "contact_name": ("contact_id",),
    "contact_phone": ("contact_id",),
}
MOST_HOURS = 37
NOT_YET = -1  # stands for a contact person who is made when the rows are written

SPEC = fit(
    PLACES,
    Place,
    hours_min={"most": MOST_HOURS},
    hours_max={"most": MOST_HOURS},
    tasks={"max_length": 1000},
    accommodates={"max_length": 1000},
    contact_name={"max_length": 120},
    contact_phone={"max_length": 20},
)

#: Other words registers use for the kinds.
WORDS = {
    "praktik": PlaceKind.INTERNSHIP,
    "praktikplads": PlaceKind.INTERNSHIP,
    "virksomhedspraktik": PlaceKind.INTERNSHIP,
    "arbejdsprøvning": PlaceKind.TRYOUT,
    "afprøvning": PlaceKind.TRYOUT,
    "løntilskud": PlaceKind.WAGE_SUBSIDY,
    "job med løntilskud": PlaceKind.WAGE_SUBSIDY,
    "ordinært job": PlaceKind.ORDINARY,
    "job": PlaceKind.ORDINARY,
    "småjob": PlaceKind.SMALL_JOB,
}


def _choices(municipality: Municipality) -> Choices:
    return {"place_kind": {word: kind.value for word, kind in WORDS.items()} | of_enum(PlaceKind)}


def known_accommodations() -> dict[str, str]:
    """{simplified code or label: code} of the list a workplace's considerations are chosen from."""
    entries = lists.choices("accommodation")
    return {simplify(label): code for code, label in entries} | {simplify(code): code for code, _label in entries}


def split_accommodations(words: str, known: dict[str, str]) -> tuple[list[str], str]:
    """(codes of the list "accommodation", the words that are none of them). Labels may hold commas themselves."""
    codes: list[str] = []
    rest: list[str] = []
    for part in re.split(r"[\n;|]", words):
        pieces = [piece.strip() for piece in part.split(",")]
        at = 0
        while at < len(pieces):
            for end in range(len(pieces), at, -1):
                if code := known.get(simplify(",".join(pieces[at:end]))):
                    codes.append(code)
                    at = end
                    break
            else:
                rest += [pieces[at]] if pieces[at] else []
                at += 1
    return list(dict.fromkeys(codes)), ", ".join(rest)


def _stage(job: Job) -> Upsert:
    places = _at_workplaces(job)
    known = known_accommodations()
    split = {words: split_accommodations(words, known) for words in job.good["accommodates"].unique().drop_nulls()}
    frame = job.good.join(places, on="line").select(
        "line",
        "workplace_id",
        "kind",
        "title",
        text("tasks"),
        pl.col("hours_min").fill_null(0.0),
        pl.col("hours_max").fill_null(float(MOST_HOURS)),
        pl.col("capacity").fill_null(1),
        pl.col("from").alias("starts_on"),
        pl.col("until").alias("ends_on"),
        pl.col("accommodates")
        .replace_strict({words: array_text(codes) for words, (codes, _rest) in split.items()}, default="{}")
        .alias("accommodates"),
        pl.col("accommodates")
        .replace_strict({words: rest for words, (_codes, rest) in split.items()}, default="")
        .alias("accommodates_other"),
        pl.col("contact_name").fill_null(pl.when(pl.col("contact_phone").is_not_null()).then("workplace")).alias("who"),
        text("contact_phone").alias("phone"),
    )
    columns = tuple(dict.fromkeys(name for names in COLUMNS.values() for name in names))
    stage = Staging(
        "ingest_places",
        Place,
        ("workplace_id", "kind", "title", "starts_on", *columns),
        {"who": "text", "phone": "text"},
    ).fill(frame)
    _reject_hours(job, stage)
    same_person = _find_contacts(job, stage)
    present = tuple(dict.fromkeys(name for source, names in COLUMNS.items() if job.has(source) for name in names))
    inserting: dict[str, sql.Composable] = {
        name: sql.SQL("s.{}").format(sql.Identifier(name)) for name in columns if name not in present
    }
    inserting |= {
        "version": sql.SQL("1"),
        "location": sql.SQL("''"),
        "paid_hours_expected": sql.SQL("false"),
        "confirmed_on": sql.Literal(job.day),
        "by_id": sql.Literal(getattr(job.by, "pk", None)),
    }
    return Upsert(
        model=Place,
        stage=stage,
        key=("workplace_id", "kind", "title", "starts_on"),
        changing=present,
        tenant=job.municipality.pk,
        inserting=inserting,
        updating={"version": sql.SQL("t.version + 1")},
        untouched=sql.SQL("t.closed_on is not null"),  # a closed place is not edited
        before=lambda: _add_contacts(job, stage, same_person),
    )


def _at_workplaces(job: Job) -> pl.DataFrame:
    """line, workplace_id, workplace; rows of P-numbers nobody has or that another company has are quarantined."""
    numbers = Staging("ingest_numbers", Place, (), {"p_number": "text", "cvr": "text"})
    numbers.fill(job.good.select("line", "p_number", "cvr"))
    found = select(
        sql.SQL(
            "select s.line, t.id, t.name, e.cvr from {} s join employers_workplace t on t.p_number = s.p_number"
            " join employers_employer e on e.id = t.employer_id"
        ).format(numbers.table),
        {"line": pl.UInt32, "workplace_id": pl.Int64, "workplace": pl.String, "owner": pl.String},
    )
    rows = job.good.select("line", "p_number", "cvr")
    unknown = rows.join(found, on="line", how="anti")
    elsewhere = rows.join(found, on="line").filter(pl.col("cvr") != pl.col("owner"))
    job.reject(unknown, "p_number", Reason.UNKNOWN_P_NUMBER, "p_number")
    job.reject(elsewhere, "p_number", Reason.P_NUMBER_OF_OTHER_CVR, "p_number", "owner")
    return found.select("line", "workplace_id", "workplace")


def _reject_hours(job: Job, stage: Staging) -> None:
    """A file with one of the two hours may contradict the other, which stays as registered."""
    if job.has("hours_min") == job.has("hours_max"):
        return
    low, high = ("s", "t") if job.has("hours_min") else ("t", "s")
    lines = select(
        sql.SQL(
            "select s.line, replace(({low}.hours_min)::text, '.', ',') from {stage} s join openings_place t"
            " on t.workplace_id = s.workplace_id and t.kind = s.kind and t.title = s.title"
            " and t.starts_on = s.starts_on and t.municipality_id = {tenant} and t.closed_on is null"
            " where {low}.hours_min > {high}.hours_max order by s.line"
        ).format(
            low=sql.Identifier(low),
            high=sql.Identifier(high),
            stage=stage.table,
            tenant=sql.Literal(job.municipality.pk),
        ),
        {"line": pl.UInt32, "least": pl.String},
    )
    if lines.height:
        field = "hours_min" if job.has("hours_min") else "hours_max"
        job.reject(lines, field, Reason.HOURS_MAX_BELOW_MIN, limit="least")
        refused = Staging("ingest_refused", Place, ()).fill(lines.select("line"))
        run(sql.SQL("delete from {} s using {} r where r.line = s.line").format(stage.table, refused.table))


def _find_contacts(job: Job, stage: Staging) -> sql.Composed:
    """Point each row at the person it names, one still there before one who has left; returns how they are found."""
    by_phone = sql.SQL("and p.phone = s.phone") if job.has("contact_phone") else sql.SQL("")
    person = sql.SQL(
        "(select p.id from employers_contactperson p where p.municipality_id = {tenant}"
        " and p.workplace_id = s.workplace_id and p.name = s.who {by_phone} order by not p.active, p.id limit 1)"
    ).format(tenant=sql.Literal(job.municipality.pk), by_phone=by_phone)
    run(
        sql.SQL("update {} s set contact_id = coalesce({}, {}) where s.who is not null").format(
            stage.table, person, sql.Literal(NOT_YET)
        )
    )
    return person


def _add_contacts(job: Job, stage: Staging, person: sql.Composed) -> None:
    run(
        sql.SQL(
            "insert into {table} (municipality_id, workplace_id, name, phone, level, title, email, active, version)"
            " select distinct {tenant}, s.workplace_id, s.who, s.phone, {level}, '', '', true, 1"
            " from {stage} s where s.contact_id = {missing}"
        ).format(
            table=sql.Identifier(ContactPerson._meta.db_table),
            tenant=sql.Literal(job.municipality.pk),
            level=sql.Literal(ContactLevel.WORKPLACE_CONTACT.value),
            stage=stage.table,
            missing=sql.Literal(NOT_YET),
        )
    )
    run(
        sql.SQL("update {} s set contact_id = {} where s.contact_id = {}").format(
            stage.table, person, sql.Literal(NOT_YET)
        )
    )


register_loader(Loader(DeliveryKind.PLACES, SPEC, _choices, _stage))
