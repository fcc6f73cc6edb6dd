"""Opening, closing and reopening cases."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import World, make_user

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Unit
from jobformidler.casework import actions
from jobformidler.casework.enums import CaseRole, CaseStatus, ContactKind, Outcome
from jobformidler.casework.models import Assignment, Case
from jobformidler.casework.perms import powers
from jobformidler.citizens.models import Relation
from jobformidler.core.actions import ActionError
from jobformidler.core.models import Event


def test_an_opened_case_has_a_number_a_tandem_and_a_state(case, world, day):
    assert case.number == "26-00001"
    assert case.status == CaseStatus.ASSIGNED
    roles = dict(Assignment.objects.filter(case=case).values_list("role", "user__name"))
    assert roles == {CaseRole.JOBFORMIDLER: world.line.name, CaseRole.CASEWORKER: world.peter.name}


def test_case_numbers_count_up_within_the_year_and_start_again_in_the_next(case, world, now):
    second = actions.open_case(citizen=world.citizen("Jonas Klitrose", 2), unit=world.unit, by=world.line, at=now)
    next_year = actions.open_case(
        citizen=world.citizen("Bent Rørskov", 3), unit=world.unit, by=world.line, at=now.replace(year=2027)
    )
    assert (second.number, next_year.number) == ("26-00002", "27-00001")


def test_a_citizen_has_one_open_case(case, world, now):
    with pytest.raises(ActionError) as error:
        actions.open_case(citizen=case.citizen, unit=world.unit, by=world.line, at=now)
    assert error.value.messages


def test_only_who_works_in_the_unit_opens_a_case_there(world, now):
    elsewhere = Unit.objects.create(municipality=world.municipality, name="Team Byen")
    stranger = make_user(world.municipality, "Sara Fremmed", Role.JOBFORMIDLER, unit=elsewhere)
    citizen = world.citizen()
    for user, unit in ((stranger, world.unit), (world.admin, world.unit), (stranger, elsewhere)):
        with pytest.raises(PermissionDenied):
            actions.open_case(citizen=citizen, unit=unit, by=user, at=now)


def test_closing_with_another_outcome_than_work_ends_the_case_and_the_personal_relations(case, world, day, later):
    actions.close_case(case=case, outcome=Outcome.MOVED, note="", by=world.line, at=later(1))
    assert case.status == CaseStatus.CLOSED
    assert case.closed_on == day + dt.timedelta(days=1)
    in_two_days = day + dt.timedelta(days=2)
    assert not Assignment.objects.active_on(in_two_days).filter(case=case).exists()
    kinds = set(Relation.objects.active_on(in_two_days).filter(citizen=case.citizen).values_list("kind", flat=True))
    assert kinds == {"team"}
    assert not Relation.objects.active_on(day + dt.timedelta(days=120)).filter(citizen=case.citizen).exists()


def test_a_case_cannot_close_without_an_outcome(case, world, now):
    with pytest.raises(ActionError):
        actions.close_case(case=case, outcome="", note="", by=world.line, at=now)


def test_a_lifeline_is_not_ended_by_closing_what_somebody_else_has_closed(world, case, now):
    said = {"case": case, "outcome": Outcome.ORDINARY_JOB, "note": "", "by": world.line, "at": now}
    seen = case.status
    actions.close_case(seen_as=seen, **said)
    with pytest.raises(ActionError):
        actions.close_case(seen_as=seen, **said)
    case.refresh_from_db()
    assert case.status == CaseStatus.AFTERCARE


def test_closing_with_a_job_keeps_the_lifeline_open_with_the_same_people(case, world, day, now, later):
    actions.close_case(case=case, outcome=Outcome.FLEKSJOB, note="12 timer", by=world.line, at=now)
    assert case.status == CaseStatus.AFTERCARE
    assert case.closed_on is None
    assert case.aftercare_until == day + dt.timedelta(days=180)
    assert case in Case.objects.visible_to(world.viewer(world.line))
    call = actions.register_contact(case=case, kind=ContactKind.CONTACT, held_at=later(2), by=world.line, at=later(2))
    assert call.case.status == CaseStatus.AFTERCARE


def test_aftercare_ends_by_closing_once_more(case, world, now, later):
    actions.close_case(case=case, outcome=Outcome.ORDINARY_JOB, note="", by=world.line, at=now)
    actions.close_case(case=case, outcome=Outcome.ORDINARY_JOB, note="", by=world.line, at=later(181))
    case.refresh_from_db()
    assert case.status == CaseStatus.CLOSED
    assert case.outcome == Outcome.ORDINARY_JOB


def test_a_closed_case_is_reopened_with_a_reason_where_its_evidence_puts_it(case, world, later, hold_first):
    hold_first()
    actions.close_case(case=case, outcome=Outcome.MOVED, note="", by=world.line, at=later(1))
    with pytest.raises(ActionError):
        actions.reopen_case(case=case, reason=" ", by=world.line, at=later(2))
    case.refresh_from_db()
    actions.reopen_case(case=case, reason="Flyttet tilbage", by=world.line, at=later(2))
    case.refresh_from_db()
    assert (case.status, case.outcome, case.closed_on) == (CaseStatus.FIRST_CONVERSATION, "", None)
    assert case.journalnotes.get().text == "Flyttet tilbage"
    reopened = world.viewer(world.ole, later(3).date())
    assert case in Case.objects.visible_to(reopened)


def test_nothing_is_registered_in_a_closed_case(case, world, later):
    actions.close_case(case=case, outcome=Outcome.OTHER, note="", by=world.line, at=later(1))
    with pytest.raises(ActionError):
        actions.register_contact(
            case=case, kind=ContactKind.CONTACT, held_at=later(1), by=world.line, at=later(1, hours=1)
        )


def test_powers_follow_the_relation_to_the_case(case, world, day, django_assert_max_num_queries):
    elsewhere = Unit.objects.create(municipality=world.municipality, name="Team Byen")
    colleague = make_user(world.municipality, "Omar Bregne", Role.JOBFORMIDLER, unit=world.unit)
    stranger = make_user(world.municipality, "Sara Fremmed", Role.JOBFORMIDLER, unit=elsewhere)
    with django_assert_max_num_queries(2):
        assert powers(world.line, case, day) == {"jobformidler", "team"}
    assert powers(world.peter, case, day) == {"caseworker", "authority", "team"}
    assert powers(world.ole, case, day) == {"team", "leader"}
    assert powers(colleague, case, day) == {"team"}
    assert powers(stranger, case, day) == set()
    assert powers(world.admin, case, day) == set()
    assert powers(world.nadia, case, day) == set()
    assert powers(None, case, day) == {"system"}


def test_a_colleague_of_the_team_continues_from_the_case(case, world, now):
    colleague = make_user(world.municipality, "Omar Bregne", Role.JOBFORMIDLER, unit=world.unit)
    assert case in Case.objects.visible_to(world.viewer(colleague))
    contact = actions.register_contact(case=case, kind=ContactKind.CONTACT, held_at=now, by=colleague, at=now)
    assert contact.by == colleague


def test_a_stranger_can_do_nothing_in_the_case(case, world, now, day):
    elsewhere = Unit.objects.create(municipality=world.municipality, name="Team Byen")
    stranger = make_user(world.municipality, "Sara Fremmed", Role.JOBFORMIDLER, unit=elsewhere)
    attempts = [
        lambda: actions.register_contact(case=case, kind=ContactKind.CONTACT, held_at=now, by=stranger, at=now),
        lambda: actions.set_next_step(case=case, text="Ring", on=day, by=stranger, at=now),
        lambda: actions.write_note(case=case, text="x", by=stranger, at=now),
        lambda: actions.set_goal(case=case, letter="a", text="Lager", by=stranger, at=now),
        lambda: actions.close_case(case=case, outcome=Outcome.MOVED, note="", by=stranger, at=now),
        lambda: actions.assign(case=case, role=CaseRole.CASEWORKER, user=world.peter, since=day, by=stranger, at=now),
    ]
    assert case not in Case.objects.visible_to(world.viewer(stranger))
    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()


def test_every_action_leaves_an_event_of_the_citizen(case):
    kinds = list(Event.objects.filter(citizen_id=case.citizen_id).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["case.opened", "case.reached", "case.assigned", "case.assigned"]


def test_another_municipality_sees_nothing_of_the_case_and_has_no_power_in_it(case, day):
    with World(998, "Nabo Kommune") as neighbour:
        assert not Case.objects.filter(pk=case.pk).exists()
        assert not Assignment.objects.filter(case_id=case.pk).exists()
        assert powers(neighbour.line, case, day) == set()
        assert powers(neighbour.ole, case, day) == set()


def test_the_caseload_is_searched_by_name_or_number(case, world, now):
    actions.open_case(citizen=world.citizen("Jonas Klitrose", 2), unit=world.unit, by=world.line, at=now)
    assert list(Case.objects.matching("mona hav")) == [case]
    assert list(Case.objects.matching("26-00001")) == [case]
