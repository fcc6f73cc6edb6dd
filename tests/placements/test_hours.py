"""Real hours week by week, and what follows from them."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from jobformidler.casework import actions as casework
from jobformidler.core.actions import ActionError, StaleError
from jobformidler.core.models import Event
from jobformidler.placements import actions, checks
from jobformidler.placements.enums import PlacementStatus, StepStatus
from jobformidler.placements.ladder import ladder, planned_hours
from jobformidler.placements.models import WeekHours


def steps_of(placement):
    return list(placement.steps.order_by("position"))


def test_paid_and_internship_hours_are_two_series(running, report):
    row = report(running, 0, 2, 13)
    assert (row.paid, row.unpaid) == (2, 13)


def test_a_comma_is_as_good_as_a_point(running, report):
    assert report(running, 0, "2,5").paid == 2.5


def test_the_running_week_can_be_reported_from_its_monday(world, running, moment):
    row = actions.report_hours(placement=running, week=moment().date(), paid=0, unpaid=15, by=world.line, at=moment())
    assert row.week == moment().date()


@pytest.mark.parametrize(("week", "words"), [(1, "begyndt|begun"), (-1, "før|before")])
def test_no_hours_for_a_week_to_come_or_before_the_start(world, running, moment, week, words):
    with pytest.raises(ActionError, match=words):
        actions.report_hours(
            placement=running, week=moment(week).date(), paid=0, unpaid=15, by=world.line, at=moment(0, 4)
        )


def test_a_week_is_reported_once_and_then_corrected_with_a_reason(world, running, report, moment):
    report(running, 0, 2)
    with pytest.raises(ActionError):
        report(running, 0, 3)
    values = {"placement": running, "week": moment().date(), "paid": 3, "unpaid": 9, "by": world.line, "at": moment(1)}
    with pytest.raises(ActionError):
        actions.correct_hours(**values, reason="")
    row = actions.correct_hours(**values, reason="Torben havde byttet om")
    assert (row.paid, row.unpaid) == (3, 9)
    assert [h.paid for h in row.history.order_by("pgh_id")] == [2, 3]


def test_a_stale_correction_shows_both_values(world, running, report, moment):
    version = report(running, 0, 2).version
    values = {"placement": running, "week": moment().date(), "unpaid": 10, "by": world.line, "at": moment(1)}
    actions.correct_hours(**values, paid=3, reason="rettet", version=version)
    with pytest.raises(StaleError):
        actions.correct_hours(**values, paid=4, reason="rettet", version=version)


@pytest.mark.parametrize(("paid", "unpaid"), [(-1, 0), (50, 20), ("mange", 0)])
def test_impossible_hours_are_refused(running, report, paid, unpaid):
    with pytest.raises(ActionError):
        report(running, 0, paid, unpaid)


def test_absence_is_a_mark_without_reason(running, report):
    report(running, 0, 0, 5, absence=True)
    assert {f.name for f in WeekHours._meta.get_fields() if "absence" in f.name} == {"absence"}


def test_a_stranger_reports_nothing(world, running, moment):
    with pytest.raises(PermissionDenied):
        actions.report_hours(placement=running, week=moment().date(), paid=0, unpaid=15, by=world.nadia, at=moment())


def test_the_first_paid_hours_move_placement_and_case_from_that_monday(running, report, moment):
    report(running, 0, 0)
    report(running, 4, 2)
    running.refresh_from_db()
    running.case.refresh_from_db()
    assert (running.status, running.status_since) == (PlacementStatus.WITH_HOURS, moment(4).date())
    assert (running.case.status, running.case.status_since) == ("ordinary_hours", moment(4).date())
    assert Event.objects.filter(kind="placement.first_hours", citizen_id=running.case.citizen_id).count() == 1


def test_withdrawn_hours_move_everything_back(world, running, report, moment):
    report(running, 4, 2)
    actions.withdraw_hours(
        placement=running, week=moment(4).date(), reason="Var en anden borger", by=world.line, at=moment(5)
    )
    running.refresh_from_db()
    running.case.refresh_from_db()
    assert running.status == PlacementStatus.INTERNSHIP
    assert running.case.status == "in_placement"
    assert [s.status for s in steps_of(running)] == [StepStatus.PLANNED] * 3


def test_a_withdrawn_week_can_be_reported_again(world, running, report, moment):
    report(running, 0, 2)
    actions.withdraw_hours(placement=running, week=moment().date(), reason="fejl", by=world.line, at=moment(0, 4))
    assert report(running, 0, 0).withdrawn_at is None


def test_steps_are_reached_by_real_hours_and_not_by_planned_ones(running, report, moment):
    report(running, 4, 2)
    report(running, 8, 5)
    found = [(s.status, s.reached_on) for s in steps_of(running)]
    assert found == [
        (StepStatus.REACHED, moment(4).date()),
        (StepStatus.REACHED, moment(8).date()),
        (StepStatus.PLANNED, None),
    ]


def test_as_planned_follows_the_agreement_until_a_step_is_in_force(world, running, moment, report):
    row = actions.as_planned(placement=running, week=moment().date(), by=world.line, at=moment())
    assert (row.paid, row.unpaid) == (0, 15)
    actions.master_step(step=steps_of(running)[0], on=moment(3).date(), by=world.line, at=moment(4))
    assert planned_hours(running, moment(3).date()) == (0, 15)
    row = actions.as_planned(placement=running, week=moment(4).date(), by=world.line, at=moment(4))
    assert (row.paid, row.unpaid) == (2, 13)


def test_agreeing_the_date_of_the_next_step(world, running, moment):
    step = actions.agree_step(step=steps_of(running)[2], planned_on=moment(12).date(), by=world.line, at=moment(1))
    assert step.planned_on == moment(12).date()


def test_the_next_step_has_more_hours_than_the_one_before(world, running, moment):
    with pytest.raises(ActionError):
        actions.add_step(placement=running, task="Lukker butikken", paid_hours=10, by=world.line, at=moment(1))
    step = actions.add_step(placement=running, task="Lukker butikken", paid_hours=15, by=world.line, at=moment(1))
    assert (step.position, step.planned_on) == (4, None)


def test_a_reached_step_stays_reached_when_the_plan_is_written_anew(world, running, report, moment):
    report(running, 4, 2)
    rows = [{"task": "Kassen", "mastered_when": "alene", "paid_hours": "8", "planned_on": None}]
    actions.set_steps(placement=running, steps=rows, by=world.line, at=moment(5))
    assert [(s.task, s.status) for s in steps_of(running)] == [("Prisskilte", "reached"), ("Kassen", "planned")]


def test_nobody_masters_a_task_before_the_first_day_or_tomorrow(world, running, moment):
    for on in (moment().date() - dt.timedelta(days=1), moment(1, 1).date()):
        with pytest.raises(ActionError):
            actions.master_step(step=steps_of(running)[0], on=on, by=world.line, at=moment(1))


def test_a_rebuild_finds_what_the_actions_kept(running, report):
    report(running, 4, 2)
    report(running, 8, 5)
    assert checks.rebuild_steps() == 0
    running.steps.update(reached_on=None, status=StepStatus.PLANNED)
    assert checks.rebuild_steps() == 2
    assert checks.rebuild_steps() == 0


def test_the_ladder_says_it_in_one_sentence(running, report, moment):
    for week in range(12):
        report(running, week, 0 if week < 4 else 2 if week < 8 else 5)
    found = ladder(running, moment(12).date())
    assert found.sentence == "Fra 0 til 5 løntimer på 12 uger. Næste trin er 10."
    assert [(step.hours, step.agreed) for step in found.steps] == [(0, True), (2, True), (5, True), (10, False)]
    assert (found.mark13, found.weeks_in_company) == (moment(13).date(), 12)
    assert found.weeks[-1].planned
    assert found.progression == 4


def test_ending_a_placement_keeps_its_hours(world, running, report, moment):
    report(running, 4, 2)
    actions.complete(
        placement=running, what_next="nyt sted", learning="Kan lave prisskilte", by=world.line, at=moment(6)
    )
    assert not running.is_running
    row = actions.correct_hours(
        placement=running, week=moment(4).date(), paid=3, unpaid=9, reason="slåfejl", by=world.line, at=moment(7)
    )
    assert row.paid == 3
    running.refresh_from_db()
    assert running.status == PlacementStatus.COMPLETED


def test_checks_find_nothing_in_an_ordinary_placement(running, report):
    report(running, 4, 2)
    for find in (
        checks.started_without_signatures,
        checks.hours_outside_the_period,
        checks.more_than_full_time,
        checks.openings_over_capacity,
        checks.state_against_hours,
    ):
        assert list(find()) == []


def test_checks_find_what_slipped(world, running, report, moment, opening):
    report(running, 4, 2)
    WeekHours.objects.update(week=moment(-1).date())
    running.weekly_hours = 37
    running.status = PlacementStatus.INTERNSHIP
    running.save()
    assert list(checks.hours_outside_the_period())
    assert list(checks.state_against_hours()) == [running]
    running.versions.get().confirmations.filter(party="citizen").delete()
    assert list(checks.started_without_signatures()) == [running]


def test_a_case_is_not_closed_while_a_placement_is_under_way(world, running, moment):
    case = running.case
    case.refresh_from_db()
    with pytest.raises(ActionError, match="Fjordby Trælast"):
        casework.close_case(case=case, outcome="other", note="flyttet", by=world.line, at=moment(1))
