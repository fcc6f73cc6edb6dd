"""Users, memberships, units and settings as actions."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import make_municipality, make_user

from jobformidler.accounts import actions
from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Membership, User
from jobformidler.accounts.viewer import viewer_for
from jobformidler.core import db as context
from jobformidler.core.actions import ActionError, StaleError
from jobformidler.core.models import Event, Municipality


def made(world, now, by=None, **changes):
    values = {"email": "omar@example.test", "name": "Omar Bregne"} | changes
    return actions.create_user(municipality=world.municipality, by=by or world.admin, at=now, **values)


def give(world, now, user, role=Role.JOBFORMIDLER, **changes):
    values = {"unit": world.unit, "since": dt.date(2026, 11, 1), "by": world.admin} | changes
    return actions.add_membership(user=user, municipality=world.municipality, role=role, at=now, **values)


@pytest.mark.parametrize("who", ["line", "peter", "ole", "nadia"])
def test_only_an_administrator_sets_up(world, now, who):
    user = getattr(world, who)
    with pytest.raises(PermissionDenied):
        made(world, now, by=user)
    with pytest.raises(PermissionDenied):
        give(world, now, world.line, Role.ADMINISTRATOR, by=user)
    with pytest.raises(PermissionDenied):
        actions.create_unit(municipality=world.municipality, name="X", by=user, at=now)
    with pytest.raises(PermissionDenied):
        actions.change_settings(municipality=world.municipality, by=user, at=now, answer_hours=48)
    with pytest.raises(PermissionDenied):
        actions.add_item(municipality=world.municipality, name="benefit", label="X", by=user, at=now)


def test_an_administrator_elsewhere_is_a_stranger_here(world, now):
    other = make_municipality(555, "Anden")
    with context.enter(other, reason="test"):
        stranger = make_user(other, "Rune Strandvold", Role.ADMINISTRATOR)
    with pytest.raises(PermissionDenied):
        made(world, now, by=stranger)


def test_an_administrator_whose_role_has_ended_no_longer_sets_up(world, now, day):
    Membership.objects.filter(user=world.admin).update(period=(dt.date(2020, 1, 1), day))
    with pytest.raises(PermissionDenied):
        made(world, now)


def test_a_user_may_hold_several_roles_at_a_time(world, now, day):
    omar = made(world, now)
    give(world, now, omar, Role.JOBFORMIDLER)
    give(world, now, omar, Role.EMPLOYER_CONSULTANT)
    viewer = viewer_for(omar, day)
    assert viewer is not None
    assert viewer.roles == {Role.JOBFORMIDLER, Role.EMPLOYER_CONSULTANT}


def test_the_same_role_twice_at_a_time_is_refused_and_after_each_other_allowed(world, now):
    omar = made(world, now)
    first = give(world, now, omar)
    with pytest.raises(ActionError):
        give(world, now, omar, since=dt.date(2026, 11, 10))
    actions.end_membership(membership=first, on=dt.date(2026, 11, 10), by=world.admin, at=now)
    assert give(world, now, omar, since=dt.date(2026, 11, 10))


def test_a_jobformidler_belongs_to_a_unit_and_a_team_leader_may_lead_all(world, now, day):
    omar = made(world, now)
    with pytest.raises(ActionError):
        give(world, now, omar, unit=None)
    give(world, now, omar, Role.TEAM_LEADER, unit=None)
    viewer = viewer_for(omar, day)
    assert viewer is not None
    assert viewer.whole_municipality


def test_a_role_that_has_not_begun_is_removed_when_it_ends(world, now):
    omar = made(world, now)
    row = give(world, now, omar, since=dt.date(2027, 1, 1))
    actions.end_membership(membership=row, on=dt.date(2026, 12, 1), by=world.admin, at=now)
    assert not Membership.objects.filter(user=omar).exists()


def test_a_role_ends_once(world, now, day):
    row = world.line.memberships.get()
    actions.end_membership(membership=row, on=day, by=world.admin, at=now)
    with pytest.raises(ActionError):
        actions.end_membership(membership=row, on=day + dt.timedelta(days=9), by=world.admin, at=now)


def test_the_last_administrator_cannot_go_until_somebody_else_is_one(world, now, day):
    row = world.admin.memberships.get()
    with pytest.raises(ActionError):
        actions.end_membership(membership=row, on=day, by=world.admin, at=now)
    with pytest.raises(ActionError):
        actions.deactivate(user=world.admin, municipality=world.municipality, by=world.admin, at=now)
    give(world, now, world.ole, Role.ADMINISTRATOR, unit=None, until=day + dt.timedelta(days=9))
    with pytest.raises(ActionError):  # a successor whose own role ends soon is no successor
        actions.end_membership(membership=row, on=day, by=world.admin, at=now)
    give(world, now, world.peter, Role.ADMINISTRATOR, unit=None)
    actions.end_membership(membership=row, on=day, by=world.admin, at=now)
    row.refresh_from_db()
    assert row.period.upper == day


def test_an_e_mail_belongs_to_one_user_whatever_its_case(world, now):
    made(world, now)
    with pytest.raises(ActionError):
        made(world, now, email="OMAR@example.test")
    with pytest.raises(ActionError):
        made(world, now, email="no address")


def test_without_a_password_nobody_gets_in_and_a_weak_one_is_refused(world, now):
    omar = made(world, now)
    assert not omar.has_usable_password()
    with pytest.raises(ActionError) as refused:
        actions.set_password(user=omar, municipality=world.municipality, password="kort", by=world.admin, at=now)
    assert "password" in refused.value.message_dict
    actions.set_password(
        user=omar, municipality=world.municipality, password="et langt nyt kodeord", by=world.admin, at=now
    )
    assert User.objects.get(pk=omar.pk).check_password("et langt nyt kodeord")


def test_people_change_their_name_and_phone_but_not_their_e_mail(world, now):
    values = {"user": world.line, "municipality": world.municipality, "by": world.line, "at": now}
    assert actions.edit_user(phone="00000021", **values).phone == "00000021"
    with pytest.raises(PermissionDenied):
        actions.edit_user(email="me@example.test", **values)
    with pytest.raises(PermissionDenied):
        actions.edit_user(phone="00000022", **(values | {"user": world.peter}))


def test_a_stale_edit_is_refused_with_both_values(world, now):
    values = {"user": world.line, "municipality": world.municipality, "by": world.admin, "at": now}
    actions.edit_user(version=1, phone="00000021", **values)
    with pytest.raises(StaleError) as stale:
        actions.edit_user(version=1, phone="00000022", **values)
    assert (stale.value.theirs, stale.value.mine) == ({"phone": "00000021"}, {"phone": "00000022"})
    assert actions.edit_user(version=1, phone="00000021", **values).version == 2


def test_what_is_done_is_recorded_with_who_did_it(world, now):
    omar = made(world, now)
    give(world, now, omar)
    kinds = Event.objects.filter(subject_id=omar.pk, subject_type="accounts.user").values_list("kind", "actor")
    assert set(kinds) == {("accounts.user_created", world.admin.pk), ("accounts.membership_added", world.admin.pk)}


def test_a_unit_with_people_stays_in_use(world, now):
    with pytest.raises(ActionError):
        actions.edit_unit(unit=world.unit, name=world.unit.name, active=False, by=world.admin, at=now)
    actions.edit_unit(unit=world.unit, name="Team Molen", by=world.admin, at=now)
    world.unit.refresh_from_db()
    assert world.unit.name == "Team Molen"


def test_a_municipality_is_made_by_the_system_alone_and_once(world, now):
    made_now = actions.create_municipality(code=101, name="Bæk Kommune", at=now, answer_hours=48)
    assert made_now.organisation.name == "Bæk Kommune"
    for code in (101, 0, 1000):
        with pytest.raises(ActionError):
            actions.create_municipality(code=code, name="Igen", at=now)


def test_settings_have_a_least_value_and_nothing_else_can_be_set(world, now):
    values = {"municipality": world.municipality, "by": world.admin, "at": now}
    with pytest.raises(ActionError):
        actions.change_settings(small_cell=1, **values)
    with pytest.raises(ActionError):
        actions.change_settings(is_demo=True, **values)
    actions.change_settings(name="Fjordby", version=1, **values)
    row = Municipality.objects.get(pk=world.municipality.pk)
    assert (row.name, row.organisation.name, row.version) == ("Fjordby", "Fjordby", 2)


def test_one_entry_of_a_list_stays_in_use(world, now):
    from jobformidler.core.models import ListItem

    values = {"municipality": world.municipality, "by": world.admin, "at": now}
    *others, last = ListItem.objects.filter(list="effort_model")
    for item in others:
        actions.use_item(item=item, active=False, **values)
    with pytest.raises(ActionError):
        actions.use_item(item=last, active=False, **values)
    with pytest.raises(ActionError):
        actions.add_item(name="nothing", label="X", **values)
    with pytest.raises(ActionError):
        actions.rename_item(item=last, label=others[0].label, **values)
