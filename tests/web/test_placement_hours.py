"""Hours, follow-up and the ways a placement goes on, as the jobformidler registers them."""

# ruff: noqa: F811  the fixtures imported here are also names of arguments

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.placement_fixtures import (  # noqa: F401  fixtures
    at,
    case,
    draft,
    line,
    moment,
    opening,
    placement,
    report,
    running,
    sign,
    text,
    workplace,
)

from jobformidler.casework.models import Appointment, SubGoal
from jobformidler.placements import actions
from jobformidler.placements.enums import PlacementStatus
from jobformidler.placements.models import FollowUp

FIRST = "2026-11-30"


@pytest.fixture
def friday(at, moment):
    """The Friday of the third week."""
    return at(moment(2, 4))


def url(name, placement, *more):
    return reverse(name, args=[placement.pk, *more])


def test_the_week_that_passed_is_asked_about_and_saved_with_one_tap(line, running, at, moment):
    at(moment(1))
    page = text(line.get(url("hours", running)))
    assert "Var ugen med Mona som planlagt?" in page
    assert "Uge 49, 30. november – 4. december" in page
    line.post(url("hours", running), {"week": FIRST})
    line.post(url("hours", running), {"week": FIRST})
    row = running.weeks.get()
    assert (row.paid, row.unpaid) == (0, 15)


def test_hours_before_the_start_are_told_about_kindly(line, placement):
    assert "Forløbet er ikke begyndt" in text(line.get(url("hours", placement)))
    assert line.get(url("hours_week", placement, FIRST)).status_code == 302


def test_other_hours_and_absence_are_reported(line, running, friday):
    line.post(url("hours_week", running, FIRST), {"paid": "2,5", "unpaid": "7", "absence": "on"})
    row = running.weeks.get()
    assert (float(row.paid), float(row.unpaid), row.absence) == (2.5, 7.0, True)


def test_a_correction_needs_a_reason_and_a_stale_one_shows_both(line, running, friday, report):
    report(running, 0, 0, 15)
    address = url("hours_week", running, FIRST)
    assert "form-error" in line.post(address, {"paid": "2", "unpaid": "13", "version": "1"}).content.decode()
    posted = {"paid": "2", "unpaid": "13", "version": "1", "reason": "Talt forkert"}
    assert line.post(address, posted).status_code == 302
    page = text(line.post(address, posted | {"paid": "4", "unpaid": "11"}))
    assert "Gemt nu" in page or "Saved now" in page
    assert float(running.weeks.get().paid) == 2


def test_a_week_is_withdrawn_with_a_reason(line, running, friday, report):
    report(running, 0, 2, 13)
    address = url("hours_week", running, FIRST)
    assert "form-error" in line.post(address, {"withdraw": "1", "withdraw-reason": ""}).content.decode()
    line.post(address, {"withdraw": "1", "withdraw-reason": "Forkert borger"})
    assert running.weeks.get().withdrawn_at
    assert "Forkert borger" in text(line.get(url("hours", running)))


def test_weeks_that_are_none_are_404(line, running, friday):
    for week in ("2026-12-01", "i-dag", "2026-11-23"):
        assert line.get(url("hours_week", running, week)).status_code == 404


def answers(running, **more):
    step = running.steps.order_by("position").first()
    goal = SubGoal.objects.get()
    return {
        f"goal_{goal.pk}": "with_help",
        f"step_{step.pk}": "on",
        f"date_{step.pk}": "2026-12-28",
        **{f"date_{row.pk}": row.planned_on.isoformat() for row in running.steps.all() if row != step},
        "at_workplace": "1",
        "hours_answer": "agreed",
        "visit_on": "2026-12-29",
        "visit_at": "10:00",
        "held_on": "2026-12-18",
        "held_time": "09:00",
        **more,
    }


def test_a_follow_up_moves_steps_and_hours_in_one_entry(line, running, friday):
    line.post(url("follow_up", running), answers(running, decision="Mona møder kl. 9.30"))
    row = FollowUp.objects.get()
    assert row.at_workplace
    assert row.hours_said.startswith("Vi aftalte, hvornår")
    assert row.decision == "Mona møder kl. 9.30"
    assert SubGoal.objects.get().status == "with_help"
    first = running.steps.order_by("position").first()
    assert first.mastered_on == dt.date(2026, 12, 18)
    assert Appointment.objects.filter(at__date=dt.date(2026, 12, 29)).exists()


def test_ordinary_hours_is_a_fixed_item(line, running, friday):
    page = line.post(url("follow_up", running), answers(running, hours_answer="")).content.decode()
    assert "Skriv, hvad I talte om løntimer" in page
    assert not FollowUp.objects.exists()
    own = answers(running, hours_answer="", hours_said="Torben spørger sin chef")
    line.post(url("follow_up", running), own)
    assert FollowUp.objects.get().hours_said == "Torben spørger sin chef"


def test_a_refused_step_leaves_no_half_follow_up(line, running, friday):
    step = running.steps.order_by("position").first()
    page = line.post(url("follow_up", running), answers(running, **{f"date_{step.pk}": "2026-01-01"}))
    assert page.status_code == 200
    assert not FollowUp.objects.exists()
    step.refresh_from_db()
    assert step.mastered_on is None


def test_follow_up_before_the_start_goes_to_the_agreement(line, placement):
    assert line.get(url("follow_up", placement))["Location"] == url("agreement", placement)


def test_stopping_takes_the_learning_along_and_goes_on_to_the_cv(line, running, friday):
    address = url("placement_end", running)
    assert "Skift virksomhed" in text(line.get(address))
    posted = {"maade": "stop", "on": "2026-12-18", "reason": "For mange i rummet", "learning": "", "what_next": ""}
    assert line.post(address + "?maade=stop", posted).content.decode().count("form-error-message") == 2
    posted |= {"learning": "Det tager vi med videre", "what_next": "En plads med ro"}
    response = line.post(address + "?maade=stop", posted)
    assert response["Location"] == reverse("case_cv", args=[running.case_id])
    running.refresh_from_db()
    assert (running.status, running.learning) == (PlacementStatus.STOPPED, "Det tager vi med videre")


def test_extending_asks_both_to_sign_the_new_last_day(line, running, friday):
    posted = {"maade": "forlaeng", "last_on": "2027-04-02", "decision": "Vi fortsætter"}
    response = line.post(url("placement_end", running), posted)
    assert response["Location"] == url("agreement", running)
    running.refresh_from_db()
    assert running.ends_on == dt.date(2027, 4, 3)
    assert "Ændringen mangler: Mona Havtorn (borger) og Tora Gyvel (virksomheden)" in text(
        line.get(response["Location"])
    )


@pytest.mark.parametrize(("way", "status"), [("job", "converted"), ("skift", "switched")])
def test_the_other_ways(line, running, friday, way, status):
    posted = {
        "maade": way,
        "on": "2026-12-18",
        "reason": "Ingen løntimer her",
        "learning": "Kan lageret",
        "what_next": "10 timer",
    }
    line.post(url("placement_end", running), posted)
    running.refresh_from_db()
    assert running.status == status


@pytest.mark.parametrize("page", ["hours", "follow_up", "placement_end"])
def test_the_pages_need_few_queries(line, running, friday, report, page):
    report(running, 0, 0, 15)
    with CaptureQueriesContext(connection) as caught:
        line.get(url(page, running))
    asked = [query["sql"] for query in caught if "SAVEPOINT" not in query["sql"] and "set_config" not in query["sql"]]
    assert len(asked) <= 16, "\n".join(query[:120] for query in asked)


def test_a_change_while_it_runs_is_sent_without_stopping_it(line, world, running, friday):
    version = running.versions.first()
    actions.change_agreement(version=version, field="tasks", value="Kun prisskilte", by=world.line, at=friday)
    page = text(line.get(url("agreement", running)))
    assert "En ændring er ved at blive skrevet" in page
    line.post(url("agreement_send", running))
    running.refresh_from_db()
    assert running.is_running
    assert running.sent_version.number == 2
