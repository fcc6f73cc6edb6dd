"""Right and duty on screens: an edit shows the dates it moves, the citizen asks, letters go to many, a referral is made."""

import datetime as dt

import pytest
from django.urls import reverse
from tests.web.case_fixtures import answer, filled_in
from tests.web.test_deadlines import karin, made, peter, read, rules, sofie  # noqa: F401  fixtures

from jobformidler.accounts import sessions
from jobformidler.casework import actions as casework
from jobformidler.casework import tasks
from jobformidler.casework.models import Appointment, Attention, Decision, LetterRun
from jobformidler.citizens.actions import open_own_access
from jobformidler.core.models import Event
from jobformidler.core.rebuild import CHECKS, REBUILDS
from jobformidler.messaging.models import Letter
from jobformidler.registers import actions
from jobformidler.registers.models import Clock, FleksjobApproval, Guidance, ReferralDecision, ReferralRequest, Spell

# ruff: noqa: F811  the fixtures imported here are also names of arguments
D = dt.date


def dates():
    return Clock.objects.values_list("right_on", "duty_on").get()


# --- an edit is seen before it is saved -----------------------------------------------------------------------------


def test_a_correction_shows_old_and_new_dates_before_it_is_saved(peter, sofie):
    row = Spell.objects.get(start=D(2026, 8, 1))
    events = Event.objects.count()
    page = read(answer(peter, "period_correct", sofie.pk, row.pk, start="2026-08-05"))
    assert "2 datoer flytter sig." in page
    assert "<s>30. oktober 2026</s>" in page
    assert "<strong>3. november 2026</strong>" in page
    assert "4 dage senere" in page
    assert "historisk regelsæt" in page
    row.refresh_from_db()
    assert (row.start, dates()[0], Event.objects.count()) == (D(2026, 8, 1), D(2026, 10, 30), events)
    sent = {**filled_in(page), "save": "1"}
    url = reverse("period_correct", args=[sofie.pk, row.pk])
    assert peter.post(url, sent).status_code == 200  # the reason is missing
    assert peter.post(url, {**sent, "reason": "Forkert dato"}).status_code == 302
    assert dates() == (D(2026, 11, 3), D(2027, 8, 5))


def test_who_changes_an_answer_after_looking_sees_the_dates_again(peter, sofie):
    row = Spell.objects.get(start=D(2026, 8, 1))
    sent = filled_in(read(answer(peter, "period_correct", sofie.pk, row.pk, start="2026-08-05")))
    url = reverse("period_correct", args=[sofie.pk, row.pk])
    page = read(peter.post(url, {**sent, "start": "2026-08-09", "reason": "Forkert dato", "save": "1"}))
    assert "<strong>7. november 2026</strong>" in page
    assert dates()[0] == D(2026, 10, 30)


def test_while_one_types_only_the_dates_are_fetched(peter, sofie):
    url = reverse("period_new", args=[sofie.pk])
    sent = {"kind": "fleksjob", "start": "2026-08-10", "end": ""}
    page = read(peter.post(url, sent, headers={"HX-Request": "true"}))
    assert "<html" not in page
    assert "indtræder ikke" in page
    sent["end"] = "2026-08-01"
    assert "Slutdatoen" in read(peter.post(url, sent, headers={"HX-Request": "true"}))
    assert Spell.objects.count() == 3


@pytest.mark.parametrize(
    ("kind", "start", "end", "said"),
    [
        ("fleksjob", "2026-05-01", "2026-04-01", "Slutdatoen må ikke ligge før startdatoen."),
        ("ledighedsydelse", "2026-09-01", "", "Perioden overlapper en anden af samme type."),
        ("fleksjob", "1970-01-01", "", "Dagen ligger før, borgeren blev født."),
        ("fleksjob", "2062-01-01", "", "Perioden begynder mere end et år fremme."),
    ],
)
def test_what_cannot_be_is_told_before_anything_is_shown(peter, sofie, kind, start, end, said):
    page = read(answer(peter, "period_new", sofie.pk, kind=kind, start=start, end=end))
    assert said in page
    assert 'name="seen"' not in page


def test_sources_and_what_was_known_before_stand_on_the_page_and_a_change_is_taken_back(peter, world, now, sofie):
    row = Spell.objects.get(start=D(2026, 8, 1))
    actions.correct_spell(spell=row, start=D(2026, 8, 5), reason="Forkert dato", by=world.peter, at=now)
    page = read(peter.get(reverse("case_periods", args=[sofie.pk])))
    assert "rettet af Peter Havreholm 23.11.2026" in page
    assert "Ledighedsydelse fra 1.8.2026" in page
    assert "«Forkert dato»" in page
    undo = (
        reverse("period_correct", args=[sofie.pk, row.pk])
        + "?kind=ledighedsydelse&start=2026-08-01&end=&reason=Fortrudt"
    )
    assert undo.replace("&", "&amp;") in page
    seen = filled_in(read(peter.post(undo, filled_in(read(peter.get(undo))))))
    assert peter.post(undo, {**seen, "save": "1"}).status_code == 302
    assert dates()[0] == D(2026, 10, 30)


def test_an_approval_is_corrected_and_removed_with_its_dates(peter, sofie):
    row = FleksjobApproval.objects.get()
    page = read(answer(peter, "approval_correct", sofie.pk, row.pk, approved_on="2025-10-01"))
    assert "<strong>30. november 2026</strong>" in page
    url = reverse("approval_correct", args=[sofie.pk, row.pk])
    assert peter.post(url, {**filled_in(page), "save": "1", "reason": "Forkert dag"}).status_code == 302
    assert dates()[0] == D(2026, 11, 30)
    page = read(answer(peter, "approval_remove", sofie.pk, row.pk))
    assert "Uden en godkendelse til fleksjob" in page
    url = reverse("approval_remove", args=[sofie.pk, row.pk])
    assert peter.post(url, {**filled_in(page), "save": "1", "reason": "Var en andens"}).status_code == 302
    assert not Clock.objects.exists()


# --- the citizen asks -----------------------------------------------------------------------------------------------


@pytest.fixture
def as_sofie(client, world, now, sofie, monkeypatch):
    user = open_own_access(citizen=sofie.citizen, email="sofie@example.test", by=world.line, at=now).user
    client.force_login(user)
    return client


def test_the_citizen_asks_on_the_own_page_and_the_caseworker_is_told_to_refer(
    peter, world, now, sofie, as_sofie, drain
):
    assert "Siden 30. oktober 2026 har du haft ret" in read(as_sofie.get(reverse("me")))
    page = read(as_sofie.get(reverse("my_referral")))
    assert "Du har ret til at blive henvist, og vi skal" not in page
    assert "2. maj 2027" in page
    as_sofie.post(reverse("my_referral_ask"))
    assert ReferralRequest.objects.get().way == "my_page"
    assert "Du bad om at blive henvist 23. november 2026." in read(as_sofie.get(reverse("my_referral")))
    drain()
    row = Attention.objects.get(reason="referral_asked")
    assert row.owner == world.peter
    as_sofie.post(reverse("my_referral_unask"))
    drain()
    assert not Attention.objects.filter(reason="referral_asked").exists()
    as_sofie.post(reverse("my_referral_ask"))
    drain()
    peter.force_login(world.peter)
    assert reverse("case_refer", args=[sofie.pk]) in read(peter.get(reverse("today")))
    assert REBUILDS["attention"].run() == 0


def test_without_a_right_the_page_says_so_and_asks_nothing(peter, client, world, now, rules):
    case = made(world, now, "Ida Star", 3, D(2025, 1, 1))
    FleksjobApproval.objects.all().delete()
    client.force_login(open_own_access(citizen=case.citizen, email="ida@example.test", by=world.line, at=now).user)
    page = read(client.get(reverse("my_referral")))
    assert "Der er ikke beregnet nogen ret" in page
    assert reverse("my_referral_ask") not in page


# --- letters to many ------------------------------------------------------------------------------------------------


@pytest.fixture
def chosen(peter, world, now, sofie, karin):
    """Sofie and Karin are ticked; Karin's address is protected."""
    karin.citizen.protected_address = True
    karin.citizen.save(update_fields=["protected_address"])
    return {"case": [sofie.pk, karin.pk]}


def run_job():
    run = LetterRun.objects.latest("pk")
    tasks.make_letters(run_id=run.pk, municipality_id=run.municipality_id)
    return LetterRun.objects.get(pk=run.pk)


def test_letters_go_to_those_ticked_once_for_each_date_and_are_guidance(peter, sofie, karin, chosen, monkeypatch):
    page = read(peter.get(reverse("letters_many"), chosen))
    assert "Et brev om retten, 30. oktober 2026." in page
    assert "Et brev om pligten og retten, 1. november 2026." in page
    assert "kontrollér gældende ret" in page.lower()
    assert peter.get(reverse("case_guidance_draft", args=[sofie.pk])).content[:5] == b"%PDF-"
    assert peter.post(reverse("letters_many"), chosen).status_code == 302
    run = run_job()
    assert (run.status, run.progress, Letter.objects.filter(kind="guidance").count()) == ("ready", 2, 2)
    told = {(row.about, row.arises_on, row.way) for row in Guidance.objects.all()}
    assert told == {("right", D(2026, 10, 30), "letter"), ("duty", D(2026, 11, 1), "letter")}
    page = read(peter.get(reverse("letter_run", args=[run.pk])))
    assert "2 breve er lavet" in page
    assert "beskyttet" in page
    monkeypatch.setattr(sessions, "is_recent", lambda session, form=False: False)
    assert reverse("prove") in peter.get(reverse("letter_print", args=[run.pk]))["Location"]
    monkeypatch.setattr(sessions, "is_recent", lambda session, form=False: True)
    assert peter.get(reverse("letter_print", args=[run.pk])).content[:5] == b"%PDF-"
    assert Event.objects.filter(kind="case.letters_fetched").count() == 1
    tasks.make_letters(run_id=run.pk, municipality_id=run.municipality_id)
    assert "Alle har fået deres brev" in read(peter.post(reverse("letters_many"), chosen))
    assert Letter.objects.filter(kind="guidance").count() == 2


def test_only_who_ordered_the_letters_fetches_them(client, world, now, sofie, monkeypatch):
    run = casework.order_letters(cases=[sofie], by=world.peter, at=now)
    client.force_login(world.line)
    assert client.get(reverse("letter_run", args=[run.pk])).status_code == 404
    assert client.get(reverse("letter_print", args=[run.pk])).status_code in (302, 404)


def test_meetings_are_planned_one_after_the_other_and_nobody_gets_two(peter, sofie, karin, chosen):
    url = reverse("meetings_many")
    sent = {**chosen, "day": "2026-11-28", "first": "14.30", "minutes": "45", "where": "Lokale 2"}
    page = read(peter.post(url, sent))
    assert "Mandag 30. november kl. 14.30: Karin Katteurt" in page
    assert "Tirsdag 1. december kl. 14.30: Sofie Engkarse" in page
    assert peter.post(url, {**sent, "save": "1"}).status_code == 302
    assert Appointment.objects.count() == 2
    assert "har allerede en samtale" in read(peter.get(url, chosen))


# --- referral -------------------------------------------------------------------------------------------------------


def test_after_a_year_availability_is_assessed_then_referred_by_decision(peter, world, now, day, karin, drain):
    task = Attention.objects.get(reason="duty_reached")
    assert "Vurdér rådighed" in read(peter.get(reverse("today")))
    decision = casework.prepare_decision(
        case=karin, kind="availability", title="Rådighed", outcome="granted", paragraph="§ 74", by=world.peter, at=now
    )
    casework.decide(decision=decision, by=world.peter, at=now)
    task.refresh_from_db()
    assert task.facts["assessed"]
    assert "Karin opfylder betingelserne" in read(peter.get(reverse("today")))
    url = reverse("case_refer", args=[karin.pk])
    body = {"decided_on": day.isoformat(), "basis": "duty"}
    assert "Skriv, hvordan borgeren er hørt" in read(peter.post(url, body))
    assert peter.post(url, {**body, "no_hearing_reason": "Talte om det i dag"}).status_code == 302
    drain()
    ground, referral = ReferralDecision.objects.get(), Decision.objects.get(kind="referral")
    assert (referral.subject_id, referral.outcome, referral.status) == (ground.pk, "imposed", "decided")
    assert "Du har været ledig i et år." in str(referral.reasons)
    assert Letter.objects.filter(subject_type="casework.decision", subject_id=referral.pk).count() == 1
    assert not Attention.objects.filter(reason="duty_reached").exists()
    assert not CHECKS["casework.referral_without_decision"]()


def test_a_negative_assessment_ends_the_task(world, now, karin):
    decision = casework.prepare_decision(
        case=karin, kind="availability", title="Rådighed", outcome="refused", paragraph="§ 74", facts="Syg", reasons="x",
        by=world.peter, at=now,
    )  # fmt: skip
    casework.edit_decision(decision=decision, no_hearing_reason="Borgeren har selv bedt", by=world.peter, at=now)
    casework.decide(decision=decision, by=world.peter, at=now)
    assert not Attention.objects.filter(reason="duty_reached").exists()


def test_a_referral_decided_after_hearing_gets_its_ground_and_refusing_takes_it_away(world, now, sofie):
    actions.ask_referral(citizen=sofie.citizen, asked_on=now.date(), way="talk", by=world.line, at=now)
    values = {
        "case": sofie,
        "kind": "referral",
        "title": "Henvisning",
        "paragraph": "§ 1",
        "by": world.peter,
        "at": now,
    }
    decision = casework.prepare_decision(outcome="granted", **values)
    casework.decide(decision=decision, by=world.peter, at=now)
    ground = ReferralDecision.objects.get()
    decision.refresh_from_db()
    assert (ground.basis, decision.subject_id) == ("right", ground.pk)
    fresh = casework.take_up_again(decision=decision, reason="Ombestemt", by=world.peter, at=now)
    casework.edit_decision(
        decision=fresh, outcome="refused", facts="x", reasons="y", no_hearing_reason="z", by=world.peter, at=now
    )
    casework.decide(decision=fresh, by=world.peter, at=now)
    ground.refresh_from_db()
    assert ground.withdrawn_at is not None


def test_the_right_needs_a_request(peter, day, sofie):
    body = {"decided_on": day.isoformat(), "basis": "right", "no_hearing_reason": "Talte om det"}
    assert "Retten kræver en anmodning" in read(peter.post(reverse("case_refer", args=[sofie.pk]), body))
