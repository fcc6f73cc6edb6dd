"""Enquiries, promises and the agreed rhythm."""

import datetime as dt

import pytest

from jobformidler.casework import actions
from jobformidler.casework.enums import Part
from jobformidler.casework.models import Case
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.core.enums import AnswerClock
from jobformidler.core.models import Event
from jobformidler.messaging.models import OutgoingMail


@pytest.fixture
def friday():
    """Friday 20 November 2026 at 14.10."""
    return clock.at_time(dt.date(2026, 11, 20), 14, 10)


@pytest.fixture
def wrote(world, friday):
    """Mona writes on Friday at 14.10."""

    def write(case, **values):
        given = {
            "case": case,
            "sender": Part.CITIZEN,
            "sender_name": "Mona Havtorn",
            "text": "Jeg kan ikke nå bussen",
            "received_at": friday,
            "by": None,
            "at": friday,
        }
        return actions.receive_enquiry(**(given | values))

    return write


def test_an_enquiry_on_friday_is_answered_by_monday(case, wrote):
    assert wrote(case).due_at == clock.at_time(dt.date(2026, 11, 23), 14, 10)


def test_the_municipality_chooses_how_hours_are_counted(case, world, wrote):
    world.municipality.answer_clock, world.municipality.answer_hours = AnswerClock.CALENDAR, 48
    world.municipality.save()
    case.municipality.refresh_from_db()
    assert wrote(case).due_at == clock.at_time(dt.date(2026, 11, 22), 14, 10)


def test_the_automatic_answer_says_when_and_whom_to_reach(case, world, wrote, now):
    wrote(case, received_at=now, at=now)
    mail = OutgoingMail.objects.get()
    assert mail.to == "mona@example.test"
    assert "Mona" not in mail.subject
    assert "kl.\u00a09.00" in mail.body
    assert world.line.phone in mail.body
    assert world.line.email in mail.body


def test_without_an_address_nothing_is_mailed(world, wrote, now, friday):
    bare = actions.open_case(citizen=world.citizen("Jonas Klitrose", 2), unit=world.unit, by=world.line, at=friday)
    wrote(bare)
    assert not OutgoingMail.objects.exists()


def test_an_answer_in_time_is_told_from_a_late_one(case, world, wrote, friday):
    early, late = wrote(case), wrote(case)
    actions.answer_enquiry(enquiry=early, answer="Tag den næste", by=world.line, at=friday + dt.timedelta(hours=1))
    actions.answer_enquiry(enquiry=late, answer="Tag den næste", by=world.line, at=friday + dt.timedelta(days=5))
    told = Event.objects.filter(kind="case.enquiry_answered").order_by("pk").values_list("payload__in_time", flat=True)
    assert list(told) == [True, False]


def test_an_enquiry_is_answered_once(case, world, wrote, now):
    enquiry = wrote(case)
    actions.answer_enquiry(enquiry=enquiry, answer="Ja", by=world.line, at=now)
    with pytest.raises(ActionError):
        actions.answer_enquiry(enquiry=enquiry, answer="Nej", by=world.line, at=now)


def test_the_text_of_an_enquiry_is_not_in_the_event(case, wrote):
    wrote(case)
    assert "bussen" not in str(Event.objects.get(kind="case.enquiry_received").payload)


def test_an_answer_goes_out_by_mail_when_asked_to(case, world, wrote, now):
    enquiry = wrote(case)
    actions.answer_enquiry(enquiry=enquiry, answer="Tag den næste", by=world.line, at=now, send=True)
    assert OutgoingMail.objects.filter(kind="enquiry_answer").get().body.startswith("Tag den næste")


def test_a_slower_rhythm_than_the_floor_needs_a_reason_and_is_counted(case, world, day, now):
    with pytest.raises(ActionError):
        actions.agree_rhythm(case=case, days=14, reason="", since=day, by=world.line, at=now)
    actions.agree_rhythm(case=case, days=14, reason="Ønsker mere ro", since=day, by=world.line, at=now)
    assert list(Case.objects.deviating_from_floor(7)) == [case]


def test_a_closer_rhythm_needs_no_reason_and_is_no_deviation(case, world, day, now):
    actions.agree_rhythm(case=case, days=3, reason="", since=day, by=world.line, at=now)
    assert not Case.objects.deviating_from_floor(7).exists()


@pytest.mark.parametrize("days", [0, 91])
def test_a_rhythm_lies_between_a_day_and_three_months(case, world, day, now, days):
    with pytest.raises(ActionError):
        actions.agree_rhythm(case=case, days=days, reason="Aftalt", since=day, by=world.line, at=now)


def test_a_promise_names_who_gave_it_and_is_kept_once(case, world, day, now):
    promise = actions.add_promise(case=case, what="Ringer", owner=world.line, due_on=day, by=world.line, at=now)
    assert promise.owner_name == world.line.name
    actions.keep_promise(promise=promise, on=day, by=world.line, at=now)
    with pytest.raises(ActionError):
        actions.keep_promise(promise=promise, on=day, by=world.line, at=now)
    with pytest.raises(ActionError):
        actions.add_promise(case=case, what="Ringer", due_on=day, by=world.line, at=now)
