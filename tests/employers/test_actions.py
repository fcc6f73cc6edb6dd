"""Contacts with workplaces and the people there."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from jobformidler.core.actions import ActionError, StaleError
from jobformidler.core.models import Event
from jobformidler.employers import actions
from jobformidler.employers.enums import ContactLevel
from jobformidler.employers.models import EmployerContact, Workplace


@pytest.fixture
def yard(world, now):
    """A workplace in the register."""
    return actions.register_workplace(
        cvr="99000023", p_number="9900000001", name="Fjordby Trælast", city="Fjordby", by=world.nadia, at=now
    )


def person(yard, world, now, **values):
    return actions.register_contact_person(
        **{"workplace": yard, "name": "Torben Enebær", "level": ContactLevel.FOREMAN, "by": world.nadia, "at": now}
        | values
    )


def test_a_workplace_with_a_wrong_cvr_number_is_refused_on_its_field(world, now):
    with pytest.raises(ActionError) as error:
        actions.register_workplace(cvr="99000024", p_number="9900000002", name="X", by=world.nadia, at=now)
    assert set(error.value.message_dict) == {"cvr"}


def test_the_same_p_number_is_refused_twice(world, now, yard):
    with pytest.raises(ActionError) as error:
        actions.register_workplace(cvr="99000023", p_number="9900000001", name="X", by=world.nadia, at=now)
    assert set(error.value.message_dict) == {"p_number"}


def test_a_contact_needs_only_purpose_and_time_and_is_seen_by_every_consultant(world, now, yard):
    actions.log_contact(workplace=yard, purpose="places", held_at=now, by=world.nadia, at=now)
    seen = EmployerContact.objects.visible_to(world.viewer(world.line)).get()
    assert (seen.by, seen.purpose) == (world.nadia, "places")
    assert Event.objects.get(kind="employer.contact_logged").workplace_id == yard.pk


def test_a_contact_without_purpose_is_refused(world, now, yard):
    with pytest.raises(ActionError) as error:
        actions.log_contact(workplace=yard, purpose="", held_at=now, by=world.nadia, at=now)
    assert set(error.value.message_dict) == {"purpose"}


def test_a_next_contact_with_a_date_but_no_purpose_is_refused(world, now, yard, day):
    with pytest.raises(ActionError) as error:
        actions.log_contact(workplace=yard, purpose="places", held_at=now, by=world.nadia, at=now, next_step_on=day)
    assert set(error.value.message_dict) == {"next_step"}


def test_a_contact_in_the_future_is_refused(world, now, yard):
    with pytest.raises(ActionError):
        actions.log_contact(workplace=yard, purpose="places", held_at=now + dt.timedelta(1), by=world.nadia, at=now)


def test_an_administrator_cannot_log_contacts(world, now, yard):
    with pytest.raises(PermissionDenied):
        actions.log_contact(workplace=yard, purpose="places", held_at=now, by=world.admin, at=now)


def test_a_stale_change_of_a_contact_person_shows_both_values(world, now, yard):
    torben = person(yard, world, now)
    actions.edit_contact_person(person=torben, version=1, phone="00000034", by=world.line, at=now)
    with pytest.raises(StaleError) as error:
        actions.edit_contact_person(person=torben, version=1, phone="00000035", by=world.nadia, at=now)
    assert (error.value.mine, error.value.theirs) == ({"phone": "00000035"}, {"phone": "00000034"})
    torben.refresh_from_db()
    assert (torben.phone, torben.version) == ("00000034", 2)


def test_a_withdrawn_contact_stays_with_its_reason_and_needs_one(world, now, yard):
    contact = actions.log_contact(workplace=yard, purpose="places", held_at=now, by=world.nadia, at=now)
    with pytest.raises(ActionError):
        actions.withdraw_contact(contact=contact, reason=" ", by=world.nadia, at=now)
    actions.withdraw_contact(contact=contact, reason="Forkert arbejdsplads", by=world.nadia, at=now)
    assert EmployerContact.objects.get().withdrawn_reason == "Forkert arbejdsplads"


def test_what_the_register_says_is_changed_by_hand_with_networks_and_agreements(world, now, yard):
    actions.edit_workplace(
        workplace=yard,
        version=1,
        short_educated_jobs=12,
        municipality_code=999,
        networks=["Erhvervsforum", " Erhvervsforum ", ""],
        agreements=["Fire pladser"],
        by=world.nadia,
        at=now,
    )
    seen = Workplace.objects.visible_to(world.viewer(world.line))
    assert seen.inside(999).in_network("Erhvervsforum").with_agreement().get().short_educated_jobs == 12
    assert not seen.outside(999).exists()
    with pytest.raises(StaleError):
        actions.edit_workplace(workplace=yard, version=1, short_educated_jobs=3, by=world.line, at=now)


def test_a_purpose_proposes_its_form_and_level_and_the_person_we_know_there(world, now, yard, day):
    boss = person(yard, world, now, name="Tora Gyvel", level=ContactLevel.DIRECTOR)
    planned = {
        "workplace": yard,
        "held_at": now,
        "by": world.nadia,
        "at": now,
        "next_step": "Besøg",
        "next_step_on": day,
    }
    contact = actions.log_contact(purpose="partnership", **planned)
    assert (contact.channel, contact.next_channel, contact.next_person) == ("visit", "visit", boss)
    asked = actions.log_contact(purpose="partnership", next_level=ContactLevel.FOREMAN, next_channel="phone", **planned)
    assert (asked.next_level, asked.next_channel, asked.next_person) == (ContactLevel.FOREMAN, "phone", None)
    assert actions.log_contact(purpose="own_word", workplace=yard, held_at=now, by=world.nadia, at=now).channel == ""


def test_a_contact_that_presents_a_citizen_names_them(world, now, yard):
    with pytest.raises(ActionError) as error:
        actions.log_contact(workplace=yard, purpose="present_citizen", held_at=now, by=world.nadia, at=now)
    assert set(error.value.message_dict) == {"citizen"}
