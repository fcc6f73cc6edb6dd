"""The citizen's rights on the screens: the case's page, Min side, and how long data is kept."""

import pytest
from django.urls import reverse
from tests.factories import make_user
from tests.web.case_fixtures import as_line, mona_case, the_day
from tests.web.placement_fixtures import text

from jobformidler.accounts import sessions
from jobformidler.accounts.enums import Role
from jobformidler.casework import actions as casework
from jobformidler.casework import deadlines
from jobformidler.casework.models import Complaint
from jobformidler.citizens.actions import relate
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import CorrectionRequest, DataExport
from jobformidler.citizens.tasks import make_export
from jobformidler.core.models import RetentionRule
from jobformidler.messaging.models import Letter

__all__ = ["as_line", "mona_case", "the_day"]


@pytest.fixture
def as_mona(client, world, mona_case, the_day):
    user = make_user(world.municipality, "Mona Havtorn", Role.CITIZEN)
    relate(citizen=mona_case.citizen, kind=RelationKind.SELF, user=user, since=the_day.date())
    client.force_login(user)
    return client


def post(client, name, *args, **sent):
    return client.post(reverse(name, args=args), sent)


def test_a_restricted_case_says_so_on_every_page_until_it_is_lifted(as_line, mona_case, day):
    pk = mona_case.pk
    sent = {"reason": "Bestridt", "since": day.isoformat(), "uses": ["legal_claim"]}
    assert post(as_line, "restriction_new", pk, **sent).status_code == 302
    for name in ("case", "case_plan", "case_rights"):
        assert "Oplysningerne må kun bruges til et retskrav og opbevaring" in text(
            as_line.get(reverse(name, args=[pk]))
        )
    row = mona_case.citizen.restrictions.get()
    assert post(as_line, "restriction_lift", pk, row.pk, reason="Afklaret").status_code == 302
    assert "Begrænset." not in text(as_line.get(reverse("case", args=[pk])))


def test_a_correction_is_asked_and_answered_and_deletion_stopped(as_line, mona_case):
    pk = mona_case.pk
    assert post(as_line, "correction_new", pk, what="Adressen", why="Jeg er flyttet").status_code == 302
    row = CorrectionRequest.objects.get()
    page = text(as_line.get(reverse("case_rights", args=[pk])))
    assert "Adressen" in page
    assert post(as_line, "correction_answer", pk, row.pk, status="corrected", answer="Rettet").status_code == 302
    assert post(as_line, "hold_new", pk, reason="Retssag").status_code == 302
    page = text(as_line.get(reverse("case_rights", args=[pk])))
    assert "Sletning er stoppet" in page
    assert "Rettet" in page


def test_a_copy_is_asked_for_after_showing_who_one_is_and_fetched(as_line, mona_case, world, monkeypatch):
    pk = mona_case.pk
    monkeypatch.setattr(sessions, "is_recent", lambda session, form=False: False)
    assert reverse("prove") in as_line.get(reverse("copy_new", args=[pk]))["Location"]
    monkeypatch.setattr(sessions, "is_recent", lambda session, form=False: True)
    assert post(as_line, "copy_new", pk).status_code == 302
    export = DataExport.objects.get()
    assert "Kopien kan ikke længere hentes" in text(
        as_line.get(reverse("copy_fetch", args=[pk, export.pk]), follow=True)
    )
    make_export(export_id=export.pk, municipality_id=world.municipality.pk)
    answer = as_line.get(reverse("copy_fetch", args=[pk, export.pk]))
    assert (answer["Content-Type"], answer.content[:2]) == ("application/zip", b"PK")
    assert answer["Content-Disposition"].startswith("attachment")


def test_the_citizen_answers_a_hearing_reads_the_letter_and_complains(as_mona, world, mona_case, now, day):
    made = casework.prepare_decision(
        case=mona_case, kind="aid_grant", title="Mentor", outcome="refused", facts="To uger.", reasons="For kort.",
        paragraph="§ 14", recommendation="Internt", by=world.peter, at=now,
    )  # fmt: skip
    assert "Mentor" not in text(as_mona.get(reverse("my_rights")))  # a draft is not shown
    hearing = casework.send_hearing(
        decision=made, text="Er det rigtigt?", due_on=deadlines.hearing_due(day), by=world.peter, at=now
    )
    page = text(as_mona.get(reverse("my_rights")))
    assert "Svar senest 7. december 2026" in page
    assert "Internt" not in page
    assert "To uger." in text(as_mona.get(reverse("my_hearing", args=[hearing.pk])))
    assert post(as_mona, "my_hearing", hearing.pk, answer="Nej").status_code == 302
    made.refresh_from_db()
    casework.decide(decision=made, by=world.peter, at=now)
    casework.deliver_decision(decision=made, on=day, how="digital", by=world.peter, at=now)
    page = text(as_mona.get(reverse("my_rights")))
    assert "Du kan klage til og med 21. december 2026" in page
    letter = Letter.objects.get(kind="decision")
    assert as_mona.get(reverse("my_letter", args=[letter.pk])).content[:5] == b"%PDF-"
    assert post(as_mona, "my_complaint", made.pk, text="Jeg er uenig").status_code == 302
    assert Complaint.objects.get().decision == made
    assert "Modtaget, genvurderes" in text(as_mona.get(reverse("my_rights")))
    assert post(as_mona, "my_correction", what="Navnet", why="Havtorn").status_code == 302
    assert CorrectionRequest.objects.get().from_citizen


def test_another_citizen_finds_none_of_it(as_mona, world, client, mona_case, now, day):
    made = casework.prepare_decision(
        case=mona_case, kind="aid_grant", title="Mentor", outcome="refused", facts="x", by=world.peter, at=now
    )
    hearing = casework.send_hearing(decision=made, text="?", due_on=deadlines.hearing_due(day), by=world.peter, at=now)
    other = make_user(world.municipality, "Jonas Klitrose", Role.CITIZEN)
    relate(citizen=world.citizen("Jonas Klitrose", 2), kind=RelationKind.SELF, user=other, since=day)
    client.force_login(other)
    letter = Letter.objects.get()
    for name, pk in (("my_hearing", hearing.pk), ("my_letter", letter.pk), ("my_complaint", made.pk)):
        assert client.get(reverse(name, args=[pk])).status_code == 404
    assert "Mentor" not in text(client.get(reverse("my_rights")))


def test_the_administrator_decides_the_months_and_sees_the_dry_run(client, world, the_day):
    client.force_login(world.admin)
    page = text(client.get(reverse("retention")))
    assert "Intet fjernes i næste kørsel" in page
    assert "det er et forslag" in page
    assert post(client, "retention", type="case", months="0").status_code == 200
    assert post(client, "retention", type="case", months="72").status_code == 302
    assert RetentionRule.objects.get().months == 72
