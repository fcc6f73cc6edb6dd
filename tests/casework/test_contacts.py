"""Conversations and contacts, and correcting them."""

import datetime as dt

import pytest

from jobformidler.casework import actions
from jobformidler.casework.enums import AppointmentStatus, CaseStatus, ContactKind, Part
from jobformidler.casework.models import Attention, Case, Contact
from jobformidler.citizens import actions as citizens
from jobformidler.citizens.enums import CvKind
from jobformidler.core.actions import ActionError, StaleError
from jobformidler.core.models import Event


def test_the_first_conversation_sets_state_next_step_and_an_event_naming_both(case, world, day, hold_first):
    contact = hold_first()
    case.refresh_from_db()
    assert case.status == CaseStatus.FIRST_CONVERSATION
    assert (case.next_step, case.next_step_on) == ("Skriv CV sammen", day + dt.timedelta(days=3))
    event = Event.objects.get(kind="case.first_conversation_held")
    assert event.payload["who"] == ["Line", "Peter"]
    assert event.payload["hours_raised"] is True
    assert contact.participants.count() == 3


def test_the_first_conversation_says_whether_ordinary_hours_were_raised_and_what_is_next(hold_first):
    with pytest.raises(ActionError) as hours:
        hold_first(ordinary_hours_raised=None)
    assert "ordinary_hours_raised" in hours.value.message_dict
    with pytest.raises(ActionError) as step:
        hold_first(next_step="", next_step_on=None)
    assert "next_step" in step.value.message_dict
    with pytest.raises(ActionError) as date:
        hold_first(next_step_on=None)
    assert "next_step_on" in date.value.message_dict


def test_there_is_one_first_conversation(hold_first):
    hold_first()
    with pytest.raises(ActionError):
        hold_first()


def test_a_first_conversation_without_the_whole_tandem_is_flagged_not_refused(world, hold_first):
    alone = hold_first(
        participants=[
            actions.Person(Part.JOBFORMIDLER, world.line.name, world.line),
            actions.Person(Part.CITIZEN, "Mona Havtorn"),
        ]
    )
    assert alone.lacks_tandem
    assert list(Contact.objects.first_without_tandem()) == [alone]


def test_with_both_of_the_tandem_nothing_is_flagged(hold_first):
    assert not hold_first().lacks_tandem
    assert not Contact.objects.first_without_tandem().exists()


def test_a_contact_in_the_future_is_an_appointment(case, world, now):
    with pytest.raises(ActionError):
        actions.register_contact(
            case=case, kind=ContactKind.CONTACT, held_at=now + dt.timedelta(hours=1), by=world.line, at=now
        )


def test_without_participants_it_is_whoever_registers_and_the_citizen(case, world, now):
    contact = actions.register_contact(case=case, kind=ContactKind.CONTACT, held_at=now, by=world.line, at=now)
    people = [(person.part, person.name) for person in contact.participants.all()]
    assert people == [(Part.JOBFORMIDLER, world.line.name), (Part.CITIZEN, "Mona Havtorn")]


def test_an_older_contact_registered_late_does_not_overwrite_the_next_step(case, world, day, later, hold_first):
    hold_first(at=later(2))
    actions.register_contact(
        case=case,
        kind=ContactKind.CONTACT,
        held_at=later(1),
        by=world.line,
        at=later(3),
        next_step="Ring",
        next_step_on=day + dt.timedelta(days=9),
    )
    case.refresh_from_db()
    assert case.next_step == "Skriv CV sammen"


def test_the_planned_appointment_of_that_day_is_held(case, world, now, later):
    planned = actions.plan_appointment(
        case=case, kind=ContactKind.CONVERSATION, when=later(1, hours=1), what="Samtale", by=world.line, at=now
    )
    contact = actions.register_contact(
        case=case, kind=ContactKind.CONVERSATION, held_at=later(1, hours=2), by=world.line, at=later(1, hours=3)
    )
    planned.refresh_from_db()
    assert (planned.status, planned.contact) == (AppointmentStatus.HELD, contact)


def test_a_conversation_that_was_not_planned_leaves_the_appointment_of_the_day(case, world, now, later):
    planned = actions.plan_appointment(
        case=case, kind=ContactKind.CONVERSATION, when=later(1, hours=4), what="Samtale", by=world.line, at=now
    )
    actions.register_contact(
        case=case,
        kind=ContactKind.CONVERSATION,
        held_at=later(1, hours=1),
        unplanned=True,
        by=world.line,
        at=later(1, hours=1),
    )
    planned.refresh_from_db()
    assert (planned.status, planned.contact) == (AppointmentStatus.PLANNED, None)


def test_the_step_to_start_the_cv_is_taken_when_the_cv_is_started(case, world, day, later, hold_first):
    hold_first(next_step="Begynd på CV'et", next_step_on=day)
    citizens.start_cv(citizen=case.citizen, kind=CvKind.PERSONAL, on=day, by=world.line, at=later(2))
    case.refresh_from_db()
    assert (case.next_step, case.next_step_on) == ("", None)
    assert not Attention.objects.filter(case=case, reason="next_step").exists()


def test_another_step_stands_when_the_cv_is_started(case, world, day, later, hold_first):
    hold_first(next_step="Besøg trælasten", next_step_on=day)
    citizens.start_cv(citizen=case.citizen, kind=CvKind.PERSONAL, on=day, by=world.line, at=later(2))
    case.refresh_from_db()
    assert case.next_step == "Besøg trælasten"


def test_the_caseworkers_meeting_invites_the_jobformidler(case, world, now, later):
    meeting = actions.plan_appointment(
        case=case, kind=ContactKind.CONVERSATION, when=later(1), what="Opfølgning", by=world.peter, at=now
    )
    assert {row.user for row in meeting.users.all()} == {world.peter, world.line}


def test_leaving_the_jobformidler_out_takes_a_reason(case, world, now, later):
    def plan(**more):
        return actions.plan_appointment(
            case=case,
            kind=ContactKind.CONVERSATION,
            when=later(1),
            what="Opfølgning",
            by=world.peter,
            at=now,
            users=[world.peter],
            **more,
        )

    with pytest.raises(ActionError):
        plan()
    assert plan(without_jobformidler_reason="Borgerens ønske").without_jobformidler_reason == "Borgerens ønske"


def test_withdrawing_the_only_evidence_moves_the_state_and_the_next_step_back(case, world, later, hold_first):
    contact = hold_first()
    actions.withdraw(row=contact, by=world.line, at=later(1), reason="Forkert borger")
    case.refresh_from_db()
    assert (case.status, case.next_step, case.next_step_on) == (CaseStatus.ASSIGNED, "", None)
    assert hold_first(at=later(2)).pk != contact.pk


def test_withdrawing_one_registration_leaves_what_the_others_support(case, world, day, later, hold_first):
    contact = hold_first()
    citizens.start_cv(citizen=case.citizen, kind=CvKind.PERSONAL, on=day, by=world.line, at=later(0, hours=2))
    actions.withdraw(row=contact, by=world.line, at=later(1), reason="Forkert dag")
    case.refresh_from_db()
    assert case.status == CaseStatus.CV_STARTED


def test_withdrawing_needs_a_reason_and_happens_once(case, world, later, hold_first):
    contact = hold_first()
    with pytest.raises(ActionError):
        actions.withdraw(row=contact, by=world.line, at=later(1), reason="  ")
    actions.withdraw(row=contact, by=world.line, at=later(1), reason="Forkert borger")
    with pytest.raises(ActionError):
        actions.withdraw(row=contact, by=world.line, at=later(1), reason="Igen")


def test_withdrawing_a_contact_plans_its_appointment_again(case, world, now, later):
    planned = actions.plan_appointment(
        case=case, kind=ContactKind.CONVERSATION, when=later(1), what="Samtale", by=world.line, at=now
    )
    contact = actions.register_contact(
        case=case, kind=ContactKind.CONVERSATION, held_at=later(1), by=world.line, at=later(1)
    )
    actions.withdraw(row=contact, by=world.line, at=later(1, hours=1), reason="Blev ikke til noget")
    planned.refresh_from_db()
    assert (planned.status, planned.contact) == (AppointmentStatus.PLANNED, None)


def test_correcting_the_kind_of_a_contact_moves_the_state_with_it(case, world, later):
    contact = actions.register_contact(
        case=case, kind=ContactKind.TASTER_VISIT, held_at=later(1), by=world.line, at=later(1)
    )
    case.refresh_from_db()
    assert case.status == CaseStatus.COMPANY_VISIT
    actions.correct_contact(
        contact=contact,
        version=contact.version,
        by=world.line,
        at=later(2),
        reason="Det var en samtale",
        kind=ContactKind.CONVERSATION,
    )
    case.refresh_from_db()
    assert case.status == CaseStatus.ASSIGNED


def test_a_stale_correction_shows_both_versions(case, world, later, hold_first):
    contact = hold_first()
    seen = contact.version
    actions.correct_contact(
        contact=contact, version=seen, by=world.peter, at=later(1), reason="Præcisering", place="Rådhuset"
    )
    with pytest.raises(StaleError) as error:
        actions.correct_contact(
            contact=contact, version=seen, by=world.line, at=later(1), reason="Præcisering", place="Biblioteket"
        )
    assert (error.value.mine, error.value.theirs) == ({"place": "Biblioteket"}, {"place": "Rådhuset"})


def test_the_state_never_goes_back_by_itself(case, world, now, later, hold_first):
    actions.reach(case=case, status=CaseStatus.MATCHED, at=now, by=None)
    hold_first()
    case.refresh_from_db()
    assert case.status == CaseStatus.MATCHED


def test_the_last_contact_in_lists_is_one_with_the_citizen(case, world, day, later, hold_first):
    contact = hold_first()
    actions.register_contact(
        case=case,
        kind=ContactKind.CONTACT,
        held_at=later(2),
        by=world.line,
        at=later(2),
        participants=[actions.Person(Part.EMPLOYER, "Torben Enebær")],
    )
    row = Case.objects.for_list(day).get()
    assert row.last_contact == contact.at
    assert (row.jobformidler_name, row.caseworker_name) == (world.line.name, world.peter.name)


def test_a_conversation_is_marked_as_transferred_with_its_receipt(world, day, later, hold_first):
    contact = hold_first()
    actions.mark_transferred(row=contact, on=day, receipt="4711", by=world.line, at=later(1))
    contact.refresh_from_db()
    assert (contact.transferred_on, contact.transfer_receipt) == (day, "4711")


def test_an_attendance_fact_has_a_day_and_a_reporter(case, world, day, now):
    fact = actions.report_incident(
        case=case, kind="no_show", on=day, what="Kom ikke", reporter="Torben Enebær", by=world.line, at=now
    )
    assert (fact.on, fact.reporter) == (day, "Torben Enebær")
    with pytest.raises(ActionError):
        actions.report_incident(
            case=case, kind="no_show", on=day + dt.timedelta(days=1), what="", reporter="x", by=world.line, at=now
        )


def test_a_note_is_corrected_by_a_new_one(case, world, now, later):
    note = actions.write_note(case=case, text="Mødte kl. 8", by=world.line, at=now)
    new = actions.write_note(case=case, text="Mødte kl. 9", by=world.line, at=later(1), corrects=note)
    note.refresh_from_db()
    assert (note.text, new.corrects) == ("Mødte kl. 8", note)


def test_the_caseworkers_part_in_contacts_is_counted(case, world, now, hold_first, later):
    both = hold_first()
    actions.register_contact(case=case, kind=ContactKind.CONTACT, held_at=later(1), by=world.line, at=later(1))
    assert list(Contact.objects.attended_by(Part.CASEWORKER)) == [both]
