"""A copy of everything held, correction, restriction and expiry."""

import base64
import datetime as dt
import io
import json
import zipfile

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from tests.factories import make_user

from jobformidler.accounts.enums import Role
from jobformidler.casework import actions as casework
from jobformidler.citizens import actions
from jobformidler.citizens.enums import CorrectionStatus, ExportStatus, RelationKind
from jobformidler.citizens.export import left_out, pack, tables
from jobformidler.citizens.export.reading import exported
from jobformidler.citizens.models import DataExport
from jobformidler.citizens.restricted import is_restricted, refuse_restricted
from jobformidler.citizens.tasks import end_exports, make_export
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.core.retention.table import TABLE
from jobformidler.core.retention.ways import about_citizens, histories


@pytest.fixture
def case(world, now):
    return casework.open_case(
        citizen=world.citizen(phone="00 00 00 11"),
        unit=world.unit,
        by=world.peter,
        at=now,
        jobformidler=world.line,
        caseworker=world.peter,
    )


@pytest.fixture
def mona(world, case, day):
    return case.citizen


@pytest.fixture
def herself(world, mona, day):
    user = make_user(world.municipality, "Mona Havtorn", Role.CITIZEN)
    actions.relate(citizen=mona, kind=RelationKind.SELF, user=user, since=day)
    return user


def test_every_table_with_a_way_to_a_citizen_is_in_the_copy_or_left_out_with_a_reason():
    inside = set(exported())
    pasts = histories()
    for model in about_citizens():
        reason = left_out.TABLES.get(model._meta.label)
        assert (model in inside) != bool(reason), model._meta.label
        if model in inside:
            assert str(TABLE[model._meta.label].title), f"{model._meta.label} needs a title people understand"
            assert model not in pasts or pasts[model] in inside
    known = {model._meta.label for model in apps.get_models()}
    assert set(left_out.TABLES) <= known
    assert {name.rsplit(".", 1)[0] for name in left_out.COLUMNS} <= known


def test_the_copy_holds_what_was_written_letters_and_earlier_versions_and_no_secret(world, case, mona, now, day):
    casework.write_note(case=case, text="Mona vil gerne arbejde med træ", by=world.line, at=now)
    casework.report_incident(
        case=case, kind="no_show", on=day, what="Kom ikke", reporter="Naboen Ib", by=world.line, at=now
    )
    actions.edit_citizen(citizen=mona, version=None, phone="00 00 00 12", by=world.line, at=now)
    casework.receive_complaint(case=case, text="Ingen ringer", received_on=day, by=world.line, at=now)
    other = world.citizen("Jonas Klitrose", 2)
    casework.write_note(
        case=casework.open_case(citizen=other, unit=world.unit, by=world.peter, at=now, jobformidler=world.line),
        text="Om en helt anden", by=world.line, at=now,
    )  # fmt: skip
    mona.refresh_from_db()
    data = pack(mona, [table for table in tables(mona) if table.rows], day)
    with zipfile.ZipFile(io.BytesIO(data)) as copy:
        names = copy.namelist()
        assert {"data.json", "oversigt.pdf"} <= set(names)
        assert copy.read("oversigt.pdf").startswith(b"%PDF-")
        (letter,) = [name for name in names if name.startswith("breve/")]
        assert copy.read(letter).startswith(b"%PDF-")
        text = copy.read("data.json").decode()
    found = json.loads(text)["tables"]
    assert found["citizens.citizen"]["rows"][0]["cpr"] == "7111800001"
    assert found["casework.journalnote"]["rows"][0]["text"] == "Mona vil gerne arbejde med træ"
    assert "00 00 00 11" in json.dumps(found["citizens.citizenevent"])
    assert found["casework.assignment"]["rows"][0]["user_id"] == "Line Askeløv"
    for secret in ("Om en helt anden", "Jonas", "Naboen Ib", "cpr_hash", "7111800002"):
        assert secret not in text
    assert json.loads(text)["left_out"]["casework.Incident.reporter"]


def test_a_job_makes_the_copy_encrypted_and_it_expires(world, mona, herself, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    export = actions.ask_export(citizen=mona, by=herself, at=now)
    assert export.from_citizen
    with pytest.raises(ActionError):  # one at a time
        actions.ask_export(citizen=mona, by=world.line, at=now)
    make_export(export_id=export.pk, municipality_id=world.municipality.pk)
    export.refresh_from_db()
    assert (export.status, export.progress) == (ExportStatus.READY, export.total)
    assert base64.b64decode(str(export.content)).startswith(b"PK")
    assert DataExport.objects.extra(select={"raw": "content"}).values_list("raw", flat=True)[0][:1] == b"\x01"
    assert actions.fetch_export(export=export, by=herself, at=now).startswith(b"PK")
    with pytest.raises(PermissionDenied):  # a colleague's copy is not mine
        actions.fetch_export(export=export, by=world.peter, at=now)
    later = now + dt.timedelta(days=8)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(ActionError):
        actions.fetch_export(export=export, by=herself, at=later)
    end_exports(timestamp=0)
    export.refresh_from_db()
    assert (export.status, export.content) == (ExportStatus.EXPIRED, None)


def test_strangers_ask_for_nothing(world, mona, now):
    for act in (
        lambda: actions.ask_export(citizen=mona, by=world.nadia, at=now),
        lambda: actions.ask_correction(citizen=mona, what="x", why="y", by=world.nadia, at=now),
        lambda: actions.restrict(citizen=mona, reason="x", since=now.date(), by=world.nadia, at=now),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_what_is_not_corrected_keeps_the_citizens_own_note(world, mona, herself, now):
    asked = actions.ask_correction(citizen=mona, what="Jeg udeblev", why="Jeg var syg", by=herself, at=now)
    with pytest.raises(PermissionDenied):
        actions.answer_correction(request=asked, corrected=True, answer="Ja", by=herself, at=now)
    actions.answer_correction(request=asked, corrected=False, answer="Lægen skriver andet", by=world.line, at=now)
    assert (asked.status, asked.note) == (CorrectionStatus.NOT_CORRECTED, "Jeg var syg")
    with pytest.raises(ActionError):
        actions.answer_correction(request=asked, corrected=True, answer="Alligevel", by=world.line, at=now)


def test_restricted_data_is_used_for_what_is_listed_and_nothing_else(world, mona, now, day):
    row = actions.restrict(citizen=mona, reason="Bestridt", since=day, uses=["legal_claim"], by=world.line, at=now)
    assert row.uses == ["legal_claim", "storage"]
    refuse_restricted(mona, "legal_claim")
    with pytest.raises(ActionError):
        refuse_restricted(mona, "consent")
    with pytest.raises(ActionError):  # once
        actions.restrict(citizen=mona, reason="Igen", since=day, by=world.line, at=now)
    actions.lift_restriction(restriction=row, reason="Afklaret", by=world.line, at=now)
    assert is_restricted(mona) is None
    refuse_restricted(mona)
