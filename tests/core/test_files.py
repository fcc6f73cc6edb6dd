"""Files people hand in: looked at by content, kept encrypted under random names, handed out whole or not at all."""

import io
import zipfile
from itertools import pairwise

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jobformidler.core import files
from jobformidler.core.files import kinds, rows, sealing

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\nstartxref\n9\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + b"\x00" * 17 + b"\x00\x00\x00\x00IEND\xaeB`\x82"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 40 + b"\xff\xd9"


def archive(*parts: tuple[str, bytes], level: int = 9) -> bytes:
    """A zip with these parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as made:
        for name, content in parts:
            made.writestr(name, content)
    return held.getvalue()


def docx(*more: tuple[str, bytes]) -> bytes:
    """A small document with further parts."""
    return archive(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w:document/>"), *more)


def xlsx() -> bytes:
    """A workbook as a spreadsheet program saves it."""
    held = io.BytesIO()
    openpyxl.Workbook().save(held)
    return held.getvalue()


TAKEN = {
    "brev.pdf": PDF,
    "billede.png": PNG,
    "billede.jpg": JPG,
    "BILLEDE.JPEG": JPG,
    "ansøgning.docx": docx(),
    "timer.xlsx": xlsx(),
    "note.txt": "Æbler og pærer\nlinje to\t.".encode(),
    "gammel.txt": "Æbler".encode("cp1252"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_files_of_the_usual_kinds_are_taken(name):
    assert kinds.look(TAKEN[name], name).media_type


REFUSED = {
    "an empty file": ("a.pdf", b""),
    "a program": ("a.exe", b"MZ\x90\x00" + b"\x00" * 100),
    "a program named pdf": ("a.pdf", b"MZ\x90\x00" + b"\x00" * 100),
    "a program for linux named txt": ("a.txt", b"\x7fELF" + bytes(range(256))),
    "a page": ("a.html", b"<!DOCTYPE html><script>alert(1)</script>"),
    "a page named txt": ("a.txt", b"  <html><script>alert(1)</script></html>"),
    "a drawing that runs": ("a.txt", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    "a script": ("a.txt", b"#!/bin/sh\nrm -rf /"),
    "postscript": ("a.txt", b"%!PS-Adobe-3.0\n"),
    "nul in a text": ("a.txt", b"hej\x00hej"),
    "utf-16": ("a.txt", "hej".encode("utf-16")),
    "a pdf named txt": ("a.txt", PDF),
    "a text named pdf": ("a.pdf", b"hej"),
    "a picture named pdf": ("a.pdf", PNG),
    "a pdf that is also an archive": ("a.pdf", PDF + archive(("x.js", b"alert(1)")) + b"%%EOF"),
    "a pdf with something after it": ("a.pdf", PDF + b"<script>alert(1)</script>"),
    "a pdf with something before it": ("a.pdf", b"GIF89a" + PDF),
    "a pdf cut short": ("a.pdf", PDF[:-8]),
    "a png with something after it": ("a.png", PNG + b"<?php system($_GET[0]);"),
    "a png that is also an archive": ("a.png", PNG + archive(("x.class", b"x"))),
    "a jpg that is also a page": ("a.jpg", JPG + b"<script>alert(1)</script>"),
    "a jpg that is also an archive": ("a.jpg", JPG[:-2] + archive(("x.class", b"x")) + b"\xff\xd9"),
    "a gif": ("a.gif", b"GIF89a" + b"\x00" * 20),
    "a plain archive": ("a.zip", archive(("a.txt", b"x"))),
    "an archive named docx": ("a.docx", archive(("a.txt", b"x"))),
    "a workbook named docx": ("a.docx", xlsx()),
    "a docx with macros": ("a.docx", docx(("word/vbaProject.bin", b"x"))),
    "a docx with a program": ("a.docx", docx(("word/embeddings/x.exe", b"MZ"))),
    "a docx that climbs out": ("a.docx", docx(("../../../../etc/cron.d/x", b"x"))),
    "a docx with a windows path": ("a.docx", docx(("..\\x", b"x"))),
    "a docx that grows a thousand times": ("a.docx", docx(("word/media/a.xml", b"\x00" * 30_000_000))),
    "a docx with very many parts": ("a.docx", docx(*((f"word/{n}.xml", b"") for n in range(3000)))),
    "a docx with something before it": ("a.docx", b"%PDF-1.4\n" + docx()),
    "a docx with something after it": ("a.docx", docx() + b"<script>"),
    "a docx cut short": ("a.docx", docx()[:-30]),
}


@pytest.mark.parametrize("what", REFUSED)
def test_anything_else_is_refused(what):
    name, content = REFUSED[what]
    with pytest.raises(files.BadFileError):
        kinds.look(content, name)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\brev.pdf", "brev.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie x=1.pdf"),
        ("\u202efdp.exe.pdf", "fdp.exe.pdf"),
        ('"; rm -rf /.pdf', "pdf"),
        ("<script>.pdf", "script.pdf"),
        ("  Mit   brev .pdf", "Mit brev.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("", "fil"),
        (".pdf", "pdf"),
        ("æøå.pdf", "æøå.pdf"),
    ],
)
def test_a_name_is_shown_without_what_steers_a_screen_or_a_shell(given, shown):
    assert files.safe_name(given) == shown


def test_a_long_name_keeps_its_ending():
    assert len(files.safe_name("a" * 4000 + ".pdf")) == kinds.LONGEST_NAME
    assert files.safe_name("a" * 4000 + ".pdf").endswith(".pdf")


@pytest.fixture
def sealed(tmp_path):
    """A file of three and a half chunks, its key and its clear bytes."""
    clear = bytes(range(256)) * 256 * 3 + b"end" * 9000
    key, path = sealing.new_key(), tmp_path / "x"
    sealing.write(path, [clear[:100_000], clear[100_000:]], key, "x")
    return path, key, clear


def test_what_is_written_can_be_read_again_and_is_not_clear_on_disk(sealed):
    path, key, clear = sealed
    assert b"".join(sealing.read(path, key, "x")) == clear
    assert b"endend" not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("size", [0, 1, sealing.CHUNK - 1, sealing.CHUNK, sealing.CHUNK + 1, 2 * sealing.CHUNK])
def test_every_length_comes_back(tmp_path, size):
    key, clear = sealing.new_key(), b"a" * size
    sealing.write(tmp_path / "x", [clear], key, "x")
    assert b"".join(sealing.read(tmp_path / "x", key, "x")) == clear


def parts(path) -> list[bytes]:
    """The magic and the sealed chunks of the file."""
    raw, step = path.read_bytes(), sealing.CHUNK + sealing.TAG
    cuts = [0, *range(len(sealing.MAGIC), len(raw), step), len(raw)]
    return [raw[a:b] for a, b in pairwise(cuts)]


DAMAGE = {
    "a changed byte": lambda p: [p[0], p[1][:-1] + bytes([p[1][-1] ^ 1]), *p[2:]],
    "two chunks in another order": lambda p: [p[0], p[2], p[1], *p[3:]],
    "a chunk left out": lambda p: [p[0], p[1], *p[3:]],
    "the last chunk left out": lambda p: p[:-1],
    "a chunk twice": lambda p: [p[0], p[1], p[1], *p[2:]],
    "another beginning": lambda p: [b"JFF0", *p[1:]],
    "nothing but the beginning": lambda p: p[:1],
    "something after the end": lambda p: [*p, b"more"],
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_file_that_was_changed_cut_or_put_together_anew_is_refused(sealed, damage):
    path, key, _clear = sealed
    path.write_bytes(b"".join(DAMAGE[damage](parts(path))))
    with pytest.raises(sealing.DamagedFileError):
        list(sealing.read(path, key, "x"))


def test_one_file_cannot_stand_in_for_another(sealed):
    path, key, _clear = sealed
    with pytest.raises(sealing.DamagedFileError):
        list(sealing.read(path, key, "y"))
    with pytest.raises(sealing.DamagedFileError):
        list(sealing.read(path, sealing.new_key(), "x"))


@pytest.mark.parametrize("name", ["../../keys.json", "/etc/passwd", "x", "", "00000000-0000-0000-0000-00000000000g"])
def test_a_stored_name_is_one_of_ours(name):
    with pytest.raises(ValueError):
        rows.path_of(name)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(monkeypatch):
    upload = SimpleUploadedFile("a.pdf", PDF)
    upload.size = rows.LARGEST + 1
    monkeypatch.setattr(upload, "chunks", lambda: pytest.fail("it was read"))
    with pytest.raises(files.BadFileError, match="20 MB"):
        files.take(upload)
