"""What the requirements say about a placement, seen by all who take part in it."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.placement_fixtures import (  # noqa: F401  fixtures
    at,
    case,
    draft,
    line,
    mailed_code,
    moment,
    opening,
    placement,
    report,
    running,
    sign,
    text,
    waiting,
    workplace,
)

from jobformidler.casework import actions as casework
from jobformidler.casework.enums import GoalLetter
from jobformidler.citizens.actions import add_wish
from jobformidler.openings.actions import register_place
from jobformidler.placements import actions
from jobformidler.placements.agreement import stamp
from jobformidler.placements.enums import Party, PlacementKind
from jobformidler.placements.ladder import ladder
from jobformidler.placements.links import LinkPurpose
from jobformidler.placements.models import Placement

pytestmark = pytest.mark.django_db

# ruff: noqa: F811  the fixtures imported here are also names of arguments


def test_citizen_workplace_and_professionals_read_the_same_purpose(waiting, line, now, mailed_code):
    purpose = "«Virksomhedspraktik med ordinære timer eller udsigt til ordinære timer» – «På vej mod ordinære timer»"
    assert purpose in text(line.get(reverse("agreement", args=[waiting.pk])))
    for party in (Party.CITIZEN, Party.EMPLOYER):
        issued = actions.issue_link(placement=waiting, party=party, purpose=LinkPurpose.SIGN, at=now)
        browser = Client()
        browser.post(reverse("sign_code", args=[issued.token]), {"send": "1"})
        browser.post(reverse("sign_code", args=[issued.token]), {"code": mailed_code()})
        assert purpose in text(browser.get(reverse("sign", args=[issued.token]))), party


def test_four_weeks_of_internship_then_two_then_five_paid_hours_and_ten_is_next(world, placement, sign, at, now, line):
    """The citizen's own words in the source: 2 hours after 4 weeks, then 5, next goal 10."""
    actions.set_steps(
        placement=placement,
        steps=[
            {"task": "Prisskilte", "mastered_when": "alene", "paid_hours": "2", "planned_on": "2026-12-28"},
            {"task": "Varemodtagelse", "mastered_when": "alene", "paid_hours": "5", "planned_on": "2027-01-25"},
            {"task": "Opfyldning", "mastered_when": "alene", "paid_hours": "10", "planned_on": "2027-03-01"},
        ],
        by=world.line,
        at=now,
    )
    actions.send_for_signature(placement=placement, by=world.line, at=now)
    sign(placement, by=world.line)
    actions.approve(placement=placement, by=world.peter, at=now)
    first = placement.starts_on
    begin = dt.datetime.combine(first, dt.time(9), tzinfo=now.tzinfo)
    actions.start(placement=placement, by=world.line, at=begin)
    for week, paid in enumerate([0, 0, 0, 0, 2, 2, 2, 2, 5, 5]):
        monday = first + dt.timedelta(weeks=week)
        friday = begin + dt.timedelta(weeks=week, days=4)
        actions.report_hours(placement=placement, week=monday, paid=paid, unpaid=10 - paid, by=world.line, at=friday)
    today = first + dt.timedelta(weeks=9, days=4)
    placement = Placement.objects.get(pk=placement.pk)
    found = ladder(placement, today)
    assert [week.paid for week in found.weeks][:10] == [0, 0, 0, 0, 2, 2, 2, 2, 5, 5]
    assert [(step.hours, step.agreed) for step in found.steps[1:]] == [
        (Decimal(2), True),
        (Decimal(5), True),
        (Decimal(10), False),
    ]
    at(begin + dt.timedelta(weeks=9, days=4))
    page = line.get(reverse("case", args=[placement.case_id])).content.decode()
    assert "figure-block" in page
    assert "10 løntimer" in page.replace("\u00a0", " ")


def test_internship_and_ordinary_hours_stand_on_one_placement(world, line, draft):
    address = reverse("agreement_field", args=[draft.placement_id, "kind"])
    seen = stamp(draft.placement.versions.first().content["kind"])
    line.post(address, {"value": PlacementKind.COMBINED, "seen": seen})
    kind = draft.placement.versions.first().content["kind"]
    assert kind == PlacementKind.COMBINED
    actions.change_agreement(
        version=draft.placement.versions.first(), field="paid_hours", value="2", by=world.line, at=draft.made_at
    )
    assert draft.placement.versions.first().content["paid_hours"] == "2"


@pytest.mark.parametrize("way", ["stop", "complete"])
def test_what_we_took_with_us_is_shown_at_the_next_match(world, line, running, moment, at, way):
    at(moment(2))
    why = {"reason": "For mange i rummet"} if way == "stop" else {}
    getattr(actions, way)(
        placement=running, learning="Små hold virker", what_next="Nyt sted", by=world.line, at=moment(2), **why
    )
    page = line.get(reverse("place_match", args=[running.case_id])).content.decode()
    assert "Små hold virker" in page


def test_a_goal_says_which_wish_it_starts_from_and_a_place_which_goal_it_serves(world, line, case, opening, now):
    wish = add_wish(citizen=case.citizen, text="Et sted, hvor nogen regner med mig", by=world.line, at=now)
    casework.set_goal(case=case, letter=GoalLetter.B, text="Lager", wish=wish, by=world.line, at=now)
    page = line.get(reverse("case_plan", args=[case.pk])).content.decode()
    assert "«Et sted, hvor nogen regner med mig»" in page
    match = text(line.get(reverse("place_match", args=[case.pk])))
    assert "10 timer på lageret" in match


def test_the_kinds_of_places_become_kinds_of_placements(world, line, case, workplace, now, day):
    made = register_place(
        workplace=workplace, kind="wage_subsidy", title="Løntilskud", hours_min=10, hours_max=20, starts_on=day,
        by=world.nadia, at=now,
    )  # fmt: skip
    line.post(reverse("place_propose", args=[case.pk]), {"plads": made.pk})
    assert Placement.objects.get(opening=made).kind == PlacementKind.WAGE_SUBSIDY
