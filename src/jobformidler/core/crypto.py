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
def keys() -> Keys:
    """Keys from `JOBFORMIDLER_KEYS` (JSON) or the key file; never from the database or the repository.

    Raises ImproperlyConfigured when neither is there.
    """
    raw = os.environ.get("JOBFORMIDLER_KEYS")
    if not raw:
        file = Path(settings.KEY_FILE)
        if not file.is_file():
            raise ImproperlyConfigured(f"No encryption keys: set JOBFORMIDLER_KEYS or create {file} (jobformidler up)")
        raw = file.read_text()
    data = json.loads(raw)
    by_id = {name: base64.b64decode(value) for name, value in data["keys"].items()}
    return Keys(data["current"], by_id, base64.b64decode(data["hash_key"]))


def seal(text: str, field: str) -> bytes:
    """Encrypt `text` for the field with this stable name: version, key id, nonce, ciphertext."""
    ring = keys()
    key_id = ring.current.encode()
    nonce = os.urandom(NONCE)
    head = bytes([VERSION, len(key_id)]) + key_id
    return head + nonce + AESGCM(ring.by_id[ring.current]).encrypt(nonce, text.encode(), field.encode() + head)


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
    return hmac.new(keys().hash_key, text.encode(), hashlib.sha256).digest()


class Sealed(str):
    """A decrypted text that remembers its ciphertext, so that saving it unchanged is no change."""

    __slots__ = ("blob",)
    blob: bytes


class EncryptedTextField(models.BinaryField):
    """Text kept only as ciphertext. It can be tested for null and nothing else."""

    def __init__(self, *args, **kwargs):
        kwargs["editable"] = kwargs.get("editable", True)
        super().__init__(*args, **kwargs)

    def _name(self) -> str:
        return f"{self.model._meta.label_lower.removesuffix('event')}.{self.attname}"

    def from_db_value(self, value, expression, connection):
        """Ciphertext to text."""
        if value is None:
            return None
        blob = bytes(value)
        text = Sealed(unseal(blob, self._name()))
        text.blob = blob
        return text

    def get_db_prep_value(self, value, connection, prepared=False):
        """Text to ciphertext; an unchanged text keeps the ciphertext it came with while its key is current."""
        if value is None or isinstance(value, (bytes, memoryview)):
            return super().get_db_prep_value(value, connection, prepared)
        if isinstance(value, Sealed) and key_id_of(value.blob) == keys().current:
            return super().get_db_prep_value(value.blob, connection, prepared)
        return super().get_db_prep_value(seal(str(value), self._name()), connection, prepared)

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
