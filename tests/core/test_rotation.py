"""Keys are changed while the product runs: interrupted, resumed, history and quarantine included."""

import base64
import json
import os
import stat

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection
from tests.factories import World

from jobformidler.accounts.models import SecondFactor
from jobformidler.casework import actions as casework
from jobformidler.casework.models import Enquiry, JournalNote
from jobformidler.citizens.models import Citizen
from jobformidler.core import crypto, rotation
from jobformidler.core import db as context
from jobformidler.core.crypto import key_id_of, keyed_hash, seal, unseal
from jobformidler.core.enums import DeliveryKind
from jobformidler.core.models import Delivery, QuarantinedRow


def text(length: int = 32) -> str:
    """A key as the file holds it."""
    return base64.b64encode(os.urandom(length)).decode()


@pytest.fixture
def key_file(settings, tmp_path, monkeypatch):
    """A key file of the test's own with one key."""
    monkeypatch.delenv("JOBFORMIDLER_KEYS", raising=False)
    file = tmp_path / "keys.json"
    file.write_text(json.dumps({"current": "k1", "keys": {"k1": text()}, "hash_key": text(), "secret_key": "s"}))
    file.chmod(0o600)
    settings.KEY_FILE = file
    return file


@pytest.fixture
def two_tenants(own_database, key_file, now):
    """Two municipalities with encrypted rows, history, quarantine and a second factor, all committed."""
    worlds = []
    for code, name in ((901, "Første"), (902, "Anden")):
        world = World(code, name)
        with world:
            citizens = [world.citizen(number=n) for n in range(1, 6)]
            case = casework.open_case(
                citizen=citizens[0],
                unit=world.unit,
                jobformidler=world.line,
                caseworker=world.peter,
                by=world.line,
                at=now,
            )
            casework.receive_enquiry(
                case=case, sender="citizen", sender_name="Mona", text="ring til mig", received_at=now, by=None, at=now
            )
            note = {"case": case, "by": world.line, "at": now}
            casework.write_note(text="kun os to", confidential=True, **note)
            casework.write_note(text="aabent", **note)
            delivery = Delivery.objects.create(
                municipality=world.municipality, kind=DeliveryKind.CITIZENS, file_name="x.csv", at=now
            )
            QuarantinedRow.objects.create(
                municipality=world.municipality,
                delivery=delivery,
                line=2,
                field="cpr",
                reason="bad",
                raw=seal("7111800001;Mona", "core.quarantinedrow.raw"),
            )
        SecondFactor.objects.create(user=world.line, secret="ABC", made_at=now)
        worlds.append(world)
    return worlds


def everything() -> list[str]:
    """Every value that can be read, decrypted, in both municipalities."""
    found = []
    for municipality in (world for _name, world in _contexts()):
        with municipality():
            found += [
                unseal(bytes(row.raw), "core.quarantinedrow.raw") for row in QuarantinedRow.objects.order_by("pk")
            ]
            found += [str(citizen.cpr) for citizen in Citizen.objects.order_by("pk")]
            found += [str(past.cpr) for past in Citizen.history.rel.related_model.objects.order_by("pgh_id")]
            found += [str(row.text) for row in Enquiry.objects.order_by("pk")]
            found += [note.words for note in JournalNote.objects.order_by("pk")]
    return [*found, *(str(factor.secret) for factor in SecondFactor.objects.order_by("pk"))]


def _contexts():
    return [(name, enter) for name, enter in rotation.contexts() if name]


def keys_in_use() -> set[str]:
    """Ids of the keys any value is sealed with."""
    with context.as_owner():
        return {key for counts in rotation.standing().values() for key in counts}


def run(*words: str) -> int:
    """The command's exit code."""
    try:
        call_command("keys", *words)
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def test_a_new_key_seals_at_once_and_the_old_one_reads(key_file):
    before = seal("7111800001", "x")
    assert run("new") == 0
    assert crypto.keys().current == "k2"
    assert key_id_of(seal("7111800001", "x")) == "k2"
    assert unseal(before, "x") == "7111800001"
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert json.loads(key_file.read_text())["secret_key"] == "s"


def test_rotation_is_interrupted_resumed_and_leaves_no_value_with_the_old_key(two_tenants):
    before = everything()
    rows = _history_rows()
    call_command("keys", "new")
    assert keys_in_use() == {"k1"}
    assert run("status") == 1
    assert run("rotate", "--batch", "2", "--most", "4") == 1
    assert keys_in_use() == {"k1", "k2"}
    assert everything() == before

    with context.as_owner():
        batches = rotation.rotate(batch=3)
        next(batches)
        batches.close()  # killed in the middle
    assert keys_in_use() == {"k1", "k2"}
    assert run("rotate", "--batch", "3") == 0
    assert keys_in_use() == {"k2"}
    assert run("status") == 0
    assert everything() == before
    assert _history_rows() == rows


def _history_rows() -> list[int]:
    counts = []
    for _name, enter in _contexts():
        with enter(), connection.cursor() as cursor:
            for table in ("citizens_citizenevent", "casework_enquiryevent", "casework_journalnoteevent"):
                cursor.execute(f"select count(*) from {table}")
                counts.append(cursor.fetchone()[0])
    return counts


def test_what_is_written_meanwhile_is_sealed_with_the_new_key(two_tenants):
    call_command("keys", "new")
    with context.enter(two_tenants[0].municipality, reason="test"):
        citizen = Citizen.objects.order_by("pk").first()
        citizen.city = "Fjordby"
        citizen.save()
        with connection.cursor() as cursor:
            cursor.execute("select cpr from citizens_citizen where id = %s", [citizen.pk])
            assert key_id_of(bytes(cursor.fetchone()[0])) == "k2"


def test_a_key_is_taken_out_only_when_nothing_needs_it(two_tenants):
    call_command("keys", "new")
    with pytest.raises(CommandError, match="still sealed with k1"):
        call_command("keys", "retire", "k1")
    with pytest.raises(CommandError, match="make a new key first"):
        call_command("keys", "retire", "k2")
    before = everything()
    call_command("keys", "rotate")
    call_command("keys", "retire", "k1")
    assert set(crypto.keys().by_id) == {"k2"}
    assert everything() == before


def test_the_key_of_the_look_up_hash_is_changed_by_decrypting_and_people_are_still_found(two_tenants):
    old = keyed_hash("7111800001")
    assert run("rotate", "--hash") == 0
    assert keyed_hash("7111800001") != old
    for world in two_tenants:
        with context.enter(world.municipality, reason="test"):
            assert Citizen.objects.get(cpr_hash=keyed_hash("7111800001")).cpr == "7111800001"
            assert not Citizen.objects.filter(cpr_hash=old).exists()


def test_a_change_of_the_hash_key_that_was_cut_off_is_finished_by_running_it_again(two_tenants, key_file):
    kept = json.loads(key_file.read_text())
    rotation.write({**kept, "hash_key": text()})  # the file was written, the rows were not
    with context.as_owner():
        assert not rotation.hashes_fit()
    assert run("status") == 1
    changed = crypto.keys().hash_key
    assert run("rotate", "--hash") == 0
    assert crypto.keys().hash_key == changed
    with context.as_owner():
        assert rotation.hashes_fit()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660])
def test_a_key_file_others_may_read_is_refused(key_file, mode):
    key_file.chmod(mode)
    with pytest.raises(ImproperlyConfigured, match="chmod 600"):
        seal("x", "y")


def test_keys_of_the_environment_are_changed_where_they_come_from(key_file, monkeypatch, capsys):
    monkeypatch.setenv("JOBFORMIDLER_KEYS", key_file.read_text())
    for verb in (["new"], ["retire", "k1"]):
        with pytest.raises(CommandError, match="JOBFORMIDLER_KEYS"):
            call_command("keys", *verb)
    call_command("keys", "new", "--print")
    assert set(json.loads(capsys.readouterr().out)["keys"]) == {"k1", "k2"}
    assert set(json.loads(key_file.read_text())["keys"]) == {"k1"}


def test_every_encrypted_column_is_known_to_the_rotation_with_its_history():
    known = {str(column) for column in rotation.columns()}
    assert {
        "citizens_citizen.cpr",
        "citizens_citizenevent.cpr",
        "citizens_impairment.meaning",
        "citizens_impairmentevent.diagnosis",
        "casework_document.file_key",
        "casework_journalnote.sealed",
        "casework_incident.what",
        "casework_enquiry.text",
        "core_quarantinedrow.raw",
        "messaging_outgoingmail.body",
        "accounts_secondfactor.secret",
    } <= known


def test_text_taken_from_one_encrypted_column_can_be_written_to_another(world, now):
    citizen = world.citizen()
    case = casework.open_case(
        citizen=citizen, unit=world.unit, jobformidler=world.line, caseworker=world.peter, by=world.line, at=now
    )
    asked = casework.receive_enquiry(
        case=case, sender="citizen", sender_name="Mona", text="ring til mig", received_at=now, by=None, at=now
    )
    kept = Enquiry.objects.get(pk=asked.pk)
    note = casework.write_note(case=case, text="x", confidential=True, by=world.line, at=now)
    JournalNote.objects.filter(pk=note.pk).update(sealed=kept.text)
    assert JournalNote.objects.get(pk=note.pk).words == "ring til mig"
