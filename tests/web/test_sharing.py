"""Sharing on the screens: the case, the card and its link, shared plans, the citizen's own page, stories."""

# ruff: noqa: F811  the fixtures imported here are also names of arguments

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import make_user
from tests.web.placement_fixtures import (  # noqa: F401  fixtures
    at,
    case,
    draft,
    line,
    mailed_code,
    opening,
    placement,
    text,
    waiting,
    workplace,
)

from jobformidler.accounts.enums import Role
from jobformidler.citizens import actions as citizens
from jobformidler.citizens.answers import ANY_WORKPLACE, Said, To, What
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import AccessLog, Consent, Disclosure
from jobformidler.citizens.sharing import AnsweredHow, Receiver, ShareField
from jobformidler.core import clock
from jobformidler.employers.models import ContactPerson
from jobformidler.placements import actions, disclosure
from jobformidler.placements.enums import Purpose
from jobformidler.placements.models import Story

pytestmark = pytest.mark.django_db


def page_of(client, name, *args) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


def answer(citizen, world, now, *fields, to=ANY_WORKPLACE, **said):
    return citizens.register_answer(
        citizen=citizen, what=What(fields), to=to, purpose="Opholdet", said=Said(**said), by=world.line, at=now
    )


@pytest.fixture
def hanne(world):
    user = make_user(world.municipality, "Hanne Lyng", Role.PROFESSIONAL)
    return To(Receiver.PROFESSIONAL, "Hanne Lyng", user=user)


@pytest.fixture
def as_hanne(hanne):
    client = Client()
    client.force_login(hanne.user)
    return client


@pytest.fixture
def mona(world, case, day):
    """Mona's own login."""
    user = make_user(world.municipality, "Mona Selv", Role.CITIZEN)
    citizens.relate(citizen=case.citizen, kind=RelationKind.SELF, user=user, since=day)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def card(world, now, day, placement):
    """Composed, not approved: a competence and the consideration Mona shares."""
    citizen = placement.case.citizen
    citizens.add_competence(citizen=citizen, origin="leisure", text="Fører regnskab", by=world.line, at=now)
    answer(citizen, world, now, ShareField.COMPETENCES)
    return actions.compose_card(
        placement=placement,
        purpose=Purpose.TOWARDS_HOURS,
        lines=[row.key for row in disclosure.candidates(placement, day) if row.said_yes],
        contact=ContactPerson.objects.get(name__startswith="Torben"),
        by=world.line,
        at=now,
    )


@pytest.fixture
def token(card, world, now):
    """The link of the card, approved and sent."""
    actions.approve_card(card=card, digest=card.digest, how=AnsweredHow.CONVERSATION, by=world.line, at=now)
    return actions.send_card(card=card, by=world.line, at=now).token


@pytest.fixture
def torben(token, mailed_code, at):
    """A browser that has answered with the code."""
    client = Client()
    client.post(reverse("card_code", args=[token]), {"send": "1"})
    client.post(reverse("card_code", args=[token]), {"code": mailed_code()})
    return client


def test_an_answer_is_registered_on_the_case_and_taken_back_there(line, case):
    assert "Intet deles" not in page_of(line, "case_sharing", case.pk)
    line.post(
        reverse("sharing_new", args=[case.pk]),
        {
            "to": "workplace",
            "what": ["competences", "cv"],
            "purpose": "Opholdet på lageret",
            "answer": "yes",
            "how": "conversation",
            "on": "2026-11-23",
            "basis": "public_task",
        },
    )
    page = page_of(line, "case_sharing", case.pk)
    assert "Opholdet på lageret. Kommunens opgave" in page
    row = Consent.objects.get(field="cv")
    line.post(reverse("sharing_withdraw", args=[case.pk, row.pk]))
    row.refresh_from_db()
    assert row.withdrawn_at is not None
    assert line.get(reverse("case_timeline", args=[case.pk])).status_code == 200


def test_the_form_says_what_a_receiver_cannot_be_given(line, case):
    sent = {"to": "workplace", "what": ["medical_papers"], "purpose": "X", "answer": "yes", "on": "2026-11-23"}
    response = line.post(reverse("sharing_new", args=[case.pk]), sent | {"how": "signed", "basis": "explicit_consent"})
    assert "Denne modtager kan ikke få: lægepapirer" in response.content.decode()
    assert not Consent.objects.filter(field="medical_papers").exists()


def test_an_answer_of_another_case_is_not_found_through_mine(line, case, world, now):
    other = world.citizen("Jonas Klitrose", 2)
    citizens.relate(citizen=other, kind=RelationKind.TEAM, unit=world.unit, since=clock.local_date(now))
    (row,) = answer(other, world, now, ShareField.CV)
    assert line.post(reverse("sharing_withdraw", args=[case.pk, row.pk])).status_code == 404


def test_a_card_is_composed_approved_and_sent_from_its_page(line, placement, world, now):
    citizens.add_competence(
        citizen=placement.case.citizen, origin="leisure", text="Fører regnskab", by=world.line, at=now
    )
    page = page_of(line, "disclosure_card", placement.pk)
    assert "Borgeren har ikke sagt ja til det" in page
    answer(placement.case.citizen, world, now, ShareField.COMPETENCES)
    known = [row.key for row in disclosure.candidates(placement, clock.local_date(now)) if row.said_yes]
    torben = ContactPerson.objects.get(name__startswith="Torben")
    sent = {"compose": "1", "purpose": "towards_hours", "contact": torben.pk, "lines": known}
    assert line.post(reverse("disclosure_card", args=[placement.pk]), sent).status_code == 302
    made = placement.cards.get()
    line.post(reverse("card_approve", args=[placement.pk]), {"digest": made.digest})
    line.post(reverse("card_send", args=[placement.pk]))
    made.refresh_from_db()
    assert made.sent_at is not None
    assert "ikke læst endnu" in page_of(line, "disclosure_card", placement.pk)


def test_nothing_of_the_card_is_shown_before_the_code(token, at):
    page = Client().get(reverse("card_read", args=[token])).content.decode()
    assert "Først en kode" in page
    assert "regnskab" not in page
    assert "Mona" not in page


def test_the_workplace_reads_the_card_and_the_receipt_is_kept(torben, token, card):
    response = torben.get(reverse("card_read", args=[token]))
    page = response.content.decode()
    assert "Fører regnskab" in page
    assert "Start efter kl. 9" in page
    assert "Bliver træt af larm" not in page
    assert response["Referrer-Policy"] == "no-referrer"
    card.refresh_from_db()
    assert card.read_at is not None
    assert Disclosure.objects.get(channel="card").read_at is not None


def test_a_yes_taken_back_is_gone_at_the_workplaces_next_request(torben, token, world, now):
    assert "Start efter kl. 9" in torben.get(reverse("card_read", args=[token])).content.decode()
    consent = Consent.objects.get(field=ShareField.CONSIDERATIONS)
    citizens.withdraw_consent(consent=consent, how=AnsweredHow.CONVERSATION, by=world.line, at=now)
    assert "Start efter kl. 9" not in torben.get(reverse("card_read", args=[token])).content.decode()


def test_a_card_taken_back_by_the_citizen_is_closed_at_the_next_request(torben, token, mona, card, at):
    assert torben.get(reverse("card_read", args=[token])).status_code == 200
    mona.post(reverse("my_card", args=[card.pk]), {"nej": "1"})
    again = torben.get(reverse("card_read", args=[token]))
    assert again.status_code == 410
    assert "regnskab" not in again.content.decode()


def test_an_agreement_with_a_line_taken_back_is_not_shown_to_the_workplace(waiting, world, now, at, mailed_code):
    link = actions.issue_link(placement=waiting, party="employer", purpose="sign", at=now)
    client = Client()
    client.post(reverse("sign_code", args=[link.token]), {"send": "1"})
    client.post(reverse("sign_code", args=[link.token]), {"code": mailed_code()})
    assert "Start efter kl. 9" in client.get(reverse("sign", args=[link.token])).content.decode()
    consent = Consent.objects.get(field=ShareField.CONSIDERATIONS)
    citizens.withdraw_consent(consent=consent, how=AnsweredHow.CONVERSATION, by=world.line, at=now)
    assert "Start efter kl. 9" not in client.get(reverse("sign", args=[link.token])).content.decode()


def test_a_professional_reads_goals_and_nothing_else_until_it_is_taken_back(as_hanne, hanne, case, world, now, at):
    assert as_hanne.get(reverse("shared_plan", args=[case.citizen_id])).status_code == 404
    goals, steps = answer(case.citizen, world, now, ShareField.GOALS, ShareField.SUB_GOALS, to=hanne)
    page = page_of(as_hanne, "shared_plan", case.citizen_id)
    assert "10 timer på lageret" in page
    assert "Tager imod leverancen" in page
    assert "Start efter kl. 9" not in page
    assert "Mona Havtorn" in page_of(as_hanne, "shared_plans")
    for name in ("case", "case_timeline", "case_cv", "case_people", "case_sharing"):
        assert as_hanne.get(reverse(name, args=[case.pk])).status_code == 404
    assert as_hanne.get(reverse("employers")).status_code == 403
    assert AccessLog.objects.filter(user=hanne.user, page="shared plan", relation="professional").exists()
    assert Disclosure.objects.filter(channel="shared_plan", user=hanne.user).count() == 1
    for row in (goals, steps):
        citizens.withdraw_consent(consent=row, how=AnsweredHow.CONVERSATION, by=world.line, at=now)
    assert as_hanne.get(reverse("shared_plan", args=[case.citizen_id])).status_code == 404


def test_a_professionals_access_ends_with_the_day_it_was_given_to(as_hanne, hanne, case, world, now, at):
    until = clock.local_date(now) + dt.timedelta(days=3)
    answer(case.citizen, world, now, ShareField.GOALS, to=hanne, until=until)
    at(now + dt.timedelta(days=2))
    assert as_hanne.get(reverse("shared_plan", args=[case.citizen_id])).status_code == 200
    at(now + dt.timedelta(days=3))
    assert as_hanne.get(reverse("shared_plan", args=[case.citizen_id])).status_code == 404


def test_another_professional_sees_nothing_of_it(hanne, case, world, now, at):
    answer(case.citizen, world, now, ShareField.GOALS, to=hanne)
    other = Client()
    other.force_login(make_user(world.municipality, "Ida Lavendel", Role.PROFESSIONAL))
    assert other.get(reverse("shared_plan", args=[case.citizen_id])).status_code == 404


def test_the_citizen_sees_what_is_shared_and_stops_it_alone(mona, case, world, now, at, day):
    answer(case.citizen, world, now, ShareField.CV)
    page = page_of(mona, "my_sharing")
    assert "Personligt CV i korte træk" in page
    assert "Det har ingen betydning for den hjælp, du får" in page
    row = Consent.objects.get(field="cv")
    mona.post(reverse("my_sharing_withdraw", args=[row.pk]))
    row.refresh_from_db()
    assert (row.withdrawn_how, row.counts_on(day)) == (AnsweredHow.OWN_PAGE, False)


def test_the_citizen_approves_a_card_alone(mona, card, at):
    assert "Fører regnskab" in page_of(mona, "my_sharing")
    mona.post(reverse("my_card", args=[card.pk]), {"digest": card.digest})
    card.refresh_from_db()
    assert card.approved_how == AnsweredHow.OWN_PAGE


def test_one_citizen_cannot_touch_anothers_answers(mona, case, world, now, at):
    other = world.citizen("Jonas Klitrose", 2)
    citizens.relate(citizen=other, kind=RelationKind.TEAM, unit=world.unit, since=clock.local_date(now))
    (row,) = answer(other, world, now, ShareField.CV)
    assert mona.post(reverse("my_sharing_withdraw", args=[row.pk])).status_code == 404


def test_a_story_is_read_by_others_only_with_both_yeses(line, placement, world, now, at):
    line.post(reverse("story_new", args=[placement.pk]), {"title": "Fra to til ti timer", "text": "Det gik godt."})
    story = Story.objects.get()
    nadia = Client()
    nadia.force_login(world.nadia)
    assert "Fra to til ti timer" not in page_of(nadia, "stories")
    line.post(reverse("story_publish", args=[story.pk]))
    assert "Fra to til ti timer" not in page_of(nadia, "stories")
    answer(placement.case.citizen, world, now, ShareField.STORY, to=To(Receiver.PUBLIC))
    line.post(
        reverse("story_workplace", args=[story.pk]),
        {"workplace_yes_by": "Tora Gyvel", "workplace_yes_on": "2026-11-23"},
    )
    line.post(reverse("story_publish", args=[story.pk]))
    assert "Fra to til ti timer" in page_of(nadia, "stories")
    assert nadia.post(reverse("story_publish", args=[story.pk]), {"ned": "1"}).status_code == 404
