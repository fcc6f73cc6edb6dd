"""The chain from facts: kept by handlers, equal to a rebuild, and moved back by a withdrawal."""

from collections import defaultdict

import pytest

from jobformidler.citizens.models import CV
from jobformidler.placements.models import STARTED, Placement, WeekHours
from jobformidler.steering import chain
from jobformidler.steering.checks import differences
from jobformidler.steering.enums import Step
from jobformidler.steering.models import ChainStep


def by_hand(case):
    """The steps of one case, said in plain Python."""
    found = {}
    cvs = [
        max(cv.started_on, case.opened_on)
        for cv in CV.objects.filter(citizen=case.citizen_id, withdrawn_at=None)
        if case.closed_on is None or cv.started_on <= case.closed_on
    ]
    placements = list(Placement.objects.filter(case=case))
    weeks = defaultdict(int)
    for row in WeekHours.objects.filter(placement__case=case, withdrawn_at=None):
        weeks[row.week] += row.paid
    paid = sorted((week, hours) for week, hours in weeks.items() if hours)
    days = {
        Step.CV: cvs,
        Step.INTERNSHIP: [p.starts_on for p in placements if p.status in STARTED],
        Step.AGREEMENT: [p.approved_on for p in placements if p.approved_on],
        Step.HOURS: [week for week, _hours in paid],
        Step.PROGRESSION: [week for week, hours in paid if hours > paid[0][1]],
    }
    for step, found_days in days.items():
        if found_days:
            found[int(step)] = min(found_days)
    return found


@pytest.mark.parametrize("seed", [31, 32, 33])
def test_the_steps_of_every_case_are_those_of_its_facts(facts, seed):
    cases = facts(40, seed)
    chain.refresh()
    for case in cases:
        assert dict(case.chain.values_list("step", "reached_on")) == by_hand(case), case.number


@pytest.mark.parametrize("seed", [21, 22])
def test_a_rebuild_makes_the_rows_right_and_a_second_changes_nothing(facts, seed):
    facts(40, seed)
    assert chain.refresh() > 0
    assert chain.refresh() == 0
    assert differences() == []


def test_a_wrong_a_missing_and_a_left_over_row_are_found_and_put_right(facts):
    cases = facts(40, 23)
    chain.refresh()
    empty = next(case for case in cases if not case.chain.exists())
    rows = list(ChainStep.objects.order_by("pk")[:2])
    ChainStep.objects.filter(pk=rows[0].pk).update(reached_on=rows[0].reached_on.replace(year=2001))
    ChainStep.objects.filter(pk=rows[1].pk).delete()
    ChainStep.objects.create(municipality=empty.municipality, case=empty, step=Step.CV, reached_on=empty.opened_on)
    assert len(differences()) == 3
    assert chain.refresh() == 3
    assert differences() == []


def test_one_case_is_brought_in_line_without_touching_the_others(facts):
    first, *_rest = facts(10, 24)
    chain.refresh([first.pk])
    assert not ChainStep.objects.exclude(case=first).exists()
