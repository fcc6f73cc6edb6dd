"""A contact closes the appointment it answers and stands in the log of the workplace it is about."""

# ruff: noqa: F811  the fixtures imported here are also names of arguments

import datetime as dt

import pytest
from django.urls import reverse
from tests.web.case_fixtures import answer, as_line, filled_in, mona_case, stranger, the_day  # noqa: F401  fixtures

from jobformidler.casework import actions
from jobformidler.casework.models import Appointment, Attention, Contact
from jobformidler.employers.actions import register_workplace
from jobformidler.web import steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(world, mona_case, now):
    """Plans an appointment and moves it to where it is wanted, past or to come."""

    def made(kind="conversation", at=None, **values):
        when = at or now + dt.timedelta(hours=2)
        row = actions.plan_appointment(
            case=mona_case,
            kind=kind,
            when=max(when, now + dt.timedelta(minutes=1)),
            what="Snak om timer",
            by=world.line,
            at=now,
            **values,
        )
        Appointment.objects.filter(pk=row.pk).update(at=when)
        return row

    return made


@pytest.fixture
def yard(world, now):
    return register_workplace(cvr="99000023", p_number="9800000001", name="Fjordby Trælast", by=world.nadia, at=now)


def test_a_conversation_answers_the_appointment_of_today_of_any_kind_of_conversation(as_line, mona_case, plan):
    row = plan()
    page = as_line.get(reverse("case_conversation", args=[mona_case.pk])).content.decode()
    assert "Den svarer på aftalen: Snak om timer, i dag kl.\xa011.00." in page
    answer(as_line, "case_conversation", mona_case.pk, hours="yes")
    row.refresh_from_db()
    assert (row.status, row.contact) == ("held", Contact.objects.get())
    assert row.contact.kind == "first_conversation"


def test_opened_from_what_waits_it_answers_the_appointment_of_another_day(as_line, mona_case, plan, now, drain):
    row = plan(at=now - dt.timedelta(days=2))
    drain()
    actions.write_note(case=mona_case, text="Ringede.", by=None, at=now)
    waiting = Attention(case=mona_case, subject_id=row.pk, reason="appointment")
    url = steps.address(waiting, "register_appointment", "/i-dag/")
    sent = filled_in(as_line.get(url).content.decode())
    assert sent["appointment"] == [str(row.pk)]
    assert sent["next"] == ["/i-dag/"]
    as_line.post(reverse("case_conversation", args=[mona_case.pk]), {**sent, "hours": "yes"})
    row.refresh_from_db()
    assert row.status == "held"


def test_a_call_in_the_morning_leaves_the_meeting_of_the_afternoon_planned(as_line, mona_case, plan):
    row = plan()
    assert answer(as_line, "case_contact", mona_case.pk, agreements="Vi ses kl. 11.").status_code == 302
    row.refresh_from_db()
    assert row.status == "planned"


def test_a_call_is_about_a_workplace_found_by_name(as_line, mona_case, yard):
    page = answer(as_line, "case_contact", mona_case.pk, agreements="Måske 5 timer.", search="findes ikke")
    assert "Ingen virksomhed passer." in page.content.decode()
    answer(as_line, "case_contact", mona_case.pk, agreements="Måske 5 timer.", search="trælast")
    assert Contact.objects.get().workplace == yard


def test_several_workplaces_that_fit_are_offered_by_name(as_line, world, mona_case, yard, now):
    other = register_workplace(cvr="99000163", p_number="9800000002", name="Havby Trælast", by=world.nadia, at=now)
    page = answer(as_line, "case_contact", mona_case.pk, agreements="Spurgte.", search="trælast").content.decode()
    assert "Flere virksomheder passer. Vælg den her." in page
    sent = filled_in(page)
    as_line.post(reverse("case_contact", args=[mona_case.pk]), {**sent, "workplace": str(other.pk)})
    assert Contact.objects.get().workplace == other
    again = as_line.get(reverse("case_contact", args=[mona_case.pk])).content.decode()
    assert "Havby Trælast" in again


def test_the_log_of_the_workplace_tells_the_name_only_to_those_who_work_with_the_citizen(
    client, world, mona_case, yard, stranger, now
):
    actions.register_contact(
        case=mona_case,
        kind="contact",
        held_at=now,
        workplace=yard,
        agreements="Måske 5 timer om ugen.",
        by=world.line,
        at=now,
    )
    client.force_login(world.line)
    mine = client.get(reverse("workplace", args=[yard.pk])).content.decode()
    assert "Mona Havtorn" in mine
    assert "Line Askeløv" in mine
    client.force_login(stranger)
    theirs = client.get(reverse("workplace", args=[yard.pk])).content.decode()
    assert "Kontakt om en borger" in theirs
    assert "Mona" not in theirs
    assert "5 timer" not in theirs + mine


def test_a_taster_visit_keeps_its_three_parts_and_they_stand_beside_the_next_match(
    as_line, world, mona_case, yard, plan
):
    row = plan(kind="taster_visit", workplace=yard)
    page = as_line.get(reverse("case_contact", args=[mona_case.pk])).content.decode()
    assert reverse("case_visit", args=[mona_case.pk]) in page
    without = {"tasks": "Kan pakke, ikke løfte.", "workplace": ""}
    assert "Vælg den virksomhed, I besøgte" in answer(as_line, "case_visit", mona_case.pk, **without).content.decode()
    done = answer(
        as_line,
        "case_visit",
        mona_case.pk,
        tasks="Kan pakke, ikke løfte.",
        sector="Handel passer godt.",
        size="Et lille hold er bedst.",
    )
    assert done.status_code == 302
    contact = Contact.objects.get()
    assert (contact.kind, contact.workplace, contact.appointment) == ("taster_visit", yard, row)
    assert contact.agreements.splitlines() == [
        "Opgaver: Kan pakke, ikke løfte.",
        "Branche: Handel passer godt.",
        "Størrelse: Et lille hold er bedst.",
    ]
    mona_case.refresh_from_db()
    assert mona_case.status == "company_visit"
    match = as_line.get(reverse("place_match", args=[mona_case.pk])).content.decode()
    assert "Taget med fra sidst" in match
    assert "Fjordby Trælast. Opgaver: Kan pakke, ikke løfte." in match
    actions.set_goal(case=mona_case, letter="a", text="Lager", by=world.line, at=contact.at)
    goal = as_line.get(reverse("case_plan", args=[mona_case.pk])).content.decode()
    assert "Det viste besøgene" in goal
    assert "Et lille hold er bedst." in goal
