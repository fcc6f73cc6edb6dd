"""What placements put on the work lists, and when it goes again."""

import datetime as dt

import pytest

from jobformidler.casework import attention
from jobformidler.casework.actions import withdraw
from jobformidler.casework.models import Attention
from jobformidler.core import clock
from jobformidler.placements import actions


@pytest.fixture
def shown():
    """Reasons on the list at a moment, with sentence and owner."""

    def read(at, *names):
        rows = Attention.objects.showing_at(at).select_related("citizen", "owner")
        found = {row.reason: row for row in rows if not names or row.reason in names}
        return {name: (attention.sentence(row, at), row.owner) for name, row in found.items()}

    return read


def test_a_draft_that_rests_three_days_says_what_is_missing(world, now, draft, shown):
    actions.change_agreement(version=draft, field="tasks", value="", by=world.line, at=now)
    assert "draft_waiting" not in shown(now + dt.timedelta(days=2))
    text, owner = shown(now + dt.timedelta(days=3))["draft_waiting"]
    assert text == "Aftalen for Mona med Fjordby Trælast er ikke sendt. 1 ting mangler."
    assert owner == world.line


def test_a_long_action_looks_at_the_work_list_once_and_a_rebuild_finds_nothing_to_do(
    world, now, day, case, workplace, opening, monkeypatch
):
    looked = []
    refresh = attention.refresh
    monkeypatch.setattr(attention, "refresh", lambda cases, on: looked.append(list(cases)) or refresh(cases, on))
    actions.new_agreement(case=case, workplace=workplace, opening=opening, hours_discussed=True, by=world.line, at=now)
    assert looked == [[case.pk]]
    assert attention.rebuild(day) == 0


def test_a_missing_signature_shows_the_next_day_with_the_name(world, now, placement, sign, shown):
    actions.send_for_signature(placement=placement, by=world.line, at=now)
    sign(placement, "citizen", by=world.line)
    assert "signature" not in shown(now)
    text, _owner = shown(now + dt.timedelta(days=1))["signature"]
    assert text == "Tora Gyvel har ikke skrevet under på aftalen for Mona. Den blev sendt i går."
    sign(placement, "employer", by=world.line)
    assert "signature" not in shown(now + dt.timedelta(days=1))


def test_the_caseworker_is_asked_to_approve(world, now, placement, sign, shown):
    actions.send_for_signature(placement=placement, by=world.line, at=now)
    sign(placement, by=world.line)
    text, owner = shown(now)["approval"]
    assert owner == world.peter
    assert text.startswith("Alle har skrevet under på aftalen for Mona med Fjordby Trælast.")
    actions.approve(placement=placement, by=world.peter, at=now)
    assert "approval" not in shown(now)


def test_the_start_is_asked_for_on_the_first_day(world, now, placement, sign, shown, moment):
    actions.send_for_signature(placement=placement, by=world.line, at=now)
    sign(placement, by=world.line)
    actions.approve(placement=placement, by=world.peter, at=now)
    assert "start_due" not in shown(now)
    assert shown(moment())["start_due"][0] == "Mona begynder hos Fjordby Trælast i dag. Registrér starten."
    actions.start(placement=placement, by=world.line, at=moment())
    assert "start_due" not in shown(moment())


def test_hours_are_asked_for_when_the_week_is_over(running, report, shown, moment):
    assert "hours_missing" not in shown(moment(0, 6))
    text, _owner = shown(moment(1))["hours_missing"]
    assert text == "Timerne for uge 49 mangler for Mona. Spørg Torben, eller skriv dem selv."
    report(running, 0, 0)
    assert "hours_missing" not in shown(moment(1))


def test_a_visit_is_due_after_the_agreed_days_unless_one_is_planned(world, running, shown, moment):
    assert "follow_up_due" not in shown(moment(1, 6))
    assert shown(moment(2))["follow_up_due"][0] == (
        "Mona begyndte for 14\u00a0dage siden og har ikke haft besøg. I har aftalt hver 14. dag."
    )
    actions.follow_up(
        placement=running,
        held_at=moment(2),
        hours_said="to timer",
        next_visit=moment(4),
        by=world.line,
        at=moment(2),
    )
    assert "follow_up_due" not in shown(moment(4))
    assert "visit" in shown(moment(4))


def test_a_visit_that_was_is_to_be_registered_and_no_longer_prepared(world, running, moment):
    actions.follow_up(
        placement=running,
        held_at=moment(1),
        hours_said="to timer",
        next_visit=moment(2),
        by=world.line,
        at=moment(1),
    )
    row = Attention.objects.for_list().get(reason="visit")
    assert attention.action(row, moment(2) - dt.timedelta(hours=1)) == ("follow_up", "Forbered besøg")
    assert attention.action(row, moment(2) + dt.timedelta(hours=1)) == ("follow_up", "Registrér besøg")


def test_a_follow_up_held_later_takes_the_missed_visit_off_the_list(world, running, shown, moment):
    actions.follow_up(
        placement=running,
        held_at=moment(1),
        hours_said="to timer",
        next_visit=moment(2),
        by=world.line,
        at=moment(1),
    )
    assert "visit" in shown(moment(2, 1))
    held = actions.follow_up(
        placement=running, held_at=moment(2, 1), hours_said="fem timer", by=world.line, at=moment(2, 1)
    )
    assert "visit" not in shown(moment(2, 1))
    withdraw(row=held.contact, by=world.line, at=moment(2, 2), reason="Forkert borger")
    assert "visit" in shown(moment(2, 2))


def test_a_mastered_task_without_hours_is_told_after_the_municipalitys_weeks(world, running, shown, moment, report):
    step = running.steps.order_by("position").first()
    actions.master_step(step=step, on=moment(2).date(), by=world.line, at=moment(2))
    assert "stalled" not in shown(moment(5, 6))
    assert shown(moment(8))["stalled"][0] == (
        "Mona kan opgaven «Prisskilte» alene og har kunnet det i 6 uger, men har ingen løntimer."
        " Tal med Torben om timer, eller find en ny virksomhed."
    )
    report(running, 8, 2)
    assert "stalled" not in shown(moment(9))


def test_a_week_before_thirteen_the_next_step_gets_its_date(world, running, report, shown, moment):
    report(running, 4, 2)
    report(running, 8, 5)
    last = running.steps.get(paid_hours=10)
    actions.agree_step(step=last, planned_on=None, by=world.line, at=moment(8))
    assert "mark13" not in shown(moment(11))
    assert shown(moment(12))["mark13"][0] == (
        "Mona: 1 uge til 13 uger i samme virksomhed. Næste mål er 10 løntimer. Aftal datoen."
    )
    actions.agree_step(step=last, planned_on=moment(13).date(), by=world.line, at=moment(12))
    assert "mark13" not in shown(moment(12))


def test_the_end_is_talked_about_three_weeks_ahead(running, shown):
    last = clock.at_time(running.ends_on - dt.timedelta(days=1), 9)
    assert "ending" not in shown(last - dt.timedelta(days=22))
    assert "ending" in shown(last - dt.timedelta(days=21))


def test_after_the_end_the_cv_is_asked_for(world, running, shown, moment):
    actions.complete(placement=running, what_next="nyt sted", learning="prisskilte", by=world.line, at=moment(3))
    assert shown(moment(3))["cv_update"][0] == (
        "Mona har prøvet noget hos Fjordby Trælast. Skriv det ind i CV'et sammen."
    )


def test_a_rebuild_differs_in_nothing(world, running, report, moment):
    report(running, 0, 0)
    actions.follow_up(placement=running, held_at=moment(2), hours_said="to", by=world.line, at=moment(2))
    assert attention.rebuild(moment(2).date()) == 0


def test_the_number_of_queries_does_not_grow_with_the_cases(world, running, moment, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        attention.rebuild(moment(2).date())
