"""Single fields are kept encrypted: tampering shows, keys can be changed, nothing can be searched by ciphertext."""

import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection

from jobformidler.citizens.models import Citizen
from jobformidler.core import crypto
from jobformidler.core.crypto import Keys, key_id_of, keyed_hash, seal, unseal

OLD, NEW, HASH = b"o" * 32, b"n" * 32, b"h" * 32
FIELD = "citizens.citizen.cpr"


@pytest.fixture
def use_keys(monkeypatch):
    """Work with these keys; the last named is the current one."""

    def use(**by_id: bytes) -> None:
        monkeypatch.setattr(crypto, "keys", lambda: Keys(list(by_id)[-1], by_id, HASH))

    use(old=OLD)
    return use


def test_what_is_sealed_can_be_read_again_and_looks_different_each_time(use_keys):
    one, two = seal("7111800001", FIELD), seal("7111800001", FIELD)
    assert unseal(one, FIELD) == unseal(two, FIELD) == "7111800001"
    assert one != two
    assert b"7111800001" not in one


@pytest.mark.parametrize("place", [0, 3, 6, 20, -1])
def test_a_changed_byte_is_noticed(use_keys, place):
    use_keys(old=OLD, olD=OLD)
    blob = bytearray(seal("7111800001", FIELD))
    blob[place] ^= 1
    with pytest.raises((InvalidTag, KeyError)):
        unseal(bytes(blob), FIELD)


def test_ciphertext_moved_to_another_field_is_refused(use_keys):
    with pytest.raises(InvalidTag):
        unseal(seal("7111800001", FIELD), "citizens.citizen.phone")


def test_a_shortened_value_is_refused(use_keys):
    with pytest.raises(InvalidTag):
        unseal(seal("7111800001", FIELD)[:-1], FIELD)


def test_an_older_key_still_reads_and_the_newest_writes(use_keys):
    before = seal("7111800001", FIELD)
    use_keys(old=OLD, new=NEW)
    assert unseal(before, FIELD) == "7111800001"
    assert key_id_of(seal("7111800001", FIELD)) == "new"
    use_keys(new=NEW)
    with pytest.raises(KeyError):
        unseal(before, FIELD)


def test_saving_under_a_new_key_seals_anew_without_a_history_row_and_is_still_found(use_keys, world):
    citizen = world.citizen(number=7)
    rows = citizen.history.count()
    use_keys(old=OLD, new=NEW)
    found = Citizen.objects.get(cpr_hash=keyed_hash("7111800007"))
    found.save()
    with connection.cursor() as cursor:
        cursor.execute("select cpr from citizens_citizen where id = %s", [citizen.pk])
        assert key_id_of(bytes(cursor.fetchone()[0])) == "new"
    assert Citizen.objects.get(pk=citizen.pk).cpr == "7111800007"
    assert citizen.history.count() == rows


@pytest.mark.parametrize("look_up", ["cpr", "cpr__in", "cpr__startswith", "cpr__gt"])
def test_nothing_can_be_searched_by_ciphertext(world, look_up):
    with pytest.raises(FieldError):
        Citizen.objects.filter(**{look_up: ["7111800007"] if look_up.endswith("in") else "7111800007"}).exists()
    assert not Citizen.objects.filter(cpr__isnull=True).exists()


def test_equal_texts_have_equal_hashes_under_one_key_only(use_keys, monkeypatch):
    one = keyed_hash("7111800001")
    assert one == keyed_hash("7111800001") != keyed_hash("7111800002")
    monkeypatch.setattr(crypto, "keys", lambda: Keys("old", {"old": OLD}, b"g" * 32))
    assert keyed_hash("7111800001") != one


def test_without_keys_nothing_starts(monkeypatch, settings, tmp_path):
    monkeypatch.delenv("JOBFORMIDLER_KEYS", raising=False)
    settings.KEY_FILE = tmp_path / "nowhere"
    with pytest.raises(ImproperlyConfigured):
        crypto.keys()
