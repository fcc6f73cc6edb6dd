"""Name and address protection is honoured on every page, in search and in every file."""
# ruff: noqa: F811  the fixtures imported here are also names of arguments

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.matrix import MATRIX
from tests.web.standing_scenes import _town, scenes, world  # noqa: F401  fixtures

from jobformidler.citizens import display
from jobformidler.citizens.models import Citizen

HIDDEN = "Skjulvej"
#: Where whoever works with the citizen corrects the address itself.
WRITTEN = {"case_edit"}
#: The citizen's own pages, and everything held about them, are the citizen's.
OWN = ("my_", "me")


@pytest.fixture
def scene(scenes):
    """A protected citizen with everything around."""
    made = scenes["own"]
    Citizen.objects.filter(pk=made["citizen"].pk).update(
        address=f"{HIDDEN} 7", postal_code="9998", city="Skjulby", protected_address=True
    )
    made["citizen"].refresh_from_db()
    return made


@pytest.mark.slow
@pytest.mark.parametrize("who", ["line", "peter", "ole", "nadia", "admin"])
def test_the_address_stands_on_no_page(who, world, scene):
    client = Client(raise_request_exception=False)
    client.force_login(getattr(world, who))
    shown, seen = [], 0
    for name, expected in MATRIX.items():
        if name in WRITTEN or name.startswith(OWN):
            continue
        parts = {key: value[1:] if value.startswith("=") else scene[value].pk for key, value in expected.keys.items()}
        response = client.get(reverse(name, kwargs=parts))
        if response.status_code != 200 or response.streaming:
            continue
        seen += 1
        if HIDDEN in response.content.decode(errors="ignore"):
            shown.append(name)
    assert shown == []
    assert seen > 10


def test_search_marks_the_name_and_hides_the_address(world, scene, client):
    client.force_login(world.line)
    page = client.post(reverse("search"), {"q": "Havtorn"}).content.decode()
    assert "Navne- og adressebeskyttet" in page
    assert HIDDEN not in page


def test_the_case_and_the_list_of_citizens_say_that_the_citizen_is_protected(world, scene, client):
    client.force_login(world.line)
    for address in (reverse("case", args=[scene["case"].pk]), reverse("caseload")):
        assert "Navne- og adressebeskyttet" in client.get(address).content.decode()


def test_a_file_names_nobody_who_is_protected(world, scene, client):
    client.force_login(world.ole)
    address = reverse("board_cases", args=["sagsstamme"])
    answer = client.get(address, {"bruger": world.line.pk, "rolle": "jobformidler", "format": "csv"})
    text = answer.content.decode("utf-8-sig")
    assert "Navne- og adressebeskyttet" in text
    assert HIDDEN not in text


def test_somebody_who_is_not_protected_is_shown_as_ever(world):
    citizen = world.citizen("Jonas Klitrose", 7, address="Kajen 1", city="Fjordby")
    assert (display.mark(citizen), display.exported_name(citizen)) == ("", "Jonas Klitrose")
    assert display.address(citizen) == "Kajen 1, Fjordby"
