"""How often, and from where, the main pages ask the database: the same small municipality each time, fifteen at most.

The counts stand in `__queries__/`; when a change to them is meant, `pytest tests/web/test_queries.py --update-queries`.
"""

import pytest
from django.urls import reverse
from tests.factories import make_user
from tests.harness.queries import MOST, TooManyQueriesError
from tests.web.scenes import four_scenes

from jobformidler.accounts.enums import Role
from jobformidler.citizens.actions import register_answer, relate
from jobformidler.citizens.answers import Said, To, What
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.sharing import Receiver, ShareField
from jobformidler.core import clock

#: Who opens which pages; the object of a page is that of the scene `own`.
PAGES = {
    "line": {
        "account": None,
        "devices": None,
        "disclosure_card": "placement",
        "agreement": "placement",
        "agreements": None,
        "calendar": None,
        "case": "case",
        "case_contact": "case",
        "case_conversation": "case",
        "case_cv": "case",
        "case_documents": "case",
        "case_people": "case",
        "case_periods": "case",
        "case_placements": "case",
        "case_plan": "case",
        "case_looks": "case",
        "case_rights": "case",
        "case_sharing": "case",
        "case_timeline": "case",
        "caseload": None,
        "candidates": "place",
        "employers": None,
        "glossary": None,
        "hours": "placement",
        "place": "place",
        "place_match": "case",
        "places": None,
        "second_factor": None,
        "stories": None,
        "today": None,
        "workplace": "workplace",
    },
    "ole": {"board": None, "board_places": None, "caseloads": None, "delivery": "delivery", "ingest": None},
    "peter": {"case_confidential": "case", "complaint": "complaint", "decision": "decision", "for_decision": None},
    "vibeke": {
        "access_alert": "alert",
        "access_alerts": None,
        "access_log": None,
        "audit_policy": None,
        "emergency": "emergency",
        "emergency_list": None,
        "staff_privacy": "user",
    },
    "hanne": {"shared_plan": "citizen", "shared_plans": None},
    "mona": {"me": None, "my_access": None, "my_rights": None, "my_sharing": None, "my_viewers": None},
    "admin": {
        "jobs": None,
        "lists": None,
        "outbox": None,
        "rules": None,
        "setup": None,
        "units": None,
        "user": "user",
        "users": None,
    },
}


#: Pages that may ask more often: a card has lines of six kinds, each with a table of its own.
MORE = {"disclosure_card": 20}


@pytest.fixture
def own(world, now, monkeypatch):
    """The viewer's own scene among four, on the test day, with the people who look at it from elsewhere."""
    monkeypatch.setattr(clock, "now", lambda: now)
    scene = four_scenes(world)["own"]
    citizen, here, day = scene["citizen"], world.municipality, clock.today()
    world.vibeke = make_user(here, "Vibeke Strandmalurt", Role.SECURITY_OFFICER)
    world.mona = make_user(here, "Mona Havtorn", Role.CITIZEN)
    relate(citizen=citizen, kind=RelationKind.SELF, user=world.mona, since=day)
    world.hanne = make_user(here, "Hanne Lyng", Role.PROFESSIONAL)
    to = To(Receiver.PROFESSIONAL, "Hanne Lyng", user=world.hanne)
    said = {"to": to, "purpose": "Samme vej", "said": Said(), "by": world.line, "at": now}
    register_answer(citizen=citizen, what=What([ShareField.GOALS, ShareField.SUB_GOALS]), **said)
    return scene


@pytest.mark.parametrize("who", PAGES)
def test_the_main_pages_ask_the_database_as_often_as_written_down(world, own, client, assert_queries, who):
    client.force_login(getattr(world, who))
    wrong = []
    for name, what in PAGES[who].items():
        url = reverse(name, args=[own[what].pk] if what else [])
        assert client.get(url).status_code == 200, name  # also fills what a process remembers
        try:
            with assert_queries(name, most=MORE.get(name, MOST)):
                client.get(url)
        except TooManyQueriesError as error:
            wrong.append(str(error))
    assert not wrong, "\n".join(wrong)
