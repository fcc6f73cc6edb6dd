"""What the board says about contact and the tandem: counted from a real case, each share with the cases it lacks."""

import datetime as dt

import pytest
from tests.placements.conftest import case, draft, moment, opening, placement, report, running, sign, workplace

from jobformidler.placements import actions
from jobformidler.placements.reading import first_days
from jobformidler.steering import contact
from jobformidler.steering.scope import Filters, scope_for

__all__ = ["case", "draft", "moment", "opening", "placement", "report", "running", "sign", "workplace"]


@pytest.fixture
def board(world, moment):
    """The board of Ole's team, so many weeks into Mona's placement."""

    def make(weeks: int = 4, days: int = 0):
        day = moment(weeks, days).date()
        return scope_for(world.viewer(world.ole, day), Filters(since=dt.date(2026, 1, 1)))

    return make


def test_the_board_counts_the_days_to_the_first_employer_as_the_case_does(running, case, board):
    case.opened_on -= dt.timedelta(days=5)
    case.save()
    of_case, of_board = first_days(case), contact.first_days(board())
    assert (of_case.to_employer, of_case.to_placement) == (5, 12)
    assert (of_board.to_employer, of_board.to_placement) == (5, 12)
    assert (of_board.employer_cases, of_board.placement_cases) == (1, 1)


def test_an_idea_nobody_has_spoken_of_is_no_contact_with_an_employer(world, now, case, workplace, board):
    idea = actions.propose(case=case, workplace=workplace, by=world.line, at=now)
    assert first_days(case).to_employer is None
    actions.drop(placement=idea, reason="Mona vil noget andet", by=world.line, at=now)
    assert first_days(case).to_employer is None
    assert contact.first_days(board()).employer_cases == 0
