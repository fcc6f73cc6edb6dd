"""What the requirements say about steering, seen as a team leader meets it."""

import datetime as dt

import pytest
from django.urls import reverse
from tests.matching.conftest import case_of  # noqa: F401  fixture
from tests.web.case_fixtures import the_day  # noqa: F401  fixture

from jobformidler.accounts.viewer import viewer_for
from jobformidler.casework import actions as casework
from jobformidler.steering import contact
from jobformidler.steering.scope import Filters, scope_for

pytestmark = pytest.mark.django_db

# ruff: noqa: F811  the fixtures imported here are also names of arguments


def test_the_share_answered_in_time_is_counted_for_citizens_and_workplaces_apart(
    world, client, case_of, now, day, the_day
):
    case = case_of()
    for sender, hours in (("citizen", 2), ("citizen", 30), ("employer", 1)):
        received = now - dt.timedelta(days=5)
        asked = casework.receive_enquiry(
            case=case, sender=sender, sender_name="Kim", text="Hej", received_at=received, by=None, at=received
        )
        casework.answer_enquiry(enquiry=asked, answer="Ja", by=world.line, at=received + dt.timedelta(hours=hours))
    citizens, companies = contact.answers(
        scope_for(viewer_for(world.ole, day), Filters(since=day - dt.timedelta(days=90))), now
    )
    assert ((citizens.part, citizens.whole), (companies.part, companies.whole)) == ((1, 2), (1, 1))
    client.force_login(world.ole)
    page = client.get(reverse("caseloads")).content.decode().replace("\u00a0", " ")
    assert "svar til borgere til tiden" in page
    assert "1 af 2" in page


def test_the_board_is_narrowed_to_one_jobformidlers_citizens(world, client, case_of, now, day, the_day):
    from tests.factories import make_user

    from jobformidler.accounts.enums import Role
    from jobformidler.citizens.actions import start_cv

    other = make_user(world.municipality, "Omar Bregne", Role.JOBFORMIDLER, unit=world.unit)
    mine, theirs = case_of("Mona Havtorn"), case_of("Jonas Klitrose")
    casework.assign(
        case=theirs, role="jobformidler", user=other, since=day, by=world.line, at=now, reason="Ny i teamet"
    )
    for case in (mine, theirs):
        start_cv(citizen=case.citizen, kind="personal", on=day, by=world.line, at=now)
    client.force_login(world.ole)
    listed = client.get(reverse("board_step", args=[1]), {"jobformidler": other.pk}).content.decode()
    assert "Jonas Klitrose" in listed
    assert "Mona Havtorn" not in listed
    everybody = client.get(reverse("board_step", args=[1])).content.decode()
    assert "Mona Havtorn" in everybody
