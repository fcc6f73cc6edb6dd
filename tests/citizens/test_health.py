"""Health is written as what it means for the work, kept encrypted, and read by few (CIT-09, GOV-08)."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from tests.factories import make_user

from jobformidler.accounts.enums import Role
from jobformidler.casework import actions as casework
from jobformidler.citizens import actions, health
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import Impairment
from jobformidler.core.actions import ActionError, StaleError
from jobformidler.core.models import Event

WORDS = {"meaning": "Kan stå op i to timer ad gangen", "options": "Siddende opgaver hele dagen"}


@pytest.fixture
def citizen(world, now):
    """Mona, helped by Line and Peter."""
    mona = world.citizen()
    casework.open_case(
        citizen=mona, unit=world.unit, jobformidler=world.line, caseworker=world.peter, by=world.line, at=now
    )
    return mona


def test_the_meaning_for_the_work_must_be_written_and_the_diagnosis_may_stay_unsaid(world, citizen, now):
    with pytest.raises(ActionError, match=r"arbejdet|work") as refused:
        actions.add_impairment(citizen=citizen, meaning="  ", diagnosis="Slidgigt", by=world.line, at=now)
    assert set(refused.value.message_dict) == {"meaning"}
    row = actions.add_impairment(citizen=citizen, by=world.line, at=now, **WORDS)
    assert Impairment.objects.get(pk=row.pk).diagnosis is None


def test_none_of_the_words_stands_in_clear_in_the_database_its_history_or_its_events(world, citizen, now):
    row = actions.add_impairment(citizen=citizen, diagnosis="Slidgigt", by=world.line, at=now, **WORDS)
    actions.edit_impairment(impairment=row, version=row.version, meaning="Kan gå korte ture", by=world.line, at=now)
    with connection.cursor() as cursor:
        for table in ("citizens_impairment", "citizens_impairmentevent", "core_event"):
            cursor.execute(f"select t::text from {table} t")
            kept = " ".join(line for (line,) in cursor.fetchall())
            for word in ("to timer", "Slidgigt", "korte ture", "Siddende"):
                assert word not in kept
                assert word.encode().hex() not in kept
    again = Impairment.objects.get(pk=row.pk)
    assert (again.meaning, again.options, again.diagnosis) == ("Kan gå korte ture", WORDS["options"], "Slidgigt")
    assert [past.meaning for past in row.history.order_by("pgh_id")] == [WORDS["meaning"], "Kan gå korte ture"]


def test_only_those_close_to_the_citizen_read_and_write_it(world, citizen, now, day):
    row = actions.add_impairment(citizen=citizen, by=world.peter, at=now, **WORDS)
    omar = make_user(world.municipality, "Omar Bregne", Role.JOBFORMIDLER, unit=world.unit)
    key_person = make_user(world.municipality, "Hanne Kogleaks", Role.HKO_KEYPERSON)
    for user, reads in (
        (world.line, True),
        (world.peter, True),
        (omar, False),
        (world.ole, False),
        (world.nadia, False),
        (world.admin, False),
        (key_person, False),
    ):
        viewer = world.viewer(user)
        assert Impairment.objects.visible_to(viewer).filter(pk=row.pk).exists() is reads, user.name
        assert health.is_close(viewer, citizen) is reads
        assert health.may_write(user, citizen, day) is reads
        if not reads:
            with pytest.raises(PermissionDenied):
                actions.edit_impairment(impairment=row, version=None, meaning="x", by=user, at=now)
    assert not Impairment.objects.visible_to(None).exists()


@pytest.mark.parametrize("kind", [RelationKind.EMPLOYER_CONSULTANT, RelationKind.MENTOR, RelationKind.PROFESSIONAL])
def test_other_relations_of_ones_own_do_not_open_it(world, citizen, now, day, kind):
    actions.add_impairment(citizen=citizen, by=world.line, at=now, **WORDS)
    actions.relate(citizen=citizen, kind=kind, user=world.nadia, since=day)
    assert not Impairment.objects.visible_to(world.viewer(world.nadia)).exists()


def test_a_key_person_reads_it_of_those_they_work_with_and_while_they_do(world, citizen, now, day):
    actions.add_impairment(citizen=citizen, by=world.line, at=now, **WORDS)
    hanne = make_user(world.municipality, "Hanne Kogleaks", Role.HKO_KEYPERSON)
    relation = actions.relate(citizen=citizen, kind=RelationKind.MENTOR, user=hanne, since=day - dt.timedelta(days=9))
    assert Impairment.objects.visible_to(world.viewer(hanne)).count() == 1
    actions.end_relation(relation=relation, on=day)
    assert not Impairment.objects.visible_to(world.viewer(hanne)).exists()


def test_the_jobformidler_before_can_no_longer_read_it(world, citizen, now, day):
    actions.add_impairment(citizen=citizen, by=world.line, at=now, **WORDS)
    omar = make_user(world.municipality, "Omar Bregne", Role.JOBFORMIDLER, unit=world.unit)
    casework.assign(
        case=citizen.cases.get(), role="jobformidler", user=omar, since=day, by=world.ole, at=now, reason="Flyttet"
    )
    assert not Impairment.objects.visible_to(world.viewer(world.line)).exists()
    assert Impairment.objects.visible_to(world.viewer(omar)).exists()


def test_a_stale_change_shows_both_and_a_withdrawn_one_is_no_longer_changed(world, citizen, now):
    row = actions.add_impairment(citizen=citizen, by=world.line, at=now, **WORDS)
    actions.edit_impairment(impairment=row, version=1, meaning="Nyt", by=world.line, at=now)
    with pytest.raises(StaleError):
        actions.edit_impairment(impairment=row, version=1, meaning="Andet", by=world.peter, at=now)
    with pytest.raises(ActionError, match=r"hvorfor|why"):
        actions.withdraw_impairment(impairment=row, reason=" ", by=world.line, at=now)
    actions.withdraw_impairment(impairment=row, reason="Forkert borger", by=world.line, at=now)
    with pytest.raises(ActionError):
        actions.edit_impairment(impairment=row, version=None, meaning="Mere", by=world.line, at=now)


def test_a_text_that_is_too_long_is_refused_with_its_field(world, citizen, now):
    with pytest.raises(ActionError) as refused:
        actions.add_impairment(citizen=citizen, meaning="x", diagnosis="y" * 2001, by=world.line, at=now)
    assert set(refused.value.message_dict) == {"diagnosis"}


def test_the_event_says_that_not_what(world, citizen, now):
    row = actions.add_impairment(citizen=citizen, diagnosis="Slidgigt", by=world.line, at=now, **WORDS)
    event = Event.objects.get(subject_type="citizens.impairment", subject_id=row.pk)
    assert event.payload == {}
