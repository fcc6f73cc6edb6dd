"""Why a file or a row was not accepted: one code each, and its Danish sentence.

The command line, the screens and the quarantine file all take their words from here, so a user reads the same sentence
in all three places. A sentence never contains a CPR number.
"""

from enum import StrEnum


class Reason(StrEnum):
    """Code of one fault. Row faults first, then faults found against the database, then faults of the whole file."""

    REQUIRED = "required"
    TOO_LONG = "too_long"
    BROKEN_ENCODING = "broken_encoding"
    WRONG_FIELD_COUNT = "wrong_field_count"
    BROKEN_QUOTES = "broken_quotes"
    BAD_CPR = "bad_cpr"
    IMPOSSIBLE_CPR_DATE = "impossible_cpr_date"
    BIRTH_IN_FUTURE = "birth_in_future"
    BAD_CVR = "bad_cvr"
    BAD_CVR_CHECK_DIGIT = "bad_cvr_check_digit"
    BAD_P_NUMBER = "bad_p_number"
    BAD_DATE = "bad_date"
    BAD_NUMBER = "bad_number"
    BAD_WHOLE_NUMBER = "bad_whole_number"
    NUMBER_TOO_SMALL = "number_too_small"
    NUMBER_TOO_LARGE = "number_too_large"
    BAD_EMAIL = "bad_email"
    BAD_PHONE = "bad_phone"
    BAD_POSTAL_CODE = "bad_postal_code"
    BAD_INDUSTRY_CODE = "bad_industry_code"
    BAD_BOOLEAN = "bad_boolean"
    UNKNOWN_MUNICIPALITY = "unknown_municipality"
    UNKNOWN_BENEFIT = "unknown_benefit"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_SECTOR = "unknown_sector"
    UNKNOWN_UNIT = "unknown_unit"
    END_BEFORE_START = "end_before_start"
    HOURS_MAX_BELOW_MIN = "hours_max_below_min"
    DUPLICATE_KEY = "duplicate_key"
    OVERLAP_IN_FILE = "overlap_in_file"

    NOT_A_CITIZEN_HERE = "not_a_citizen_here"
    OVERLAP_WITH_REGISTERED = "overlap_with_registered"
    DAY_AHEAD = "day_ahead"
    UNKNOWN_P_NUMBER = "unknown_p_number"
    P_NUMBER_OF_OTHER_CVR = "p_number_of_other_cvr"

    EMPTY_FILE = "empty_file"
    NO_HEADER = "no_header"
    MISSING_COLUMN = "missing_column"
    AMBIGUOUS_COLUMN = "ambiguous_column"
    OLD_EXCEL = "old_excel"
    NOT_A_TABLE = "not_a_table"
    DAMAGED_EXCEL = "damaged_excel"
    EXCEL_TOO_LARGE = "excel_too_large"
    LINE_TOO_LONG = "line_too_long"


# {value} is the offending text (shortened), {limit} the bound or the other line it collides with.
SENTENCES: dict[Reason, str] = {
    Reason.REQUIRED: "Feltet er tomt, men skal udfyldes.",
    Reason.TOO_LONG: "Teksten er for lang. Der er plads til {limit} tegn.",
    Reason.BROKEN_ENCODING: "Teksten indeholder tegn, der ikke kan læses.",
    Reason.WRONG_FIELD_COUNT: "Linjen har {value} felter, men overskriften har {limit}.",
    Reason.BROKEN_QUOTES: "Et anførselstegn i linjen er ikke lukket rigtigt.",
    Reason.BAD_CPR: "CPR-nummeret skal have 10 cifre.",
    Reason.IMPOSSIBLE_CPR_DATE: "Datoen i CPR-nummeret findes ikke.",
    Reason.BIRTH_IN_FUTURE: "Fødselsdatoen i CPR-nummeret ligger efter {limit}.",
    Reason.BAD_CVR: "CVR-nummeret «{value}» skal have 8 cifre.",
    Reason.BAD_CVR_CHECK_DIGIT: "CVR-nummeret «{value}» har et forkert kontrolciffer.",
    Reason.BAD_P_NUMBER: "P-nummeret «{value}» skal have 10 cifre.",
    Reason.BAD_DATE: "«{value}» er ikke en dato. Skriv dd-mm-åååå.",
    Reason.BAD_NUMBER: "«{value}» er ikke et tal.",
    Reason.BAD_WHOLE_NUMBER: "«{value}» er ikke et helt tal.",
    Reason.NUMBER_TOO_SMALL: "Tallet {value} er for lille. Det mindste er {limit}.",
    Reason.NUMBER_TOO_LARGE: "Tallet {value} er for stort. Det største er {limit}.",
    Reason.BAD_EMAIL: "«{value}» er ikke en e-mailadresse.",
    Reason.BAD_PHONE: "«{value}» er ikke et telefonnummer.",
    Reason.BAD_POSTAL_CODE: "Postnummeret «{value}» skal have 4 cifre.",
    Reason.BAD_INDUSTRY_CODE: "Branchekoden «{value}» skal have 6 cifre.",
    Reason.BAD_BOOLEAN: "Skriv ja eller nej. Der står «{value}».",
    Reason.UNKNOWN_MUNICIPALITY: "Kommunekoden «{value}» kendes ikke.",
    Reason.UNKNOWN_BENEFIT: "Ydelsen «{value}» kendes ikke.",
    Reason.UNKNOWN_KIND: "Typen «{value}» kendes ikke.",
    Reason.UNKNOWN_SECTOR: "Sektoren «{value}» kendes ikke. Skriv privat eller offentlig.",
    Reason.UNKNOWN_UNIT: "Enheden «{value}» kendes ikke.",
    Reason.END_BEFORE_START: "Slutdatoen ligger før startdatoen {limit}.",
    Reason.HOURS_MAX_BELOW_MIN: "Det højeste timetal er lavere end det laveste, {limit}.",
    Reason.DUPLICATE_KEY: "Den samme post står allerede i linje {limit}.",
    Reason.OVERLAP_IN_FILE: "Perioden overlapper en periode af samme type i linje {limit}.",
    Reason.NOT_A_CITIZEN_HERE: "Personen findes ikke som borger i kommunen.",
    Reason.OVERLAP_WITH_REGISTERED: "Perioden overlapper en registreret periode af samme type fra {limit}.",
    Reason.DAY_AHEAD: "Dagen ligger efter {limit}, da filen blev læst.",
    Reason.UNKNOWN_P_NUMBER: "P-nummeret «{value}» findes ikke blandt virksomhederne.",
    Reason.P_NUMBER_OF_OTHER_CVR: "P-nummeret «{value}» hører til CVR-nummer {limit}.",
    Reason.EMPTY_FILE: "Filen er tom.",
    Reason.NO_HEADER: "Filen har ingen linje med overskrifter, vi kender. Fundet: {value}.",
    Reason.MISSING_COLUMN: "Filen mangler {limit}. Fundet: {value}.",
    Reason.AMBIGUOUS_COLUMN: "Flere kolonner svarer til {limit}: {value}. Vælg, hvilken der skal bruges.",
    Reason.OLD_EXCEL: "Filen er i et gammelt Excel-format eller har adgangskode. Gem den som xlsx eller csv.",
    Reason.NOT_A_TABLE: "Filen er ikke en tabel. Gem den som xlsx eller csv.",
    Reason.DAMAGED_EXCEL: "Excel-filen er beskadiget og kan ikke åbnes.",
    Reason.EXCEL_TOO_LARGE: "Excel-filen fylder for meget udpakket. Gem den som csv, eller del den op.",
    Reason.LINE_TOO_LONG: "Linje {limit} er for lang til at være en række i en tabel.",
}

SHOWN = 60  # characters of an offending value that a sentence repeats


def sentence(reason: str, value: str | None = None, limit: str | None = None) -> str:
    """The Danish sentence for a reason code with its parameters (CIT-01, CIT-02, EMP-01, JOB-01)."""
    return SENTENCES[Reason(reason)].format(value=value or "", limit=limit or "")


class FileError(ValueError):
    """The file as a whole cannot be read; no row was looked at. `str(error)` is the Danish sentence.

    `missing` and `found` list column names where the reason is about columns.
    """

    def __init__(
        self,
        reason: Reason,
        *,
        value: str | None = None,
        limit: str | None = None,
        missing: tuple[str, ...] = (),
        found: tuple[str, ...] = (),
    ) -> None:
        super().__init__(sentence(reason, value, limit))
        self.reason = reason
        self.missing = missing
        self.found = found
