"""Places on screens."""

import datetime as dt

import pytest
from django.urls import reverse

from jobformidler.core import clock
from jobformidler.employers.actions import register_workplace
from jobformidler.openings.actions import register_place
from jobformidler.openings.models import Place, PlaceTask


@pytest.fixture(autouse=True)
def _the_day(monkeypatch, now):
    """Screens are seen on the Monday all tests happen on."""
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def make(world, now, day):
    """Registers places in one workplace."""
    yard = register_workplace(cvr="99000023", p_number="9900000001", name="Trælast", by=world.nadia, at=now)

    def register(title="Lager", **values):
        return register_place(
            **{
                "workplace": yard, "kind": "internship", "title": title, "hours_min": 5, "hours_max": 10,
                "starts_on": day, "by": world.nadia, "at": now, "confirmed_on": clock.today(),
            }
            | values
        )  # fmt: skip

    return register


def names(page):
    return [row["name"] for row in page.context["rows"]]


def test_the_filters_narrow_the_list(client, world, make):
    make()
    make("Skilte", kind="small_job", hours_min=15, hours_max=20, accommodates=["quiet"], paid_hours_expected=True)
    client.force_login(world.peter)
    url = reverse("places")
    assert names(client.get(url)) == ["Lager", "Skilte"]
    for query in ({"art": "small_job"}, {"hensyn": "quiet"}, {"loentimer": "ja"}):
        assert names(client.get(url, query)) == ["Skilte"], query
    assert names(client.get(url, {"timer": "10"})) == ["Lager"]


def test_a_place_not_confirmed_for_long_is_greyed_and_confirmed_with_one_tap(client, world, make):
    place = make(confirmed_on=clock.today() - dt.timedelta(70))
    client.force_login(world.line)
    url = reverse("places")
    assert "stale-row" in client.get(url).content.decode()
    sent = client.post(reverse("place_confirm", args=[place.pk]), {"next": f"{url}?frisk=nej"})
    assert sent.url == f"{url}?frisk=nej"
    assert "stale-row" not in client.get(url).content.decode()


def test_a_place_is_registered_from_its_workplace(client, world, make, day):
    yard = make().workplace
    client.force_login(world.nadia)
    url = f"{reverse('place_new')}?virksomhed={yard.pk}"
    assert client.get(url).status_code == 200
    values = {"kind": "internship", "title": "Prisskilte", "hours_min": "2,5", "hours_max": "10", "capacity": "2",
              "starts_on": day.isoformat(), "last_day": "2027-01-15", "accommodates": ["quiet"]}  # fmt: skip
    assert client.post(url, values).status_code == 302
    made = Place.objects.get(title="Prisskilte")
    assert (float(made.hours_min), made.ends_on, made.accommodates) == (2.5, dt.date(2027, 1, 16), ["quiet"])


def test_without_a_workplace_the_register_opens(client, world):
    client.force_login(world.nadia)
    assert client.get(reverse("place_new")).url == reverse("employers")


def test_a_refusal_of_the_database_is_told_and_keeps_what_was_typed(client, world, make, day):
    yard = make().workplace
    client.force_login(world.nadia)
    values = {"kind": "internship", "title": "Prisskilte", "hours_min": "12", "hours_max": "10", "capacity": "1",
              "starts_on": day.isoformat()}  # fmt: skip
    page = client.post(f"{reverse('place_new')}?virksomhed={yard.pk}", values)
    assert page.status_code == 200
    assert page.context["form"].non_field_errors()
    assert "Prisskilte" in page.content.decode()


def test_a_stale_save_of_a_place_shows_both_in_words(client, world, make):
    place = make(accommodates=["quiet"])
    client.force_login(world.line)
    url = reverse("place_edit", args=[place.pk])
    form = client.get(url).context["form"]
    first = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    assert client.post(url, {**first, "accommodates": ["one_task"]}).status_code == 302
    page = client.post(url, {**first, "accommodates": ["no_car"]})
    shown = page.content.decode()
    assert "Én opgave ad gangen" in shown
    assert "Kan nås uden bil" in shown


def test_tasks_that_can_become_paid_hours_stand_on_the_place(client, world, make):
    place = make()
    client.force_login(world.nadia)
    sent = client.post(
        reverse("task_new", args=[place.pk]),
        {"text": "Skiltekørsel", "weekly_hours": "4", "pay_condition": "Når alene"},
    )
    assert sent.status_code == 302
    task = PlaceTask.objects.get()
    page = client.get(reverse("place", args=[place.pk])).content.decode()
    assert "Skiltekørsel" in page
    assert "Når alene" in page
    change = client.post(reverse("task_edit", args=[task.pk]), {"text": "Skilte", "weekly_hours": "5", "version": "1"})
    assert change.status_code == 302
    assert client.post(reverse("task_remove", args=[task.pk])).status_code == 302
    assert not PlaceTask.objects.exists()


def test_a_closed_place_is_gone_from_the_list_and_its_page_says_so(client, world, make):
    place = make()
    client.force_login(world.nadia)
    client.post(reverse("place_close", args=[place.pk]), {"on": clock.today().isoformat()})
    assert names(client.get(reverse("places"))) == []
    assert client.get(reverse("place", args=[place.pk])).context["state"]


def test_confirming_and_removing_need_a_post(client, world, make):
    client.force_login(world.nadia)
    assert client.get(reverse("place_confirm", args=[make().pk])).status_code == 405


def test_the_pages_need_few_queries(client, world, make, django_assert_max_num_queries):
    place, *_others = [make(f"Plads {n}") for n in range(20)]
    client.force_login(world.line)
    for url in (reverse("places"), reverse("place", args=[place.pk])):
        client.get(url)
        with django_assert_max_num_queries(15):
            assert client.get(url).status_code == 200
