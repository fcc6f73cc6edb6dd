"""Files from outside: bombs, masks, broken envelopes and names that climb. Refused with a sentence, nothing kept."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.attack.conftest import writes

ANSWERED = (200, 400, 413, 422)


def _zip(**members: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return held.getvalue()


def _bomb() -> bytes:
    """Three hundred megabytes of the same cell in three hundred kilobytes."""
    cell = b'<row><c t="inlineStr"><is><t>a</t></is></c></row>'
    content = b"<worksheet><sheetData>" + cell * 6_000_000 + b"</sheetData></worksheet>"
    return _zip(xl__worksheets__sheet1_dot_xml=content, xl__workbook_dot_xml=b"<workbook/>")


FILES = {
    "an empty file": ("borgere.csv", b""),
    "a program named csv": ("borgere.csv", b"\x7fELF" + bytes(range(256)) * 40),
    "a zip named csv": ("borgere.csv", _zip(a_dot_txt=b"x" * 1000)),
    "a page named xlsx": ("borgere.xlsx", b"<html><script>alert(1)</script></html>"),
    "a broken zip": ("borgere.xlsx", _zip(a_dot_txt=b"x" * 5000)[:300]),
    "a zip that is no workbook": ("borgere.xlsx", _zip(evil_dot_exe=b"MZ" * 100)),
    "a zip that climbs": ("borgere.xlsx", _zip(_dot__dot___etc__passwd=b"x")),
    "entities that grow": (
        "borgere.xlsx",
        _zip(
            xl__workbook_dot_xml=b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]><workbook>&b;</workbook>'
        ),
    ),
    "outside entities": (
        "borgere.xlsx",
        _zip(xl__workbook_dot_xml=b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><workbook>&a;</workbook>'),
    ),
    "a line without end": ("borgere.csv", b"cpr;" + b"9" * 2_000_000),
    "only nul": ("borgere.csv", b"\x00" * 10_000),
    "utf-16 without mark": ("borgere.csv", "cpr;first_name\n".encode("utf-16-le")),
}
NAMES = {
    "climbing": "../../../../etc/cron.d/x.csv",
    "absolute": "/etc/passwd.csv",
    "windows": "..\\..\\windows\\x.csv",
    "nul": "a\x00b.csv",
    "long": "a" * 4000 + ".csv",
    "script": "<script>alert(1)</script>.csv",
    "header": "a\r\nSet-Cookie: x=1.csv",
    "right to left": "\u202evsc.exe",
}


def _upload(target, name, content, kind="citizens"):
    client = target.client("administrator")
    file = SimpleUploadedFile("x.csv", content, content_type="text/csv")
    file._name = name
    return client.post(reverse("ingest"), {"kind": kind, "file": file}, follow=True)


@pytest.mark.parametrize(("name", "content"), FILES.values(), ids=FILES)
def test_a_strange_file_is_answered_with_a_page_and_changes_no_citizen(target, name, content):
    response = _upload(target, name, content)
    assert response.status_code in ANSWERED
    assert "citizens_citizen" not in writes()


def test_a_bomb_is_refused_before_it_goes_off(target):
    response = _upload(target, "borgere.xlsx", _bomb())
    assert response.status_code in ANSWERED
    assert "citizens_citizen" not in writes()


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_files_name_never_becomes_a_path_or_a_header(target, name, settings):
    response = _upload(target, name, b"cpr;first_name\n7111800099;Mona\n")
    assert response.status_code in ANSWERED
    assert "Set-Cookie: x" not in str(response.headers)
    assert "<script>alert" not in response.content.decode()
    assert [path for path in settings.VAR.rglob("*") if path.suffix == ".csv" and "etc" in path.parts] == []


MULTIPARTS = {
    "without a boundary": ("multipart/form-data", b"--x\r\n\r\n"),
    "another boundary": ("multipart/form-data; boundary=y", b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--"),
    "never ended": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nabc',
    ),
    "strange encoding": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--\r\n',
    ),
    "too many fields": (
        "multipart/form-data; boundary=x",
        b"".join(b'--x\r\nContent-Disposition: form-data; name="a%d"\r\n\r\n1\r\n' % n for n in range(3000))
        + b"--x--\r\n",
    ),
    "no multipart at all": ("application/json", b"{" * 5000),
    "a strange charset": ("application/x-www-form-urlencoded; charset=klingon", b"a=b"),
    "a long boundary": ("multipart/form-data; boundary=" + "x" * 5000, b"--x--"),
}


@pytest.mark.parametrize(("kind", "body"), MULTIPARTS.values(), ids=MULTIPARTS)
@pytest.mark.parametrize("page", ["ingest", "login", "citizen_new"])
def test_a_broken_envelope_is_refused_and_never_an_error_of_ours(target, page, kind, body):
    client = target.client("" if page == "login" else "administrator" if page == "ingest" else "jobformidler")
    before = writes()
    response = client.generic("POST", reverse(page), body, content_type=kind)
    assert response.status_code < 500
    assert writes() == before
