"""What is quarantined, with which sentence, and that nothing is lost."""

from datetime import date

import polars as pl
import pytest
from tests.core.tabular.build import CONTEXT, read_bytes, read_text, reasons

from jobformidler.core.tabular import (
    CITIZENS,
    EMPLOYERS,
    PLACES,
    SPECS,
    SPELLS,
    Context,
    Reason,
    propose,
    read_all,
    sentence,
)
from jobformidler.core.tabular.reasons import SENTENCES

CITIZEN_HEAD = "cpr;first_name;last_name;municipality_code;benefit;email;phone;unit;protected_address;city\n"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("310299-1234;Mona;Havtorn;;;;;;;", [("cpr", "Datoen i CPR-nummeret findes ikke.")]),
        ("010126-4123;Mona;Havtorn;;;;;;;", None),
        ("241126-4123;Mona;Havtorn;;;;;;;", [("cpr", "Fødselsdatoen i CPR-nummeret ligger efter 23-11-2026.")]),
        ("711180-0001;;Havtorn;;;;;;;", [("first_name", "Feltet er tomt, men skal udfyldes.")]),
        ("711180-0001;Mona;Havtorn;851;;;;;;", [("municipality_code", "Kommunekoden «851» kendes ikke.")]),
        ("711180-0001;Mona;Havtorn;;Borgerløn;;;;;", [("benefit", "Ydelsen «Borgerløn» kendes ikke.")]),
        ("711180-0001;Mona;Havtorn;;KONTANTHJAELP;;;;;", None),
        ("711180-0001;Mona;Havtorn;;;mona@;;;;", [("email", "«mona@» er ikke en e-mailadresse.")]),
        ("711180-0001;Mona;Havtorn;;;mona@fjordby.example;+45 00 00 00 21;;;", None),
        ("711180-0001;Mona;Havtorn;;;;ring;;;", [("phone", "«ring» er ikke et telefonnummer.")]),
        ("711180-0001;Mona;Havtorn;;;;;Team Syd;;", [("unit", "Enheden «Team Syd» kendes ikke.")]),
        ("711180-0001;Mona;Havtorn;;;;;;måske;", [("protected_address", "Skriv ja eller nej. Der står «måske».")]),
        ("711180-0001;Mona;Havtorn;;;;;;;" + "b" * 101, [("city", "Teksten er for lang. Der er plads til 100 tegn.")]),
        (
            "x;;Havtorn;851;;;;;;",
            [
                ("cpr", "CPR-nummeret skal have 10 cifre."),
                ("first_name", "Feltet er tomt, men skal udfyldes."),
                ("municipality_code", "Kommunekoden «851» kendes ikke."),
            ],
        ),
    ],
)
def test_a_citizen_row_is_accepted_or_every_fault_is_told(row, expected):
    result = read_text(CITIZEN_HEAD + row + "\n", CITIZENS)
    assert [(problem.field, problem.sentence) for problem in result.problems()] == (expected or [])
    assert result.good.height == (expected is None)
    assert result.read == result.good.height + result.quarantined == 1


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("99000024;9900000023;Lager", [("cvr", "CVR-nummeret «99000024» har et forkert kontrolciffer.")]),
        ("990000;9900000023;Lager", [("cvr", "CVR-nummeret «990000» skal have 8 cifre.")]),
        ("99000023;990000002;Lager", [("p_number", "P-nummeret «990000002» skal have 10 cifre.")]),
    ],
)
def test_an_employer_row_with_a_wrong_number_is_quarantined(row, expected):
    result = read_text("cvr;p_number;name\n" + row, EMPLOYERS)
    assert [(problem.field, problem.sentence) for problem in result.problems()] == expected


def test_an_unknown_kind_of_place_is_quarantined():
    result = read_text(
        "cvr;p_number;kind;title;from\n99000023;9900000023;Ferie;Lager;01-11-2026\n99000023;9900000023;smaajob;Lager;01-11-2026\n",
        PLACES,
    )
    assert reasons(result) == [(2, "kind", "unknown_kind")]
    assert result.good["kind"].to_list() == ["small_job"]


def test_the_first_line_with_a_key_wins_and_later_ones_name_it():
    result = read_text(
        "cvr;p_number;name\n99000023;9900000023;A\n99000023;9900000024;B\nDK99000023;9900000023;C\n99000023;9900000023;D\n",
        EMPLOYERS,
    )
    assert result.good["name"].to_list() == ["A", "B"]
    assert [(problem.line, problem.sentence) for problem in result.problems()] == [
        (4, "Den samme post står allerede i linje 2."),
        (5, "Den samme post står allerede i linje 2."),
    ]


def test_a_faulty_row_takes_no_key():
    result = read_text("cvr;p_number;name\n99000023;9900000023;\n99000023;9900000023;B\n", EMPLOYERS)
    assert result.good["name"].to_list() == ["B"]


def _spells(*periods: tuple[str, str]) -> str:
    return "cpr;kind;start;end\n" + "".join(f"711180-0001;barsel;{start};{end}\n" for start, end in periods)


def test_a_later_period_that_overlaps_is_quarantined_and_one_overlapping_only_that_is_not():
    result = read_text(
        _spells(("2026-03-01", "2026-04-30"), ("2026-01-15", "2026-03-15"), ("2026-01-01", "2026-01-31")), SPELLS
    )
    assert result.good["line"].to_list() == [2, 4]
    assert [(problem.line, problem.sentence) for problem in result.problems()] == [
        (3, "Perioden overlapper en periode af samme type i linje 4.")
    ]


def test_an_open_period_overlaps_every_later_one_and_sharing_a_day_is_overlapping():
    result = read_text(_spells(("2026-01-01", ""), ("2026-05-01", "2026-06-01"), ("2025-12-01", "2026-01-01")), SPELLS)
    # The December period ends on the first day of the open one, so the open one is refused and May is not.
    assert reasons(result) == [(2, "start", "overlap_in_file")]
    later = read_text(_spells(("2026-01-01", ""), ("2026-05-01", "2026-06-01")), SPELLS)
    assert reasons(later) == [(3, "start", "overlap_in_file")]
    assert not reasons(read_text(_spells(("2026-01-01", "2026-01-31"), ("2026-02-01", "")), SPELLS))


def test_other_kinds_and_other_people_do_not_overlap():
    text = "cpr;kind;start;end\n711180-0001;Barsel;01-01-2026;\n"
    text += "711180-0001;Ledighedsydelse;01-02-2026;\n711180-0002;Barsel;01-02-2026;\n"
    assert read_text(text, SPELLS).good.height == 3


def test_a_check_against_the_database_moves_rows_to_quarantine_with_their_cells(tmp_path):
    text = "note;cpr;kind;start;end\na;711180-0001;barsel;01-01-2026;\nb;711180-0002;barsel;01-01-2026;\n"
    path = tmp_path / "x.csv"
    path.write_text(text)
    result = read_all(path, SPELLS, CONTEXT)
    stranger = result.good.filter(pl.col("cpr") == "7111800002").select(
        "line",
        field=pl.lit("cpr"),
        reason=pl.lit(Reason.NOT_A_CITIZEN_HERE.value),
        value=pl.lit(None, dtype=pl.String),
        limit=pl.lit(None, dtype=pl.String),
    )
    after = result.reject(stranger)
    assert (after.read, after.good.height, after.quarantined) == (2, 1, 1)
    assert after.rows["raw"].to_list() == [["b", "711180-0002", "barsel", "01-01-2026", ""]]
    assert [p.sentence for p in after.problems()] == ["Personen findes ikke som borger i kommunen."]
    with pytest.raises(ValueError, match="not among"):
        after.reject(stranger)


def test_lists_that_are_not_given_are_not_checked():
    result = read_bytes(
        b"cpr;kind;start;end\n711180-0001;Hvad som helst;01-01-2026;\n", SPELLS, None, Context(day=date(2026, 1, 1))
    )
    assert result.good["kind"].to_list() == ["Hvad som helst"]


def test_a_file_with_a_header_only_has_no_rows():
    result = read_text("cpr;kind;start;end\n", SPELLS)
    assert (result.read, result.good.height, result.quarantined) == (0, 0, 0)
    assert result.good.schema["until"] == pl.Date


def test_progress_is_told_as_lines_read(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(_spells(("2026-01-01", "2026-01-02"), ("2026-02-01", "2026-02-02")))
    told: list[int] = []
    read_all(path, SPELLS, CONTEXT, progress=told.append)
    assert told[-1] == 2


def test_every_reason_has_a_danish_sentence_without_exclamation_or_leftover_braces():
    assert set(SENTENCES) == set(Reason)
    for reason in Reason:
        text = sentence(reason, "x", "7")
        assert text.endswith(".")
        assert "!" not in text
        assert "{" not in text


def test_no_sentence_repeats_a_cpr_number():
    for row in ("310299-1234", "3102991234", "711180-000", "241126-4123"):
        result = read_text(CITIZEN_HEAD + row + ";Mona;Havtorn;;;;;;;\n", CITIZENS)
        assert all(row not in problem.sentence and row[:6] not in problem.sentence for problem in result.problems())
        assert result.quarantined == 1


def test_unknown_headers_are_proposed_by_likeness_and_each_column_only_once():
    header = ["Borgerens fornavn", "Efternavnet", "Personnummer", "Skostørrelse", "fornavnet", "Note"]
    found = {
        proposal.header: (proposal.canonical, proposal.how) for proposal in propose(header, CITIZENS, {"Note": ""})
    }
    assert found["Efternavnet"] == ("last_name", "close")
    assert found["Personnummer"] == ("cpr", "known")
    assert found["Skostørrelse"] == (None, "unknown")
    assert found["Note"] == (None, "saved")
    assert [canonical for canonical, _how in found.values()].count("first_name") == 1


@pytest.mark.parametrize(
    ("spec", "header", "canonical"),
    [
        ("citizens", "CPR NR", "cpr"),
        ("citizens", "Enhed/Team", "unit"),
        ("citizens", "Navne- og adressebeskyttelse", "protected_address"),
        ("citizens", "Forsoergelse", "benefit"),
        ("spells", "Til dato", "end"),
        ("employers", "ANTAL ANSATTE", "employees"),
        ("employers", "Navn", "name"),
        ("places", "Timer max", "hours_max"),
        ("places", "tager hensyn til:", "accommodates"),
        ("places", "hours_min", "hours_min"),
    ],
)
def test_danish_and_english_headers_are_known_in_any_spelling(spec, header, canonical):
    assert propose([header], SPECS[spec])[0].canonical == canonical


@pytest.mark.parametrize("name", list(SPECS))
def test_canonical_names_labels_and_aliases_of_a_file_never_contradict_each_other(name):
    spec = SPECS[name]
    for column in spec.columns:
        for header in (column.name, column.label, column.name.replace("_", " ").title()):
            assert propose([header], spec)[0].canonical == column.name, header
