"""How often, and from where, the main pages ask the database: the same small municipality each time, fifteen at most.

The counts stand in `__queries__/`; when a change to them is meant, `pytest tests/web/test_queries.py --update-queries`.
"""

import pytest
from django.urls import reverse
from tests.harness.queries import TooManyQueriesError
from tests.web.scenes import four_scenes

from jobformidler.core import clock

#: Who opens which pages; the object of a page is that of the scene `own`.
PAGES = {
    "line": {
        "account": None,
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
        "case_rights": "case",
        "case_timeline": "case",
        "caseload": None,
        "candidates": "place",
        "employers": None,
        "glossary": None,
        "hours": "placement",
        "place": "place",
        "place_match": "case",
        "places": None,
        "today": None,
        "workplace": "workplace",
    },
    "ole": {"board": None, "board_places": None, "caseloads": None, "delivery": "delivery", "ingest": None},
    "admin": {"jobs": None, "lists": None, "outbox": None, "setup": None, "units": None, "user": "user", "users": None},
}


@pytest.fixture
def own(world, now, monkeypatch):
    """The viewer's own scene among four, on the test day."""
    monkeypatch.setattr(clock, "now", lambda: now)
    return four_scenes(world)["own"]


@pytest.mark.parametrize("who", PAGES)
def test_the_main_pages_ask_the_database_as_often_as_written_down(world, own, client, assert_queries, who):
    client.force_login(getattr(world, who))
    wrong = []
    for name, what in PAGES[who].items():
        url = reverse(name, args=[own[what].pk] if what else [])
        assert client.get(url).status_code == 200, name  # also fills what a process remembers
        try:
            with assert_queries(name):
                client.get(url)
        except TooManyQueriesError as error:
            wrong.append(str(error))
    assert not wrong, "\n".join(wrong)
