"""Every address, every role, every object that is not theirs: refused, and nothing is written."""

import pytest
from django.urls import reverse

from jobformidler.accounts.enums import Role
from tests.attack.conftest import REACH, writes
from tests.attack.pages import url
from tests.web.matrix import MATRIX, SCENES, Expected

REFUSED = (403, 404, 405)
JOBFORMIDLER = str(Role.JOBFORMIDLER)
READ_THERE = {"citizen", "security_officer"}
IN_THE_MATRIX = {"jobformidler", "caseworker", "team_leader", "employer_consultant", "administrator"}


def _of_a_citizen(expected: Expected) -> bool:
    """Addresses of a citizen's own things: a jobformidler without relation gets 404."""
    return bool(expected.keys) and expected.codes.get(JOBFORMIDLER, (0,) * 4)[2] == 404


OF_A_CITIZEN = sorted(name for name, expected in MATRIX.items() if _of_a_citizen(expected))
WITH_TWO = [name for name in OF_A_CITIZEN if sum(not v.startswith("=") for v in MATRIX[name].keys.values()) > 1]


@pytest.mark.parametrize("who", sorted(set(REACH) - IN_THE_MATRIX | {"jobformidler"}))
def test_an_object_of_a_citizen_one_has_no_relation_to_is_refused(target, who):
    wrong = []
    client = target.client(who)
    # What the access matrix reads for its roles is only written to here.
    asks = (client.post,) if who in IN_THE_MATRIX or who in READ_THERE else (client.post, client.get)
    # Whoever reaches nobody is as far from a colleague's citizen as from the unit's own.
    scenes = [scene for scene in SCENES if REACH[who] or scene in ("own", "elsewhere")]
    for name in OF_A_CITIZEN:
        before = writes()
        allowed = MATRIX[name].codes.get(who, (404,) * 4)
        for scene in scenes:
            if scene in REACH[who] or allowed[SCENES.index(scene)] == 200:
                continue
            address = url(name, target.scenes[scene])
            codes = [ask(address).status_code for ask in asks]
            if set(codes) - set(REFUSED):
                wrong.append(f"{name}, {scene}: {codes}")
        if writes() != before:
            wrong.append(f"{name} wrote something")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("victim", ["stranger", "elsewhere"])
def test_another_citizens_row_cannot_be_reached_through_ones_own_case(target, victim):
    wrong = []
    client = target.client("jobformidler")
    for name in WITH_TWO:
        address = url(name, target.scenes["own"], target.scenes[victim])
        before = writes()
        codes = {client.get(address).status_code}
        codes.add(client.post(address, {"reason": "Forkert", "confirm": "1"}).status_code)
        if not codes <= set(REFUSED) or writes() != before:
            wrong.append(f"{name}: {codes}")
    assert not wrong, "\n".join(wrong)


def test_nobody_changes_anything_without_logging_in(target):
    client = target.client("")
    before = writes()
    wrong = []
    for name in sorted(name for name, expected in MATRIX.items() if expected.stranger == 302):
        response = client.post(url(name, target.scenes["own"]), {"reason": "x"})
        if response.status_code != 302 or not response["Location"].startswith(reverse("login")):
            wrong.append(f"{name}: {response.status_code}")
    assert not wrong, "\n".join(wrong)
    assert writes() == before
