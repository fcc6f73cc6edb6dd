"""Encryption of single fields: AES-256-GCM with key ids, and a keyed hash for exact look-up."""

import base64
import hashlib
import hmac
import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models

VERSION = 1
NONCE = 12


@dataclass(frozen=True)
class Keys:
    """Encryption keys by id, the id new values are sealed with, and the key of the look-up hash."""

    current: str
    by_id: dict[str, bytes]
    hash_key: bytes


@cache
def _ring(raw: str) -> Keys:
    data = json.loads(raw)
    by_id = {name: base64.b64decode(value) for name, value in data["keys"].items()}
    return Keys(data["current"], by_id, base64.b64decode(data["hash_key"]))


@cache
def _read(file: Path, _changed: int, _size: int) -> str:
    return file.read_text(encoding="utf-8")


def keys() -> Keys:
    """Keys from `JOBFORMIDLER_KEYS` (JSON) or the key file; never from the database or the repository.

    A changed file is read anew at the next use, so that a new key reaches every running process at once. Raises
    ImproperlyConfigured when there are no keys, or when others may read the file.
    """
    raw = os.environ.get("JOBFORMIDLER_KEYS")
    if raw:
        return _ring(raw)
    file = Path(settings.KEY_FILE)
    try:
        found = file.stat()
    except FileNotFoundError:
        raise ImproperlyConfigured(
            f"No encryption keys: set JOBFORMIDLER_KEYS or create {file} (jobformidler up)"
        ) from None
    if found.st_mode & 0o077:
        raise ImproperlyConfigured(f"Others may read the keys: chmod 600 {file}")
    return _ring(_read(file, found.st_mtime_ns, found.st_size))


def seal(text: str, field: str) -> bytes:
    """Encrypt `text` for the field with this stable name: version, key id, nonce, ciphertext."""
    ring = keys()
    nonce = os.urandom(NONCE)
    head = head_of(ring.current)
    return head + nonce + AESGCM(ring.by_id[ring.current]).encrypt(nonce, text.encode(), field.encode() + head)


def head_of(key_id: str) -> bytes:
    """What every value sealed with the key begins with."""
    return bytes([VERSION, len(key_id.encode())]) + key_id.encode()


def key_id_of(blob: bytes) -> str:
    """The id of the key a value was sealed with."""
    return blob[2 : 2 + blob[1]].decode()


def unseal(blob: bytes, field: str) -> str:
    """Decrypt what `seal` made for the same field. Raises InvalidTag when it was tampered with or moved."""
    cut = 2 + blob[1]
    head, nonce, body = blob[:cut], blob[cut : cut + NONCE], blob[cut + NONCE :]
    return AESGCM(keys().by_id[key_id_of(blob)]).decrypt(nonce, body, field.encode() + head).decode()


def keyed_hash(text: str) -> bytes:
    """A 32-byte keyed hash: equal texts can be found without being readable."""
    return hash_with(keys().hash_key, text)


def hash_with(key: bytes, text: str) -> bytes:
    """The same under a given key."""
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


class Sealed(str):
    """A decrypted text that remembers its ciphertext and field, so that saving it unchanged is no change."""

    __slots__ = ("blob", "sealed_as")
    blob: bytes
    sealed_as: str


class EncryptedTextField(models.BinaryField):
    """Text kept only as ciphertext. It can be tested for null and nothing else."""

    def __init__(self, *args, **kwargs):
        kwargs["editable"] = kwargs.get("editable", True)
        super().__init__(*args, **kwargs)

    def sealed_as(self) -> str:
        """The stable name values of this field are sealed for; history keeps them under the same one."""
        return f"{self.model._meta.label_lower.removesuffix('event')}.{self.attname}"

    def from_db_value(self, value, expression, connection):
        """Ciphertext to text."""
        if value is None:
            return None
        blob = bytes(value)
        text = Sealed(unseal(blob, self.sealed_as()))
        text.blob, text.sealed_as = blob, self.sealed_as()
        return text

    def get_db_prep_value(self, value, connection, prepared=False):
        """Text to ciphertext; an unchanged text keeps the ciphertext it came with while its key is current."""
        if value is None or isinstance(value, (bytes, memoryview)):
            return super().get_db_prep_value(value, connection, prepared)
        name = self.sealed_as()
        if isinstance(value, Sealed) and value.sealed_as == name and key_id_of(value.blob) == keys().current:
            return super().get_db_prep_value(value.blob, connection, prepared)
        return super().get_db_prep_value(seal(str(value), name), connection, prepared)

    def get_lookup(self, name):
        """Refuse every look-up but isnull: ciphertext cannot be compared."""
        if name != "isnull":
            raise FieldError(f"{self.name} is encrypted and cannot be filtered by {name}")
        return super().get_lookup(name)

    def to_python(self, value):
        """Forms and fixtures hand over text."""
        return value

    def value_to_string(self, obj):
        """Never serialise the clear text by accident."""
        return base64.b64encode(self.get_db_prep_value(self.value_from_object(obj), None)).decode()
