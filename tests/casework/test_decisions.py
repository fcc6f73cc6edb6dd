"""From recommendation and hearing to letter, delivery and complaint."""

import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from tests.factories import make_user

from jobformidler.accounts.enums import Role
from jobformidler.casework import actions, attention, deadlines
from jobformidler.casework.decision_enums import Answer, ComplaintOutcome, ComplaintStatus, DecisionKind, DecisionStatus
from jobformidler.casework.models import Attention, Decision
from jobformidler.citizens.actions import relate
from jobformidler.citizens.enums import RelationKind
from jobformidler.core.actions import ActionError, StaleError
from jobformidler.messaging.letters import file_of
from jobformidler.messaging.models import Letter

S = DecisionStatus


@pytest.fixture
def draft(case, world, now):
    """A refusal Peter has written, with facts, reasons and paragraph; the citizen is not heard yet."""
    made = actions.prepare_decision(
        case=case,
        kind=DecisionKind.AID_GRANT,
        title="Mentor på arbejdspladsen",
        outcome=Answer.REFUSED,
        facts="Praktikken varer to uger.",
        reasons="Støtten kan ikke nå at virke.",
        paragraph="§ 14",
        by=world.peter,
        at=now,
    )
    assert made.status == S.DRAFT
    return made


@pytest.fixture
def mona(case, world, day):
    """Mona's own login."""
    user = make_user(world.municipality, "Mona Havtorn", Role.CITIZEN)
    relate(citizen=case.citizen, kind=RelationKind.SELF, user=user, since=day)
    return user


@pytest.fixture
def decided(draft, world, now):
    actions.edit_decision(
        decision=draft, no_hearing_reason="Borgeren har selv givet alle oplysninger.", by=world.peter, at=now
    )
    return actions.decide(decision=draft, by=world.peter, at=now)


@pytest.fixture
def delivered(decided, world, now, day):
    return actions.deliver_decision(decision=decided, on=day, how="digital", receipt="K-1", by=world.peter, at=now)


def reasons_of(case):
    return {row.reason for row in Attention.objects.filter(case=case)}


def text_of(letter):
    """The PDF begins as one; its text is compressed."""
    data = file_of(letter)
    assert data.startswith(b"%PDF-")
    return io.BytesIO(data)


def test_a_burden_needs_facts_reasons_paragraph_and_a_hearing_first(case, world, now):
    made = actions.prepare_decision(case=case, kind=DecisionKind.SANCTION, title="Fravær", by=world.peter, at=now)
    actions.edit_decision(decision=made, outcome=Answer.IMPOSED, by=world.peter, at=now)
    with pytest.raises(ActionError) as error:
        actions.decide(decision=made, by=world.peter, at=now)
    said = " ".join(error.value.messages)
    assert "paragraf" in said
    assert "Hør borgeren først" in said
    made.refresh_from_db()
    assert (made.status, made.decided_by) == (S.DRAFT, None)


def test_the_hearing_waits_for_the_answer_or_the_last_day_and_then_the_caseworker_decides(
    draft, case, world, now, day, mona
):
    due = deadlines.hearing_due(day)
    hearing = actions.send_hearing(decision=draft, text="Er det rigtigt?", due_on=due, by=world.peter, at=now)
    draft.refresh_from_db()
    assert draft.status == S.HEARING
    assert Letter.objects.get(kind="hearing").subject_id == hearing.pk
    with pytest.raises(ActionError):
        actions.end_hearing(decision=draft, by=world.peter, at=now)
    with pytest.raises(ActionError):
        actions.decide(decision=draft, by=world.peter, at=now)
    actions.answer_hearing(hearing=hearing, answer="Nej, den varer otte uger.", by=mona, at=now)
    draft.refresh_from_db()
    assert draft.status == S.READY
    assert "hearing_over" in reasons_of(case)
    actions.decide(decision=draft, by=world.peter, at=now)
    assert draft.decided_by == world.peter
    letter = Letter.objects.get(kind="decision")
    assert text_of(letter)
    assert reasons_of(case) & {"hearing_over", "decision_undelivered"} == {"decision_undelivered"}


def test_after_the_last_day_one_goes_on_without_an_answer(draft, world, now, day):
    due = deadlines.hearing_due(day)
    actions.send_hearing(decision=draft, text="Er det rigtigt?", due_on=due, by=world.peter, at=now)
    row = Attention.objects.get(reason="hearing_over")
    assert row.visible_from.date() >= due
    late = now + dt.timedelta(days=(due - day).days + 1)
    actions.end_hearing(decision=draft, by=world.peter, at=late)
    actions.decide(decision=draft, by=world.peter, at=late)
    assert draft.status == S.DECIDED


def test_more_time_needs_a_reason_and_a_working_day_after_the_old_one(draft, world, now, day):
    hearing = actions.send_hearing(
        decision=draft, text="Er det rigtigt?", due_on=deadlines.hearing_due(day), by=world.peter, at=now
    )
    saturday = hearing.due_on + dt.timedelta(days=(5 - hearing.due_on.weekday()) % 7 + 7)
    for due_on, reason in ((saturday, "Ferie"), (hearing.due_on, "Ferie"), (saturday + dt.timedelta(days=2), " ")):
        with pytest.raises(ActionError):
            actions.extend_hearing(hearing=hearing, due_on=due_on, reason=reason, by=world.peter, at=now)
    monday = saturday + dt.timedelta(days=2)
    actions.extend_hearing(hearing=hearing, due_on=monday, reason="Ferie", by=world.peter, at=now)
    hearing.refresh_from_db()
    assert (hearing.due_on, hearing.first_due_on) == (monday, deadlines.hearing_due(day))


def test_a_stranger_can_neither_answer_nor_complain(draft, delivered, case, world, now, day):
    other = make_user(world.municipality, "Jonas Klitrose", Role.CITIZEN)
    with pytest.raises(PermissionDenied):
        actions.receive_complaint(case=case, decision=delivered, text="Nej", received_on=day, by=other, at=now)


def test_deadlines_never_end_on_a_free_day():
    christmas = dt.date(2026, 11, 27)  # four weeks later is a holiday, then a weekend
    assert deadlines.weeks_after(christmas, 4) == dt.date(2026, 12, 28)
    for offset in range(400):
        day = deadlines.weeks_after(dt.date(2026, 1, 1) + dt.timedelta(days=offset), 4)
        assert day.weekday() < 5
        assert not deadlines.is_free(day)


def test_a_delivered_decision_can_be_complained_about_for_four_weeks(delivered, day):
    assert delivered.complaint_until == deadlines.weeks_after(day, 4)
    assert "Ankestyrelsen" in delivered.guidance
    assert delivered.basis.endswith("§ 14")


def test_a_letter_is_never_changed_a_corrected_one_is_a_new_version(delivered, world, now):
    actions.correct_decision(decision=delivered, what="Forkert paragraf", paragraph="§ 15", by=world.peter, at=now)
    first, second = Letter.objects.filter(kind="decision").order_by("number")
    assert (first.number, second.number) == (1, 2)
    assert file_of(first) != file_of(second)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Letter.objects.update(title="Andet")
    with pytest.raises(ActionError):
        actions.correct_decision(decision=delivered, what="Intet", by=world.peter, at=now)
    with pytest.raises(TypeError):
        actions.correct_decision(decision=delivered, what="Udfald", outcome="granted", by=world.peter, at=now)


def test_a_complaint_is_looked_at_again_sent_on_and_sent_back_and_a_new_decision_replaces_the_old(
    delivered, case, world, now, day, mona
):
    complaint = actions.receive_complaint(
        case=case, decision=delivered, text="Jeg er uenig.", received_on=day, by=mona, at=now
    )
    assert "complaint_due" in reasons_of(case)
    assert Letter.objects.filter(kind="complaint").count() == 1
    with pytest.raises(ActionError):  # Ankestyrelsen has not got it
        actions.end_complaint(complaint=complaint, outcome=ComplaintOutcome.REMITTED, note="x", by=world.peter, at=now)
    actions.let_stand(complaint=complaint, note="Intet nyt.", by=world.peter, at=now)
    actions.forward_complaint(complaint=complaint, on=day, receipt="A-1", by=world.peter, at=now)
    assert "complaint_due" not in reasons_of(case)
    actions.end_complaint(
        complaint=complaint, outcome=ComplaintOutcome.REMITTED, note="Mangler oplysninger.", by=world.peter, at=now
    )
    assert complaint.status == ComplaintStatus.CLOSED
    delivered.refresh_from_db()
    assert delivered.status == S.REMITTED
    fresh = Decision.objects.get(replaces=delivered)
    actions.edit_decision(decision=fresh, outcome=Answer.GRANTED, by=world.peter, at=now)
    actions.decide(decision=fresh, by=world.peter, at=now)
    delivered.refresh_from_db()
    assert delivered.status == S.REPLACED


def test_a_late_complaint_from_a_letter_needs_a_reason(delivered, case, world, now):
    late = now + dt.timedelta(days=40)
    given = {
        "case": case,
        "decision": delivered,
        "text": "Nej",
        "received_on": late.date(),
        "by": world.line,
        "at": late,
    }
    with pytest.raises(ActionError):
        actions.receive_complaint(**given)
    assert actions.receive_complaint(**given, late_reason="Var indlagt").late_reason == "Var indlagt"


def test_a_complaint_about_the_effort_is_decided_by_the_municipality_itself(case, world, now, day):
    complaint = actions.receive_complaint(case=case, text="Ingen ringer.", received_on=day, by=world.line, at=now)
    with pytest.raises(PermissionDenied):
        actions.end_complaint(complaint=complaint, outcome="upheld", note="x", by=world.line, at=now)
    with pytest.raises(ActionError):
        actions.let_stand(complaint=complaint, note="x", by=world.peter, at=now)
    actions.end_complaint(complaint=complaint, outcome="changed", note="Ny aftale", by=world.peter, at=now)
    assert complaint.closed_on == day


def test_a_followed_recommendation_is_prepared_and_a_rejected_one_says_why(case, world, now):
    given = {"case": case, "kind": DecisionKind.REFERRAL, "title": "Henvisning", "recommendation": "Fordi", "at": now}
    made = actions.prepare_decision(**given, by=world.line)
    row = Attention.objects.get(case=case, reason="recommendation")
    assert row.owner == world.peter
    assert "Line" in attention.sentence(row, now)
    actions.accept_recommendation(decision=made, by=world.peter, at=now)
    assert made.status == S.DRAFT
    other = actions.prepare_decision(**given, by=world.line)
    with pytest.raises(ActionError):
        actions.reject_recommendation(decision=other, reason=" ", by=world.peter, at=now)
    actions.reject_recommendation(decision=other, reason="Ikke nu", by=world.peter, at=now)
    assert (other.status, other.rejected_reason) == (S.REJECTED, "Ikke nu")
    with pytest.raises(ActionError):
        actions.prepare_decision(**(given | {"recommendation": ""}), by=world.line)


def test_an_older_version_is_not_saved_over_a_newer_one(draft, world, now):
    seen = draft.version
    actions.edit_decision(decision=draft, version=seen, reasons="Først", by=world.peter, at=now)
    with pytest.raises(StaleError):
        actions.edit_decision(decision=draft, version=seen, reasons="Senere", by=world.peter, at=now)


def test_the_address_of_a_protected_citizen_is_not_printed(draft, case):
    from jobformidler.casework.decision_letters import decision_letter

    case.citizen.address, case.citizen.city, case.citizen.postal_code = "Havnevej 1", "Fjordby", "9999"
    assert "Havnevej 1" in decision_letter(draft, case.opened_on).receiver
    case.citizen.protected_address = True
    draft.case = case
    assert decision_letter(draft, case.opened_on).receiver == (case.citizen.full_name,)
