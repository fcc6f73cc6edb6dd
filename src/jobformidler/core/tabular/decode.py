"""Bytes of a text file as blocks of valid UTF-8 that end at a line break, whatever encoding the file came in.

What cannot be decoded becomes U+FFFD, so that the row is found again and quarantined while all others go on.
"""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from jobformidler.core.tabular.reasons import FileError, Reason

BLOCK = 8 * 1024 * 1024
UNDECODABLE = "\ufffd"

_ASCII = bytes(range(128))
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# A Danish letter in UTF-8 inside a Windows-1252 file would silently become two characters ("Ã¸").
_FOREIGN_LETTER = re.compile(rb"\xc3[\x80-\xbf]")
_UNDEFINED = b"\x81"  # has no meaning in Windows-1252

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def sniff_encoding(path: Path) -> str:
    """`utf-8`, `cp1252`, `utf-16-le` or `utf-16-be`.

    A byte order mark decides; then NUL bytes (UTF-16 without a mark); then the whole file: UTF-8 if all of it is valid,
    otherwise whichever of UTF-8 and Windows-1252 explains more of its non-ASCII bytes.
    """
    with path.open("rb") as file:
        start = file.read(4096)
        for mark, name in _MARKS:
            if start.startswith(mark):
                return name
        nuls_odd, nuls_even = start[1::2].count(0), start[0::2].count(0)
        if max(nuls_odd, nuls_even) * 4 > len(start):
            return "utf-16-le" if nuls_odd >= nuls_even else "utf-16-be"
        file.seek(0)
        sequences = stray = 0
        valid = True
        decoder = codecs.getincrementaldecoder("utf-8")()
        while data := file.read(BLOCK):
            if valid:
                try:
                    decoder.decode(data)
                except UnicodeDecodeError:
                    valid = False
            if not data.isascii():
                high = data.translate(None, _ASCII)
                found = _SEQUENCE.findall(high)
                sequences += len(found)
                stray += len(high) - sum(map(len, found))
    return "utf-8" if valid or sequences > stray else "cp1252"


def utf8_blocks(path: Path, encoding: str, block: int | None = None) -> Iterator[bytes]:
    """Blocks of valid UTF-8 without byte order mark, each ending at a line break except the last.

    Line breaks `\\r\\n` stay as they are; a file that knows only `\\r` gets `\\n`. NUL becomes U+FFFD, since the
    database cannot hold it. Raises FileError `line_too_long` where one line would fill a whole block.
    """
    block = block or BLOCK
    chunks = _wide(path, encoding, block) if encoding.startswith("utf-16") else _narrow(path, encoding, block)
    rest = b""
    lines = 1
    only_returns: bool | None = None
    for chunk in chunks:
        if only_returns is None:
            only_returns = b"\n" not in chunk and b"\r" in chunk[:-1]
        if only_returns:
            chunk = chunk.replace(b"\r", b"\n")
        cut = chunk.rfind(b"\n") + 1
        if not cut:
            rest += chunk
            if len(rest) > block:
                raise FileError(Reason.LINE_TOO_LONG, limit=str(lines))
            continue
        lines += chunk.count(b"\n")
        yield _valid(rest + chunk[:cut], encoding)
        rest = chunk[cut:]
    if rest:
        yield _valid(rest, encoding)


def _narrow(path: Path, encoding: str, block: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        if encoding == "utf-8" and file.read(3) != codecs.BOM_UTF8:
            file.seek(0)
        while data := file.read(block):
            yield data


def _wide(path: Path, encoding: str, block: int) -> Iterator[bytes]:
    """UTF-16 as UTF-8."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    with path.open("rb") as file:
        if file.read(2) not in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            file.seek(0)
        while data := file.read(block):
            yield decoder.decode(data).encode("utf-8", "replace")
        if tail := decoder.decode(b"", final=True):
            yield tail.encode("utf-8", "replace")


def _valid(data: bytes, encoding: str) -> bytes:
    if encoding == "cp1252":
        if not data.isascii():
            data = _FOREIGN_LETTER.sub(_UNDEFINED, data).decode("cp1252", "replace").encode()
    elif not data.isascii():
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            data = data.decode("utf-8", "replace").encode()
    return data.replace(b"\0", UNDECODABLE.encode()) if b"\0" in data else data
