"""The seal over the access log: what it covers, and every way of tampering it finds."""

import datetime as dt
import io
import json

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from jobformidler.citizens import actions
from jobformidler.citizens.audit_tasks import seal_municipality
from jobformidler.citizens.looks import Look
from jobformidler.citizens.models import AccessLog, AccessSeal, SealedLook
from jobformidler.citizens.watch import anchor_file, keep_anchor
from jobformidler.core import crypto, db

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def mona(world):
    return world.citizen()


def look(world, citizen, at, page="now", **values):
    found = Look(world.municipality.pk, citizen.pk, page, "jobformidler", **values)
    actions.log_looks(looks=[found], user=world.line, at=at, role="jobformidler", unit_id=world.unit.pk)
    return AccessLog.objects.latest("pk")


@pytest.fixture
def sealed(world, mona, now):
    """Three batches of two looks."""
    for batch in range(3):
        for _row in range(2):
            look(world, mona, now + batch * 10 * MINUTE)
        actions.seal_log(municipality=world.municipality, at=now + (batch * 10 + 2) * MINUTE)
    return list(AccessLog.objects.order_by("pk"))


def verdict(world):
    return actions.verify_log(municipality=world.municipality)


def test_a_sealed_log_is_whole_and_says_what_is_not_sealed_yet(world, mona, sealed, now):
    look(world, mona, now + 30 * MINUTE)
    found = verdict(world)
    assert (found.problems, found.seals, found.rows, found.unsealed) == ([], 3, 6, 1)


def test_rows_still_on_their_way_wait_for_the_next_seal_and_a_late_one_finds_it(world, mona, now):
    early = look(world, mona, now)
    late = look(world, mona, now + dt.timedelta(seconds=50))
    first = actions.seal_log(municipality=world.municipality, at=now + MINUTE)
    assert list(SealedLook.objects.values_list("log_id", "seal_id")) == [(early.pk, first.pk)]
    # A row with a lower moment whose transaction ended after the seal is covered by the next one.
    delayed = look(world, mona, now + dt.timedelta(seconds=10))
    second = actions.seal_log(municipality=world.municipality, at=now + 2 * MINUTE)
    assert set(SealedLook.objects.filter(seal=second).values_list("log_id", flat=True)) == {late.pk, delayed.pk}
    assert second.previous == first.digest
    assert actions.seal_log(municipality=world.municipality, at=now + 3 * MINUTE) is None
    assert verdict(world).whole


def test_web_and_worker_can_neither_change_nor_remove_a_seal(sealed):
    for table in ("citizens_accessseal", "citizens_sealedlook", "citizens_accesslog"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"delete from {table}")


def test_a_seal_made_with_another_key_is_told_apart(world, sealed, monkeypatch):
    ring = crypto.keys()
    monkeypatch.setattr("jobformidler.citizens.sealing.keys", lambda: crypto.Keys(ring.current, ring.by_id, b"x" * 32))
    assert "seal 1 was made with another key" in verdict(world).problems[0]


def test_a_chain_cut_off_at_its_end_is_found_by_what_is_written_beside_the_database(world, mona, sealed, now):
    for seal in AccessSeal.objects.order_by("number"):
        keep_anchor(world.municipality, seal)
    assert verdict(world).whole
    file = anchor_file(world.municipality)
    file.write_text(file.read_text() + "4 " + "0" * 64 + "\n")
    assert verdict(world).problems == [f"seal 4 is not the one written down in {file.name}"]


def test_two_batches_follow_each_other_and_the_file_beside_grows(world, mona, now, monkeypatch):
    monkeypatch.setattr("jobformidler.citizens.actions.audit.BATCH", 2)
    monkeypatch.setattr("jobformidler.core.clock.now", lambda: now + 10 * MINUTE)
    for _row in range(3):
        look(world, mona, now)
    assert seal_municipality(world.municipality) == 2
    assert len(anchor_file(world.municipality).read_text().splitlines()) == 2
    assert verdict(world).whole


#: What somebody who owns the database does → what the check says of it.
TAMPERS = {
    "a changed row": ("update citizens_accesslog set page = 'cv' where id = %(id)s", "row {id} has been changed"),
    "another user": (
        "update citizens_accesslog set user_id = %(other)s where id = %(id)s",
        "row {id} has been changed",
    ),
    "another moment": ("update citizens_accesslog set at = at + interval '1 hour' where id = %(id)s", "changed"),
    "a removed row": (
        "delete from citizens_sealedlook where log_id = %(id)s; delete from citizens_accesslog where id = %(id)s",
        "batch 1: 1 of 2 rows missing",
    ),
    "a row moved out of its seal": ("delete from citizens_sealedlook where log_id = %(id)s", "1 of 2 rows missing"),
    "a changed row with its own digest made to fit": (
        "update citizens_accesslog set page = 'cv' where id = %(id)s;"
        " update citizens_sealedlook set digest = %(digest)s where log_id = %(id)s",
        "the rows are not those that were sealed",
    ),
    "a changed count": ("update citizens_accessseal set count = 3 where number = 1", "1 of 3 rows missing"),
    "a seal somebody made": ("update citizens_accessseal set digest = repeat('a', 64) where number = 3", "not one"),
    "a broken link": ("update citizens_accessseal set previous = repeat('b', 64) where number = 2", "does not follow"),
    "a removed batch": (
        "delete from citizens_sealedlook where seal_id in (select id from citizens_accessseal where number = 2);"
        " delete from citizens_accessseal where number = 2",
        "seal 2 is missing",
    ),
    "an added row under an old seal": (
        "with made as (insert into citizens_accesslog (municipality_id, citizen_id, user_id, user_label, role, unit_id,"
        " at, page, relation, outcome) select municipality_id, citizen_id, user_id, '', role, unit_id, at, page,"
        " relation, outcome from citizens_accesslog where id = %(id)s returning id, municipality_id)"
        " insert into citizens_sealedlook (municipality_id, log_id, seal_id, digest)"
        " select municipality_id, id, (select id from citizens_accessseal where number = 1), %(digest)s from made",
        "1 of 2 rows too many",
    ),
    "an added row from long ago": (
        "insert into citizens_accesslog (municipality_id, citizen_id, user_id, user_label, role, unit_id, at, page,"
        " relation, outcome) select municipality_id, citizen_id, user_id, '', role, unit_id, at - interval '2 days',"
        " page, relation, outcome from citizens_accesslog where id = %(id)s",
        "was put in afterwards",
    ),
}


@pytest.fixture
def tampered(own_database, tmp_path, now):
    """A municipality of its own with three committed batches, and the way to change them as the owner."""
    from tests.factories import World

    with World() as world:
        mona = world.citizen()
        for batch in range(3):
            look(world, mona, now + batch * 10 * MINUTE)
            look(world, mona, now + batch * 10 * MINUTE)
            actions.seal_log(municipality=world.municipality, at=now + (batch * 10 + 2) * MINUTE)
        first = AccessLog.objects.order_by("pk").first()
    return world, first


def test_every_way_of_tampering_is_found(tampered):
    world, first = tampered
    values = {"id": first.pk, "other": world.ole.pk, "digest": b"x" * 32}
    missed = []
    with db.as_owner():
        for name, (sql, expected) in TAMPERS.items():
            try:
                with db.enter(world.municipality, reason="test"):
                    with connection.cursor() as cursor:
                        cursor.execute(sql, values)
                    found = actions.verify_log(municipality=world.municipality).problems
                    if not any(expected.format(id=first.pk) in problem for problem in found):
                        missed.append(f"{name}: {found}")
                    raise InterruptedError
            except InterruptedError:
                pass
    assert not missed, "\n".join(missed)


def test_the_command_says_by_its_exit_code_how_it_went(world, sealed, now, monkeypatch):
    monkeypatch.setattr("jobformidler.core.clock.now", lambda: now + dt.timedelta(hours=1))
    out = io.StringIO()
    call_command("audit", "verify", json=True, stdout=out)
    told = json.loads(out.getvalue())
    assert told["whole"] and told["municipalities"][0]["rows"] == 6
    monkeypatch.setattr("jobformidler.citizens.sealing.VERSION", "0")
    with pytest.raises(SystemExit) as ended:
        call_command("audit", "verify", stdout=(said := io.StringIO()))
    assert ended.value.code == 1 and "has been changed" in said.getvalue()
    with pytest.raises(SystemExit) as ended:
        call_command("audit", "verify", municipality=1, stderr=io.StringIO())
    assert ended.value.code == 2
