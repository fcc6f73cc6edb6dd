"""The large municipality in small: copies that share nothing they must not share, and contradict nothing."""

import pytest
from django.db import connection

from jobformidler.accounts.models import Membership, User
from jobformidler.casework.enums import OPEN
from jobformidler.casework.models import Assignment, Attention, Case, Participant
from jobformidler.citizens.models import Citizen, Competence
from jobformidler.core import db
from jobformidler.core.crypto import keyed_hash
from jobformidler.core.models import Event, Municipality
from jobformidler.core.rebuild import CHECKS, REBUILDS
from jobformidler.demo import multiply
from jobformidler.demo.multiply import copied
from jobformidler.employers.models import Employer, Workplace
from jobformidler.openings.models import Place
from jobformidler.placements import agreement
from jobformidler.placements.models import AgreementVersion, Placement, WeekHours
from jobformidler.steering.models import ChainStep

DOUBLED = (Citizen, Case, Assignment, Participant, Competence, Placement, WeekHours, Place, ChainStep, Attention)


def count(*models) -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in models}


@pytest.fixture
def fjordby(fresh_demo):
    return Municipality.objects.get(is_demo=True)


def test_a_full_copy_doubles_everything_and_contradicts_nothing(fjordby):
    shared = (User, Membership, Employer, Workplace)
    with db.enter(fjordby, reason="test"):
        before = count(*DOUBLED, *shared)
    assert multiply.multiply(fjordby, say=lambda _text: None, full=1, register=0) == 1
    with db.enter(fjordby, reason="test"):
        assert count(*DOUBLED, *shared) == {name: 2 * number for name, number in before.items()}
        assert {name: model.run() for name, model in REBUILDS.items()} == dict.fromkeys(REBUILDS, 0)
        assert {name: list(find()) for name, find in CHECKS.items() if list(find())} == {}
        new = Citizen.objects.order_by("-pk")[0]
        assert bytes(new.cpr_hash) == keyed_hash(new.cpr)
        assert 61 <= int(new.cpr[:2]) <= 91
        version = AgreementVersion.objects.filter(sent_at__isnull=False).order_by("-pk")[0]
        assert version.digest == agreement.digest(version.content)
        assert version.content["citizen"] == version.placement.case.citizen.full_name
        assert version.content["workplace"] == version.placement.workplace.name


def test_events_of_a_copy_are_about_its_own_rows(fjordby):
    multiply.multiply(fjordby, say=lambda _text: None, full=1, register=0)
    with db.enter(fjordby, reason="test"):
        opened = list(Event.objects.filter(kind="case.opened"))
        assert len({event.subject_id for event in opened}) == Case.objects.count()
        of_case = dict(Case.objects.values_list("pk", "citizen_id"))
        assert all(of_case[event.subject_id] == event.citizen_id for event in opened)
        started = Event.objects.filter(kind="placement.started")
        placements = dict(Placement.objects.values_list("pk", "workplace__name"))
        assert all(placements[event.payload["placement"]] == event.payload["workplace"] for event in started)


def test_a_register_copy_brings_firms_and_what_is_over_but_no_open_case_and_no_staff(fjordby):
    multiply.multiply(fjordby, say=lambda _text: None, full=1, register=0)
    with db.enter(fjordby, reason="test"):
        before = count(User, Workplace, Place, Case)
        standing = Case.objects.filter(status__in=OPEN).count()
    multiply.multiply(fjordby, say=lambda _text: None, full=1, register=1)
    with db.enter(fjordby, reason="test"):
        after = count(User, Workplace, Place, Case)
        assert after["User"] == before["User"]
        assert after["Workplace"] == before["Workplace"] * 3 // 2
        assert after["Case"] > before["Case"]
        assert Case.objects.filter(status__in=OPEN).count() == standing
        assert {name: list(find()) for name, find in CHECKS.items() if list(find())} == {}


def test_a_broken_run_goes_on_where_it_stopped_and_a_finished_one_does_nothing(fjordby):
    said = []
    multiply.multiply(fjordby, say=said.append, full=1, register=0)
    assert multiply.multiply(fjordby, say=said.append, full=2, register=0) == 1
    assert multiply.multiply(fjordby, say=said.append, full=2, register=0) == 0
    with db.enter(fjordby, reason="test"):
        assert Citizen.objects.count() == 3 * 40


def test_new_rows_get_keys_after_those_of_the_copies(fjordby):
    multiply.multiply(fjordby, say=lambda _text: None, full=1, register=0)
    with db.enter(fjordby, reason="test"):
        last = Citizen.objects.order_by("-pk")[0].pk
        with connection.cursor() as cursor:
            cursor.execute("select nextval(pg_get_serial_sequence('citizens_citizen', 'id'))")
            assert cursor.fetchone()[0] > last


def test_every_tenant_table_is_copied_or_left_out_by_name():
    labels = {model._meta.label for model in copied()}
    assert not labels & multiply.LEFT_OUT
    assert {"casework.Case", "placements.Confirmation", "core.Event"} <= labels
