"""Follow-up, extension and the ways a placement ends."""

import datetime as dt

import pytest

from jobformidler.casework.models import Appointment, Contact, SubGoal
from jobformidler.core.actions import ActionError
from jobformidler.core.models import Event
from jobformidler.placements import actions
from jobformidler.placements.enums import Party, PlacementStatus
from jobformidler.placements.ladder import grips
from jobformidler.placements.links import open_link
from jobformidler.placements.models import Placement, SignedLink
from jobformidler.placements.reading import Overlay, first_days, overlay


def visit(running, world, at, **values):
    return actions.follow_up(
        placement=running, held_at=at, hours_said="To timer fra januar", by=world.line, at=at, **values
    )


def test_one_entry_is_contact_small_steps_adjustments_and_next_visit(world, running, moment):
    sub_goal = SubGoal.objects.get()
    row = visit(
        running,
        world,
        moment(2),
        sub_goals={sub_goal.pk: "with_help"},
        time_adjusted="Møder 9.30",
        decision="Mentor fra mandag",
        next_visit=moment(4),
    )
    sub_goal.refresh_from_db()
    assert sub_goal.status == "with_help"
    assert (row.contact.kind, row.contact.ordinary_hours_raised) == ("follow_up", True)
    assert {p.name for p in row.contact.participants.all()} == {"Line Askeløv", "Mona Havtorn", "Torben Enebær"}
    assert Appointment.objects.get(kind="follow_up").at == moment(4)
    assert row.decision == "Mentor fra mandag"


def test_a_follow_up_always_says_something_about_ordinary_hours(world, running, moment):
    with pytest.raises(ActionError):
        actions.follow_up(placement=running, held_at=moment(2), hours_said=" ", by=world.line, at=moment(2))
    assert not Contact.objects.filter(kind="follow_up").exists()


def test_another_citizens_small_step_cannot_be_moved(world, running, moment):
    with pytest.raises(ActionError):
        visit(running, world, moment(2), sub_goals={0: "alone"})


def test_the_visit_that_was_planned_counts_as_held(world, running, moment):
    visit(running, world, moment(2), next_visit=moment(4))
    row = visit(running, world, moment(4))
    assert Appointment.objects.get(kind="follow_up").contact == row.contact


def test_four_grips_of_four(world, running, moment):
    assert grips(running, moment(1).date()).count == 2
    Placement.objects.filter(pk=running.pk).update(reason_citizen="vil gerne", reason_employer="mangler hænder")
    visit(running, world, moment(2))
    running.refresh_from_db()
    assert grips(running, moment(3).date()).count == 4
    assert grips(running, moment(9).date()).count == 3


def test_an_extension_is_decided_at_once_and_confirmed_by_both(world, running, moment, sign):
    last = dt.date(2027, 3, 26)
    actions.extend(placement=running, last_on=last, decision="Fire uger mere", by=world.line, at=moment(11))
    assert running.ends_on == last + dt.timedelta(days=1)
    assert running.status == PlacementStatus.INTERNSHIP
    assert running.sent_version.number == 2
    assert overlay(running, moment(12).date(), 4) == Overlay.EXTENDED
    sign(running, by=world.line, at=moment(11))
    assert running.waiting_for(running.sent_version) == []
    link = SignedLink.objects.get(purpose="hours")
    assert link.expires_at.date() >= last


def test_an_extension_is_longer(world, running, moment):
    with pytest.raises(ActionError):
        actions.extend(placement=running, last_on=dt.date(2027, 1, 29), decision="kortere", by=world.line, at=moment(1))


def test_stopping_needs_a_reason_a_learning_and_what_now(world, running, moment):
    values = {"placement": running, "by": world.line, "at": moment(3)}
    for missing in ("reason", "learning", "what_next"):
        given = {"reason": "For mange i rummet", "learning": "Ro om formiddagen", "what_next": "nyt sted"}
        with pytest.raises(ActionError):
            actions.stop(**values, **{**given, missing: " "})
    actions.stop(**values, reason="For mange i rummet", learning="Ro om formiddagen", what_next="nyt sted")
    assert running.status == PlacementStatus.STOPPED
    assert [p.learning for p in Placement.objects.with_learning()] == ["Ro om formiddagen"]
    running.case.refresh_from_db()
    assert running.case.status == "plan_made"


def test_completing_before_the_last_day_takes_the_learning_along(world, running, moment):
    with pytest.raises(ActionError):
        actions.complete(placement=running, what_next="nyt sted", by=world.line, at=moment(5))
    actions.complete(placement=running, what_next="nyt sted", by=world.line, at=moment(13))
    assert running.status == PlacementStatus.COMPLETED


def test_a_placement_that_becomes_a_job_brings_the_case_there(world, running, report, moment):
    report(running, 4, 15, 0)
    actions.convert(placement=running, what_next="ordinary job 15 timer", by=world.line, at=moment(12))
    running.case.refresh_from_db()
    assert (running.status, running.case.status) == (PlacementStatus.CONVERTED, "in_job")


def test_switching_asks_for_the_cv(world, running, moment):
    actions.switch(
        placement=running,
        reason="ingen penge",
        learning="Kan prisskilte",
        what_next="nyt sted",
        by=world.line,
        at=moment(8),
    )
    assert Event.objects.filter(kind="placement.cv_update_due").count() == 1


def test_nothing_more_happens_after_the_end(world, running, moment, report):
    actions.convert(placement=running, what_next="job", by=world.line, at=moment(2))
    with pytest.raises(ActionError):
        visit(running, world, moment(3))
    with pytest.raises(ActionError):
        report(running, 3, 2)
    with pytest.raises(ActionError):
        actions.change_agreement(
            version=running.versions.first(), field="tasks", value="x", by=world.line, at=moment(3)
        )


def test_a_new_version_while_running_is_signed_before_it_holds(world, running, moment, sign):
    version = actions.change_agreement(
        version=running.sent_version, field="hours", value="20", by=world.line, at=moment(2)
    )
    running.refresh_from_db()
    assert (version.number, running.weekly_hours, running.status) == (2, 15, "internship")
    actions.send_for_signature(placement=running, by=world.line, at=moment(2))
    sign(running, by=world.line, at=moment(2))
    assert running.weekly_hours == 20


def test_vitas_number_and_transfer_are_kept(world, running, moment):
    actions.set_vitas(placement=running, number="1234567", status="approved", by=world.line, at=moment())
    actions.mark_transferred(placement=running, on=moment().date(), receipt="K-77", by=world.line, at=moment())
    running.refresh_from_db()
    assert (running.vitas_number, running.vitas_status, running.transfer_receipt) == ("1234567", "approved", "K-77")
    with pytest.raises(ActionError):
        actions.set_vitas(placement=running, number="", status="sent", by=world.line, at=moment())


def test_days_until_the_first_employer_and_the_first_day_there(running, case):
    found = first_days(case)
    assert (found.to_employer, found.to_placement) == (0, 7)


def test_dropping_makes_links_invalid(world, now, placement):
    links = actions.send_for_signature(placement=placement, by=world.line, at=now)
    actions.drop(placement=placement, reason="Mona vil noget andet", by=world.line, at=now)
    assert all(isinstance(open_link(link.token, now), actions.LinkProblem) for link in links)
    assert {link.party for link in links} == {Party.CITIZEN, Party.EMPLOYER}


def test_the_overlay_shows_a_mastered_task_without_hours_after_the_municipalitys_weeks(world, running, moment):
    step = running.steps.order_by("position").first()
    actions.master_step(step=step, on=moment(2).date(), by=world.line, at=moment(2))
    assert overlay(running, moment(5, 6).date(), 4) is None
    assert overlay(running, moment(6).date(), 4) == Overlay.STALLED
    running.case.refresh_from_db()
    assert running.case.status == "in_placement"
