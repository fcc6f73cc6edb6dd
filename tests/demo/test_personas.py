"""The five citizens of the tour, to the day."""

import datetime as dt
import itertools
from decimal import Decimal

import pytest
from django.utils import timezone
from tests.browser import site

from jobformidler.casework import attention
from jobformidler.casework.models import (
    Assignment,
    Attention,
    Case,
    Complaint,
    Contact,
    Decision,
    Document,
    Enquiry,
    JournalNote,
)
from jobformidler.citizens.models import (
    CV,
    AccessAlert,
    Consideration,
    Disclosure,
    EmergencyAccess,
    Impairment,
    Relation,
    Wish,
)
from jobformidler.demo import setting
from jobformidler.employers.models import EmployerContact, Workplace
from jobformidler.messaging.models import Letter, OutgoingMail
from jobformidler.openings.models import Place, PlaceTask
from jobformidler.placements import ladder
from jobformidler.placements.enums import RUNNING
from jobformidler.placements.models import FollowUp, LadderStep, Placement, WeekHours
from jobformidler.registers.models import FleksjobApproval, Spell

D = dt.date


def case_of(last_name: str) -> Case:
    return Case.objects.get(citizen__last_name=last_name)


def test_line_sees_the_four_of_the_tour_and_nobody_else(nine):
    rows = Attention.objects.showing_at(nine).filter(owner__name="Line Askeløv").for_list()
    assert {line.row.citizen.first_name for line in attention.lines(rows, nine)} == {"Bent", "Jonas", "Mona", "Sofie"}


def test_each_of_the_four_waits_for_what_the_tour_says(nine):
    rows = Attention.objects.showing_at(nine).filter(owner__name="Line Askeløv").for_list()
    found = {}
    for row in rows:
        found.setdefault(row.citizen.first_name, set()).add(row.reason)
    assert found["Bent"] == {"answer_due"}
    assert found["Jonas"] == {"no_contact", "stalled"}
    assert "mark13" in found["Mona"]
    assert found["Sofie"] == {"promise_due"}


def test_monas_way_from_the_first_talk_to_five_paid_hours(fjordby):
    case = case_of("Havtorn")
    first = Contact.objects.get(case=case, kind="first_conversation")
    assert first.at.date() == D(2026, 8, 10) and first.ordinary_hours_raised
    assert {row.part for row in first.participants.all()} == {"citizen", "jobformidler", "caseworker"}
    assert CV.objects.get(citizen=case.citizen).started_on == D(2026, 8, 11)
    assert Contact.objects.get(case=case, kind="taster_visit").at.date() == D(2026, 8, 20)
    placement = Placement.objects.get(case=case)
    assert (placement.starts_on, placement.purpose) == (D(2026, 8, 31), "towards_hours")
    assert placement.workplace.name == "Fjordby Trælast & Byg ApS"
    paid = dict(WeekHours.objects.filter(placement=placement).values_list("week", "paid"))
    assert [paid[D(2026, 8, 31) + dt.timedelta(weeks=week)] for week in range(4)] == [0, 0, 0, 0]
    assert (paid[D(2026, 9, 28)], paid[D(2026, 10, 26)]) == (2, 5)


def test_monas_next_goal_and_her_thirteen_weeks(fjordby):
    placement = Placement.objects.get(case=case_of("Havtorn"))
    coming = ladder.next_step_of(list(placement.steps.all()))
    assert coming.paid_hours == 10 and coming.planned_on is None
    assert ladder.mark_day([ladder.Stay(placement.starts_on, None)]) == D(2026, 11, 30)


def test_mona_in_her_own_words(fjordby):
    citizen = case_of("Havtorn").citizen
    assert Wish.objects.get(citizen=citizen).text == "Et sted, hvor nogen regner med mig."
    assert set(Consideration.objects.filter(citizen=citizen).values_list("code", flat=True)) == {
        "start_after_9",
        "short_messages",
    }


def test_torben_kept_the_promise_of_visits_six_times(fjordby):
    visits = FollowUp.objects.filter(placement__case=case_of("Havtorn")).order_by("contact__at")
    days = [row.contact.at.date() for row in visits]
    assert len(days) == 6
    assert {(later - earlier).days for earlier, later in itertools.pairwise(days)} == {14}


def test_jonas_masters_two_tasks_for_six_weeks_without_hours(fjordby):
    placement = Placement.objects.get(case=case_of("Klitrose"), status__in=RUNNING)
    assert (placement.starts_on, placement.purpose) == (D(2026, 9, 7), "competences")
    assert placement.workplace.name == "Plejecenter Solkrogen"
    assert set(LadderStep.objects.filter(placement=placement).values_list("task", "mastered_on")) == {
        ("Skiltekørsel", D(2026, 10, 12)),
        ("Opfyldning", D(2026, 10, 12)),
    }
    assert not WeekHours.objects.filter(placement=placement, paid__gt=0).exists()


def test_jonas_stopped_before_and_has_a_mentor_since_september(fjordby):
    case = case_of("Klitrose")
    before = Placement.objects.get(case=case, status="stopped")
    assert before.learning == "For mange i rummet – det tager vi med videre."
    assert Assignment.objects.get(case=case, role="mentor").period.lower == D(2026, 9, 14)


def test_sofies_periods_to_the_day(fjordby):
    citizen = case_of("Engkarse").citizen
    assert FleksjobApproval.objects.get(citizen=citizen).approved_on == D(2025, 9, 1)
    assert list(Spell.objects.filter(citizen=citizen).order_by("start").values_list("kind", "start", "end")) == [
        ("ledighedsydelse", D(2025, 9, 1), D(2025, 12, 1)),
        ("maternity", D(2025, 12, 1), D(2026, 8, 1)),
        ("ledighedsydelse", D(2026, 8, 1), None),
    ]


def test_sofie_asked_for_another_provider_and_chooses_tomorrow(fjordby):
    case = case_of("Engkarse")
    asked = Enquiry.objects.get(case=case)
    assert asked.received_at.date() == D(2026, 11, 3) and asked.answered_at is not None
    assert case.next_step_on == D(2026, 11, 24)


def test_bent_reached_the_job_one_day_before_the_duty(fjordby):
    case = case_of("Rørskov")
    approved = FleksjobApproval.objects.get(citizen=case.citizen).approved_on
    benefit = Spell.objects.get(citizen=case.citizen, kind="ledighedsydelse")
    job = Spell.objects.get(citizen=case.citizen, kind="fleksjob")
    assert (approved, benefit.start, job.start) == (D(2025, 6, 2), D(2025, 6, 2), D(2026, 6, 1))
    assert (benefit.end - benefit.start).days == 364
    assert case.status == "aftercare" and case.outcome == "fleksjob"


def test_bent_wrote_on_friday_and_waits_for_an_answer(fjordby):
    waiting = Enquiry.objects.get(case=case_of("Rørskov"), answered_at=None)
    assert timezone.localtime(waiting.received_at).replace(tzinfo=None) == dt.datetime(2026, 11, 20, 14, 10)
    assert waiting.text.startswith("Chefen spørger, om jeg kan tage 15 timer.")


def test_karin_has_two_paid_hours_a_protected_address_and_a_rhythm_of_her_own(fjordby):
    case = case_of("Mosebølle")
    assert case.citizen.protected_address
    assert FleksjobApproval.objects.get(citizen=case.citizen).approved_on == D(2025, 11, 1)
    rhythm = case.rhythms.get()
    assert rhythm.days == 14 and rhythm.reason
    last = WeekHours.objects.filter(placement__case=case).order_by("-week").first()
    assert last.paid == Decimal(2)


def test_line_has_her_citizens_within_the_limit(fjordby):
    held = Assignment.objects.active_on(site.DAY).filter(user__name="Line Askeløv", role="jobformidler")
    assert held.count() == 10  # 24 in the small demo: five of the tour and as many calm ones as there are


def test_the_three_firms_have_what_the_tour_tells(fjordby):
    solkrogen = Workplace.objects.get(name="Plejecenter Solkrogen")
    assert Placement.objects.filter(workplace=solkrogen, status__in=RUNNING).count() == 3
    assert Place.objects.get(workplace=solkrogen).capacity == 4
    assert Placement.objects.filter(workplace=solkrogen).begun().count() == 9
    assert Placement.objects.filter(workplace=solkrogen, weeks__paid__gt=0).distinct().count() == 1
    hotel = EmployerContact.objects.filter(workplace__name="Havnens Hotel & Vaskeri A/S", at__date__gte=D(2026, 11, 16))
    assert hotel.values("by").distinct().count() == 2
    task = PlaceTask.objects.get(place__workplace__name="Fjordby Trælast & Byg ApS")
    assert (task.text, task.weekly_hours) == ("Varemodtagelse og prisskilte", 10)


@pytest.mark.parametrize("day", [D(2026, 11, 23), D(2026, 11, 29), D(2027, 1, 1)])
def test_everything_is_dated_from_the_monday_of_the_week(day):
    assert setting.day_zero(day).weekday() == 0
    assert 0 <= (day - setting.day_zero(day)).days < 7


def test_decisions_are_heard_sent_complained_about_and_recommended(fjordby):
    of = {
        row.case.citizen.first_name: row
        for row in Decision.objects.filter(kind="aid_grant").select_related("case__citizen")
    }
    assert {name: str(row.status) for name, row in of.items()} == {
        "Jonas": "delivered",
        "Karin": "hearing",
        "Bent": "delivered",
        "Mona": "recommended",
    }
    assert Complaint.objects.get().decision == of["Bent"]
    assert {row.kind for row in Letter.objects.all()} == {"decision", "hearing", "complaint"}


def test_health_papers_and_a_confidential_note_are_there_and_read_back(fjordby):
    assert "overblikket" in Impairment.objects.get().meaning
    assert {str(row.kind) for row in Document.objects.all()} == {"medical", "cv"}
    assert JournalNote.objects.filter(confidential=True).count() == 1


def test_an_emergency_access_waits_for_the_leader_and_its_alert_for_the_security_officer(fjordby):
    access = EmergencyAccess.objects.get()
    assert (access.user.name, access.citizen.first_name, str(access.review)) == ("Samir Valmueblad", "Karin", "waiting")
    heard = OutgoingMail.objects.filter(kind="emergency").values_list("to", flat=True)
    assert set(heard) == {"ole@fjordby.example", "vibeke@fjordby.example"}
    assert {(row.user.name, str(row.state)) for row in AccessAlert.objects.all()} == {
        ("Samir Valmueblad", "open"),
        ("Yusuf Tranekær", "justified"),
    }


def test_a_professional_reads_a_shared_plan_and_a_workplace_has_read_a_card(fjordby):
    hanne = Relation.objects.get(kind="professional")
    assert (hanne.user.name, hanne.citizen.first_name) == ("Hanne Lyng", "Jonas")
    assert Disclosure.objects.filter(channel="card", citizen=hanne.citizen).exclude(read_at=None).exists()
