"""Where somebody signs for the employees: a third signature, and nothing about the citizen's needs to read."""

import pytest

from jobformidler.core.actions import ActionError
from jobformidler.employers.models import ContactPerson
from jobformidler.placements import actions
from jobformidler.placements.enums import Party, PlacementStatus


@pytest.fixture
def with_staff(world, now, draft):
    """The agreement with Rosa Tang, who represents the employees."""
    actions.change_agreement(version=draft, field="staff_rep", value="Rosa Tang", by=world.line, at=now)
    draft.placement.refresh_from_db()
    return draft.placement


def test_an_agreement_is_signed_by_two_unless_it_names_somebody_for_the_employees(draft, with_staff):
    assert with_staff.versions.first().parties == [Party.CITIZEN, Party.EMPLOYER, Party.STAFF]
    draft.content["staff_rep"] = None
    assert draft.parties == [Party.CITIZEN, Party.EMPLOYER]


def test_who_signs_for_the_employees_is_in_the_register_as_their_representative(with_staff):
    assert ContactPerson.objects.get(name="Rosa Tang").level == "employee_rep"


def test_the_municipality_gets_it_when_the_employees_have_signed_too(world, now, with_staff, sign):
    actions.send_for_signature(placement=with_staff, by=world.line, at=now)
    sign(with_staff, Party.CITIZEN, Party.EMPLOYER, by=world.line)
    assert with_staff.status == PlacementStatus.AWAITING_SIGNATURE
    sign(with_staff, Party.STAFF, by=world.line)
    assert with_staff.status == PlacementStatus.AWAITING_APPROVAL


def test_a_change_of_the_goal_asks_the_employees_nothing_and_longer_hours_do(world, now, with_staff, sign):
    actions.send_for_signature(placement=with_staff, by=world.line, at=now)
    sign(with_staff, by=world.line)
    version = with_staff.versions.first()
    version = actions.change_agreement(version=version, field="goal", value="Et fast job", by=world.line, at=now)
    with_staff.refresh_from_db()
    actions.send_for_signature(placement=with_staff, by=world.line, at=now)
    assert with_staff.waiting_for(with_staff.sent_version) == ["Mona Havtorn"]
    sign(with_staff, Party.CITIZEN, by=world.line)
    actions.change_agreement(version=with_staff.versions.first(), field="hours", value="20", by=world.line, at=now)
    with_staff.refresh_from_db()
    actions.send_for_signature(placement=with_staff, by=world.line, at=now)
    assert "Rosa Tang" in with_staff.waiting_for(with_staff.sent_version)


def test_nobody_signs_for_the_employees_where_the_agreement_names_nobody(world, now, placement, sign):
    actions.send_for_signature(placement=placement, by=world.line, at=now)
    with pytest.raises(ActionError):
        sign(placement, Party.STAFF, by=world.line)
