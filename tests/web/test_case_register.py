"""Registering in a case: few questions, filled in beforehand, and refusals told where they belong."""

# ruff: noqa: F811  the fixtures imported here are also names of arguments

import datetime as dt

import pytest
from django.urls import reverse
from tests.web.case_fixtures import answer, as_line, asked, filled_in, mona_case, stranger, the_day  # noqa: F401  fixtures

from jobformidler.casework import actions
from jobformidler.casework.enums import CaseStatus
from jobformidler.casework.models import Appointment, Contact, Enquiry, Incident, JournalNote, Promise
from jobformidler.messaging.models import OutgoingMail

pytestmark = pytest.mark.django_db


def hold_first(case, world, now, **values):
    return actions.register_contact(
        **{
            "case": case,
            "kind": "first_conversation",
            "held_at": now - dt.timedelta(days=1),
            "ordinary_hours_raised": True,
            "next_step": "Start på CV'et",
            "next_step_on": now.date(),
            "by": world.line,
            "at": now,
            **values,
        }
    )


def test_the_first_conversation_takes_two_answers_and_one_click(as_line, world, mona_case, day):
    """Open, ordinary hours, the whole list, save: four interactions, and six with own words and another step."""
    done = answer(as_line, "case_conversation", mona_case.pk, hours="yes", ticked=["whole-list"])
    assert done.status_code == 302
    contact = Contact.objects.get(case=mona_case)
    assert contact.kind == "first_conversation"
    assert contact.ordinary_hours_raised is True
    assert set(contact.ticked) == {"wishes_resources", "small_jobs", "others", "cv_next"}
    assert contact.next_step == "Begynd på CV'et"
    assert contact.next_step_on == day + dt.timedelta(days=7)
    assert {p.name for p in contact.participants.all()} == {"Mona Havtorn", "Line Askeløv", "Peter Havreholm"}
    mona_case.refresh_from_db()
    assert mona_case.status == CaseStatus.FIRST_CONVERSATION


def test_no_more_than_five_questions_are_in_view(as_line, mona_case):
    page = as_line.get(reverse("case_conversation", args=[mona_case.pk])).content.decode()
    form = page[page.index('class="case-form"') :]
    assert (
        form[: form.index('<details class="form-more"')].count('class="form-group')
        - form[: form.index('<details class="form-more"')].count("form-group-")
        == 5
    )


def test_ordinary_hours_must_be_answered_and_the_sentence_says_what_to_do(as_line, mona_case):
    page = answer(as_line, "case_conversation", mona_case.pk).content.decode()
    assert "Vælg et svar." in page
    assert not Contact.objects.filter(case=mona_case).exists()


def test_a_conversation_without_the_citizen_says_why(as_line, world, mona_case):
    people = [str(world.line.pk), str(world.peter.pk)]
    page = answer(as_line, "case_conversation", mona_case.pk, hours="yes", people=people).content.decode()
    assert "Skriv, hvorfor borgeren ikke var med." in page
    assert '<details class="form-more" open>' in page
    done = answer(
        as_line,
        "case_conversation",
        mona_case.pk,
        hours="yes",
        people=people,
        purpose="Mona var syg, vi forberedte mødet",
    )
    assert done.status_code == 302


def test_a_first_conversation_without_the_makker_is_flagged_in_the_timeline(as_line, world, mona_case):
    answer(as_line, "case_conversation", mona_case.pk, hours="no", people=["citizen", str(world.line.pk)])
    page = as_line.get(reverse("case_timeline", args=[mona_case.pk])).content.decode()
    assert "En af makkerne manglede ved den første samtale." in page


def test_the_second_conversation_has_no_checklist(as_line, world, mona_case, now):
    hold_first(mona_case, world, now)
    page = as_line.get(reverse("case_conversation", args=[mona_case.pk])).content.decode()
    assert "Hele listen" not in page
    assert answer(as_line, "case_conversation", mona_case.pk, hours="no").status_code == 302
    assert Contact.objects.filter(case=mona_case, kind="conversation").count() == 1


def test_a_conversation_cannot_lie_ahead(as_line, mona_case):
    page = answer(as_line, "case_conversation", mona_case.pk, hours="yes", day="2026-11-24").content.decode()
    assert "Det ligger ude i fremtiden. Lav en aftale i stedet." in page


def test_sent_from_a_row_it_answers_in_the_row_and_goes_back_to_the_list(as_line, mona_case):
    address = reverse("case_conversation", args=[mona_case.pk])
    back = reverse("caseload") + "?vis=teamet"
    sent = filled_in(as_line.get(address, {"next": back}).content.decode())
    assert sent["next"] == [back]
    wrong = as_line.post(address, sent, headers={"HX-Request": "true"})
    assert "<html" not in wrong.content.decode()
    right = as_line.post(address, {**sent, "hours": "yes"}, headers={"HX-Request": "true"})
    assert right.headers["HX-Redirect"] == back


def test_the_way_back_never_leads_to_another_site(as_line, mona_case):
    address = reverse("case_note", args=[mona_case.pk])
    done = as_line.post(address, {"text": "Ringede.", "next": "https://example.test/"})
    assert done.headers["Location"] == reverse("case", args=[mona_case.pk])


def test_a_call_is_logged_in_one_line(as_line, mona_case):
    assert answer(as_line, "case_contact", mona_case.pk, agreements="Passer mandag?").status_code == 302
    contact = Contact.objects.get(case=mona_case)
    assert (contact.kind, contact.channel, contact.next_step_on) == ("contact", "phone", None)


def test_a_note_stands_and_is_corrected_by_a_new_one(as_line, mona_case):
    answer(as_line, "case_note", mona_case.pk, text="Møder kl. 8.")
    note = JournalNote.objects.get()
    address = f"{reverse('case_note', args=[mona_case.pk])}?retter={note.pk}"
    assert "Møder kl. 8." in as_line.get(address).content.decode()
    as_line.post(address, {"text": "Møder kl. 9."})
    assert JournalNote.objects.get(corrects=note).text == "Møder kl. 9."
    note.refresh_from_db()
    assert note.text == "Møder kl. 8."


def test_an_attendance_fact_names_its_reporter(as_line, mona_case, day):
    answer(as_line, "case_incident", mona_case.pk, kind="no_show")
    row = Incident.objects.get()
    assert (row.kind, row.on, row.reporter) == ("no_show", day, "Line Askeløv")


def test_a_promise_is_written_down_and_kept(as_line, world, mona_case, day):
    answer(as_line, "case_promise", mona_case.pk, what="Ringe til Torben", due_on="2026-11-25")
    row = Promise.objects.get()
    assert row.owner == world.line
    assert "Ringe til Torben" in as_line.get(reverse("case", args=[mona_case.pk])).content.decode()
    assert as_line.post(reverse("promise_keep", args=[mona_case.pk, row.pk])).status_code == 302
    row.refresh_from_db()
    assert row.kept_on == day


def test_a_promise_of_somebody_else_needs_a_name(as_line, mona_case):
    page = answer(as_line, "case_promise", mona_case.pk, what="Finde en afløser", who="other").content.decode()
    assert "Skriv navnet." in page


def test_an_appointment_shows_in_the_head_and_can_be_cancelled(as_line, world, mona_case):
    answer(as_line, "case_appointment", mona_case.pk, what="Besøg hos Torben", day="2026-11-24", time="13:00")
    page = as_line.get(reverse("case", args=[mona_case.pk])).content.decode()
    assert "<strong>I morgen kl.\xa013.00</strong>, Besøg hos Torben" in page
    row = Appointment.objects.get()
    as_line.post(reverse("appointment_cancel", args=[mona_case.pk, row.pk]))
    assert (
        "Besøg hos Torben"
        not in as_line.get(reverse("case", args=[mona_case.pk])).content.decode().split("Det venter")[0]
    )


def test_leaving_the_jobformidler_out_of_an_appointment_takes_a_reason(as_line, world, mona_case):
    page = answer(
        as_line,
        "case_appointment",
        mona_case.pk,
        what="Møde",
        day="2026-11-24",
        time="13:00",
        people=[str(world.peter.pk)],
    ).content.decode()
    assert "form-error-message" in page
    assert not Appointment.objects.exists()


def test_a_message_gets_its_clock_and_its_answer(as_line, mona_case):
    answer(as_line, "case_enquiry", mona_case.pk, text="Må jeg tage 15 timer?")
    row = Enquiry.objects.get()
    page = as_line.get(reverse("enquiry_answer", args=[row.pk])).content.decode()
    assert "Må jeg tage 15 timer?" in page
    assert "i morgen kl.\xa09.00" in page
    assert "Vi kender ingen e-mail." in page
    done = answer(as_line, "enquiry_answer", row.pk, answer="Ja, vi taler om det mandag.")
    row.refresh_from_db()
    assert row.answer == "Ja, vi taler om det mandag."
    assert "Mona har fået svar." in as_line.get(done.url).content.decode()


def test_an_answer_by_e_mail_is_said_to_be_sent_and_where(as_line, mona_case):
    citizen = mona_case.citizen
    citizen.email = "mona@example.test"
    citizen.save()
    answer(as_line, "case_enquiry", mona_case.pk, text="Må jeg tage 15 timer?")
    row = Enquiry.objects.get()
    page = as_line.get(reverse("enquiry_answer", args=[row.pk])).content.decode()
    assert "Til mona@example.test." in page
    done = answer(as_line, "enquiry_answer", row.pk, answer="Ja.")
    assert "Svaret er sendt til Mona." in as_line.get(done.url).content.decode()
    assert OutgoingMail.objects.filter(kind="enquiry_answer", to="mona@example.test").exists()


def test_a_conversation_said_to_answer_no_appointment_leaves_the_one_of_the_day(as_line, world, mona_case, now):
    planned = actions.plan_appointment(
        case=mona_case,
        kind="first_conversation",
        when=now + dt.timedelta(hours=4),
        what="Første samtale",
        by=world.line,
        at=now,
    )
    answer(as_line, "case_conversation", mona_case.pk, hours="yes", appointment="none")
    planned.refresh_from_db()
    assert planned.status == "planned"


def test_a_wrong_conversation_is_corrected_with_a_reason(as_line, world, mona_case, now):
    contact = hold_first(mona_case, world, now)
    answer(as_line, "contact_correct", mona_case.pk, contact.pk, hours="no", time="10:30", reason="Skrev forkert")
    contact.refresh_from_db()
    assert contact.ordinary_hours_raised is False
    assert contact.at.astimezone(now.tzinfo).time() == dt.time(10, 30)
    page = as_line.get(reverse("case_timeline", args=[mona_case.pk])).content.decode()
    assert "Skrev forkert" in page


def test_a_stale_correction_shows_both_versions_and_keeps_mine_when_i_say_so(as_line, world, mona_case, now):
    contact = hold_first(mona_case, world, now, agreements="Vi mødes mandag")
    address = reverse("contact_correct", args=[mona_case.pk, contact.pk])
    mine = filled_in(as_line.get(address).content.decode()) | {
        "agreements": "Vi mødes tirsdag",
        "reason": "Forkert dag",
    }
    actions.correct_contact(
        contact=contact, version=contact.version, reason="Uklart", agreements="Vi mødes onsdag", by=world.peter, at=now
    )
    page = as_line.post(address, mine).content.decode()
    assert "Vi mødes tirsdag" in page
    assert "Vi mødes onsdag" in page
    assert "Peter" in page
    again = filled_in(page) | {"agreements": "Vi mødes tirsdag", "reason": "Forkert dag", "keep": "mine"}
    assert as_line.post(address, again).status_code == 302
    contact.refresh_from_db()
    assert contact.agreements == "Vi mødes tirsdag"


def test_a_withdrawn_registration_stays_in_the_timeline_struck_out(as_line, world, mona_case, now):
    contact = hold_first(mona_case, world, now)
    address = reverse("case_withdraw", args=[mona_case.pk, "samtale", contact.pk])
    assert "form-error-message" in as_line.post(address, {"reason": ""}).content.decode()
    as_line.post(address, {"reason": "Forkert borger"})
    page = as_line.get(reverse("case_timeline", args=[mona_case.pk])).content.decode()
    assert "<del>" in page
    assert "Forkert borger" in page


PAGES = (
    "case_conversation",
    "case_contact",
    "case_note",
    "case_incident",
    "case_promise",
    "case_appointment",
    "case_enquiry",
)


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_finds_no_form_and_writes_nothing(client, stranger, mona_case, name):
    client.force_login(stranger)
    address = reverse(name, args=[mona_case.pk])
    assert client.get(address).status_code == 404
    assert client.post(address, {"text": "x"}).status_code == 404


def test_a_stranger_does_not_find_a_message_either(client, stranger, world, mona_case, now):
    row = actions.receive_enquiry(
        case=mona_case, sender="citizen", sender_name="Mona", text="Hej", received_at=now, by=None, at=now
    )
    client.force_login(stranger)
    assert client.get(reverse("enquiry_answer", args=[row.pk])).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_the_forms_ask_the_database_little(as_line, mona_case, asked, name):
    assert asked(lambda: as_line.get(reverse(name, args=[mona_case.pk]))) <= 16
