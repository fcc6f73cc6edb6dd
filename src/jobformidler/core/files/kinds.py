"""What a file is, by its content: only a few kinds are taken, and only when the whole file is of that one kind."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

import filetype
from django.utils.translation import gettext as _

#: An office file may hold so many parts, and unpack to so many bytes and so many times its size.
MOST_PARTS = 2_000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 200
LONGEST_NAME = 120
_OFFICE = "application/vnd.openxmlformats-officedocument."


class BadFileError(ValueError):
    """The file is not taken; the message says why and what to do, in the reader's language."""


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken: the endings of its names and its media type."""

    endings: tuple[str, ...]
    media_type: str
    whole: Callable[[bytes], bool]


def _pdf(content: bytes) -> bool:
    tail = content[-1024:].rstrip(b"\x00\r\n\t ")
    return content.startswith(b"%PDF-") and tail.endswith(b"%%EOF") and not _holds_archive(content)


def _png(content: bytes) -> bool:
    return content.endswith(b"\x00\x00\x00\x00IEND\xaeB`\x82") and not _holds_archive(content)


def _jpeg(content: bytes) -> bool:
    return content.endswith(b"\xff\xd9") and not _holds_archive(content)


def _text(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if any(unicodedata.category(sign) == "Cc" and sign not in "\r\n\t\f" for sign in text) or "�" in text:
        return False
    return not re.match(r"\s*(<[!?a-z/]|%!|#!)", text, re.IGNORECASE)  # a page, a drawing or a program is no text


def _holds_archive(content: bytes) -> bool:
    """An archive read from its end would open although the file begins as something else."""
    return b"PK\x05\x06" in content[-66_000:] and zipfile.is_zipfile(io.BytesIO(content))


def _office(main: str) -> Callable[[bytes], bool]:
    def whole(content: bytes) -> bool:
        end = content.rfind(b"PK\x05\x06")
        comment = int.from_bytes(content[end + 20 : end + 22], "little")
        if end < 0 or end + 22 + comment != len(content) or comment:
            return False  # something stands after the archive
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                parts = archive.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            return False
        names = {part.filename for part in parts}
        unpacked = sum(part.file_size for part in parts)
        return (
            {"[Content_Types].xml", main} <= names
            and len(names) == len(parts) <= MOST_PARTS
            and unpacked <= min(MOST_UNPACKED, max(MOST_RATIO * len(content), 1024 * 1024))
            and not any(_odd(part) for part in parts)
        )

    return whole


def _odd(part: zipfile.ZipInfo) -> bool:
    """A part that climbs out, is locked, or would run."""
    path = PurePosixPath(part.filename)
    climbs = path.is_absolute() or ".." in path.parts or "\\" in part.filename
    return climbs or bool(part.flag_bits & 1) or path.name.lower().endswith((".bin", ".exe", ".js", ".vbs", ".dll"))


#: What is taken, by the ending the content gets when it is looked at.
ALLOWED: dict[str, Kind] = {
    "pdf": Kind((".pdf",), "application/pdf", _pdf),
    "png": Kind((".png",), "image/png", _png),
    "jpg": Kind((".jpg", ".jpeg"), "image/jpeg", _jpeg),
    "docx": Kind((".docx",), f"{_OFFICE}wordprocessingml.document", _office("word/document.xml")),
    "xlsx": Kind((".xlsx",), f"{_OFFICE}spreadsheetml.sheet", _office("xl/workbook.xml")),
    "txt": Kind((".txt",), "text/plain; charset=utf-8", _text),
}


def look(content: bytes, name: str) -> Kind:
    """The kind of the content, when the name's ending says the same. Raises BadFileError."""
    if not content:
        raise BadFileError(_("The file is empty."))
    guess = filetype.guess(content[:8192])
    found = ALLOWED.get(guess.extension if guess else "txt")
    if found is None or (guess is None and not _text(content)):
        raise BadFileError(_("Files of this kind are not taken. Save it as PDF and try again."))
    if not safe_name(name).lower().endswith(found.endings):
        raise BadFileError(_("The file is not what its name says. Save it again under the right kind."))
    if not found.whole(content):
        raise BadFileError(_("The file holds more than it should, or a part is missing. Save it as PDF and try again."))
    return found


def safe_name(name: str) -> str:
    """The name as people see it: without folders, signs that steer a screen or a shell, and at most 120 letters."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C" and sign not in '<>:"|?*;%')
    shown = re.sub(r"\s+", " ", shown).strip(" .")
    stem, dot, ending = shown.rpartition(".")
    if not stem:
        return shown[:LONGEST_NAME] or "fil"
    return f"{stem[: LONGEST_NAME - len(ending) - 1].rstrip(' .')}{dot}{ending}"
