"""Who decides what: generated over the one table, for every role inside and outside the municipality."""

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import make_user

from jobformidler.accounts.enums import OrganisationKind, Role
from jobformidler.accounts.models import Membership, Organisation
from jobformidler.casework import actions
from jobformidler.casework.authority import KEY_PERSON, TABLE, decider_powers, may_decide
from jobformidler.casework.decision_enums import DecisionKind, DecisionStatus
from jobformidler.casework.enums import CaseRole
from jobformidler.casework.perms import AUTHORITY
from jobformidler.citizens.actions import relate
from jobformidler.citizens.enums import RelationKind
from jobformidler.core.periods import open_from

CASES = [(kind, role) for kind in DecisionKind.values for role in Role.values]


@pytest.fixture
def provider(world):
    return Organisation.objects.create(kind=OrganisationKind.PROVIDER, name="Springbræt Job")


@pytest.fixture
def employ(world, day, provider):
    """A new person with one role, at the municipality or at the provider, in the case's unit."""

    def make(role, *, at_provider=False):
        user = make_user(world.municipality, f"Ny {role}", role, unit=world.unit)
        if at_provider:
            Membership.objects.filter(user=user).update(organisation=provider)
        return user

    return make


def test_every_kind_of_decision_stands_in_the_table():
    assert set(TABLE) == set(DecisionKind.values)
    assert all(rule.decides for rule in TABLE.values())
    assert {rule.delegated_as for rule in TABLE.values()} == {"", "oblige"}  # RULE-12, and nothing more


@pytest.mark.parametrize("kind,role", CASES)
def test_only_the_roles_of_the_table_decide_and_nobody_at_a_provider(case, employ, world, day, kind, role):
    rule = TABLE[kind]
    for at_provider in (False, True):
        user = employ(role, at_provider=at_provider)
        relate(citizen=case.citizen, kind=RelationKind.MENTOR, user=user, since=day)
        expected = not at_provider and (
            (role == Role.CASEWORKER and AUTHORITY in rule.decides)
            or (role == Role.HKO_KEYPERSON and KEY_PERSON in rule.decides)
        )
        assert may_decide(user, case, kind, day) == expected
        assert (AUTHORITY in decider_powers(user, case, kind, day)) == expected
        user.memberships.all().delete()
        user.email = f"gone{user.pk}@example.test"
        user.is_active = False
        user.save()
        assert not may_decide(user, case, kind, day)


@pytest.mark.parametrize("kind", DecisionKind.values)
def test_neither_the_system_nor_a_stranger_nor_the_jobformidler_decides(case, world, day, kind):
    far = make_user(world.municipality, "Karl Ene", Role.CASEWORKER)  # in no unit of the case
    for user in (None, far, world.line, world.ole, world.nadia, world.admin):
        assert not may_decide(user, case, kind, day)


@pytest.mark.parametrize("kind", DecisionKind.values)
def test_what_a_jobformidler_at_a_provider_registers_becomes_a_recommendation(case, employ, world, now, day, kind):
    rune = employ(Role.JOBFORMIDLER, at_provider=True)
    made = actions.prepare_decision(
        case=case, kind=kind, title="Praktik", recommendation="Mona er klar", by=rune, at=now
    )
    assert made.status == DecisionStatus.RECOMMENDED
    assert made.recommended_by == rune
    for act in (actions.accept_recommendation, actions.decide):
        with pytest.raises(PermissionDenied):
            act(decision=made, by=rune, at=now)
    with pytest.raises(PermissionDenied):
        actions.edit_decision(decision=made, title="Andet", by=rune, at=now)
    made.refresh_from_db()
    assert made.decided_by is None


def test_a_delegated_power_decides_only_what_can_be_delegated_and_only_through_the_relation(
    case, employ, provider, day
):
    rune = employ(Role.JOBFORMIDLER, at_provider=True)
    relate(citizen=case.citizen, kind=RelationKind.PROVIDER, organisation=provider, powers=("oblige",), since=day)
    assert {kind for kind in DecisionKind.values if may_decide(rune, case, kind, day)} == {DecisionKind.PLAN_DUTY}
    Membership.objects.filter(user=rune).update(period=open_from(day.replace(year=2020), day))
    assert not may_decide(rune, case, DecisionKind.PLAN_DUTY, day)


def test_a_caseworker_named_in_the_case_decides_and_loses_it_with_the_role(case, world, now, day):
    vera = make_user(world.municipality, "Vera Kærminde", Role.CASEWORKER)
    assert not may_decide(vera, case, DecisionKind.SANCTION, day)
    actions.assign(
        case=case, role=CaseRole.CASEWORKER, user=vera, since=day, by=world.peter, at=now, reason="Ny makker"
    )
    assert may_decide(vera, case, DecisionKind.SANCTION, day)
    vera.memberships.all().delete()
    assert not may_decide(vera, case, DecisionKind.SANCTION, day)
