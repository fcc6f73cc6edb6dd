"""Every address has a guard, and every role gets the answer the matrix names."""
# ruff: noqa: F811  the fixtures imported here are also names of arguments

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from tests.web.matrix import MATRIX, ROLES, SCENES, Expected
from tests.web.standing_scenes import _town, scenes, world  # noqa: F401  fixtures

from jobformidler.web.guards import roles

WHO = dict(zip(ROLES, ("line", "peter", "ole", "nadia", "admin", "vibeke", "mona"), strict=True))


def addresses(resolver=None):
    """Every pattern of the product."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield entry
        else:
            yield from addresses(entry)


def test_every_view_carries_a_guard_and_a_public_one_says_why():
    bare = [str(a.pattern) for a in addresses() if not getattr(a.callback, "guard", "")]
    assert bare == []
    said = {a.name: a.callback.guard for a in addresses() if a.callback.guard.startswith("public")}
    assert [name for name, guard in said.items() if len(guard) < len("public: ") + 10] == []


def test_only_these_pages_open_without_login():
    public = {a.name for a in addresses() if not getattr(a.callback, "login_required", True)}
    assert public == {a.name for a in addresses() if a.callback.guard.startswith("public")}
    known = {name for name, expected in MATRIX.items() if expected.stranger != 302}
    assert public == known


def test_every_address_has_a_name_of_its_own():
    names = [a.name for a in addresses()]
    assert None not in names
    assert sorted(names) == sorted(set(names))


def test_the_matrix_has_a_line_for_every_address():
    names = {a.name for a in addresses()}
    assert names - set(MATRIX) == set(), "add a line to tests/web/matrix.py"
    assert set(MATRIX) - names == set(), "take the line out of tests/web/matrix.py"


def _url(name: str, expected: Expected, scene: dict) -> str:
    parts = {key: value[1:] if value.startswith("=") else scene[value].pk for key, value in expected.keys.items()}
    return reverse(name, kwargs=parts)


#: The others are left to the whole run.
QUICK = ("jobformidler", "citizen")


@pytest.mark.parametrize(
    "role", [role if role in QUICK else pytest.param(role, marks=pytest.mark.slow) for role in ROLES]
)
def test_each_role_gets_the_answer_the_matrix_names(world, scenes, role):
    client = Client(raise_request_exception=False)
    client.force_login(getattr(world, WHO[role]))
    wrong = []
    for name, expected in MATRIX.items():
        for scene, code in zip(SCENES, expected.codes[role], strict=True):
            if not expected.keys and scene != SCENES[0]:
                continue
            # What takes a POST only is tried with one wherever it must be refused.
            ask = client.post if 405 in expected.codes[role] and code != 405 else client.get
            got = ask(_url(name, expected, scenes[scene])).status_code
            if got != code:
                wrong.append(f"{name} ({scene}): {got}, not {code}")
    assert not wrong, "\n".join(wrong)


def test_somebody_not_logged_in_gets_no_page_but_the_public_ones(world, scenes):
    wrong = []
    for name, expected in MATRIX.items():
        response = Client().get(_url(name, expected, scenes["own"]))
        if response.status_code != expected.stranger:
            wrong.append(f"{name}: {response.status_code}")
        if expected.stranger == 302 and not response["Location"].startswith(reverse("login")):
            wrong.append(f"{name}: sent to {response['Location']}")
    assert not wrong, "\n".join(wrong)


def test_a_guard_without_roles_still_wants_a_role_in_force(world, client):
    world.line.memberships.all().delete()
    client.force_login(world.line)
    assert client.get(reverse("account")).status_code == 403
    assert roles()(lambda request: None).guard == "roles: any"
