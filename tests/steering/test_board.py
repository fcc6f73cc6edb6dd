"""The figures of the board: equal to a plain count of the same facts, and to the lists behind them."""

import datetime as dt
from statistics import median_low

import pytest
from tests.factories import make_user

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Unit
from jobformidler.casework.enums import ACTIVE
from jobformidler.casework.models import Case
from jobformidler.steering import board, chain, contact, hours
from jobformidler.steering.enums import Step
from jobformidler.steering.models import ChainStep
from jobformidler.steering.scope import Filters, scope_for

DAY = dt.date(2026, 11, 23)
SINCE = dt.date(2025, 6, 1)


@pytest.fixture
def scope(world):
    def make(user=None, **filters):
        return scope_for(world.viewer(user or world.ole, DAY), Filters(since=filters.pop("since", SINCE), **filters))

    return make


def counted_by_hand(cases):
    """The five figures by plain Python over the rows of the chain."""
    reached = {case.pk: {} for case in cases}
    for row in ChainStep.objects.filter(case__in=reached):
        reached[row.case_id][row.step] = row.reached_on
    active = {case.pk for case in cases if case.status in ACTIVE}
    found = {}
    for step in Step:
        here = {pk: days for pk, days in reached.items() if step in days}
        took = [
            max(0, (days[step + 1] - max(on for at, on in days.items() if at <= step)).days)
            for days in here.values()
            if step + 1 in days
        ]
        waits = sorted(
            ((DAY - max(days.values())).days, pk) for pk, days in here.items() if pk in active and max(days) == step
        )
        found[step] = (
            len(here),
            len(took) / len(here) if here and step < Step.PROGRESSION else None,
            median_low(took) if took else None,
            [] if step == Step.PROGRESSION else waits,
        )
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_number_of_the_chain_equals_a_plain_count(facts, scope, seed):
    facts(60, seed)
    chain.refresh()
    made = scope()
    by_hand = counted_by_hand(list(made.cases))
    for figure in board.chain(made, 14).steps:
        count, onward, median, waits = by_hand[figure.step]
        assert (figure.count, figure.onward, figure.median_days) == (count, onward, median), figure.step
        assert figure.waiting_count == len(waits)
        assert figure.longest_days == (waits[-1][0] if waits else None)
        shown = [one.days for one in figure.waiting]
        assert shown == sorted((days for days, _pk in waits), reverse=True)[: board.WAITING_SHOWN]


@pytest.mark.parametrize("seed", [4, 5])
def test_every_number_equals_the_length_of_its_list(facts, scope, seed, now):
    facts(60, seed)
    chain.refresh()
    made = scope()
    figures = board.chain(made, 14)
    for figure in figures.steps:
        assert figure.count == len(board.in_step(made, figure.step))
        if figure.step != Step.PROGRESSION:
            listed = board.waiting_in(made, figure.step)
            assert figure.waiting_count == len(listed)
            assert [one.case_id for one in figure.waiting] == [pk for pk, _since in listed[: board.WAITING_SHOWN]]
    late = board.waiting_in(made, Step.CV, DAY - dt.timedelta(days=14))
    assert figures.waiting_for_employer == len(late)
    week = hours.last_week(DAY)
    assert hours.trend(made)[-1].citizens == hours.with_paid_hours(made, week).count()
    places, number = hours.places_with_hours(made, 3)
    everywhere = hours.all_places(made)
    assert number == sum(place.paid > 0 for place in everywhere)
    assert places == everywhere[: len(places)]
    assert sum(place.paid for place in everywhere) == hours.trend(made)[-1].hours
    loads = contact.caseloads(made, made.cases.first().municipality)
    for row in loads:
        assert row.count == contact.of_person(made, row.user_id, row.role).count()
    assert contact.missing_jobformidler(made, loads) == contact.without_jobformidler(made).count() > 0


def test_the_figures_need_the_same_few_queries_however_many_cases(facts, scope, django_assert_num_queries):
    for count, seed in ((5, 6), (40, 7)):
        facts(count, seed)
        chain.refresh()
        made = scope()
        with django_assert_num_queries(3):
            board.chain(made, 14)


def test_filters_narrow_the_count_and_its_list_alike(facts, scope, world):
    facts(60, 8)
    chain.refresh()
    everybody = board.chain(scope(), 14).steps[0].count
    by_benefit = [board.chain(scope(benefit=code), 14).steps[0].count for code in ("ledighedsydelse", "sygedagpenge")]
    assert sum(by_benefit) == everybody
    recent = scope(since=DAY)
    assert not recent.cases.filter(closed_on__lt=DAY).exists()
    elsewhere = Unit.objects.create(municipality=world.municipality, name="Team Byen")
    assert board.chain(scope(unit=elsewhere.pk), 14).steps[0].count == 0
    of_line = scope(person=world.line.pk)
    assert of_line.cases.count() < scope().cases.count()


def test_management_counts_everybody_sees_no_names_and_no_small_numbers(facts, scope, world):
    facts(40, 9)
    chain.refresh()
    boss = make_user(world.municipality, "Bodil Ledelse", Role.MANAGEMENT)
    made = scope(boss)
    assert made.cases.count() == Case.objects.filter(pk__in=scope().cases).count()
    assert not made.names
    for figure, full in zip(board.chain(made, 14).steps, board.chain(scope(), 14).steps, strict=True):
        assert figure.waiting == []
        assert figure.count == (full.count if full.count >= world.municipality.small_cell else None)
        if figure.count is None:
            assert figure.onward is None
            assert figure.median_days is None
    assert all(week.citizens is None or week.citizens >= 10 for week in hours.trend(made))
    assert all(place.placements >= 10 for place in hours.all_places(made))


def test_management_who_also_leads_a_team_sees_that_teams_cases_by_name(facts, scope, world):
    facts(10, 10)
    chain.refresh()
    other = Unit.objects.create(municipality=world.municipality, name="Team Byen")
    both = make_user(world.municipality, "Bodil Ledelse", Role.MANAGEMENT, Role.TEAM_LEADER, unit=other)
    assert scope(both).names
    assert not scope(both).cases.exists()


def test_roles_without_the_board_count_nothing(facts, scope, world):
    facts(5, 11)
    for user in (world.line, world.nadia, world.admin):
        assert not scope(user).cases.exists()


def test_a_leader_of_another_team_counts_nothing_of_this_one(facts, scope, world):
    facts(5, 12)
    chain.refresh()
    elsewhere = Unit.objects.create(municipality=world.municipality, name="Team Byen")
    leader = make_user(world.municipality, "Sara Leder", Role.TEAM_LEADER, unit=elsewhere)
    assert [figure.count for figure in board.chain(scope(leader), 14).steps] == [0] * 5
