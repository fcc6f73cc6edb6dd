"""XLSX as users save it, and archives that must not be opened."""

import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from tests.core.tabular.build import CONTEXT, reasons, workbook

from jobformidler.core.tabular import (
    CITIZENS,
    PLACES,
    SPELLS,
    FileError,
    Reason,
    excel,
    open_table,
    read_all,
    write_quarantine,
)

HEAD = ["CPR-nr.", "Type", "Start", "Slut"]


def test_a_workbook_is_read_with_its_own_numbers_dates_and_row_numbers(tmp_path):
    rows = [
        ["Udtræk"],
        [],
        HEAD,
        [101700001, "Barsel", date(2026, 1, 1), datetime(2026, 2, 1)],
        [],
        ["711180-0001", "Ledighedsydelse", "01-02-2026", None],
        ["711180-0001", "Ferie", 46054, None],
    ]
    path = workbook(tmp_path / "x.xlsx", {"Forside": [["Læs mig"]], "Data": rows})
    result = read_all(path, SPELLS, CONTEXT)
    assert result.table.sheet == "Data"
    assert result.good.select("line", "cpr", "kind", "start", "end").rows() == [
        (4, "0101700001", "barsel", date(2026, 1, 1), date(2026, 2, 1)),
        (6, "7111800001", "ledighedsydelse", date(2026, 2, 1), None),
    ]
    assert reasons(result) == [(7, "kind", "unknown_kind")]
    assert write_quarantine(result, tmp_path / "q.csv") == 1
    assert "711180-0001;Ferie;46054;" in (tmp_path / "q.csv").read_text("utf-8-sig")


def test_cells_keep_their_meaning(tmp_path):
    head = ["", "CVR-nr.", "P-nr.", "Type", "Titel", "Timer min", "Timer max", "Antal", "Fra"]
    row = [None, 99000023, 9900000023, "Praktik", "Lager", 2.5, 37, 2, date(2026, 11, 1)]
    result = read_all(workbook(tmp_path / "x.xlsx", {"A": [head, row]}), PLACES, CONTEXT)
    assert result.good.select("cvr", "p_number", "hours_min", "hours_max", "capacity").rows() == [
        ("99000023", "9900000023", 2.5, 37.0, 2)
    ]
    people = [["cpr", "fornavn", "efternavn", "adressebeskyttelse"], ["711180-0001", "Mona", "Havtorn", True]]
    result = read_all(workbook(tmp_path / "y.xlsx", {"A": people}), CITIZENS, CONTEXT)
    assert result.good["protected_address"].to_list() == [True]


def test_hidden_sheets_are_passed_over(tmp_path):
    path = workbook(
        tmp_path / "x.xlsx", {"Gammel": [HEAD, ["x"]], "Ny": [HEAD, ["711180-0001", "Barsel", "01-01-2026"]]}
    )
    book = openpyxl.load_workbook(path)
    book["Gammel"].sheet_state = "hidden"
    book.active = 1
    book.save(path)
    assert read_all(path, SPELLS, CONTEXT).table.sheet == "Ny"


def test_a_missing_column_in_a_workbook_is_told(tmp_path):
    with pytest.raises(FileError) as caught:
        read_all(workbook(tmp_path / "x.xlsx", {"A": [["cpr", "type"], ["x", "y"]]}), SPELLS, CONTEXT)
    assert caught.value.missing == ("start", "end")


def test_an_archive_that_unpacks_beyond_the_limit_is_not_opened(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 3_000_000)
    assert path.stat().st_size < 10_000
    excel.check_size(path)
    with pytest.raises(FileError) as caught:
        excel.check_size(path, unpacked=2_000_000)
    assert caught.value.reason is Reason.EXCEL_TOO_LARGE


def test_an_archive_that_lies_about_its_size_is_refused(tmp_path):
    path = tmp_path / "liar.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 3_000_000)
    size = (3_000_000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (1000).to_bytes(4, "little")))
    with pytest.raises(FileError) as caught:
        open_table(path, SPELLS)
    assert caught.value.reason is Reason.DAMAGED_EXCEL


@pytest.mark.parametrize("cell", ["XFD1048576", "AZ1048576"])
def test_one_cell_far_out_does_not_reserve_all_cells_before_it(tmp_path, cell):
    book = openpyxl.Workbook()
    book.worksheets[0].append(HEAD)
    book.worksheets[0][cell] = "x"
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(FileError) as caught:
        open_table(tmp_path / "x.xlsx", SPELLS)
    assert caught.value.reason is Reason.EXCEL_TOO_LARGE


@pytest.mark.parametrize("content", [b"PK\x03\x04 not an archive at all", b"PK\x03\x04"])
def test_a_damaged_workbook_says_so(tmp_path, content):
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(FileError) as caught:
        open_table(path, SPELLS)
    assert caught.value.reason is Reason.DAMAGED_EXCEL


def test_another_archive_is_no_table(tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "x")
    with pytest.raises(FileError) as caught:
        open_table(path, SPELLS)
    assert caught.value.reason is Reason.NOT_A_TABLE
