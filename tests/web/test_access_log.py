"""Every look at a citizen is written after the request's transaction and before the answer leaves. No log, no answer."""
# ruff: noqa: F811  the fixtures imported here are also names of arguments

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse
from tests.web.standing_scenes import _town, scenes, world  # noqa: F401  fixtures

from jobformidler.accounts.enums import Role
from jobformidler.citizens.access_enums import Outcome
from jobformidler.citizens.models import AccessLog
from jobformidler.web import looking
from jobformidler.web.looking import settle


def looks(citizen):
    return AccessLog.objects.filter(citizen=citizen).order_by("pk")


def test_opening_a_page_says_who_when_which_page_on_what_relation_and_in_what_function(world, client, scenes):
    client.force_login(world.line)
    assert client.get(reverse("case_plan", args=[scenes["own"]["case"].pk])).status_code == 200
    look = looks(scenes["own"]["citizen"]).get()
    assert (look.user, look.page, look.relation, look.outcome) == (world.line, "plan", "jobformidler", Outcome.SHOWN)
    assert (look.role, look.unit) == (Role.JOBFORMIDLER, world.unit)


def test_a_colleague_of_the_unit_looks_on_the_units_relation(world, client, scenes):
    client.force_login(world.line)
    client.get(reverse("case", args=[scenes["colleague"]["case"].pk]))
    assert looks(scenes["colleague"]["citizen"]).get().relation == "team"


def test_a_strangers_look_is_kept_as_refused_and_nobody_is_kept_for_what_is_not_there(world, client, scenes):
    client.force_login(world.line)
    case = scenes["stranger"]["case"]
    assert client.get(reverse("case", args=[case.pk])).status_code == 404
    assert client.get(reverse("agreement", args=[scenes["stranger"]["placement"].pk])).status_code == 404
    assert client.get(reverse("enquiry_answer", args=[scenes["stranger"]["enquiry"].pk])).status_code == 404
    assert client.get(reverse("case_open", args=[case.citizen_id])).status_code == 404
    kept = list(looks(scenes["stranger"]["citizen"]).values_list("page", "outcome", "relation"))
    assert kept == [(page, "refused", "") for page in ("now", "agreement", "enquiry: answer", "case: open")]
    before = AccessLog.objects.count()
    assert client.get(reverse("case", args=[99_999_999])).status_code == 404
    assert client.get(reverse("case", args=[scenes["elsewhere"]["case"].pk])).status_code == 404
    assert AccessLog.objects.count() == before


def test_a_look_that_ends_in_a_refusal_of_the_view_is_kept_as_refused(world, client, scenes):
    client.force_login(world.nadia)
    case = scenes["own"]["case"]
    assert client.get(reverse("case_assign", args=[case.pk])).status_code == 404
    client.force_login(world.line)
    assert client.get(reverse("promise_keep", args=[case.pk, scenes["own"]["promise"].pk])).status_code in (200, 405)
    assert looks(case.citizen).filter(user=world.nadia).get().outcome == Outcome.REFUSED


def test_a_look_that_ended_in_an_error_and_a_rollback_is_kept_all_the_same(world, client, scenes, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("in the middle")

    monkeypatch.setattr("jobformidler.web.cases.people.three_roles", broken)
    client.raise_request_exception = False
    client.force_login(world.line)
    # The error rolls the request's savepoint back; the look is written outside it.
    with transaction.atomic():
        assert client.get(reverse("case_people", args=[scenes["own"]["case"].pk])).status_code == 500
    assert looks(scenes["own"]["citizen"]).get().outcome == Outcome.FAILED


def test_registering_something_is_an_event_and_not_a_look_but_showing_the_form_again_is_one(world, client, scenes):
    client.force_login(world.line)
    url = reverse("case_note", args=[scenes["own"]["case"].pk])
    assert client.post(url, {"text": "Alt er aftalt."}).status_code == 302
    assert not looks(scenes["own"]["citizen"]).exists()
    assert client.post(url, {"text": ""}).status_code == 200
    assert looks(scenes["own"]["citizen"]).get().page == "note"


def test_no_log_no_answer(world, client, scenes, monkeypatch):
    def full(**values):
        with connection.cursor() as cursor:
            cursor.execute("select 1/0")

    monkeypatch.setattr(looking, "log_looks", full)
    client.force_login(world.line)
    response = client.get(reverse("case", args=[scenes["own"]["case"].pk]))
    assert response.status_code == 503
    text = response.content.decode()
    assert "Mona" not in text and "Havtorn" not in text
    # A page about nobody is still there.
    assert client.get(reverse("account")).status_code == 200


def test_a_row_the_database_refuses_keeps_the_content_back(world, client, scenes, monkeypatch):
    monkeypatch.setattr(
        "jobformidler.web.guards.note",
        lambda request, citizen, page, relation: looking.note(
            request, citizen, page, "far too long for the column that takes it, and some more"
        ),
    )
    client.force_login(world.line)
    response = client.get(reverse("case", args=[scenes["own"]["case"].pk]))
    assert response.status_code == 503 and "Mona" not in response.content.decode()
    assert not AccessLog.objects.exists()


def test_what_is_streamed_is_logged_before_the_first_byte(rf, world, scenes):
    sent = []

    def parts():
        sent.append(AccessLog.objects.count())
        yield b"x"

    request = rf.get("/")
    request.looks, request.viewer = [], world.viewer(world.line)
    looking.note(request, scenes["own"]["citizen"], "export", "jobformidler")
    response = settle(request, StreamingHttpResponse(parts()))
    assert sent == [] and AccessLog.objects.count() == 1
    assert b"".join(response.streaming_content) == b"x"
    assert sent == [1]


def test_nothing_noted_costs_no_query(rf, world, django_assert_num_queries):
    request = rf.get("/")
    request.looks, request.viewer = [], None
    with django_assert_num_queries(0):
        assert settle(request, HttpResponse("ok")).status_code == 200


def test_an_export_notes_each_citizen_in_it_at_once(world, client, scenes):
    client.force_login(world.ole)
    response = client.get(
        reverse("board_cases", args=["sagsstamme"]),
        {
            "format": "csv",
            "bruger": world.line.pk,
            "rolle": "jobformidler",
        },
    )
    assert response.status_code == 200
    look = looks(scenes["own"]["citizen"]).get()
    assert (look.page, look.relation) == ("export: list", "team")
    assert not looks(scenes["stranger"]["citizen"]).exists()


def test_an_exact_search_is_a_look_and_a_search_on_a_name_is_one_when_the_hit_is_opened(world, client, scenes):
    client.force_login(world.line)
    client.post(reverse("search"), {"q": "Mona Havtorn"})
    assert not AccessLog.objects.exists()
    client.post(reverse("search"), {"q": "711180-0001"})
    assert AccessLog.objects.get().page == "search: number"


def test_the_log_cannot_be_changed_or_emptied_by_the_web_role(world, client, scenes):
    client.force_login(world.line)
    client.get(reverse("case", args=[scenes["own"]["case"].pk]))
    for statement in ("update citizens_accesslog set page = 'x'", "delete from citizens_accesslog"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
