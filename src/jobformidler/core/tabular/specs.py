"""The five files of the ingest: citizens, spells, visitations, employers, places (CIT-01, CIT-02, EMP-01, JOB-01)."""

import polars as pl

from jobformidler.core.tabular.cpr import birth_dates, replacements
from jobformidler.core.tabular.reasons import Reason
from jobformidler.core.tabular.spec import Column, Kind, Period, RowCheck, Spec

_CPR = Column(
    "cpr",
    "CPR-nr.",
    Kind.CPR,
    required=True,
    max_length=20,
    aliases=("cprnr", "cpr-nummer", "personnummer", "borger cpr", "cpr no", "civil registration number"),
)
_CVR = Column(
    "cvr",
    "CVR-nr.",
    Kind.CVR,
    required=True,
    max_length=20,
    aliases=("cvrnr", "cvr-nummer", "virksomhedens cvr", "company number", "cvr no"),
)
_P_NUMBER = Column(
    "p_number",
    "P-nr.",
    Kind.P_NUMBER,
    required=True,
    max_length=20,
    aliases=("pnr", "p-nummer", "produktionsenhed", "produktionsenhedsnummer", "p no", "pnumber"),
)
_ADDRESS = Column("address", "Adresse", aliases=("vej", "vejnavn", "gade", "vej og nr", "bopæl", "street"))
_POSTAL_CODE = Column(
    "postal_code", "Postnr.", Kind.POSTAL_CODE, max_length=10, aliases=("postnummer", "post nr", "zip", "postcode")
)
_CITY = Column("city", "By", max_length=100, aliases=("bynavn", "postdistrikt", "town"))
_PHONE = Column(
    "phone",
    "Telefon",
    Kind.PHONE,
    max_length=30,
    aliases=("tlf", "telefonnr", "telefonnummer", "mobil", "mobilnr", "telephone"),
)
_EMAIL = Column(
    "email", "E-mail", Kind.EMAIL, max_length=254, aliases=("mail", "e-mailadresse", "mailadresse", "e-post")
)


def _end_before_start(start: str, end: str) -> RowCheck:
    return RowCheck(end, Reason.END_BEFORE_START, pl.col(end) < pl.col(start), pl.col(start).dt.strftime("%d-%m-%Y"))


def _until(end: str) -> pl.Expr:
    """First day after: files and screens name the last day, the code's periods are half-open."""
    return pl.col(end).dt.offset_by("1d").alias("until")


CITIZENS = Spec(
    name="citizens",
    label="Borgere",
    columns=(
        _CPR,
        Column(
            "first_name",
            "Fornavn",
            required=True,
            max_length=100,
            aliases=("fornavne", "given name", "for- og mellemnavn"),
        ),
        Column(
            "last_name", "Efternavn", required=True, max_length=100, aliases=("efternavne", "surname", "family name")
        ),
        _ADDRESS,
        _POSTAL_CODE,
        _CITY,
        Column(
            "municipality_code",
            "Kommunekode",
            Kind.MUNICIPALITY,
            max_length=10,
            aliases=("kommunenr", "kommunenummer", "kommune", "bopælskommune", "municipality"),
        ),
        _PHONE,
        _EMAIL,
        Column(
            "benefit",
            "Ydelse",
            Kind.CHOICE,
            max_length=100,
            choices="benefit",
            unknown=Reason.UNKNOWN_BENEFIT,
            aliases=("ydelsestype", "forsørgelse", "forsørgelsesgrundlag", "målgruppe"),
        ),
        Column(
            "benefit_from",
            "Ydelse fra",
            Kind.DATE,
            max_length=30,
            aliases=("ydelse fra dato", "ydelsesstart", "ydelse start", "benefit start", "ydelse siden"),
        ),
        Column(
            "unit",
            "Enhed",
            Kind.CHOICE,
            max_length=100,
            choices="unit",
            unknown=Reason.UNKNOWN_UNIT,
            aliases=("team", "enhed/team", "afdeling"),
        ),
        Column(
            "protected_address",
            "Adressebeskyttelse",
            Kind.BOOLEAN,
            max_length=20,
            aliases=("beskyttet adresse", "navne- og adressebeskyttelse", "adressebeskyttet", "address protection"),
        ),
    ),
    key=("cpr",),
    derived=(birth_dates(pl.col("cpr")).alias("birth_date"), replacements(pl.col("cpr")).alias("replacement")),
)

SPELLS = Spec(
    name="spells",
    label="Perioder",
    columns=(
        _CPR,
        Column(
            "kind",
            "Type",
            Kind.CHOICE,
            required=True,
            max_length=100,
            choices="spell_kind",
            aliases=("periodetype", "ydelse", "ydelsestype", "art", "benefit"),
        ),
        Column(
            "start",
            "Fra",
            Kind.DATE,
            required=True,
            max_length=30,
            aliases=("start", "startdato", "fra dato", "begyndt", "from"),
        ),
        Column(
            "end",
            "Til",
            Kind.OPEN_DATE,
            expected=True,
            max_length=30,
            aliases=("slut", "slutdato", "til dato", "ophørt", "to", "ophørsdato"),
        ),
    ),
    key=("cpr", "kind", "start"),
    row_checks=(_end_before_start("start", "end"),),
    derived=(_until("end"),),
    period=Period(group=("cpr", "kind"), start="start", end="end"),
)

VISITATIONS = Spec(
    name="visitations",
    label="Godkendelser til fleksjob",
    columns=(
        _CPR,
        Column(
            "approved_on",
            "Godkendt til fleksjob",
            Kind.DATE,
            required=True,
            max_length=30,
            aliases=("godkendt", "godkendelsesdato", "visiteret", "visitationsdato", "visited_on", "approved on"),
        ),
        Column(
            "ended_on",
            "Sidste dag",
            Kind.OPEN_DATE,
            max_length=30,
            aliases=("ophørt", "ophørsdato", "slutdato", "slut", "til", "ended on"),
        ),
    ),
    key=("cpr", "approved_on"),
    row_checks=(_end_before_start("approved_on", "ended_on"),),
    derived=(_until("ended_on"),),
)

EMPLOYERS = Spec(
    name="employers",
    label="Virksomheder",
    columns=(
        _CVR,
        _P_NUMBER,
        Column(
            "name",
            "Virksomhed",
            required=True,
            aliases=("navn", "virksomhedsnavn", "firma", "firmanavn", "company", "company name", "arbejdsplads"),
        ),
        _ADDRESS,
        _POSTAL_CODE,
        _CITY,
        Column(
            "industry_code",
            "Branchekode",
            Kind.INDUSTRY_CODE,
            max_length=10,
            aliases=("branche", "db07", "db25", "hovedbranche", "industry"),
        ),
        Column(
            "employees",
            "Ansatte",
            Kind.INTEGER,
            max_length=20,
            least=0,
            most=10_000_000,
            aliases=("antal ansatte", "medarbejdere", "antal medarbejdere", "årsværk"),
        ),
        Column(
            "sector",
            "Sektor",
            Kind.CHOICE,
            max_length=50,
            choices="sector",
            unknown=Reason.UNKNOWN_SECTOR,
            aliases=("privat/offentlig", "offentlig/privat", "sektortype"),
        ),
        _PHONE,
        _EMAIL,
        # Beyond the fixed columns: a file may have them, and the mapping may point at them (EMP-01).
        Column(
            "municipality_code",
            "Kommunekode",
            Kind.MUNICIPALITY,
            max_length=10,
            aliases=("kommunenr", "kommunenummer", "beliggenhedskommune", "municipality"),
        ),
        Column(
            "short_educated_jobs",
            "Job for kortuddannede",
            Kind.INTEGER,
            max_length=20,
            least=0,
            most=10_000_000,
            aliases=("kortuddannede", "ufaglærte job", "antal ufaglærte", "job til ufaglærte", "short educated jobs"),
        ),
        Column(
            "absence_percent",
            "Sygefravær i procent",
            Kind.DECIMAL,
            max_length=20,
            least=0,
            most=100,
            aliases=("sygefravær", "sygefraværsprocent", "fraværsprocent", "absence percent"),
        ),
    ),
    key=("cvr", "p_number"),
)

PLACES = Spec(
    name="places",
    label="Pladser",
    columns=(
        _CVR,
        _P_NUMBER,
        Column(
            "kind",
            "Type",
            Kind.CHOICE,
            required=True,
            max_length=100,
            choices="place_kind",
            aliases=("pladstype", "art", "type plads", "forløbstype"),
        ),
        Column(
            "title", "Stilling", required=True, aliases=("titel", "stillingsbetegnelse", "funktion", "job", "job title")
        ),
        Column(
            "tasks", "Opgaver", max_length=2000, multiline=True, aliases=("arbejdsopgaver", "opgave", "beskrivelse")
        ),
        Column(
            "hours_min",
            "Timer min.",
            Kind.DECIMAL,
            max_length=20,
            least=0,
            most=168,
            aliases=("timer fra", "mindste timetal", "min timer", "timer minimum", "minimum hours"),
        ),
        Column(
            "hours_max",
            "Timer maks.",
            Kind.DECIMAL,
            max_length=20,
            least=0,
            most=168,
            aliases=("timer max", "timer til", "højeste timetal", "max timer", "maks timer", "timer", "timer pr uge"),
        ),
        Column(
            "capacity",
            "Antal pladser",
            Kind.INTEGER,
            max_length=20,
            least=1,
            most=10_000,
            aliases=("pladser", "antal", "kapacitet", "number of places"),
        ),
        Column(
            "from",
            "Fra",
            Kind.DATE,
            required=True,
            max_length=30,
            aliases=("start", "startdato", "fra dato", "ledig fra"),
        ),
        Column(
            "to", "Til", Kind.OPEN_DATE, max_length=30, aliases=("slut", "slutdato", "til dato", "end", "ledig til")
        ),
        Column(
            "accommodates",
            "Tager hensyn til",
            max_length=1000,
            multiline=True,
            aliases=("hensyn", "tages hensyn til", "det kan der tages hensyn til", "rummer"),
        ),
        Column(
            "contact_name",
            "Kontaktperson",
            aliases=("kontakt", "kontaktnavn", "kontaktpersons navn", "contact", "contact person"),
        ),
        Column(
            "contact_phone",
            "Kontakt telefon",
            Kind.PHONE,
            max_length=30,
            aliases=(
                "kontakttelefon",
                "kontaktpersons telefon",
                "telefon",
                "tlf",
                "telefonnummer",
                "phone",
                "kontakt tlf",
            ),
        ),
    ),
    key=("p_number", "kind", "title", "from"),
    row_checks=(
        _end_before_start("from", "to"),
        RowCheck(
            "hours_max",
            Reason.HOURS_MAX_BELOW_MIN,
            pl.col("hours_max") < pl.col("hours_min"),
            pl.col("hours_min").cast(pl.String).str.strip_suffix(".0").str.replace(".", ",", literal=True),
        ),
    ),
    derived=(_until("to"),),
)

SPECS: dict[str, Spec] = {spec.name: spec for spec in (CITIZENS, SPELLS, VISITATIONS, EMPLOYERS, PLACES)}
