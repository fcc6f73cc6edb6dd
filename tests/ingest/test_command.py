"""`jobformidler ingest`: what it prints, how it ends, and the file of refused rows."""

import openpyxl
import pytest
from tests.factories import World
from tests.ingest.conftest import counts

from jobformidler.citizens.models import Citizen
from jobformidler.core import db
from jobformidler.core.models import ColumnMapping, Delivery, Event, QuarantinedRow

GOOD = "711180-0001;Mona;Havtorn;;;;;;;;;;"
BAD = "320180-1234;Umulig;Dato;;;;;;;;;;"


def numbers(answer):
    return {name: answer[name] for name in counts()}


def test_all_good_is_0_and_again_says_that_nothing_changed(world, table, command):
    path = table("citizens", GOOD)
    code, answer = command("citizens", path, "--json")
    assert (code, numbers(answer)) == (0, counts(read=1, inserted=1))
    code, answer = command("citizens", path, "--json")
    assert (code, numbers(answer)) == (0, counts(read=1, unchanged=1))
    code, words = command("citizens", path)
    assert code == 0 and "registreret i forvejen" in words


def test_quarantined_rows_are_1_and_written_with_line_field_and_reason(world, table, command, tmp_path):
    out = tmp_path / "afvist.csv"
    code, answer = command("citizens", table("citizens", BAD, GOOD), "--json", "--quarantine", out)
    assert (code, numbers(answer)) == (1, counts(read=2, inserted=1, quarantined=1))
    assert answer["reasons"] == {"impossible_cpr_date": 1}
    lines = out.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].endswith(";Linje;Felt;Årsag")
    assert lines[1].endswith(";2;CPR-nr.;Datoen i CPR-nummeret findes ikke.")
    row = QuarantinedRow.objects.get()
    assert (row.line, row.delivery_id) == (2, answer["delivery"])


def test_a_corrected_quarantine_file_can_be_read(world, table, command, tmp_path):
    out = tmp_path / "afvist.csv"
    command("citizens", table("citizens", BAD), "--quarantine", out)
    out.write_text(out.read_text(encoding="utf-8-sig").replace("320180-1234", "711180-0009"), encoding="utf-8")
    assert command("citizens", out)[0] == 0
    assert Citizen.objects.get().last_name == "Dato"


@pytest.mark.parametrize(
    ("kind", "text", "word"),
    [
        ("citizens", "cpr;first_name\n711180-0001;Mona\n", "Efternavn"),
        ("spells", "cpr;kind;start\n711180-0001;fleksjob;01-01-2026\n", "Til"),
        ("citizens", "", "tom"),
        ("employers", "PK", "tabel"),
    ],
)
def test_a_file_that_cannot_be_read_is_2_and_nothing_is_written(world, tmp_path, command, kind, text, word):
    path = tmp_path / "fil.csv"
    path.write_text(text)
    code, answer = command(kind, path, "--json")
    assert code == 2
    assert word in answer["error"] and answer["read"] == 0
    assert not Delivery.objects.exists() and not Event.objects.exists()


def test_a_file_that_is_not_there_or_a_folder_that_cannot_be_written_is_2(world, table, command, tmp_path):
    assert command("citizens", tmp_path / "ingen.csv")[0] == 2
    path = table("citizens", GOOD)
    assert command("citizens", path, "--quarantine", tmp_path / "ingen" / "ud.csv")[0] == 2
    assert command("citizens", path, "--quarantine", path)[0] == 2
    assert not Citizen.objects.exists()


def test_a_dry_run_reports_the_same_counts_and_leaves_no_row(world, table, command):
    path = table("citizens", GOOD, BAD)
    code, forecast = command("citizens", path, "--json", "--dry-run")
    assert (code, Citizen.objects.count(), Delivery.objects.count(), QuarantinedRow.objects.count()) == (1, 0, 0, 0)
    assert numbers(command("citizens", path, "--json")[1]) == numbers(forecast)


def test_where_there_are_several_municipalities_one_must_be_named(world, table, command):
    with World(code=101, name="Anden Kommune"):
        pass
    with db.enter(world.municipality, reason="test"):
        path = table("citizens", GOOD)
        assert command("citizens", path)[0] == 2
        assert command("citizens", path, "--municipality", 404)[0] == 2
        assert command("citizens", path, "--municipality", 999)[0] == 0
        assert Citizen.objects.get().municipality == world.municipality


def test_a_saved_mapping_reads_other_headers(world, table, command):
    ColumnMapping.objects.create(
        municipality=world.municipality,
        kind="citizens",
        name="KMD",
        headers={"Nøgle": "cpr", "Kaldenavn": "first_name", "Slægt": "last_name"},
    )
    path = table("citizens", "711180-0001;Mona;Havtorn", header="Nøgle;Kaldenavn;Slægt")
    assert command("citizens", path)[0] == 2
    assert command("citizens", path, "--mapping", "Ukendt")[0] == 2
    assert command("citizens", path, "--mapping", "KMD")[0] == 0


def test_a_workbook_is_read_as_well(world, tmp_path, command):
    book = openpyxl.Workbook()
    book.active.append(["CPR-nr.", "Fornavn", "Efternavn", "Ydelse fra"])
    book.active.append([7111800001, "Mona", "Havtorn", "01-02-2026"])
    book.save(tmp_path / "borgere.xlsx")
    assert numbers(command("citizens", tmp_path / "borgere.xlsx", "--json")[1]) == counts(read=1, inserted=1)


def test_no_cpr_number_is_printed(world, table, command):
    assert "320180" not in str(command("citizens", table("citizens", BAD, "3201801234;A;B;;;;;;;;;;")))


def test_a_file_without_headers_prints_nobodys_number(world, tmp_path, command):
    path = tmp_path / "fil.csv"
    path.write_text("711180-0001;Mona;Havtorn\n")
    code, answer = command("citizens", path, "--json")
    assert code == 2
    assert "711180-xxxx" in answer["error"] and "0001" not in str(answer)
