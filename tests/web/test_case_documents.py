"""Documents of a case: added, listed, opened as a download, withdrawn with a reason; each opening is written down."""

# ruff: noqa: F811  the fixtures imported here are also names of arguments

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.core.test_files import PDF, archive
from tests.factories import make_user
from tests.web.case_fixtures import as_line, mona_case, the_day  # noqa: F401  fixtures

from jobformidler.accounts.enums import Role
from jobformidler.casework import actions as casework
from jobformidler.casework.models import Document
from jobformidler.citizens.models import AccessLog
from jobformidler.core.files import orphans, rows
from jobformidler.core.models import Event


@pytest.fixture
def add(as_line, mona_case):
    """Send a file to the case as Line."""

    def send(content: bytes = PDF, name: str = "Lægebrev om slidgigt.pdf", **answers):
        upload = SimpleUploadedFile(name, content)
        return as_line.post(
            reverse("document_new", args=[mona_case.pk]), {"kind": "letter", **answers, "upload": upload}
        )

    return send


def test_a_document_is_added_listed_and_opened_as_a_download(add, as_line, mona_case):
    assert add().status_code == 302
    row = Document.objects.get()
    listed = as_line.get(reverse("case_documents", args=[mona_case.pk])).content.decode()
    assert "Lægebrev om slidgigt.pdf" in listed
    response = as_line.get(reverse("document", args=[mona_case.pk, row.pk]))
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store, private"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Content-Length"] == str(len(PDF))


def test_each_opening_stands_in_the_access_log(add, as_line, mona_case, world):
    add()
    as_line.get(reverse("document", args=[mona_case.pk, Document.objects.get().pk]))
    assert AccessLog.objects.filter(user=world.line, page="document: open").count() == 1


def test_neither_name_nor_content_is_clear_on_disk_or_in_events(add):
    add()
    row = Document.objects.get()
    stored = rows.path_of(row.stored_as)
    assert stored.is_file()
    assert b"%PDF" not in stored.read_bytes()
    assert "slidgigt" not in str(stored)
    event = Event.objects.get(subject_type="casework.document")
    assert "slidgigt" not in str(event.payload)
    assert not {"file_name", "file_key"} & {field.name for field in row.history.model._meta.get_fields()}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.pdf", b"MZ" + b"\x00" * 50),
        ("x.html", b"<html><script>alert(1)</script>"),
        ("x.pdf", PDF + archive(("a.js", b"x"))),
        ("x.docx", archive(("a.txt", b"x"))),
        ("x.pdf", b""),
    ],
)
def test_what_is_not_a_document_is_refused_with_a_sentence_and_nothing_is_kept(add, name, content):
    response = add(content, name)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not Document.objects.exists()
    assert orphans(set()) == []


def test_papers_about_health_and_confidential_ones_are_for_those_close_to_the_citizen(add, client, mona_case, world):
    add(kind="medical")
    add(confidential="on", name="fortroligt.pdf")
    add(name="brev.pdf")
    client.force_login(make_user(world.municipality, "Omar Bregne", Role.JOBFORMIDLER, unit=world.unit))
    answers = [
        client.get(reverse("document", args=[mona_case.pk, row.pk])).status_code
        for row in Document.objects.order_by("pk")
    ]
    assert answers == [404, 404, 200]
    listed = client.get(reverse("case_documents", args=[mona_case.pk])).content.decode()
    assert "brev.pdf" in listed
    assert "fortroligt.pdf" not in listed


def test_a_document_of_another_case_is_not_opened_through_this_one(add, as_line, mona_case, world, the_day):
    add()
    other = casework.open_case(
        citizen=world.citizen(number=2),
        unit=world.unit,
        jobformidler=world.line,
        caseworker=world.peter,
        by=world.line,
        at=the_day,
    )
    assert as_line.get(reverse("document", args=[other.pk, Document.objects.get().pk])).status_code == 404


def test_a_withdrawn_document_keeps_its_reason_and_opens_for_nobody(add, as_line, mona_case):
    add()
    row = Document.objects.get()
    page = reverse("document_withdraw", args=[mona_case.pk, row.pk])
    assert as_line.post(page, {"reason": ""}).status_code == 200
    assert as_line.post(page, {"reason": "Forkert borger"}).status_code == 302
    assert Document.objects.get().withdrawn_reason == "Forkert borger"
    assert as_line.get(reverse("document", args=[mona_case.pk, row.pk])).status_code == 404


def test_a_changed_file_is_not_handed_out(add, as_line, mona_case):
    add()
    row = Document.objects.get()
    stored = rows.path_of(row.stored_as)
    stored.write_bytes(stored.read_bytes()[:-1] + b"x")
    assert as_line.get(reverse("document", args=[mona_case.pk, row.pk])).status_code == 404


def test_a_document_whose_time_is_over_is_removed_and_leaves_no_orphan(
    add, mona_case, the_day, django_capture_on_commit_callbacks
):
    add()
    row = Document.objects.get()
    stored = rows.path_of(row.stored_as)
    with django_capture_on_commit_callbacks(execute=True):
        casework.forget_document(document=row, at=the_day)
    kept = Document.objects.get()
    assert (kept.file_name, kept.file_key, kept.stored_as) == ("", None, "")
    assert not stored.exists()


def test_a_removed_row_takes_its_file_with_it(add, django_capture_on_commit_callbacks):
    add()
    stored = rows.path_of(Document.objects.get().stored_as)
    with django_capture_on_commit_callbacks(execute=True):
        Document.objects.all().delete()
    assert not stored.exists()


def test_files_without_a_row_and_rows_without_a_file_are_found(add, tmp_path):
    add()
    row = Document.objects.get()
    assert orphans(rows.stored_names()) == []
    assert rows.missing() == []
    assert orphans(set()) == [row.stored_as]
    rows.path_of(row.stored_as).unlink()
    assert rows.missing() == [row]
