"""Every verb in every state, for every power: the whole table, and its guards in the real actions."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from jobformidler.accounts.enums import OrganisationKind, Role
from jobformidler.accounts.models import Membership, Organisation
from jobformidler.core.actions import ActionError
from jobformidler.core.periods import open_from
from jobformidler.core.transitions import TABLES
from jobformidler.placements import actions
from jobformidler.placements.enums import PlacementStatus as S
from jobformidler.placements.models import Placement
from jobformidler.placements.perms import AUTHORITY, SYSTEM, WORK

STATES = TABLES["placements.Placement.status"]
BEFORE = {S.IDEA, S.DIALOGUE, S.DRAFT, S.AWAITING_SIGNATURE, S.AWAITING_APPROVAL, S.APPROVED}
RUN = {S.INTERNSHIP, S.WITH_HOURS}

#: verb: (from, to, who)
MATRIX = {
    "open_dialogue": ({S.IDEA}, S.DIALOGUE, WORK),
    "draft": ({S.DIALOGUE}, S.DRAFT, WORK),
    "send": ({S.DRAFT}, S.AWAITING_SIGNATURE, WORK),
    "change": ({S.AWAITING_SIGNATURE, S.AWAITING_APPROVAL, S.APPROVED}, S.DRAFT, WORK),
    "all_signed": ({S.AWAITING_SIGNATURE}, S.AWAITING_APPROVAL, SYSTEM),
    "approval_stands": ({S.AWAITING_SIGNATURE}, S.APPROVED, SYSTEM),
    "approve": ({S.AWAITING_APPROVAL}, S.APPROVED, AUTHORITY),
    "send_back": ({S.AWAITING_APPROVAL}, S.DRAFT, AUTHORITY),
    "start": ({S.APPROVED}, S.INTERNSHIP, WORK),
    "first_hours": ({S.INTERNSHIP}, S.WITH_HOURS, SYSTEM),
    "hours_gone": ({S.WITH_HOURS}, S.INTERNSHIP, SYSTEM),
    "convert": (RUN, S.CONVERTED, WORK),
    "complete": (RUN, S.COMPLETED, WORK),
    "switch": (RUN, S.SWITCHED, WORK),
    "stop": (RUN, S.STOPPED, WORK),
    "drop": (BEFORE, S.DROPPED, WORK),
}


def test_the_table_holds_these_verbs_and_no_others():
    assert set(STATES.transitions) == set(MATRIX)


@pytest.mark.parametrize("verb", MATRIX)
def test_a_verb_is_offered_in_its_states_to_those_who_may(verb):
    sources, target, who = MATRIX[verb]
    for state in S.values:
        row = Placement(status=state)
        for power in (*WORK, *AUTHORITY, "nobody"):
            offered = verb in {t.name for t in STATES.open_to(row, {power})}
            assert offered == (state in sources and power in who), (state, power)
    assert STATES.transitions[verb].target == target


def test_no_verb_leads_out_of_an_end():
    for state in (S.CONVERTED, S.COMPLETED, S.SWITCHED, S.STOPPED, S.DROPPED):
        assert STATES.open_to(Placement(status=state), WORK | AUTHORITY | SYSTEM) == []


@pytest.fixture
def signed(world, now, placement, sign):
    """Signed by both, waiting for the municipality."""
    actions.send_for_signature(placement=placement, by=world.line, at=now)
    sign(placement, by=world.line)
    return placement


def test_a_placement_cannot_start_before_both_have_signed_and_the_municipality_has_approved(world, signed, moment):
    with pytest.raises(ActionError):
        actions.start(placement=signed, by=world.line, at=moment())
    actions.approve(placement=signed, by=world.peter, at=moment())
    actions.start(placement=signed, by=world.line, at=moment())
    assert signed.status == S.INTERNSHIP


def test_a_placement_cannot_start_before_its_first_day(world, now, signed, moment):
    actions.approve(placement=signed, by=world.peter, at=now)
    with pytest.raises(ActionError, match="30"):
        actions.start(placement=signed, by=world.line, at=moment() - dt.timedelta(days=1))


def test_the_jobformidler_cannot_approve_for_the_municipality(world, now, signed):
    with pytest.raises(PermissionDenied):
        actions.approve(placement=signed, by=world.line, at=now)


def test_a_caseworker_of_the_unit_may_approve_though_the_case_is_a_colleagues(world, now, signed):
    from tests.factories import make_user

    colleague = make_user(world.municipality, "Karla Myrte", Role.CASEWORKER, unit=world.unit)
    actions.approve(placement=signed, by=colleague, at=now)
    assert (signed.status, signed.approved_by) == (S.APPROVED, colleague)


def test_a_providers_caseworker_cannot_approve(world, now, signed, day):
    from tests.factories import make_user

    rune = make_user(world.municipality, "Rune Strandvold", Role.CASEWORKER, unit=world.unit)
    provider = Organisation.objects.create(kind=OrganisationKind.PROVIDER, name="Springbræt", cvr="99000198")
    Membership.objects.filter(user=rune).delete()
    Membership.objects.create(
        user=rune,
        organisation=provider,
        municipality=world.municipality,
        unit=world.unit,
        role=Role.CASEWORKER,
        period=open_from(day),
    )
    with pytest.raises(PermissionDenied):
        actions.approve(placement=signed, by=rune, at=now)


def test_the_system_cannot_approve(now, signed):
    with pytest.raises(PermissionDenied):
        actions.approve(placement=signed, by=None, at=now)


def test_sending_back_says_why_and_the_agreement_can_be_changed(world, now, signed):
    with pytest.raises(ActionError):
        actions.send_back(placement=signed, reason=" ", by=world.peter, at=now)
    actions.send_back(placement=signed, reason="Timerne passer ikke med planen", by=world.peter, at=now)
    assert signed.status == S.DRAFT


def test_starting_brings_the_case_along(world, running, moment):
    running.case.refresh_from_db()
    assert (running.case.status, running.case.status_since) == ("in_placement", moment().date())


def test_a_dropped_placement_lets_the_case_fall_back(world, now, placement):
    placement.case.refresh_from_db()
    assert placement.case.status == "matched"
    actions.drop(placement=placement, reason="Pladsen er nedlagt", by=world.line, at=now)
    placement.case.refresh_from_db()
    assert placement.case.status == "plan_made"
