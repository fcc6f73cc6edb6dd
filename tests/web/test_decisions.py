"""Til afgørelse: the list, the sheet, the steps, the letters, and a recommended approval on the agreement."""

import datetime as dt

import pytest
from django.urls import reverse
from tests.web.case_fixtures import as_line, asked, mona_case, stranger, the_day
from tests.web.placement_fixtures import (
    at,
    case,
    draft,
    line,
    opening,
    peter,
    placement,
    sign,
    signed,
    text,
    waiting,
    workplace,
)

from jobformidler.casework import actions, deadlines
from jobformidler.casework.decision_enums import DecisionKind, DecisionStatus
from jobformidler.casework.models import Complaint, Decision
from jobformidler.messaging.models import Letter
from jobformidler.placements.enums import PlacementStatus

__all__ = [
    "as_line", "asked", "at", "case", "draft", "line", "mona_case", "opening", "peter", "placement", "sign", "signed",
    "stranger", "the_day", "waiting", "workplace",
]  # fmt: skip

S = DecisionStatus


@pytest.fixture
def as_peter(client, world, the_day):
    client.force_login(world.peter)
    return client


def go(client, decision, verb, **sent):
    return client.post(reverse("decision_step", args=[decision.pk, verb]), sent)


def page(client, decision):
    return text(client.get(reverse("decision", args=[decision.pk])))


def test_a_jobformidler_recommends_and_the_caseworker_finds_it_and_says_no(as_line, world, client, mona_case):
    sent = {"kind": "referral", "title": "Henvisning til Springbræt", "recommendation": "Mona vil gerne"}
    answer = as_line.post(reverse("decision_new", args=[mona_case.pk]), sent)
    assert answer.status_code == 302
    made = Decision.objects.get()
    assert "afventer sagsbehandleren" in page(as_line, made)
    assert go(as_line, made, "foelg").status_code == 403
    client.force_login(world.peter)
    listed = text(client.get(reverse("for_decision")))
    assert "1 afgørelse venter" in listed
    assert "Line Askeløv indstiller det." in listed
    assert "Følg indstillingen" in page(client, made)
    assert go(client, made, "afvis", reason="").status_code == 200  # asked for the reason
    assert go(client, made, "afvis", reason="Vent til januar").status_code == 302
    assert "Vent til januar" in page(client, made)
    assert "Intet venter på afgørelse" in text(client.get(reverse("for_decision")))


def test_a_refusal_from_draft_through_hearing_to_delivery_and_complaint(as_peter, mona_case, day):
    as_peter.post(reverse("decision_new", args=[mona_case.pk]), {"kind": "aid_grant", "title": "Mentor"})
    made = Decision.objects.get()
    assert "Paragraffen mangler." in page(as_peter, made)
    answer = go(
        as_peter, made, "skriv", title="Mentor", outcome="refused", facts="To uger.", reasons="For kort.",
        paragraph="§ 14", law=made.law, no_hearing_reason="", version=made.version,
    )  # fmt: skip
    assert answer.status_code == 302
    assert "Send i høring" in text(as_peter.get(reverse("decision_step", args=[made.pk, "hoer"])))
    assert "Hør borgeren først" in page(as_peter, made)
    due = deadlines.hearing_due(day)
    assert go(as_peter, made, "hoer", text="Er det rigtigt?", due_on=due.isoformat()).status_code == 302
    assert go(as_peter, made, "svar", answer="Ja").status_code == 302
    made.refresh_from_db()
    assert "Borgeren har svaret." in text(as_peter.get(reverse("for_decision")))
    preview = as_peter.get(reverse("decision_preview", args=[made.pk]))
    assert (preview["Content-Type"], preview.content[:5]) == ("application/pdf", b"%PDF-")
    assert preview["X-Content-Type-Options"] == "nosniff"
    assert go(as_peter, made, "afgoer", version=made.version).status_code == 302
    made.refresh_from_db()
    assert made.status == S.DECIDED
    letter = Letter.objects.get(kind="decision")
    shown = as_peter.get(reverse("letter", args=[mona_case.pk, letter.pk]))
    assert shown.content[:5] == b"%PDF-"
    assert go(as_peter, made, "levering", how="letter", on=day.isoformat(), receipt="").status_code == 302
    assert "Der kan klages til og med 21.12.2026" in page(as_peter, made)
    assert go(as_peter, made, "klage", text="Uenig", received_on=day.isoformat()).status_code == 302
    complaint = Complaint.objects.get()
    assert "Fasthold afgørelsen" in text(as_peter.get(reverse("complaint", args=[complaint.pk])))
    for verb, sent in (
        ("fasthold", {"note": "Intet nyt"}),
        ("videresend", {"on": day.isoformat(), "receipt": "A-1"}),
        ("afslut", {"outcome": "upheld", "note": "Stadfæstet"}),
    ):
        assert as_peter.post(reverse("complaint_step", args=[complaint.pk, verb]), sent).status_code == 302
    assert "afgørelsen står ved magt" in text(as_peter.get(reverse("complaint", args=[complaint.pk])))


def test_a_changed_decision_is_not_decided_by_somebody_who_read_the_old_one(as_peter, mona_case, world, now):
    made = actions.prepare_decision(
        case=mona_case, kind=DecisionKind.AID_GRANT, title="Mentor", outcome="granted", paragraph="§ 1", by=world.peter, at=now
    )  # fmt: skip
    old = made.version
    actions.edit_decision(decision=made, facts="Nyt", by=world.peter, at=now)
    answer = go(as_peter, made, "afgoer", version=old)
    assert "Læs den igen" in text(answer)
    made.refresh_from_db()
    assert made.status == S.DRAFT


def test_a_stranger_finds_neither_decision_nor_letter(client, world, stranger, mona_case, now):
    made = actions.prepare_decision(case=mona_case, kind="referral", title="Henvisning", by=world.peter, at=now)
    client.force_login(stranger)
    for name, args in (("decision", [made.pk]), ("decision_step", [made.pk, "afgoer"]), ("letter", [mona_case.pk, 1])):
        assert client.get(reverse(name, args=args)).status_code == 404


def test_a_recommended_approval_stands_on_the_agreement_and_following_it_approves(line, client, world, signed, now):
    url = reverse("agreement_recommend", args=[signed.pk])
    assert line.post(url, {"recommend-recommendation": ""}).status_code == 200
    assert line.post(url, {"recommend-recommendation": "Alt er aftalt"}).status_code == 302
    made = Decision.objects.get()
    assert (made.status, made.subject_id) == (S.RECOMMENDED, signed.pk)
    assert "indstiller til godkendelse" in text(line.get(reverse("agreement", args=[signed.pk])))
    client.force_login(world.peter)
    assert text(client.get(reverse("for_decision"))).count("Mona Havtorn") == 1  # not beside the approval too
    answer = go(client, made, "foelg")
    assert answer.status_code == 302, text(answer)[-900:]
    signed.refresh_from_db()
    made.refresh_from_db()
    assert (signed.status, made.status) == (PlacementStatus.APPROVED, S.DECIDED)
    assert (made.decided_by, signed.approved_by) == (world.peter, world.peter)
    assert "virksomhedspraktik" in made.basis


def test_the_list_asks_the_database_as_often_for_one_as_for_many(as_peter, mona_case, world, now, asked):
    url = reverse("for_decision")

    def make(n):
        for number in range(n):
            actions.prepare_decision(
                case=mona_case, kind="referral", title=f"Nr. {number}", recommendation="Ja", by=world.line,
                at=now + dt.timedelta(minutes=number),
            )  # fmt: skip
            actions.receive_complaint(case=mona_case, text="x", received_on=now.date(), by=world.line, at=now)

    make(1)
    one = asked(lambda: as_peter.get(url))
    make(4)
    assert asked(lambda: as_peter.get(url)) == one <= 12
