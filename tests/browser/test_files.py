"""A register file read in on the screen: what would happen, what happened, and which rows say why not."""

import pytest

pytestmark = pytest.mark.browser

HEADER = "CPR-nr.;Fornavn;Efternavn;Adresse;Postnr.;By;Telefon;E-mail;Ydelse;Ydelse fra;Enhed"
ROWS = (
    "700392-0042;Rosa;Mælkebøtte;Skovvej 4;9990;Fjordby;00 00 00 77;;Sygedagpenge;01-09-2026;Team Havnen",
    "710291-0043;Åse;Tusindfryd;Ærøvej 1;9990;Fjordby;;;Sygedagpenge;01-09-2026;Team Engen",
    "990292-0044;Ib;Kløver;Skovvej 5;9990;Fjordby;;;Sygedagpenge;01-09-2026;Team Havnen",
    "610392-0045;Kaj;Burre;Skovvej 6;9990;Fjordby;;;Ukendt ydelse;01-09-2026;Team Havnen",
)


def test_a_file_from_a_spreadsheet_is_previewed_confirmed_and_its_two_bad_rows_say_why(person, fjordby):
    anders = person("Anders").go("/indlaesning/")
    field = anders.page.locator("input[type=file]")
    content = "\r\n".join([HEADER, *ROWS, ""]).encode("cp1252")
    field.set_input_files({"name": "borgere.csv", "mimeType": "text/csv", "buffer": content})
    anders.choose("Borgere").tap("Se, hvad der sker")
    fjordby.work()
    anders.go(anders.path).sees("Filen har 4 rækker: 2 nye, 2 kan ikke læses ind", "Åse", "Ærøvej 1")
    anders.sees("Datoen i CPR-nummeret findes ikke.", "Ydelsen «Ukendt ydelse» kendes ikke.")
    assert lines(anders) == ["4", "5"]

    anders.tap("Læs 2 rækker ind")
    fjordby.work()
    anders.go(anders.path)
    assert lines(anders) == ["4", "5"]
    anders.sees("Ret dem i det system, filen kommer fra.")
    with anders.page.expect_download() as download:
        anders.page.get_by_role("link", name="Hent rækkerne").click()
    refused = download.value.path().read_bytes().decode("utf-8-sig")
    assert "Ib;Kløver" in refused and "Kaj;Burre" in refused and "Rosa" not in refused
    person("Line").go("/borgere/?vis=uden-sag").sees("Rosa Mælkebøtte")


def lines(someone) -> list[str]:
    """The line numbers of the rows that are not read in."""
    table = someone.page.locator("table", has_text="Hvorfor")
    return [text.strip() for text in table.locator("tbody tr td:first-child").all_inner_texts()]
