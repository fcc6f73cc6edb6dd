"""The work list: who needs what next, and why."""

import datetime as dt
import random

import pytest
from django.utils import translation
from tests.factories import make_user

from jobformidler.accounts.enums import Role
from jobformidler.casework import actions, attention
from jobformidler.casework.enums import CaseRole, ContactKind, Outcome, Part
from jobformidler.casework.models import Attention, Case, Contact, Promise
from jobformidler.casework.tasks import begin_assignment
from jobformidler.citizens import actions as citizens
from jobformidler.citizens.enums import CvKind
from jobformidler.core import clock, events
from jobformidler.core.actions import ActionError
from jobformidler.core.rebuild import REBUILDS


def reasons(case, now) -> set[str]:
    """Reasons that show for the case at a moment."""
    return set(Attention.objects.showing_at(now).filter(case=case).values_list("reason", flat=True))


def said(case, reason, now) -> str:
    """The Danish sentence of the one row with this reason."""
    with translation.override("da"):
        return attention.sentence(Attention.objects.for_list().get(case=case, reason=reason), now)


def test_after_a_week_without_contact_the_case_shows(case, hold_first, later):
    hold_first(next_step_on=later(30).date())
    assert "no_contact" not in reasons(case, later(7))
    assert "no_contact" in reasons(case, later(8))


def test_the_agreed_rhythm_decides_when_a_contact_is_missing(case, world, day, hold_first, now, later):
    hold_first()
    actions.agree_rhythm(case=case, days=14, reason="Ønsker ro", since=day, by=world.line, at=later(1))
    assert "no_contact" not in reasons(case, later(14))
    assert "no_contact" in reasons(case, later(15))


def test_a_contact_takes_the_row_away_and_a_call_to_the_workplace_does_not(case, world, hold_first, later):
    hold_first()
    actions.register_contact(
        case=case,
        kind=ContactKind.CONTACT,
        held_at=later(8),
        by=world.line,
        at=later(8),
        participants=[actions.Person(Part.EMPLOYER, "Torben Enebær")],
    )
    assert "no_contact" in reasons(case, later(8))
    actions.register_contact(case=case, kind=ContactKind.CONTACT, held_at=later(9), by=world.line, at=later(9))
    assert "no_contact" not in reasons(case, later(9))


def test_withdrawing_the_last_contact_brings_the_row_back(case, world, hold_first, later):
    hold_first()
    call = actions.register_contact(case=case, kind=ContactKind.CONTACT, held_at=later(8), by=world.line, at=later(8))
    actions.withdraw(row=call, by=world.line, at=later(9), reason="Forkert borger")
    assert "no_contact" in reasons(case, later(9))


def test_an_unanswered_enquiry_shows_at_once_and_goes_with_the_answer(case, world, now):
    enquiry = actions.receive_enquiry(
        case=case, sender=Part.CITIZEN, sender_name="Mona Havtorn", text="Hej", received_at=now, by=None, at=now
    )
    assert "answer_due" in reasons(case, now)
    actions.answer_enquiry(enquiry=enquiry, answer="Hej", by=world.line, at=now)
    assert "answer_due" not in reasons(case, now)


def test_a_first_conversation_without_cv_is_on_the_list_until_the_cv_is_begun(case, world, hold_first, later):
    hold_first()
    assert "no_cv" in reasons(case, later(1))
    citizens.start_cv(citizen=case.citizen, kind=CvKind.JOBNET, on=later(1).date(), by=world.line, at=later(1))
    assert "no_cv" not in reasons(case, later(2))


def test_a_withdrawn_cv_is_on_the_list_again(case, world, hold_first, later):
    hold_first()
    cv = citizens.start_cv(citizen=case.citizen, kind=CvKind.JOBNET, on=later(1).date(), by=world.line, at=later(1))
    actions.withdraw(row=cv, by=world.line, at=later(2), reason="Forkert borger")
    assert "no_cv" in reasons(case, later(2))
    case.refresh_from_db()
    assert case.status == "first_conversation"


def test_a_case_without_jobformidler_belongs_to_nobody_until_one_is_named(world, day, now, later):
    bare = actions.open_case(citizen=world.citizen(), unit=world.unit, by=world.peter, at=now)
    row = Attention.objects.get(case=bare, reason="no_jobformidler")
    assert row.owner is None
    assert row in Attention.objects.unowned()
    actions.assign(case=bare, role=CaseRole.JOBFORMIDLER, user=world.line, since=day, by=world.peter, at=now)
    assert "no_jobformidler" not in reasons(bare, later(1))


def test_a_planned_first_conversation_takes_the_wait_for_it_off_the_list(case, world, now, later):
    assert "no_first_conversation" in reasons(case, later(1))
    actions.plan_appointment(
        case=case, kind=ContactKind.FIRST_CONVERSATION, when=later(4), what="Første samtale", by=world.line, at=now
    )
    assert reasons(case, later(3)) == set()
    assert reasons(case, later(4)) == {"appointment"}


def test_rows_belong_to_the_jobformidler_and_show_to_who_covers(case, world, day, hold_first, later):
    hold_first()
    omar = make_user(world.municipality, "Omar Bregne", Role.JOBFORMIDLER, unit=world.unit)
    actions.cover(
        case=case,
        user=omar,
        since=day + dt.timedelta(days=2),
        until=day + dt.timedelta(days=9),
        reason="Ferie",
        by=world.line,
        at=later(1),
    )
    rows = Attention.objects.exclude(reason="contact_meeting")  # the caseworker's
    assert rows.owned_by(world.line, day).count() == rows.count()
    assert rows.owned_by(omar, day).count() == 0
    assert rows.owned_by(omar, day + dt.timedelta(days=2)).count() == rows.count()


def test_who_takes_over_on_a_coming_day_gets_the_rows_on_that_day(case, world, day, hold_first, later, monkeypatch):
    hold_first()
    omar = make_user(world.municipality, "Omar Bregne", Role.JOBFORMIDLER, unit=world.unit)
    made = actions.assign(
        case=case,
        role=CaseRole.JOBFORMIDLER,
        user=omar,
        since=day + dt.timedelta(days=7),
        by=world.line,
        at=later(1),
        reason="Ny stilling",
    )
    assert Attention.objects.owned_by(omar).count() == 0
    monkeypatch.setattr(clock, "now", lambda: later(7))
    begin_assignment(assignment_id=made.pk, municipality_id=world.municipality.pk)
    assert Attention.objects.owned_by(world.line).count() == 0
    assert Attention.objects.owned_by(omar).exists()


def test_a_closed_case_needs_nothing(case, world, hold_first, later):
    hold_first()
    actions.close_case(case=case, outcome=Outcome.MOVED, note="", by=world.line, at=later(1))
    assert not Attention.objects.filter(case=case).exists()


def test_when_the_lifeline_runs_out_the_case_asks_to_be_closed(case, world, hold_first, later):
    hold_first(next_step_on=later(3).date())
    actions.close_case(case=case, outcome=Outcome.FLEKSJOB, note="", by=world.line, at=later(1))
    assert "no_contact" not in reasons(case, later(100))
    assert "aftercare_over" not in reasons(case, later(180))
    assert "aftercare_over" in reasons(case, later(181))


def test_the_sentences_say_who_why_and_what_to_do(world, now, later, day, case, hold_first):
    case.citizen.first_name = "Jonas"
    case.citizen.save()
    hold_first(at=now)
    actions.agree_rhythm(case=case, days=7, reason="", since=day, by=world.line, at=now)
    assert said(case, "no_contact", later(9)).replace("\u00a0", " ") == (
        "Ingen kontakt med Jonas i 9 dage. I har aftalt hver uge – ring, eller aftal en anden rytme."
    )
    friday = clock.at_time(dt.date(2026, 11, 27), 14, 10)
    actions.receive_enquiry(
        case=case, sender=Part.CITIZEN, sender_name="Bent Rørskov", text="Hej", received_at=friday, by=None, at=friday
    )
    assert said(case, "answer_due", friday + dt.timedelta(days=1)).replace("\u00a0", " ") == (
        "Bent skrev i går kl. 14.10. Svar senest mandag kl. 14.10."
    )
    assert said(case, "answer_due", friday + dt.timedelta(days=2)).replace("\u00a0", " ") == (
        "Bent skrev fredag kl. 14.10. Svar senest i morgen kl. 14.10."
    )


def test_the_list_is_in_the_order_of_its_groups_and_every_line_has_a_next_step(
    case, world, day, hold_first, now, later
):
    hold_first()
    actions.add_promise(case=case, what="Ringer til Torben", owner=world.line, due_on=day, by=world.line, at=now)
    actions.receive_enquiry(
        case=case, sender=Part.CITIZEN, sender_name="Mona Havtorn", text="Hej", received_at=now, by=None, at=now
    )
    found = attention.lines(Attention.objects.for_list().showing_at(later(9)), later(9))
    assert [line.row.reason for line in found] == ["answer_due", "promise_due", "no_contact", "no_cv", "next_step"]
    assert all(line.sentence and line.action and line.label for line in found)


def test_a_stranger_sees_no_row(case, world):
    assert not Attention.objects.visible_to(world.viewer(world.admin)).exists()
    assert not Attention.objects.visible_to(None).exists()


def test_a_rebuild_equals_what_the_handlers_kept_after_any_history(world, day, now):
    luck = random.Random(20261123)
    omar = make_user(world.municipality, "Omar Bregne", Role.JOBFORMIDLER, unit=world.unit)
    team = [world.line, omar]
    for number in range(1, 5):
        actions.open_case(
            citizen=world.citizen(f"Borger Nummer{number}", number),
            unit=world.unit,
            by=world.peter,
            at=now,
            jobformidler=luck.choice([None, *team]),
            caseworker=world.peter,
        )
    moment = now
    for _step in range(80):
        moment += dt.timedelta(hours=luck.randint(1, 30))
        case = luck.choice(list(Case.objects.all()))
        _something(case, world, team, moment, luck)
    last = clock.local_date(moment)
    before = list(Attention.objects.order_by("pk").values())
    assert before
    assert attention.rebuild(last) == 0
    assert list(Attention.objects.order_by("pk").values()) == before
    Attention.objects.all().delete()
    assert attention.rebuild(last) == len(before)


def _something(case, world, team, at, luck):
    """One random registration; what the rules refuse does not happen."""
    today = clock.local_date(at)
    contact = Contact.objects.standing().filter(case=case).order_by("?").first()
    promise = Promise.objects.standing().filter(case=case, kept_on=None).first()
    given = {"case": case, "by": None, "at": at}
    held = {"held_at": at, "ordinary_hours_raised": True, "next_step": "Ring", "next_step_on": today}
    choices = [
        lambda: actions.register_contact(kind=luck.choice(ContactKind.values), **held, **given),
        lambda: contact and actions.withdraw(row=contact, by=None, at=at, reason="Forkert"),
        lambda: actions.add_promise(what="Ringer", owner=luck.choice(team), due_on=today, **given),
        lambda: promise and actions.keep_promise(promise=promise, on=today, by=None, at=at),
        lambda: actions.plan_appointment(
            kind=ContactKind.FIRST_CONVERSATION, when=at + dt.timedelta(days=2), what="Samtale", **given
        ),
        lambda: actions.assign(
            role=CaseRole.JOBFORMIDLER, user=luck.choice(team), since=today, reason="Bytter", **given
        ),
        lambda: actions.agree_rhythm(days=luck.randint(1, 30), reason="Aftalt", since=today, **given),
        lambda: citizens.start_cv(citizen=case.citizen, kind=CvKind.JOBNET, on=today, by=None, at=at),
        lambda: actions.receive_enquiry(sender=Part.CITIZEN, sender_name="Borger", text="Hej", received_at=at, **given),
        lambda: actions.close_case(outcome=luck.choice(Outcome.values), note="", **given),
        lambda: actions.reopen_case(reason="Igen", **given),
        lambda: actions.set_next_step(text="Skriv", on=today + dt.timedelta(days=3), **given),
    ]
    try:
        luck.choice(choices)()
    except ActionError:
        return


def test_refreshing_takes_the_same_number_of_queries_for_one_case_and_for_many(
    world, day, now, django_assert_max_num_queries
):
    with events.deferred_rebuild():
        for number in range(1, 21):
            actions.open_case(
                citizen=world.citizen(f"Borger Nummer{number}", number), unit=world.unit, by=world.peter, at=now
            )
    with django_assert_max_num_queries(40):
        assert attention.rebuild(day) == 60
    assert "attention" in REBUILDS


def test_a_reason_is_registered_once_and_in_a_known_group():
    def nothing(*_args):
        return ()

    with pytest.raises(ValueError):
        attention.register_reason(
            "no_contact", group="other", order=1, source=nothing, sentence=nothing, action=nothing
        )
    with pytest.raises(ValueError):
        attention.register_reason("x", group="elsewhere", order=1, source=nothing, sentence=nothing, action=nothing)
