"""The quarantine file can be opened safely, corrected, and read again."""

import csv
import io

from tests.core.tabular.build import encoded, read_bytes, reasons, written_quarantine

from jobformidler.core.tabular import CITIZENS, SPELLS, neutralise


def _rows(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_refused_lines_are_written_with_line_fields_and_reasons(tmp_path):
    rows = [
        ["CPR-nr.", "Note", "Fornavn", "Efternavn"],
        ["7111800001", "a", "Mona", "Havtorn"],
        ["x", "b", "", "Klitrose"],
    ]
    count, data = written_quarantine(encoded(rows, encoding="cp1252"), CITIZENS, tmp_path)
    assert count == 1
    assert _rows(data) == [
        ["CPR-nr.", "Note", "Fornavn", "Efternavn", "Linje", "Felt", "Årsag"],
        [
            "x",
            "b",
            "",
            "Klitrose",
            "3",
            "CPR-nr., Fornavn",
            "CPR-nummeret skal have 10 cifre. Feltet er tomt, men skal udfyldes.",
        ],
    ]


def test_a_corrected_quarantine_file_is_read_again_and_writes_no_second_set_of_columns(tmp_path):
    rows = [
        ["cpr", "first_name", "last_name", "phone"],
        ["x", "Mona", "Havtorn", "+45 00 00 00 21"],
        ["y", "A", "B", ""],
    ]
    _count, data = written_quarantine(encoded(rows), CITIZENS, tmp_path)
    assert b"'+45" in data
    corrected = data.replace(b"\nx;", b"\n711180-0001;")
    again = read_bytes(corrected, CITIZENS)
    assert again.good.select("cpr", "phone").rows() == [("7111800001", "+45 00 00 00 21")]
    _count, second = written_quarantine(corrected, CITIZENS, tmp_path)
    assert _rows(second)[0] == ["cpr", "first_name", "last_name", "phone", "Linje", "Felt", "Årsag"]
    assert len(_rows(second)) == 2


def test_a_line_that_could_not_be_split_keeps_its_text_and_is_refused_until_filled_in(tmp_path):
    data = b'cpr;kind;start;end\n711180-0001;barsel;01-01-2026\nx;barsel;01-01-2026;\n711180-0002;"barsel;1;\n'
    count, out = written_quarantine(data, SPELLS, tmp_path)
    assert count == 3
    table = _rows(out)
    assert table[0] == ["cpr", "kind", "start", "end", "Linje", "Felt", "Årsag", "Linjens tekst"]
    assert table[1][:4] == ["", "", "", ""]
    assert table[1][7] == "711180-0001;barsel;01-01-2026"
    assert table[3][7] == '711180-0002;"barsel;1;'
    again = read_bytes(out, SPELLS)
    assert again.good.height == 0
    assert (2, "cpr", "required") in reasons(again)


def test_no_cell_of_the_file_is_calculated_by_a_spreadsheet(tmp_path):
    rows = [["cpr", "first_name", "last_name", "=NOTE()"], ["x", "=HYPERLINK(1)", "@SUM", "-1"]]
    _count, data = written_quarantine(encoded(rows), CITIZENS, tmp_path)
    for row in _rows(data):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in row)
    assert neutralise("=1") == "'=1"
    assert neutralise("Mona") == "Mona"
