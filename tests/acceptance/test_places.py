"""What the requirements say about places, seen as a caseworker meets it."""

import pytest
from django.urls import reverse
from tests.matching.conftest import case_of, meet, place, workplace  # noqa: F401  fixtures
from tests.web.case_fixtures import the_day  # noqa: F401  fixture

pytestmark = pytest.mark.django_db

# ruff: noqa: F811  the fixtures imported here are also names of arguments


def test_a_caseworker_reaches_the_open_places_from_a_case_in_two_clicks(world, client, case_of, meet, place, the_day):
    case = case_of()
    meet(case)
    place("Linnedlager", paid_hours_expected=True)
    client.force_login(world.peter)
    first = client.get(reverse("case", args=[case.pk])).content.decode()
    tab = reverse("case_placements", args=[case.pk])
    assert f'href="{tab}"' in first
    match = reverse("place_match", args=[case.pk])
    assert f'href="{match}"' in client.get(tab).content.decode()
    assert "Linnedlager" in client.get(match).content.decode()


def test_whom_a_workplace_can_accommodate_stands_as_tags_and_in_its_own_words(world, client, place, the_day):
    open_place = place(accommodates=["quiet", "one_task"], accommodates_other="Hunden må gerne komme med")
    client.force_login(world.peter)
    page = client.get(reverse("place", args=[open_place.pk])).content.decode()
    for words in ("Ro omkring arbejdet", "Én opgave ad gangen", "Hunden må gerne komme med"):
        assert words in page
