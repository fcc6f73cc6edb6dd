"""Encrypting a file in chunks under a key of its own, so that neither size nor order can be changed unnoticed.

Each chunk is AES-256-GCM with a nonce that counts and marks the last one, bound to the file's name: a chunk that is
moved, repeated, left out or taken from another file is refused, and so is a file that ends too early.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK = 64 * 1024
TAG = 16
MAGIC = b"JFF1"


class DamagedFileError(Exception):
    """What lies on disk is not what was written."""


def new_key() -> bytes:
    """A key for one file."""
    return AESGCM.generate_key(256)


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


def _chunks(source: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in chunks of one size; the last may be shorter."""
    held = b""
    for piece in source:
        held += piece
        while len(held) > CHUNK:
            yield held[:CHUNK]
            held = held[CHUNK:]
    yield held


def write(path: Path, source: Iterable[bytes], key: bytes, name: str) -> None:
    """Write the bytes encrypted; the file appears under its name only when it is complete and on disk."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    box, bound = AESGCM(key), name.encode()
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(MAGIC)
            waiting: bytes | None = None
            number = 0
            for chunk in _chunks(source):
                if waiting is not None:
                    out.write(box.encrypt(_nonce(number, False), waiting, bound))
                    number += 1
                waiting = chunk
            out.write(box.encrypt(_nonce(number, True), waiting or b"", bound))
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def read(path: Path, key: bytes, name: str) -> Iterator[bytes]:
    """The clear bytes, a chunk at a time; each has been checked before it is handed out. Raises DamagedFileError."""
    try:
        with path.open("rb") as source:
            yield from _opened(source, AESGCM(key), name.encode())
    except (InvalidTag, FileNotFoundError) as error:
        raise DamagedFileError(name) from error


def _opened(source: BinaryIO, box: AESGCM, bound: bytes) -> Iterator[bytes]:
    if source.read(len(MAGIC)) != MAGIC:
        raise DamagedFileError(bound.decode())
    number, chunk = 0, source.read(CHUNK + TAG)
    while True:
        following = source.read(CHUNK + TAG)
        yield box.decrypt(_nonce(number, not following), chunk, bound)
        if not following:
            return
        number, chunk = number + 1, following
