"""Contradictions that no constraint sees."""

import datetime as dt

import pytest

from jobformidler.casework import actions, checks
from jobformidler.casework.enums import CaseStatus, Outcome
from jobformidler.casework.models import Assignment, Case, Participant, Plan
from jobformidler.citizens.models import Citizen, Competence, Relation
from jobformidler.core import clock
from jobformidler.core.rebuild import CHECKS


@pytest.fixture(autouse=True)
def _today(monkeypatch, day):
    """The checks run three days after the case was opened."""
    monkeypatch.setattr(clock, "today", lambda: day + dt.timedelta(days=3))


def found() -> set[str]:
    """Names of the checks that found something."""
    return {name for name in checks.CHECKS if list(CHECKS[name]())}


def test_a_sound_history_has_no_contradictions(case, world, later, hold_first):
    hold_first()
    actions.set_goal(case=case, letter="a", text="Lager", by=world.line, at=later(1))
    actions.close_case(case=case, outcome=Outcome.MOVED, note="", by=world.line, at=later(2))
    assert found() == set()


@pytest.mark.parametrize(
    ("spoil", "check"),
    [
        (lambda case: Relation.objects.filter(kind="team").delete(), "casework.open_case_without_team"),
        (
            lambda case: Assignment.objects.filter(role="jobformidler").delete(),
            "casework.open_case_without_one_jobformidler",
        ),
        (lambda case: Assignment.objects.filter(role="caseworker").delete(), "casework.relation_without_assignment"),
        (lambda case: Relation.objects.filter(kind="caseworker").delete(), "casework.assignment_without_relation"),
        (
            lambda case: Case.objects.update(
                status=CaseStatus.CLOSED, closed_on=dt.date(2026, 11, 23), outcome=Outcome.MOVED
            ),
            "casework.closed_case_with_assignment",
        ),
        (lambda case: Case.objects.update(status=CaseStatus.PLAN_MADE), "casework.status_without_evidence"),
        (lambda case: Case.objects.update(status=CaseStatus.AFTERCARE), "casework.aftercare_without_end"),
        (lambda case: Participant.objects.all().delete(), "casework.contact_without_participant"),
        (
            lambda case: Plan.objects.create(
                municipality_id=case.municipality_id,
                case=case,
                started_on=case.opened_on,
                goal_registered_on=case.opened_on,
            ),
            "casework.goal_date_without_goal",
        ),
        (lambda case: Citizen.objects.update(benefit="ukendt-ydelse"), "citizens.unknown_benefit"),
        (
            lambda case: Competence.objects.create(
                municipality_id=case.municipality_id,
                citizen=case.citizen,
                origin="ukendt",
                text="x",
                registered_on=case.opened_on,
            ),
            "citizens.unknown_competence_origin",
        ),
    ],
)
def test_each_check_finds_what_it_is_for(case, hold_first, spoil, check):
    hold_first()
    assert check not in found()
    spoil(case)
    assert check in found()
