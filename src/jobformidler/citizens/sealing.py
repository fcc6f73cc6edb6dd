"""The arithmetic of the access log's seal: what a row is as bytes, and how batches hang together.

A chain per municipality. Each batch has a digest of its rows; the seal is an HMAC over that digest, the batch's number
and the seal before it. The key lies with the other keys, outside the database: whoever owns the database alone can
change rows, but cannot make the chain fit again (ADR 0020).
"""

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Iterable

from jobformidler.core.crypto import keys

#: The columns a seal covers, in this order. A new column needs a new version, so that old seals still verify.
COLUMNS = (
    "pk",
    "municipality_id",
    "citizen_id",
    "user_id",
    "user_label",
    "role",
    "unit_id",
    "at",
    "page",
    "relation",
    "outcome",
)
VERSION = "1"


def _plain(value: object) -> object:
    return value.astimezone(dt.UTC).isoformat(timespec="microseconds") if isinstance(value, dt.datetime) else value


def row_digest(values: Iterable[object]) -> bytes:
    """SHA-256 of one row of the log, its `COLUMNS` in order."""
    text = json.dumps([VERSION, *map(_plain, values)], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


def rows_digest(digests: Iterable[bytes]) -> str:
    """SHA-256 over the digests of a batch, in the order of the rows' ids."""
    whole = hashlib.sha256()
    for digest in digests:
        whole.update(digest)
    return whole.hexdigest()


def seal_key() -> bytes:
    """The chain's own key, derived from the installation's secret."""
    return hmac.new(keys().hash_key, b"access log seal", hashlib.sha256).digest()


def key_id() -> str:
    """Tells which key a seal was made with, and nothing about the key."""
    return hashlib.sha256(b"id" + seal_key()).hexdigest()[:16]


def chain_digest(*, municipality_id: int, number: int, previous: str, count: int, rows: str, at: dt.datetime) -> str:
    """The seal of one batch."""
    text = json.dumps(
        [VERSION, municipality_id, number, previous, count, rows, _plain(at)], ensure_ascii=True, separators=(",", ":")
    )
    return hmac.new(seal_key(), text.encode(), hashlib.sha256).hexdigest()
