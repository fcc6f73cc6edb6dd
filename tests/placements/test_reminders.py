"""The Friday question: who is asked, how often, and what the mail says."""

import datetime as dt

import pytest

from jobformidler.core import clock
from jobformidler.core.models import Event
from jobformidler.messaging.models import OutgoingMail
from jobformidler.placements.tasks import ask_about_the_week


@pytest.fixture
def friday(running, moment, monkeypatch):
    """Run the hourly job on a Friday afternoon so many weeks after the start; returns the mails there are."""

    def run(weeks=0, hour=13, days=4):
        now = moment(weeks, days).replace(hour=hour)
        monkeypatch.setattr(clock, "now", lambda: now)
        ask_about_the_week(timestamp=0)
        return list(OutgoingMail.objects.filter(kind="placement_hours", written_at=now))

    return run


def test_on_friday_the_contact_person_is_asked_about_the_week(friday, running):
    (mail,) = friday()
    assert mail.to == "torben@example.test"
    assert mail.subject == "Var ugen som planlagt?"
    assert str(mail.body).startswith("Hej Torben.")
    assert "Brug for hjælp? Line svarer senest mandag 7.\u00a0december kl.\u00a013.00." in str(mail.body).replace(
        "7. december", "7.\u00a0december"
    )
    assert Event.objects.filter(kind="placement.link_sent", subject_id=running.pk).count() == 1


def test_nobody_is_asked_twice_in_a_week_and_again_the_next(friday):
    assert len(friday()) == 1
    assert friday(hour=14) == []
    assert len(friday(weeks=1)) == 1


def test_a_week_that_is_reported_is_not_asked_about(friday, running, report):
    report(running, 0, 0)
    assert friday() == []


@pytest.mark.parametrize(("days", "hour"), [(3, 13), (4, 8), (4, 18), (5, 13)])
def test_it_is_asked_on_friday_afternoon_alone(friday, days, hour):
    assert friday(days=days, hour=hour) == []


def test_a_municipality_can_switch_the_question_off(friday, world):
    world.municipality.hours_reminder = False
    world.municipality.save()
    assert friday() == []


def test_without_an_e_mail_nobody_is_asked_and_the_work_list_asks_the_jobformidler(friday, running):
    for person in running.workplace.contacts.all():
        person.email = ""
        person.save()
    assert friday() == []


def test_a_placement_that_has_ended_or_not_begun_is_not_asked_about(friday, running, world, moment):
    type(running).objects.filter(pk=running.pk).update(starts_on=moment(2).date() + dt.timedelta(days=7))
    assert friday() == []
