"""Register from the phone: my citizens, those I meet today first, each with five verbs; and where waiting steps lead."""

# ruff: noqa: F811  the fixtures imported here are also names of arguments

import datetime as dt
import re
from pathlib import Path

import pytest
from django.urls import reverse
from tests.web.case_fixtures import as_line, asked, mona_case, stranger, the_day  # noqa: F401  fixtures

import jobformidler
from jobformidler.casework import actions
from jobformidler.casework.enums import ContactKind
from jobformidler.casework.models import Attention
from jobformidler.web import danish, steps

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 23)


def page(client, **sent):
    address = reverse("register")
    return (client.post(address, sent) if sent else client.get(address)).content.decode()


def test_each_of_my_citizens_has_the_five_verbs(as_line, mona_case):
    shown = page(as_line)
    for name in ("case_conversation", "case_contact", "placement_new", "case_placements", "case_note"):
        assert f'href="{reverse(name, args=[mona_case.pk])}"' in shown
    assert f'href="{reverse("register")}" aria-current="page"' in shown


def test_whom_i_meet_today_stands_first_and_is_said(as_line, world, mona_case, now):
    other = actions.open_case(
        citizen=world.citizen("Anna Agerkål", 2),
        unit=world.unit,
        jobformidler=world.line,
        by=world.line,
        at=now,
    )
    assert page(as_line).index(other.citizen.full_name) < page(as_line).index("Mona")
    actions.plan_appointment(
        case=mona_case,
        kind=ContactKind.CONVERSATION,
        when=now + dt.timedelta(hours=2),
        what="Samtale",
        by=world.line,
        at=now,
    )
    shown = page(as_line)
    assert shown.index("Mona") < shown.index(other.citizen.full_name)
    assert "I mødes i dag" in shown


def test_a_name_is_searched_for_in_the_team_and_never_stands_in_the_address(as_line, world, mona_case, now):
    actions.open_case(
        citizen=world.citizen("Anna Agerkål", 2),
        unit=world.unit,
        by=world.line,
        at=now,
    )
    assert "Anna Agerkål" not in page(as_line)
    assert "Anna Agerkål" in page(as_line, q="anna ager")
    assert "Anna Agerkål" not in as_line.get(reverse("register"), {"q": "anna ager"}).content.decode()
    assert "Ingen i teamet hedder det." in page(as_line, q="Findes Ikke")


def test_somebody_without_citizens_is_led_to_the_team(client, world):
    client.force_login(world.peter)
    assert "?vis=teamet" in page(client)


def test_the_page_asks_no_more_for_more_citizens(as_line, world, mona_case, asked, now):
    before = asked(lambda: as_line.get(reverse("register")))
    for number in range(5):
        actions.open_case(
            citizen=world.citizen(f"Nr{number} Test", 10 + number),
            unit=world.unit,
            jobformidler=world.line,
            by=world.line,
            at=now,
        )
    assert asked(lambda: as_line.get(reverse("register"))) == before <= 10


def test_every_step_that_can_wait_has_its_page():
    rooms = Path(jobformidler.__file__).parent
    files = [rooms / "casework" / "reasons.py", *(rooms / "placements" / "attention").glob("*.py")]
    codes = {code for file in files for code in re.findall(r'return "([a-z_]+)", _\(', file.read_text())}
    assert len(codes) > 15
    assert codes <= set(steps.PAGES)
    assert set(steps.PAGES) >= steps.IN_PLACE
    waiting = Attention(case_id=7, subject_id=9)
    for code in steps.PAGES:
        assert steps.address(waiting, code, "/i-dag/").endswith("next=/i-dag/")
    assert steps.address(waiting, "keep_promise") == reverse("promise_keep", args=[7, 9])


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (MONDAY, "i dag"),
        (MONDAY + dt.timedelta(days=1), "i morgen"),
        (MONDAY - dt.timedelta(days=1), "i går"),
        (MONDAY + dt.timedelta(days=14), "mandag 7.\xa0december"),
        (MONDAY - dt.timedelta(days=15), "8.\xa0november"),
        (dt.date(2027, 3, 1), "1.\xa0marts 2027"),
    ],
)
def test_a_weekday_is_said_where_it_helps(day, said):
    assert danish.day_words(day, MONDAY) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (MONDAY, dt.date(2026, 11, 29), "23.–29.\xa0november 2026"),
        (dt.date(2026, 11, 30), dt.date(2026, 12, 6), "30.\xa0november – 6.\xa0december 2026"),
        (dt.date(2026, 12, 28), dt.date(2027, 1, 3), "28.\xa0december 2026 – 3.\xa0januar 2027"),
    ],
)
def test_a_period_says_month_and_year_once(first, last, said):
    assert danish.day_range(first, last) == said
