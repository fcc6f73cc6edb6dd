"""Who fills which role: exactly one jobformidler and one caseworker at any time."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import make_user

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Unit
from jobformidler.casework import actions, caseload
from jobformidler.casework.enums import CaseRole
from jobformidler.casework.models import Assignment, Case
from jobformidler.casework.roles import gaps, three_roles
from jobformidler.citizens.models import Citizen, Relation
from jobformidler.core.actions import ActionError
from jobformidler.messaging.models import OutgoingMail

WEEK = dt.timedelta(days=7)


@pytest.fixture
def omar(world):
    """A second jobformidler of the team."""
    return make_user(world.municipality, "Omar Bregne", Role.JOBFORMIDLER, unit=world.unit)


def test_a_new_jobformidler_follows_the_one_before_on_the_day(case, world, omar, day, now):
    actions.assign(
        case=case, role=CaseRole.JOBFORMIDLER, user=omar, since=day + WEEK, by=world.line, at=now, reason="Barsel"
    )
    holder = Assignment.objects.filter(case=case, role=CaseRole.JOBFORMIDLER)
    assert holder.active_on(day + WEEK - dt.timedelta(days=1)).get().user == world.line
    assert holder.active_on(day + WEEK).get().user == omar


def test_another_jobformidler_needs_a_reason_and_the_number_of_those_met_is_counted(case, world, omar, day, now):
    with pytest.raises(ActionError) as error:
        actions.assign(case=case, role=CaseRole.JOBFORMIDLER, user=omar, since=day + WEEK, by=world.line, at=now)
    assert "reason" in error.value.message_dict
    actions.assign(
        case=case, role=CaseRole.JOBFORMIDLER, user=omar, since=day + WEEK, by=world.line, at=now, reason="Barsel"
    )
    assert Case.objects.with_jobformidlers_met(day).get().jobformidlers_met == 1
    assert Case.objects.with_jobformidlers_met(day + WEEK).get().jobformidlers_met == 2
    log = [(row.user.name, row.reason) for row in Assignment.objects.changes_of(case.pk)]
    assert log == [(world.line.name, ""), (omar.name, "Barsel")]


def test_the_relation_follows_the_assignment(case, world, omar, day, now):
    actions.assign(
        case=case, role=CaseRole.JOBFORMIDLER, user=omar, since=day + WEEK, by=world.line, at=now, reason="Barsel"
    )
    relations = Relation.objects.filter(citizen=case.citizen, kind="jobformidler")
    assert {row.user for row in relations.active_on(day)} == {world.line}
    assert {row.user for row in relations.active_on(day + WEEK)} == {omar}


def test_a_jobformidler_in_another_unit_sees_the_citizen_only_while_assigned(case, world, day, now):
    elsewhere = Unit.objects.create(municipality=world.municipality, name="Team Byen")
    rune = make_user(world.municipality, "Rune Strandvold", Role.JOBFORMIDLER, unit=elsewhere)
    actions.assign(case=case, role=CaseRole.JOBFORMIDLER, user=rune, since=day, by=world.line, at=now, reason="Bytter")
    assert case in Case.objects.visible_to(world.viewer(rune))
    actions.assign(
        case=case, role=CaseRole.JOBFORMIDLER, user=world.line, since=day + WEEK, by=rune, at=now, reason="Tilbage"
    )
    assert case not in Case.objects.visible_to(world.viewer(rune, day + WEEK))


def test_the_same_person_is_not_assigned_twice(case, world, day, now):
    with pytest.raises(ActionError):
        actions.assign(case=case, role=CaseRole.JOBFORMIDLER, user=world.line, since=day, by=world.line, at=now)


def test_a_role_takes_the_membership_behind_it(case, world, day, now):
    with pytest.raises(ActionError):
        actions.assign(
            case=case, role=CaseRole.CASEWORKER, user=world.line, since=day, by=world.peter, at=now, reason="x"
        )


def test_a_stranger_assigns_nobody(case, world, day, now):
    with pytest.raises(PermissionDenied):
        actions.assign(case=case, role=CaseRole.MENTOR, user=world.nadia, since=day, by=world.admin, at=now, reason="x")


def test_going_over_the_limit_has_to_be_confirmed(case, world, now, day):
    world.municipality.caseload_limit_jobformidler = 1
    world.municipality.save()
    second = world.citizen("Jonas Klitrose", 2)

    def open_second(**more):
        return actions.open_case(
            citizen=second, unit=world.unit, by=world.peter, at=now, jobformidler=world.line, **more
        )

    with pytest.raises(ActionError) as error:
        open_second()
    assert error.value.code == "over_limit"
    assert not Case.objects.filter(citizen=second).exists()
    open_second(confirm_over_limit=True)
    load = caseload.load_of(world.line, CaseRole.JOBFORMIDLER, day, world.municipality)
    assert (load.count, load.limit, load.over) == (2, 1, True)


def test_without_a_limit_nobody_is_over_it(case, world, day):
    (load,) = caseload.loads([world.line], CaseRole.JOBFORMIDLER, day, world.municipality)
    assert (load.count, load.limit, load.over) == (1, None, False)


def test_who_covers_sees_the_case_for_that_time_and_replaces_nobody(case, world, omar, day, now):
    actions.cover(case=case, user=omar, since=day, until=day + WEEK, reason="Ferie", by=world.line, at=now)
    assert Assignment.objects.active_on(day).get(case=case, role=CaseRole.JOBFORMIDLER).user == world.line
    kinds = Relation.objects.filter(user=omar, citizen=case.citizen)
    assert kinds.active_on(day).get().kind == "cover"
    assert not kinds.active_on(day + WEEK).exists()


def test_a_cover_can_end_early_and_a_jobformidler_is_only_replaced(case, world, omar, day, now):
    cover = actions.cover(case=case, user=omar, since=day, until=day + WEEK, reason="Ferie", by=world.line, at=now)
    actions.end_assignment(assignment=cover, on=day + dt.timedelta(days=2), by=world.line, at=now)
    assert not Assignment.objects.active_on(day + dt.timedelta(days=2)).filter(role=CaseRole.COVER).exists()
    main = Assignment.objects.get(case=case, role=CaseRole.JOBFORMIDLER)
    with pytest.raises(ActionError):
        actions.end_assignment(assignment=main, on=day + WEEK, by=world.line, at=now)


def test_the_three_roles_show_who_fills_them_and_which_are_missing(case, world, day, now):
    assert [row.user for row in three_roles(case, day)] == [world.peter, world.line, world.line]
    assert gaps(case, day) == []
    actions.assign(case=case, role=CaseRole.MENTOR, user=world.nadia, since=day, by=world.line, at=now)
    assert three_roles(case, day)[2].user == world.nadia
    bare = actions.open_case(citizen=world.citizen("Jonas Klitrose", 2), unit=world.unit, by=world.line, at=now)
    assert len(gaps(bare, day)) == 3


def test_a_full_tandem_is_counted(case, world, day, now):
    actions.open_case(
        citizen=world.citizen("Jonas Klitrose", 2), unit=world.unit, by=world.line, at=now, jobformidler=world.line
    )
    assert list(Case.objects.with_tandem(day)) == [case]
    assert Case.objects.without_role(day, CaseRole.CASEWORKER).count() == 1


steps = st.lists(
    st.tuples(st.sampled_from([CaseRole.JOBFORMIDLER, CaseRole.CASEWORKER]), st.integers(0, 2), st.integers(-20, 40)),
    min_size=1,
    max_size=8,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_in_whatever_order_roles_are_handed_out_there_is_never_more_than_one_holder(case, world, day, now, sequence):
    both = [Role.JOBFORMIDLER, Role.CASEWORKER]
    outer = transaction.savepoint()
    people = [make_user(world.municipality, f"Ansat {number}", *both, unit=world.unit) for number in range(3)]
    for role, who, offset in sequence:
        since = day + dt.timedelta(days=offset)
        try:
            actions.assign(case=case, role=role, user=people[who], since=since, by=None, at=now, reason="Bytter")
        except ActionError:
            continue
    for role in (CaseRole.JOBFORMIDLER, CaseRole.CASEWORKER):
        rows = Assignment.objects.filter(case=case, role=role)
        for offset in range(-25, 50):
            assert rows.active_on(day + dt.timedelta(days=offset)).count() <= 1
        assert rows.active_on(day + dt.timedelta(days=400)).count() == 1
    explained = {(a.user_id, str(a.role), a.period) for a in Assignment.objects.filter(case=case)}
    personal = Relation.objects.filter(citizen=case.citizen, user__isnull=False)
    assert {(row.user_id, row.kind, row.period) for row in personal} == explained
    transaction.savepoint_rollback(outer)


def test_the_citizen_is_told_by_mail_who_covers_and_until_when(case, world, omar, day, now):
    Citizen.objects.filter(pk=case.citizen_id).update(email="")
    case = Case.objects.get(pk=case.pk)
    actions.cover(case=case, user=omar, since=day, until=day + WEEK, reason="Ferie", by=world.line, at=now)
    assert not OutgoingMail.objects.filter(kind="cover").exists()
    Citizen.objects.filter(pk=case.citizen_id).update(email="mona@example.test")
    again = Case.objects.get(pk=case.pk)
    actions.cover(case=again, user=omar, since=day + WEEK, until=day + 2 * WEEK, reason="Ferie", by=world.line, at=now)
    mail = OutgoingMail.objects.get(kind="cover")
    assert (mail.to, mail.citizen_id) == ("mona@example.test", case.citizen_id)
    assert mail.subject == "Hvem du kan ringe til i en periode"
    assert omar.name in mail.body
    assert "Line Askeløv" in mail.body
    assert "6. december 2026" in mail.body.replace("\xa0", " ")
    assert "Ferie" not in mail.body
