"""The harness bites: each mistake it is there for fails, and what is right passes."""

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.template import engines
from django.test import Client
from django.urls import path, reverse
from tests.harness.database import LocksTooMuchError, MomentForDayError, UnorderedError
from tests.harness.pages import BadPageError, problems
from tests.harness.queries import TooManyQueriesError, assert_queries, counted
from tests.harness.templates import UndefinedVariableError
from tests.harness.threads import at_once

from jobformidler.accounts.models import Unit
from jobformidler.citizens.models import Citizen
from jobformidler.web.guards import public


def render(source: str, **values: object) -> str:
    return engines["django"].from_string(source).render(values)


@pytest.mark.parametrize(
    "source",
    [
        "{{ nobody }}",
        "{{ case.nobody }}",
        "{{ nobody|lower }}",
        "{% for one in nobody %}{{ one }}{% endfor %}",
        "{% for one in case.nobody %}{{ one }}{% endfor %}",
        "{% icon nobody %}",
        "{% blocktrans %}It is {{ nobody }}{% endblocktrans %}",
        "{% include 'components/nav_links.html' with items=nobody only %}",
        "{% url 'case' nobody %}",
    ],
)
def test_a_name_nobody_gave_cannot_be_shown_looped_over_or_handed_on(source):
    with pytest.raises(UndefinedVariableError):
        render(source, case={})


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{% if nobody %}yes{% else %}no{% endif %}", "no"),
        ("{{ nobody|default:'–' }}", "–"),
        ("{% with given=nobody %}{% if given %}yes{% endif %}{% endwith %}", ""),
        ("{% for one in some %}{{ one }}{% empty %}none{% endfor %}", "none"),
        ("{{ empty }}", ""),
    ],
)
def test_what_may_be_missing_can_be_asked_for(source, shown):
    assert render(source, some=[], empty="") == shown


def test_rows_without_an_order_come_in_none_and_a_slice_of_them_fails(world):
    for number in range(4):
        Unit.objects.create(municipality=world.municipality, name=f"Team {number}")
    by_age = list(Unit.objects.order_by("pk"))
    assert list(Unit.objects.order_by()) != by_age
    assert set(Unit.objects.order_by().iterator()) == set(by_age)
    with pytest.raises(UnorderedError):
        list(Unit.objects.order_by()[:2])
    assert list(Unit.objects.order_by("pk")[:2]) == by_age[:2]
    assert Unit.objects.order_by().get(pk=by_age[0].pk) == by_age[0]
    assert Unit.objects.order_by().count() == len(by_age)
    assert Unit.objects.order_by().exists()


def test_a_lock_says_which_rows_it_takes(world):
    world.citizen()
    with transaction.atomic():
        rows = Citizen.objects.select_related("unit").select_for_update()
        with pytest.raises(LocksTooMuchError):
            rows.get()
        assert Citizen.objects.select_related("unit").select_for_update(of=("self",)).get()


def test_a_moment_is_no_day(world, now, day):
    citizen = world.citizen()
    citizen.birth_date = now
    with pytest.raises(MomentForDayError), transaction.atomic():
        citizen.save()
    with pytest.raises(MomentForDayError):
        Citizen.objects.filter(birth_date=now).exists()
    assert not Citizen.objects.filter(birth_date=day).exists()


@pytest.mark.parametrize(
    "html",
    [
        "<p>{{ name }}</p>",
        "{% endif %}",
        "<p>%(who)s wrote</p>",
        "<script>alert(1)</script>",
        '<p style="color: red">',
        "<style>p {}</style>",
        '<button onclick="go()">',
        '<a href="javascript:go()">',
        "<p>&lt;jobformidler.Case object at 0x7f3c&gt;</p>",
    ],
)
def test_a_page_with_left_overs_or_inline_code_is_seen(html):
    assert problems(html)


@pytest.mark.parametrize(
    "html", ['<script src="/a.js" defer></script>', "<p>{1} 50 % (style)</p>", '<p class="style=x">on=1</p>', "{ { } }"]
)
def test_a_clean_page_passes(html):
    assert problems(html) == []


@public("a page of the test")
def bad(request):
    return HttpResponse("<p>{{ name }}</p>")


urlpatterns = [path("bad/", bad), path("csp/", bad, name="csp_report")]


@pytest.mark.urls(__name__)
def test_every_client_looks_at_every_page(db):
    with pytest.raises(BadPageError):
        Client().get("/bad/")


def test_no_page_is_kept_by_the_browser(world, client):
    assert "no-store" in client.get(reverse("login"))["Cache-Control"]
    client.force_login(world.line)
    assert client.get(reverse("caseload"))["Cache-Control"] == "no-store, private"


def test_queries_are_counted_where_our_code_asks_and_compared_with_a_file(world, tmp_path):
    file = tmp_path / "counts" / "one.txt"

    def ask(times: int = 1, *, update: bool = False, most: int = 15) -> None:
        with assert_queries(file, update=update, most=most):
            for _ in range(times):
                world.viewer(world.line)

    with pytest.raises(TooManyQueriesError, match="nothing known yet"):
        ask()
    ask(update=True)
    ask()
    assert "accounts/viewer.py:viewer_for" in file.read_text(encoding="utf-8")
    with pytest.raises(TooManyQueriesError, match="update-queries"):
        ask(2)
    with pytest.raises(TooManyQueriesError, match="more than"):
        ask(2, most=1, update=True)
    with counted() as found, transaction.atomic():
        pass
    assert found.total() == 0


def test_what_is_raised_at_once_is_handed_back():
    def fail(ready):
        ready()
        raise ValueError("one of them")

    values = at_once(lambda ready: ready() and None, fail)
    assert isinstance(values[1], ValueError)


def test_a_changed_setting_does_not_disarm_the_templates(settings):
    settings.DEBUG = True
    with pytest.raises(UndefinedVariableError):
        engines["django"].from_string("{{ nobody }}").render({})
