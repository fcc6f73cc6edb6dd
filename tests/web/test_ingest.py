"""Register files on screen: seen before they are read, read once, told about afterwards."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.factories import World

from jobformidler.citizens.models import Citizen
from jobformidler.core import db
from jobformidler.core.enums import DeliveryStatus
from jobformidler.core.ingest import LOADERS, Job
from jobformidler.core.ingest.reading import context_for, forecast
from jobformidler.core.models import ColumnMapping, Delivery, Event, QuarantinedRow
from jobformidler.core.tabular import read_all
from jobformidler.registers import store, tasks

FILE = "CPR-nr.;Fornavn;Efternavn;Husdyr\n711180-0001;Mona;Havtorn;kat\n320180-1234;Umulig;Dato;=1+1\n"


@pytest.fixture
def admin(world, client):
    client.force_login(world.admin)
    return client


def upload(client, text=FILE, kind="citizens", name="borgere.csv"):
    content = text if isinstance(text, bytes) else text.encode("cp1252")
    return client.post(reverse("ingest"), {"kind": kind, "file": SimpleUploadedFile(name, content)})


def page(client, name="delivery", **more):
    delivery = Delivery.objects.latest("pk")
    return client.get(reverse(name, args=[delivery.pk]), **more)


def post(client, name, data=None):
    return client.post(reverse(name, args=[Delivery.objects.latest("pk").pk]), data or {})


def run_jobs():
    jobs = list(ProcrastinateJob.objects.filter(status="todo", task_name="registers.read_delivery"))
    for job in jobs:
        tasks.read_delivery(**job.args)
    return len(jobs)


def test_a_file_is_looked_at_before_anything_is_read(admin):
    answer = upload(admin)
    assert answer.status_code == 302
    text = page(admin).content.decode()
    assert "borgere.csv" in text and "Husdyr" in text
    assert "Datoen i CPR-nummeret findes ikke." in text
    assert "711180-0001" not in text and "711180-xxxx" in text
    assert not Citizen.objects.exists() and not Event.objects.exists()
    delivery = Delivery.objects.get()
    assert (delivery.status, delivery.read, delivery.inserted, delivery.quarantined) == ("preview", 2, 1, 1)


def test_the_file_lies_under_a_random_name_only_we_can_read_and_is_gone_when_it_is_read(admin):
    upload(admin, name="../../etc/711180-0001.csv")
    delivery = Delivery.objects.get()
    path = store.path_of(delivery.stored_as)
    assert delivery.file_name == "711180-xxxx.csv"
    assert len(delivery.stored_as) == 32 and path.stat().st_mode & 0o077 == 0
    post(admin, "delivery_start")
    assert run_jobs() == 1
    assert not path.exists()
    assert Delivery.objects.get().stored_as == ""


def test_confirming_reads_the_file_and_tells_what_came_of_it(admin, world):
    upload(admin)
    post(admin, "delivery_start")
    assert reverse("delivery_progress", args=[Delivery.objects.get().pk]) in page(admin).content.decode()
    run_jobs()
    assert Citizen.objects.get().full_name == "Mona Havtorn"
    delivery = Delivery.objects.get()
    assert (delivery.status, delivery.inserted, delivery.quarantined, delivery.by) == ("done", 1, 1, world.admin)
    assert Event.objects.get().kind == "core.delivery_read"
    text = page(admin).content.decode()
    assert "Datoen i CPR-nummeret findes ikke." in text
    assert page(admin, "delivery_progress").headers["HX-Refresh"] == "true"


def test_two_clicks_on_read_leave_one_effect(admin):
    upload(admin)
    assert post(admin, "delivery_start").status_code == 302
    assert post(admin, "delivery_start").status_code == 302
    assert run_jobs() == 1
    assert post(admin, "delivery_start").status_code == 302
    assert run_jobs() == 1  # the row of the finished job, run again as after a crash
    assert Citizen.objects.count() == 1
    assert Event.objects.filter(kind="core.delivery_read").count() == 1


def test_a_file_whose_worker_was_killed_is_read_from_the_beginning(admin):
    upload(admin)
    post(admin, "delivery_start")
    Delivery.objects.update(status=DeliveryStatus.RUNNING, progress=1)
    assert "1 af 2" in page(admin, "delivery_progress").content.decode()
    run_jobs()
    assert (Delivery.objects.get().status, Citizen.objects.count()) == ("done", 1)


def test_columns_chosen_while_a_file_is_counted_are_not_overwritten_by_that_count(admin, world):
    from jobformidler.registers.actions import choose_columns

    upload(admin)
    stale = Delivery.objects.get()
    choose_columns(delivery=stale, mapping={"Husdyr": ""}, by=world.admin, at=stale.at)
    loader = LOADERS["citizens"]
    with db.enter(world.municipality, reason="test"):
        context = context_for(loader, world.municipality, stale.at.date())
        result = read_all(store.path_of(stale.stored_as), loader.spec, context)
        forecast(loader=loader, job=Job(result, world.municipality, stale.at.date(), world.admin, stale))
    row = Delivery.objects.get()
    assert (row.headers["mapping"], row.headers["counted"], row.read) == ({"Husdyr": ""}, False, 0)


def test_a_started_file_cannot_be_put_aside_and_one_put_aside_leaves_nothing(admin):
    upload(admin)
    path = store.path_of(Delivery.objects.get().stored_as)
    pk = Delivery.objects.get().pk
    assert admin.post(reverse("delivery_discard", args=[pk])).url == reverse("ingest")
    assert not path.exists() and not Delivery.objects.exists() and not QuarantinedRow.objects.exists()
    assert admin.post(reverse("delivery_discard", args=[pk])).status_code == 302
    upload(admin)
    post(admin, "delivery_start")
    post(admin, "delivery_discard")
    assert Delivery.objects.get().status == "waiting"


def test_headers_we_do_not_know_are_mapped_and_the_mapping_kept_for_the_next_file(admin, world):
    strange = "Nøgle;Kaldenavn;Slægt\n711180-0001;Mona;Havtorn\n"
    upload(admin, strange)
    text = page(admin).content.decode()
    assert (
        "ingen linje med overskrifter" in text
        and reverse("delivery_start", args=[Delivery.objects.get().pk]) not in text
    )
    post(admin, "delivery_columns", {"c0": "cpr", "c1": "first_name", "c2": "last_name", "name": "Fra KMD"})
    assert ColumnMapping.objects.get().headers == {"Nøgle": "cpr", "Kaldenavn": "first_name", "Slægt": "last_name"}
    assert Delivery.objects.get().inserted == 1
    saved = ColumnMapping.objects.get()
    file = SimpleUploadedFile("igen.csv", strange.encode())
    admin.post(reverse("ingest"), {"kind": "citizens", "file": file, "mapping": saved.pk})
    assert Delivery.objects.latest("pk").inserted == 1


def test_two_headers_cannot_mean_the_same(admin):
    upload(admin)
    answer = post(admin, "delivery_columns", {"c0": "cpr", "c1": "first_name", "c2": "first_name", "c3": "-"})
    assert answer.status_code == 422
    assert "«Fornavn»" in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", ""),
        (b"%PDF-1.7", "Filen er ikke en tabel."),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, "gammelt Excel-format"),
        (b"PK\x03\x04" + b"x" * 600, "Excel"),
    ],
)
def test_what_is_no_table_is_refused_at_once_and_not_kept(admin, content, sentence):
    answer = upload(admin, content)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Delivery.objects.exists()
    assert not list(store.folder().iterdir())


def test_a_file_without_headers_shows_nobodys_number(admin):
    answer = upload(admin, "711180-0001;Mona;Havtorn\n711180-0002;Jonas;Klitrose\n")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "ingen linje med overskrifter" in text and "711180-xxxx" in text and "0001" not in text


def test_a_number_in_the_wrong_column_is_not_shown(admin):
    upload(admin, "cpr;first_name;last_name;benefit_from\n711180-0001;Mona;Havtorn;711180-0002\n")
    text = page(admin).content.decode()
    assert "«711180-xxxx» er ikke en dato" in text and "711180-0002" not in text


def test_a_file_beyond_the_limit_is_refused(admin, monkeypatch):
    monkeypatch.setattr("jobformidler.web.ingest.forms.LARGEST_FILE", 10)
    assert upload(admin).status_code == 422
    monkeypatch.setattr("jobformidler.web.ingest.forms.LARGEST_FILE", 10_000)
    monkeypatch.setattr(store, "LARGEST_FILE", 10)
    with pytest.raises(store.TooLargeError):
        store.keep([b"x" * 6, b"x" * 6])
    assert not list(store.folder().iterdir())


def test_a_large_file_is_counted_in_the_background(admin, monkeypatch):
    monkeypatch.setattr("jobformidler.web.ingest.views.AT_ONCE", 10)
    upload(admin)
    assert 'id="progress"' in page(admin).content.decode()
    assert 'id="progress"' in page(admin, "delivery_progress").content.decode()
    job = ProcrastinateJob.objects.get(task_name="registers.count_delivery")
    tasks.count_delivery(**job.args)
    assert Delivery.objects.get().inserted == 1
    assert 'id="progress"' not in page(admin).content.decode()


def test_rows_that_were_refused_are_downloaded_without_formulas_and_the_download_is_recorded(admin, world):
    upload(admin)
    answer = page(admin, "delivery_quarantine")
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "320180-1234;Umulig;Dato;'=1+1;3;CPR-nr.;Datoen i CPR-nummeret findes ikke." in answer.content.decode(
        "utf-8-sig"
    )
    event = Event.objects.get()
    assert (event.kind, event.actor) == ("registers.quarantine_fetched", world.admin)


def test_refused_rows_are_not_readable_in_the_database(admin):
    upload(admin)
    row = QuarantinedRow.objects.get()
    assert (row.line, row.field, row.reason, row.fields_seen) == (3, "cpr", "impossible_cpr_date", ["cpr"])
    assert b"320180" not in bytes(row.raw) and "320180" not in str(row.params)


def test_many_refused_rows_come_in_pages(admin):
    upload(admin, "cpr;first_name;last_name\n" + "x;y;z\n" * 60)
    assert page(admin).content.decode().count("CPR-nummeret skal have 10 cifre.") == 25


def test_an_empty_list_says_what_would_fill_it(admin):
    assert 'class="empty"' in admin.get(reverse("ingest")).content.decode()


def test_a_file_that_went_missing_is_told_kindly(admin):
    upload(admin)
    store.forget(Delivery.objects.get().stored_as)
    assert page(admin).status_code == 200
    post(admin, "delivery_start")
    run_jobs()
    delivery = Delivery.objects.get()
    assert (delivery.status, delivery.read) == (DeliveryStatus.FAILED, 0)
    assert delivery.error in page(admin).content.decode()


def test_an_error_of_the_database_leaves_nothing_half_done(admin, monkeypatch):
    from django.db import OperationalError

    upload(admin)
    post(admin, "delivery_start")

    def break_down(*args, **kwargs):
        raise OperationalError("711180-0001")

    monkeypatch.setattr("jobformidler.core.ingest.reading.quarantine.store", break_down)
    run_jobs()
    delivery = Delivery.objects.get()
    assert delivery.status == DeliveryStatus.FAILED and delivery.stored_as == ""
    assert delivery.error and "711180" not in delivery.error
    assert not Citizen.objects.exists() and not Event.objects.exists()


@pytest.mark.parametrize("who", ["line", "peter", "nadia"])
def test_others_may_not_deliver(world, client, who):
    client.force_login(getattr(world, who))
    assert client.get(reverse("ingest")).status_code == 403
    assert upload(client).status_code == 403


def test_a_team_leader_may_deliver(world, client):
    client.force_login(world.ole)
    assert upload(client).status_code == 302


def test_a_file_of_another_municipality_is_not_found(admin, world):
    upload(admin)
    mine = Delivery.objects.get()
    with World(code=101, name="Anden Kommune") as other:
        other_admin = other.admin
    admin.force_login(other_admin)
    for name in ("delivery", "delivery_progress", "delivery_quarantine"):
        assert admin.get(reverse(name, args=[mine.pk])).status_code == 404
    for name in ("delivery_start", "delivery_columns"):
        assert admin.post(reverse(name, args=[mine.pk])).status_code == 404


def test_uploads_nobody_decided_about_are_deleted_after_a_day(admin, world, monkeypatch):
    upload(admin)
    fresh = Delivery.objects.get()
    upload(admin)
    old = Delivery.objects.latest("pk")
    Delivery.objects.filter(pk=old.pk).update(at=old.at - dt.timedelta(days=2))
    tasks.tidy_deliveries(int(fresh.at.timestamp()))
    with db.enter(world.municipality, reason="test"):
        assert [row.pk for row in Delivery.objects.all()] == [fresh.pk]
    assert [file.name for file in store.folder().iterdir()] == [fresh.stored_as]
