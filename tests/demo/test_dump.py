"""A real backup of the demo, read as a thief would read it: no CPR number, no health, nothing confidential (CIT-09, GOV-08)."""

import datetime as dt
import re
import subprocess

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from tests.core.test_files import PDF

from jobformidler.casework import actions as casework
from jobformidler.casework.models import Case, Enquiry
from jobformidler.citizens.actions import add_impairment
from jobformidler.citizens.models import Citizen
from jobformidler.core import clock, db
from jobformidler.core.models import Municipality

SECRET = {
    "meaning": "kan staa op i to timer ad gangen",
    "options": "siddende opgaver ved vinduet",
    "diagnosis": "slidgigt i venstre knae",
    "note": "sparring om samarbejdet med moderen",
    "incident": "gik hjem med hovedpine",
    "file": "laegebrev om knaeet",
}
LIKE_CPR = re.compile(r"(?<![0-9A-Za-z.:+])([0-9]{6})[- ]?([0-9]{4})(?![0-9A-Za-z])")


def dumped(database: str) -> str:
    """What `pg_dump` as the backup role writes, and the role is the one that can."""
    place = connection.settings_dict
    command = ["pg_dump", "-h", place["HOST"], "-U", "jf_backup", database]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def written(fresh_demo):
    """A clone of the demo in which somebody has written what is confidential, in every way there is."""
    municipality = Municipality.objects.get(is_demo=True)
    with db.enter(municipality, reason="test"):
        case = Case.objects.open().order_by("pk").first()
        by = {"by": None, "at": clock.now()}
        row = add_impairment(
            citizen=case.citizen,
            meaning=SECRET["meaning"],
            options=SECRET["options"],
            diagnosis=SECRET["diagnosis"],
            **by,
        )
        row.history.count()
        casework.write_note(case=case, text=SECRET["note"], confidential=True, **by)
        casework.report_incident(
            case=case, kind="sickness", on=clock.today(), what=SECRET["incident"], reporter="Line", **by
        )
        upload = SimpleUploadedFile(f"{SECRET['file']}.pdf", PDF)
        casework.add_document(case=case, upload=upload, kind="medical", **by)
        numbers = [str(number) for number in Citizen.objects.values_list("cpr", flat=True)]
        messages = [str(text) for text in Enquiry.objects.values_list("text", flat=True)]
    return fresh_demo, numbers, messages


def test_a_backup_holds_no_cpr_number_no_health_and_nothing_confidential(written):
    database, numbers, messages = written
    assert len(numbers) >= 40
    assert messages
    text = dumped(database)
    assert "citizens_citizen" in text
    assert [number for number in numbers if number in text or f"{number[:6]}-{number[6:]}" in text] == []
    assert [words for words in (*SECRET.values(), *messages) if words in text or words.encode().hex() in text] == []
    found = {"".join(parts) for parts in LIKE_CPR.findall(text)}
    assert {number for number in found if _could_be(number)} == set()


def _could_be(number: str) -> bool:
    """Whether the ten digits are the number of somebody, replacement numbers (day + 60) included."""
    day, month = int(number[:2]), int(number[2:4])
    try:
        dt.date(2000 + int(number[4:6]), month, day - 60 if day > 60 else day)
    except ValueError:
        return False
    return True
