"""Contact meetings: which conversations are one, who holds them, and one last day wherever it is asked for."""

import datetime as dt

import pytest

from jobformidler.casework import actions
from jobformidler.casework.actions import Person
from jobformidler.casework.meetings import held_by
from jobformidler.casework.models import Attention, Contact
from jobformidler.casework.tasks import begin_rules
from jobformidler.core import clock
from jobformidler.core.rebuild import REBUILDS
from jobformidler.registers import actions as registers

D = dt.date


def meeting(case):
    """The row of the work list that says when the next meeting is due."""
    return Attention.objects.filter(case=case, reason="contact_meeting").first()


@pytest.fixture
def rules(world, now, drain):
    """Choose other rules of contact meetings, and let everything follow."""

    def choose(chosen="contact-2007", **values):
        values.setdefault("reason", "Byrådets beslutning")
        registers.choose_rules(
            municipality=world.municipality, family="contact", chosen=chosen, by=world.admin, at=now, **values
        )
        drain()

    return choose


@pytest.fixture
def talk(case, world):
    """Hold a conversation with Mona and these employees."""

    def hold(at, *parts, kind="first_conversation", **values):
        people = [Person("citizen", "Mona Havtorn"), *(Person(part, part.title()) for part in parts)]
        return actions.register_contact(
            case=case,
            kind=kind,
            held_at=at,
            participants=people,
            ordinary_hours_raised=True,
            next_step="Ringe",
            next_step_on=clock.local_date(at) + dt.timedelta(days=5),
            by=world.line,
            at=at,
            **values,
        )

    return hold


@pytest.mark.parametrize(
    ("kind", "parts", "agreed", "holder"),
    [
        ("conversation", {"citizen", "caseworker", "jobformidler"}, "caseworker", "caseworker"),
        ("conversation", {"citizen", "jobformidler"}, "caseworker", ""),
        ("conversation", {"citizen", "jobformidler"}, "jobformidler", "jobformidler"),
        ("conversation", {"citizen", "jobformidler"}, "provider", "provider"),
        ("conversation", {"citizen", "caseworker"}, "provider", "caseworker"),
        ("conversation", {"caseworker"}, "caseworker", ""),
        ("follow_up", {"citizen", "caseworker"}, "caseworker", ""),
    ],
)
def test_a_contact_meeting_takes_the_citizen_and_whoever_is_to_hold_it(kind, parts, agreed, holder):
    assert held_by(kind, parts, agreed) == holder


def test_the_first_meeting_is_due_from_the_opening_and_the_next_from_the_last_one_held(case, later, talk, day):
    assert meeting(case).facts["on"] == "2027-02-23"
    assert meeting(case).owner.name == "Peter Havreholm"
    talk(later(3), "caseworker", "jobformidler")
    row = meeting(case)
    assert (row.facts["on"], row.facts["from"], row.facts["last_by"]) == ("2027-02-26", "2026-11-26", "caseworker")
    talk(later(5), "jobformidler", kind="conversation")
    assert meeting(case).facts["on"] == "2027-02-26"
    assert row.visible_from == clock.at_time(D(2027, 2, 12), 0)


def test_a_meeting_planned_in_time_asks_nobody_until_its_last_day_is_over(case, world, now):
    actions.plan_appointment(
        case=case, kind="conversation", when=now + dt.timedelta(days=30), what="Samtale", by=world.peter, at=now
    )
    row = meeting(case)
    assert row.facts["planned"] == "2026-12-23"
    assert row.visible_from == row.due == clock.at_time(D(2027, 2, 24), 0)


def test_the_municipality_chooses_how_often_and_who_and_a_case_may_differ(case, world, now, later, rules, talk):
    rules(parameters={"interval_months": 1, "first_months": 1}, holder="jobformidler")
    row = meeting(case)
    assert (row.facts["on"], row.facts["holder"], row.owner.name) == ("2026-12-23", "jobformidler", "Line Askeløv")
    held = talk(later(2), "jobformidler")
    assert held.meeting_holder == "jobformidler"
    actions.agree_meeting_holder(case=case, holder="caseworker", by=world.peter, at=later(2))
    assert meeting(case).facts["holder"] == "caseworker"
    assert talk(later(3), "jobformidler", kind="conversation").meeting_holder == ""
    told = talk(later(4), "jobformidler", kind="conversation", meeting_holder="provider")
    assert (told.meeting_holder, meeting(case).facts["last_by"]) == ("provider", "provider")
    actions.correct_contact(
        contact=told, version=None, meeting_holder="", reason="Ingen kontaktsamtale", by=world.line, at=later(4)
    )
    assert meeting(case).facts["last_by"] == "jobformidler"


def test_rules_chosen_for_a_coming_day_give_other_days_on_that_day(case, world, now, rules, monkeypatch):
    rules("contact-2026-07", since=D(2026, 12, 1), parameters={"later_months": 2})
    assert meeting(case).facts["rules"] == "contact-2007"
    monkeypatch.setattr(clock, "now", lambda: now + dt.timedelta(days=8))
    begin_rules(world.municipality.pk)
    assert meeting(case).facts["rules"] == "contact-2026-07"


def test_talks_by_number_are_counted_by_benefit_and_then_by_need(case, world, now, later, rules, talk):
    case.citizen.benefit = "dagpenge"
    case.citizen.save()
    rules("contact-2026-07")
    row = meeting(case)
    assert (row.facts["number"], row.facts["of"]) == (1, 2)
    talk(later(1), "caseworker")
    assert meeting(case).facts["number"] == 2
    talk(later(2), "caseworker", kind="conversation")
    assert meeting(case) is None


def test_what_is_kept_is_what_a_rebuild_gives(case, rules, talk, later, monkeypatch, now):
    talk(later(1), "caseworker")
    rules(parameters={"interval_months": 2})
    monkeypatch.setattr(clock, "now", lambda: now)
    assert REBUILDS["attention"].run() == 0
    assert Contact.objects.meetings().count() == 1
