"""What the board says about contact and the tandem: counted from a real case, each share with the cases it lacks."""

import datetime as dt

import pytest
from tests.factories import make_user
from tests.placements.conftest import case, draft, moment, opening, placement, report, running, sign, workplace

from jobformidler.accounts.enums import Role
from jobformidler.casework import actions as casework
from jobformidler.casework.actions import Person
from jobformidler.casework.enums import Part
from jobformidler.casework.models import Assignment, Contact
from jobformidler.placements import actions
from jobformidler.placements.reading import first_days
from jobformidler.steering import contact, hours, practice
from jobformidler.steering.contact import Share
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


def test_shares_of_the_work_are_counted_with_the_cases_they_lack(world, running, case, moment, board):
    found = practice.practice(board())
    assert (found.first_conversations, found.first_visits) == (Share(1, 1), Share(1, 1))
    assert (found.at_workplace, found.joined) == (Share(0, 0), Share(0, 0))
    assert (found.tandem, found.continuity) == (Share(1, 1), Share(1, 1))
    with_peter = [Person(Part.JOBFORMIDLER, "Line", world.line), Person(Part.CASEWORKER, "Peter", world.peter)]
    for week, there, people in ((1, True, with_peter), (2, False, ())):
        actions.follow_up(
            placement=running,
            held_at=moment(week),
            hours_said="Talte om timer",
            at_workplace=there,
            participants=people,
            by=world.line,
            at=moment(week),
        )
    found = practice.practice(board())
    assert (found.at_workplace, found.joined) == (Share(1, 2), Share(1, 2))
    assert list(practice.followed_up_elsewhere(board())) == [case]
    assert list(practice.followed_up_alone(board())) == [case]
    assert not practice.first_conversation_silent(board()).exists()
    assert not practice.first_visit_silent(board()).exists()


def test_a_withdrawn_first_conversation_and_a_silent_one_change_the_share(world, case, board):
    row = Contact.objects.get(case=case, kind="first_conversation")
    Contact.objects.filter(pk=row.pk).update(ordinary_hours_raised=False)
    assert practice.practice(board()).first_conversations == Share(0, 1)
    assert list(practice.first_conversation_silent(board())) == [case]
    Contact.objects.filter(pk=row.pk).update(withdrawn_at=row.at, withdrawn_by=world.line, withdrawn_reason="Fejl")
    assert practice.practice(board()).first_conversations == Share(0, 0)


def test_another_jobformidler_ends_continuity_and_an_ended_role_the_tandem(world, case, moment, board):
    anna = make_user(world.municipality, "Anna Ny", Role.JOBFORMIDLER, unit=world.unit)
    casework.assign(
        case=case,
        role="jobformidler",
        user=anna,
        since=moment(1).date(),
        reason="Line er på barsel",
        by=world.ole,
        at=moment(1),
    )
    assert practice.practice(board()).continuity == Share(0, 1)
    assert list(practice.met_several(board())) == [case]
    Assignment.objects.filter(case=case, role="caseworker").delete()
    assert practice.practice(board()).tandem == Share(0, 1)
    assert list(practice.without_tandem(board())) == [case]


def test_citizens_in_placements_are_counted_week_by_week(world, running, case, board):
    series = hours.trend(board(2))
    assert [week.placed for week in series][-3:] == [0, 1, 1]
    assert list(hours.in_placements(board(2), series[-1].week)) == [case]
