"""Fifty people press the same button at the same moment, on connections of their own: one effect, the others are told.

The pool of connections is the one a server has, so about ten are inside at any moment and the rest wait their turn.
"""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from jobformidler.casework import actions as casework
from jobformidler.casework.enums import ContactKind, Outcome
from jobformidler.casework.models import Case, Enquiry
from jobformidler.core import clock, db
from jobformidler.core.actions import ActionError, StaleError
from jobformidler.core.models import Event
from jobformidler.employers.actions import register_contact_person, register_workplace
from jobformidler.employers.enums import ContactLevel
from jobformidler.openings.actions import register_place
from jobformidler.openings.models import Place
from jobformidler.placements import actions as placing
from jobformidler.placements.models import Confirmation, Placement, WeekHours
from tests.attack.forms import forms_of
from tests.factories import World

CROWD = 50


@pytest.fixture
def world(own_database):
    """A municipality that is there for every connection."""
    with World() as made:
        pass
    return made


def crowd(world: World, do: Callable[[int], Any], by: str = "line") -> tuple[int, list[Exception]]:
    """How many of fifty succeeded, and what the others were told."""
    start = Barrier(CROWD, timeout=30)
    who = getattr(world, by)

    def press(number: int) -> Exception | None:
        start.wait()
        try:
            with db.enter(world.municipality, who, "pressed"):
                do(number)
        except (ActionError, StaleError) as told:
            return told
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(CROWD) as threads:
        ends = [end.result() for end in [threads.submit(press, number) for number in range(CROWD)]]
    return ends.count(None), [end for end in ends if end is not None]


def told(world: World, kind: str) -> int:
    """How many events of a kind there are."""
    with db.enter(world.municipality, reason="count"):
        return Event.objects.filter(kind=kind).count()


def _case(world: World, number: int, now: dt.datetime) -> Case:
    citizen = world.citizen(number=number, email=f"mona{number}@example.test")
    case = casework.open_case(
        citizen=citizen, unit=world.unit, jobformidler=world.line, caseworker=world.peter, by=world.peter, at=now
    )
    casework.register_contact(
        case=case,
        kind=ContactKind.FIRST_CONVERSATION,
        held_at=now,
        ordinary_hours_raised=True,
        next_step="Besøg trælasten",
        next_step_on=now.date() + dt.timedelta(days=2),
        by=world.line,
        at=now,
    )
    casework.start_plan(case=case, by=world.line, at=now)
    goal = casework.set_goal(case=case, letter="a", text="10 timer på lageret", by=world.line, at=now)
    casework.add_sub_goal(goal=goal, text="Tager imod leverancen", by=world.line, at=now)
    return case


def _place(world: World, now: dt.datetime) -> Place:
    workplace = register_workplace(
        cvr="99000023", p_number="9900000231", name="Fjordby Trælast", address="Havnevej 1", by=world.nadia, at=now
    )
    for name, level in (("Tora Gyvel", ContactLevel.DIRECTOR), ("Torben Enebær", ContactLevel.WORKPLACE_CONTACT)):
        register_contact_person(
            workplace=workplace, name=name, level=level, email="tora@example.test", by=world.nadia, at=now
        )
    return register_place(
        workplace=workplace,
        kind="internship",
        title="Lager",
        tasks="Tager imod varer",
        hours_min=Decimal(10),
        hours_max=Decimal(15),
        capacity=1,
        starts_on=now.date(),
        paid_hours_expected=True,
        by=world.nadia,
        at=now,
    )


def _drafts(world: World, now: dt.datetime, many: int = 1) -> list[Placement]:
    with db.enter(world.municipality, reason="test"):
        place = _place(world, now)
        versions = [
            placing.new_agreement(
                case=_case(world, number + 1, now),
                workplace=place.workplace,
                opening=place,
                hours_discussed=True,
                by=world.line,
                at=now,
            )
            for number in range(many)
        ]
        return [version.placement for version in versions]


def _placement(world: World, now: dt.datetime, upto: str) -> Placement:
    """One placement, brought as far as `upto`: sent, signed, approved or started."""
    (made,) = _drafts(world, now)
    with db.enter(world.municipality, reason="test"):
        placing.send_for_signature(placement=made, by=world.line, at=now)
        if upto == "sent":
            return made
        version = made.sent_version
        for party in ("citizen", "employer"):
            placing.confirm(
                version=version, party=party, name=version.signer(party), digest=version.digest, at=now, by=world.line
            )
        made.refresh_from_db()
        if upto == "signed":
            return made
        placing.approve(placement=made, by=world.peter, at=now)
        if upto == "started":
            placing.start(placement=made, by=world.line, at=clock.at_time(made.starts_on, 9))
        return made


def test_fifty_open_a_case_for_one_citizen(world, now):
    with db.enter(world.municipality, reason="test"):
        citizen = world.citizen()
    done, refused = crowd(
        world,
        lambda _n: casework.open_case(
            citizen=citizen, unit=world.unit, jobformidler=world.line, caseworker=world.peter, by=world.peter, at=now
        ),
    )
    assert (done, len(refused)) == (1, CROWD - 1)
    with db.enter(world.municipality, reason="count"):
        assert Case.objects.count() == 1


def test_fifty_ask_for_the_last_place_with_five_agreements(world, now):
    drafts = _drafts(world, now, many=5)
    crowd(
        world,
        lambda n: placing.send_for_signature(
            placement=Placement.objects.get(pk=drafts[n % 5].pk), by=world.line, at=now
        ),
    )
    with db.enter(world.municipality, reason="count"):
        assert Placement.objects.taking_a_place().count() == 1


def test_fifty_sign_for_the_workplace(world, now):
    made = _placement(world, now, "sent")
    with db.enter(world.municipality, reason="test"):
        version = made.sent_version
    crowd(
        world,
        lambda _n: placing.confirm(
            version=version,
            party="employer",
            name=version.signer("employer"),
            digest=version.digest,
            at=now,
            by=world.line,
        ),
    )
    with db.enter(world.municipality, reason="count"):
        assert Confirmation.objects.filter(party="employer").count() == 1
    assert told(world, "placement.agreement_confirmed") == 1


def test_fifty_approve_one_placement(world, now):
    made = _placement(world, now, "signed")
    done, refused = crowd(
        world,
        lambda _n: placing.approve(placement=Placement.objects.get(pk=made.pk), by=world.peter, at=now),
        by="peter",
    )
    assert (done, len(refused)) == (1, CROWD - 1)
    assert told(world, "placement.approved") == 1


def test_fifty_start_one_placement(world, now):
    made = _placement(world, now, "approved")
    at = clock.at_time(made.starts_on, 9)
    done, refused = crowd(
        world, lambda _n: placing.start(placement=Placement.objects.get(pk=made.pk), by=world.line, at=at)
    )
    assert (done, len(refused)) == (1, CROWD - 1)
    assert told(world, "placement.started") == 1


def test_fifty_report_the_same_week(world, now):
    made = _placement(world, now, "started")
    at = clock.at_time(made.starts_on + dt.timedelta(days=4), 9)
    crowd(
        world,
        lambda _n: placing.report_hours(
            placement=Placement.objects.get(pk=made.pk),
            week=made.starts_on,
            paid=Decimal(2),
            unpaid=Decimal(10),
            by=world.line,
            at=at,
        ),
    )
    with db.enter(world.municipality, reason="count"):
        (week,) = WeekHours.objects.filter(placement=made)
        assert (week.paid, week.unpaid) == (2, 10)
    assert told(world, "placement.hours_reported") == 1


def test_fifty_answer_one_enquiry(world, now):
    with db.enter(world.municipality, reason="test"):
        case = _case(world, 1, now)
        enquiry = casework.receive_enquiry(
            case=case, sender="citizen", sender_name="Mona", text="Må jeg?", received_at=now, by=None, at=now
        )
    done, refused = crowd(
        world,
        lambda n: casework.answer_enquiry(
            enquiry=Enquiry.objects.get(pk=enquiry.pk), answer=f"Ja, {n}", by=world.line, at=now
        ),
    )
    assert (done, len(refused)) == (1, CROWD - 1)


def test_fifty_send_the_same_page_once(world, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    with db.enter(world.municipality, reason="test"):
        case = _case(world, 1, now)
    first = Client()
    first.force_login(world.line)
    address = reverse("case_note", args=[case.pk])
    (form,) = [one for one in forms_of(address, first.get(address).content.decode()) if one.action == address]
    body = form.body() | {"text": ["Ringer på torsdag."]}
    start = Barrier(CROWD, timeout=30)

    def press(_number: int) -> tuple[int, str]:
        browser = Client()
        browser.cookies = first.cookies
        start.wait()
        try:
            answer = browser.post(address, body)
            return answer.status_code, answer["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as threads:
        assert len({end.result() for end in [threads.submit(press, n) for n in range(CROWD)]}) == 1
    assert told(world, "case.note_written") == 1


def test_fifty_close_one_case(world, now):
    with db.enter(world.municipality, reason="test"):
        case = _case(world, 1, now)
    done, refused = crowd(
        world,
        lambda _n: casework.close_case(
            case=Case.objects.get(pk=case.pk), outcome=Outcome.OTHER, note="Flyttet", by=world.line, at=now
        ),
    )
    assert (done, len(refused)) == (1, CROWD - 1)
    assert told(world, "case.closed") == 1
