"""Files with the habits of Danish spreadsheets are read as their users meant them."""

import csv
from datetime import date

import pytest
from tests.core.tabular.build import encoded, read_bytes, read_text, reasons

from jobformidler.core.tabular import CITIZENS, EMPLOYERS, PLACES, SPELLS, FileError, Reason, open_table

PEOPLE = [
    ["Efternavn", "CPR-nr.", "Fornavn", "By", "Adressebeskyttelse", "Kommunekode", "Ydelse", "Ydelse fra"],
    ["Havtorn", "711180-0001", "Mona", "Fjordby Ø", "nej", "999", "Kontanthjælp", "01-08-2026"],
    ["Mosebølle", "101700001", "Karin", "Ålbæk", "Ja", "0999", "ledighedsydelse", "1.11.2025"],
]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_any_delimiter_and_encoding_gives_the_same_rows(delimiter, encoding, quoting):
    result = read_bytes(encoded(PEOPLE, delimiter=delimiter, encoding=encoding, quoting=quoting), CITIZENS)
    assert (result.read, result.quarantined) == (2, 0)
    assert result.good.select(
        "line",
        "cpr",
        "last_name",
        "city",
        "protected_address",
        "municipality_code",
        "benefit",
        "benefit_from",
        "birth_date",
    ).rows() == [
        (2, "7111800001", "Havtorn", "Fjordby Ø", False, "999", "kontanthjaelp", date(2026, 8, 1), date(1980, 11, 11)),
        (3, "0101700001", "Mosebølle", "Ålbæk", True, "999", "ledighedsydelse", date(2025, 11, 1), date(1970, 1, 1)),
    ]
    assert result.good["replacement"].to_list() == [True, False]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_line_ending_is_read_and_the_last_line_needs_none(ending):
    text = ending.join(
        ["cpr,kind,start,end", "711180-0001,barsel,2026-01-01,", "711180-0001,barsel,2026-03-01,2026-02-01"]
    )
    result = read_text(text, SPELLS)
    assert reasons(result) == [(3, "end", "end_before_start")]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01-02-2026", date(2026, 2, 1)),
        ("1.2.2026", date(2026, 2, 1)),
        ("01/02/2026", date(2026, 2, 1)),
        ("2026-02-01", date(2026, 2, 1)),
        ("20260201", date(2026, 2, 1)),
        ("2026-02-01T00:00:00", date(2026, 2, 1)),
        ("2026-02-01 00:00:00.000", date(2026, 2, 1)),
        ("01-02-2026 00:00", date(2026, 2, 1)),
        ("46054", date(2026, 2, 1)),
        ("01-02-26", None),
        ("30-02-2026", None),
        ("2026-13-01", None),
        ("01-02-0226", None),
        ("31-12-9999", None),
        ("01-02-2026 14:30", None),
        ("i går", None),
    ],
)
def test_dates_are_read_in_every_way_users_write_them(text, day):
    result = read_text(f"cpr;kind;start;end\n711180-0001;barsel;{text};\n", SPELLS)
    if day is None:
        assert reasons(result) == [(2, "start", "bad_date")]
    else:
        assert result.good["start"].to_list() == [day]


def test_year_9999_as_last_day_means_still_open():
    result = read_text("cpr;kind;start;end\n711180-0001;barsel;01-02-2026;31-12-9999\n", SPELLS)
    assert result.good.select("end", "until").row(0) == (None, None)


def test_a_last_day_is_inclusive_and_the_day_after_stands_beside_it():
    result = read_text("cpr;kind;start;end\n711180-0001;barsel;01-02-2026;01-02-2026\n", SPELLS)
    assert result.good.select("end", "until").row(0) == (date(2026, 2, 1), date(2026, 2, 2))


def test_hours_have_a_decimal_comma():
    head = "CVR-nr.;P-nr.;Type;Titel;Timer min;Timer max;Antal pladser;Fra\n"
    row = "99000023;9900000023;Praktik;Lagermedarbejder;{};{};{};01-11-2026\n"
    result = read_text(head + row.format("2,5", "37.0", "4"), PLACES)
    assert result.good.select("hours_min", "hours_max", "capacity").row(0) == (2.5, 37.0, 4)
    assert reasons(read_text(head + row.format("10", "2,5", "1"), PLACES)) == [(2, "hours_max", "hours_max_below_min")]
    assert reasons(read_text(head + row.format("to", "1,2,3", "0"), PLACES)) == [
        (2, "hours_min", "bad_number"),
        (2, "hours_max", "bad_number"),
        (2, "capacity", "number_too_small"),
    ]
    assert reasons(read_text(head + row.format("1", "1.250", "1,5"), PLACES)) == [
        (2, "hours_max", "number_too_large"),
        (2, "capacity", "bad_whole_number"),
    ]


def test_employees_may_have_a_thousands_point_and_codes_their_lost_zeros_back():
    result = read_text(
        "cvr;p_number;name;Antal ansatte;Sektor;Branchekode;Postnr\n"
        "DK99000058;9900000058;Solkrogen;1.200;Offentlig;11100;800\n",
        EMPLOYERS,
    )
    assert result.good.select("cvr", "employees", "sector", "industry_code", "postal_code").row(0) == (
        "99000058", 1200, "public", "011100", "0800",
    )  # fmt: skip


def test_line_numbers_are_those_of_the_file_with_blank_lines_and_line_breaks_in_cells():
    text = (
        "CVR-nr.;P-nr.;Type;Stilling;Opgaver;Fra\r\n"
        '99000023;9900000023;Praktik;Lager;"Modtage varer\r\nSætte ""nye"" skilte; rydde op";01-11-2026\r\n'
        ";;;;;\r\n"
        "\r\n"
        "99000023;99;Praktik;Lager;;01-11-2026\r\n"
    )
    result = read_text(text, PLACES)
    assert result.good.select("line", "tasks").row(0) == (2, 'Modtage varer\nSætte "nye" skilte; rydde op')
    assert reasons(result) == [(6, "p_number", "bad_p_number")]
    assert result.read == 2


def test_a_stray_quote_costs_its_own_line_only():
    rows = [f"711180-0001;barsel;{day:02d}-01-2026;{day:02d}-01-2026" for day in range(1, 9)]
    rows[2] = '711180-0001;"barsel;03-01-2026;03-01-2026'
    rows[5] = '711180-0001;"barsel";06-01-2026;06-01-2026'
    result = read_text("cpr;kind;start;end\n" + "\n".join(rows), SPELLS)
    assert reasons(result) == [(4, "", "broken_quotes")]
    assert (result.read, result.good.height) == (8, 7)


def test_a_quote_inside_a_cell_is_just_a_character():
    text = 'cvr;p_number;name\n99000023;9900000023;Rør 12" og mere\n'
    assert read_text(text, EMPLOYERS).good["name"].to_list() == ['Rør 12" og mere']


def test_a_line_with_another_number_of_fields_is_quarantined_and_the_rest_go_on():
    result = read_text(
        "cpr;kind;start;end\n711180-0001;barsel;01-01-2026\n711180-0001;barsel;01-01-2026;;\n711180-0001;barsel;01-01-2026;\n",
        SPELLS,
    )
    assert [(problem.line, problem.sentence) for problem in result.problems()] == [
        (2, "Linjen har 3 felter, men overskriften har 4."),
        (3, "Linjen har 5 felter, men overskriften har 4."),
    ]
    assert result.good["line"].to_list() == [4]


def test_an_undecodable_byte_costs_its_own_line_only():
    good = encoded(PEOPLE[:2], encoding="utf-8")
    data = good + b"S\xf8rensen;610180-0001;Bo;;;;;\r\n" + "Ærø;620180-0001;Åse;;;;;\r\n".encode()
    result = read_bytes(data, CITIZENS)
    assert reasons(result) == [(3, "last_name", "broken_encoding")]
    assert result.good["last_name"].to_list() == ["Havtorn", "Ærø"]


def test_utf8_letters_in_a_windows_file_are_not_read_as_two_characters():
    data = (
        encoded(PEOPLE * 1, encoding="cp1252")
        + "Sørensen;610180-0001;Bo;;;;;\r\n".encode()
        + b"\x81;620180-0001;A;;;;;\r\n"
    )
    result = read_bytes(data, CITIZENS)
    assert reasons(result) == [(4, "last_name", "broken_encoding"), (5, "last_name", "broken_encoding")]


def test_nul_cannot_reach_the_database():
    result = read_text("cpr;first_name;last_name\n711180-0001;Mo\0na;Havtorn\n", CITIZENS)
    assert reasons(result) == [(2, "first_name", "broken_encoding")]


def test_decomposed_letters_and_stray_spaces_become_plain_text():
    result = read_text("cpr;first_name;last_name\n711180-0001;\u00a0A\u030ase \t; Havtorn\n", CITIZENS)
    assert result.good["first_name"].to_list() == ["Åse"]


def test_a_title_above_the_header_and_a_sep_line_are_passed_over():
    text = "sep=;\nUdtræk af perioder;;;\n\nCPR-nr.;Type;Start;Slut\n711180-0001;Barsel;01-01-2026;\nx;Barsel;01-01-2026;\n"
    assert reasons(read_text(text, SPELLS)) == [(6, "cpr", "bad_cpr")]


def test_other_headers_are_read_through_a_saved_mapping():
    text = "Person;Hvad;Begyndelse;Ophør;Note\n711180-0001;Barsel;01-01-2026;02-01-2026;x\n"
    mapping = {"person": "cpr", "HVAD": "kind", "Begyndelse": "start", "Ophør": "end", "Note": ""}
    assert read_text(text, SPELLS, mapping).good.height == 1
    with pytest.raises(FileError) as caught:
        read_text(text, SPELLS)
    assert caught.value.reason is Reason.NO_HEADER


def test_a_missing_column_names_what_is_missing_and_what_was_found():
    with pytest.raises(FileError) as caught:
        read_text("CPR-nr.;Type;Noget\n711180-0001;Barsel;x\n", SPELLS)
    assert caught.value.missing == ("start", "end")
    assert caught.value.found == ("CPR-nr.", "Type", "Noget")
    assert str(caught.value) == "Filen mangler kolonnerne «Fra», «Til». Fundet: CPR-nr., Type, Noget."


def test_two_columns_for_the_same_thing_are_asked_about_and_settled_by_the_mapping():
    text = "CVR-nr.;P-nr.;Virksomhed;Navn\n99000023;9900000023;Trælast;Torben\n"
    with pytest.raises(FileError) as caught:
        read_text(text, EMPLOYERS)
    assert caught.value.reason is Reason.AMBIGUOUS_COLUMN
    assert read_text(text, EMPLOYERS, {"Virksomhed": "name"}).good["name"].to_list() == ["Trælast"]


def test_columns_the_file_does_not_have_stay_unknown_and_empty_ones_do_not():
    result = read_text("cpr;first_name;last_name;phone\n711180-0001;Mona;Havtorn;\n", CITIZENS)
    assert result.good["protected_address"].to_list() == [None]
    assert result.present == {"cpr", "first_name", "last_name", "phone"}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY_FILE),
        (b"\r\n\r\n", Reason.EMPTY_FILE),
        (b"%PDF-1.7 ...", Reason.NOT_A_TABLE),
        (b"<html><table><tr><td>CPR</td></tr></table></html>", Reason.NOT_A_TABLE),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, Reason.OLD_EXCEL),
    ],
)
def test_a_file_that_is_no_table_says_so(tmp_path, data, reason):
    path = tmp_path / "file"
    path.write_bytes(data)
    with pytest.raises(FileError) as caught:
        open_table(path, CITIZENS)
    assert caught.value.reason is reason


def test_blocks_smaller_than_the_file_change_nothing(tmp_path, monkeypatch):
    rows = [["cvr", "p_number", "name"]] + [
        ["99000023", f"99{number:08d}", f'Ærlig "& {number}"\nog søn' if number % 3 else f"Å {number}"]
        for number in range(300)
    ]
    for encoding in ("utf-8", "cp1252", "utf-16"):
        path = tmp_path / encoding
        path.write_bytes(encoded(rows, encoding=encoding))
        whole = open_table(path, EMPLOYERS)
        expected = [row for batch in whole.batches() for row in batch.cells.rows()]
        monkeypatch.setattr("jobformidler.core.tabular.decode.BLOCK", 97)
        small = [row for batch in open_table(path, EMPLOYERS).batches() for row in batch.cells.rows()]
        monkeypatch.undo()
        assert small == expected
        assert len(expected) == 300


def test_a_line_without_end_is_refused_before_it_fills_the_memory(tmp_path, monkeypatch):
    path = tmp_path / "x.csv"
    path.write_bytes(b"cpr;kind;start;end\n" + b"x" * 5000)
    table = open_table(path, SPELLS)
    monkeypatch.setattr("jobformidler.core.tabular.decode.BLOCK", 1000)
    with pytest.raises(FileError) as caught:
        list(table.batches())
    assert caught.value.reason is Reason.LINE_TOO_LONG
    assert str(caught.value) == "Linje 2 er for lang til at være en række i en tabel."


@pytest.mark.parametrize("first", ["x^2", "x\x01", "\x1f"])
def test_text_that_begins_like_a_compressed_stream_is_still_text(first):
    result = read_text(f"{first};cpr;kind;start;end\n;711180-0001;barsel;01-01-2026;\n", SPELLS)
    assert result.good["line"].to_list() == [2]
