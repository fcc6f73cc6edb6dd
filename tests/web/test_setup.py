"""The administrator's screens."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.factories import make_municipality, make_user

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Unit, User
from jobformidler.core import db as context
from jobformidler.core import events, lists, tasks
from jobformidler.core.models import ColumnMapping, FailedHandler, ListItem, Municipality
from jobformidler.messaging.models import OutgoingMail

PAGES = ("setup", "settings", "units", "users", "user_new", "lists", "mappings", "jobs", "outbox")


@pytest.fixture
def admin(world, client):
    client.force_login(world.admin)
    return client


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_for_the_administrator_and_for_nobody_else(world, admin, name):
    assert admin.get(reverse(name)).status_code == 200
    for user in (world.line, world.peter, world.ole, world.nadia):
        admin.force_login(user)
        assert admin.get(reverse(name)).status_code == 403


def settings_values(municipality, **changes):
    from jobformidler.accounts.actions.organisation import SETTINGS

    values = {name: getattr(municipality, name) for name in SETTINGS}
    values = {name: "" if value is None else value for name, value in values.items()}
    return values | {"version": municipality.version} | changes


def test_settings_are_saved_and_a_stale_save_shows_both_values(world, admin):
    url = reverse("settings")
    stale = settings_values(world.municipality)
    assert admin.post(url, settings_values(world.municipality, answer_hours=48)).status_code == 302
    world.municipality.refresh_from_db()
    assert world.municipality.answer_hours == 48
    page = admin.post(url, {**stale, "answer_hours": 12})
    assert page.status_code == 200
    assert 'value="mine"' in text(page)
    assert 'name="version" value="2"' in text(page)
    assert admin.post(url, {**stale, "version": 2, "answer_hours": 12, "keep": "mine"}).status_code == 302
    assert Municipality.objects.get(pk=world.municipality.pk).answer_hours == 12


def test_an_impossible_setting_is_told_at_its_field(world, admin):
    page = admin.post(reverse("settings"), settings_values(world.municipality, answer_hours=0))
    assert 'id="id_answer_hours-error"' in text(page)


def test_a_unit_is_created_renamed_and_taken_out_of_use_when_empty(world, admin):
    assert admin.post(reverse("units"), {"name": "Team Skoven"}).status_code == 302
    unit = Unit.objects.get(name="Team Skoven")
    assert admin.post(reverse("units"), {"name": "Team Skoven"}).status_code == 200
    assert admin.post(reverse("unit", args=[unit.pk]), {"name": "Team Lunden", "active": ""}).status_code == 302
    unit.refresh_from_db()
    assert (unit.name, unit.active) == ("Team Lunden", False)
    kept = admin.post(reverse("unit", args=[world.unit.pk]), {"name": "Team Havnen"})
    assert kept.status_code == 200
    assert Unit.objects.get(pk=world.unit.pk).active


def new_user(world, **changes):
    values = {"name": "Omar Bregne", "email": "omar@example.test", "role": "jobformidler"}
    return values | {"unit": world.unit.pk, "since": "2026-11-01"} | changes


def test_a_new_user_gets_a_password_shown_once_that_opens_the_door(world, admin):
    page = admin.post(reverse("user_new"), new_user(world))
    assert page["Cache-Control"] == "no-store"
    password = text(page).split("<code>")[1].split("</code>")[0]
    login = Client().post(reverse("login"), {"username": "omar@example.test", "password": password})
    assert login.status_code == 302
    assert password not in text(admin.get(reverse("user", args=[User.objects.get(name="Omar Bregne").pk])))


def test_a_user_whose_role_is_refused_is_not_created_either(world, admin):
    page = admin.post(reverse("user_new"), new_user(world, unit=""))
    assert page.status_code == 200
    assert not User.objects.filter(email="omar@example.test").exists()


def test_users_are_found_by_name_and_by_role(world, admin):
    found = text(admin.post(reverse("users"), {"q": "askel"}))
    assert world.line.name in found
    assert world.peter.name not in found
    by_role = text(admin.get(reverse("users"), {"rolle": "caseworker"}))
    assert world.peter.name in by_role
    assert f'<a href="{reverse("user", args=[world.line.pk])}"' not in by_role


def test_a_further_role_is_given_and_ended(world, admin):
    url = reverse("membership_new", args=[world.line.pk])
    assert admin.post(url, {"role": "caseworker", "unit": world.unit.pk, "since": "2026-11-01"}).status_code == 302
    assert admin.post(url, {"role": "caseworker", "unit": world.unit.pk, "since": "2026-11-10"}).status_code == 200
    row = world.line.memberships.get(role="caseworker")
    ended = admin.post(reverse("membership_end", args=[row.pk]), {"last_day": "2026-11-30"})
    assert ended.status_code == 302
    row.refresh_from_db()
    assert row.period.upper == dt.date(2026, 12, 1)
    assert "30.11.2026" in text(admin.get(reverse("user", args=[world.line.pk])))


def test_the_last_administrator_keeps_the_role_and_the_login(world, admin):
    row = world.admin.memberships.get()
    page = admin.post(reverse("membership_end", args=[row.pk]), {"last_day": "2026-11-30"})
    assert page.status_code == 200
    admin.post(reverse("user_active", args=[world.admin.pk]))
    assert User.objects.get(pk=world.admin.pk).is_active


def test_a_user_of_another_municipality_is_not_there(world, admin):
    other = make_municipality(555, "Anden")
    with context.enter(other, reason="test"):
        stranger = make_user(other, "Rune Strandvold", Role.ADMINISTRATOR)
    for name in ("user", "membership_new"):
        assert admin.get(reverse(name, args=[stranger.pk])).status_code == 404
    for name in ("user_password", "user_active"):
        assert admin.post(reverse(name, args=[stranger.pk])).status_code == 404
    assert admin.get(reverse("membership_end", args=[stranger.memberships.get().pk])).status_code == 404


def test_an_administrator_cannot_take_over_a_login_that_works_elsewhere_too(world, admin):
    other = make_municipality(555, "Anden")
    make_user_there = world.line.memberships.create(
        organisation=other.organisation, municipality=other, role=Role.FINANCE, period=(dt.date(2026, 1, 1), None)
    )
    assert make_user_there
    assert admin.post(reverse("user_password", args=[world.line.pk])).status_code == 403
    values = {"name": "X", "email": "x@example.test", "version": 1}
    assert admin.post(reverse("user", args=[world.line.pk]), values).status_code == 403


def test_entries_of_a_list_are_added_renamed_moved_and_taken_out_of_use(world, admin):
    url = reverse("list_items", args=["effort_model"])
    assert admin.post(url, {"label": "Flere i job"}).status_code == 302
    item = ListItem.objects.get(list="effort_model", label="Flere i job")
    assert item.code == "flere_i_job"
    assert admin.post(url, {"label": "flere i job"}).status_code == 200
    one = reverse("list_item", args=[item.pk])
    admin.post(one, {"do": "up"})
    assert [code for code, _label in lists.choices("effort_model")][-2] == "flere_i_job"
    admin.post(one, {"label": "Flere i arbejde"})
    assert lists.labels("effort_model")["flere_i_job"] == "Flere i arbejde"
    admin.post(one, {"do": "use"})
    assert "flere_i_job" not in dict(lists.choices("effort_model"))
    assert "flere_i_job" in lists.labels("effort_model")
    assert admin.get(reverse("list_items", args=["nothing"])).status_code == 404


def test_a_column_mapping_is_removed(world, admin):
    row = ColumnMapping.objects.create(
        municipality=world.municipality, kind="citizens", name="Fra fagsystemet", headers={"Fornavn": "first_name"}
    )
    assert "Fornavn" in text(admin.get(reverse("mappings")))
    assert admin.post(reverse("mapping_remove", args=[row.pk])).status_code == 302
    assert not ColumnMapping.objects.exists()


def test_a_failed_handler_is_shown_and_put_into_the_queue_again(world, admin, now, monkeypatch):
    monkeypatch.setitem(events.HANDLERS, "test.fails", lambda event: 1 / 0)
    event = events.record("accounts.unit_created", world.unit, by=world.admin, at=now, name="X")
    arguments = {"event_id": event.pk, "handler": "test.fails", "municipality_id": world.municipality.pk}
    with pytest.raises(ZeroDivisionError):
        tasks.handle_event(**arguments)
    page = text(admin.get(reverse("jobs")))
    assert "test.fails" in page
    assert "ZeroDivisionError" in page
    assert "accounts.unit_created" in page
    failed = FailedHandler.objects.get()
    assert admin.post(reverse("job_rerun", args=[failed.pk])).status_code == 302
    (job,) = ProcrastinateJob.objects.filter(task_name="core.handle_event", status="todo", args=arguments)
    monkeypatch.setitem(events.HANDLERS, "test.fails", lambda event: None)
    tasks.handle_event(**job.args)
    assert "test.fails" not in text(admin.get(reverse("jobs")))
    failed.refresh_from_db()
    assert failed.resolved_at is not None


def write(world, now, **values):
    given = {"municipality": world.municipality, "to": "mona@example.test", "subject": "Noget at læse", "kind": "test"}
    return OutgoingMail.objects.create(**(given | {"body": "Hej Mona Havtorn.", "written_at": now} | values))


def test_the_outbox_shows_status_but_neither_text_nor_the_address_of_a_citizen(world, admin, now):
    mail = write(world, now, citizen_id=1, error="SMTPServerDisconnected: mona@example.test")
    for page in (admin.get(reverse("outbox")), admin.get(reverse("outbox_mail", args=[mail.pk]))):
        assert "mona@example.test" not in text(page)
        assert "Havtorn" not in text(page)
    assert "SMTPServerDisconnected" in text(admin.get(reverse("outbox")))
    assert admin.post(reverse("outbox_again", args=[mail.pk])).status_code == 302
    assert ProcrastinateJob.objects.filter(task_name="messaging.send", status="todo").count() == 1


def test_in_a_demonstration_the_outbox_shows_what_was_written(world, admin, now):
    Municipality.objects.filter(pk=world.municipality.pk).update(is_demo=True)
    mail = write(world, now)
    assert "Hej Mona Havtorn." in text(admin.get(reverse("outbox_mail", args=[mail.pk])))


def test_the_glossary_is_searched_and_shown_by_area(world, client):
    client.force_login(world.line)
    url = reverse("glossary")
    assert "<dt>" in text(client.get(url))
    one = client.get(url, {"q": "xyzzy"})
    assert "<dt>" not in text(one)
    area = text(client.get(url, {"omraade": "ingest"}))
    assert "Modtagne filer" in area
    assert text(client.get(url, {"q": "jobformidler"})).count("<dt>") >= 1
