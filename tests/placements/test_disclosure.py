"""The disclosure card: composed from what the citizen shares, approved, sent, read, taken back."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from jobformidler.citizens import actions as citizens
from jobformidler.citizens.answers import ANY_WORKPLACE, Said, To, What
from jobformidler.citizens.models import Consent, Disclosure
from jobformidler.citizens.sharing import Answer, AnsweredHow, Channel, Receiver, ShareField
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.employers.models import ContactPerson
from jobformidler.messaging.models import OutgoingMail
from jobformidler.placements import actions, disclosure
from jobformidler.placements.enums import Party, Purpose
from jobformidler.placements.links import LinkPurpose
from jobformidler.placements.models import SignedLink, Story


@pytest.fixture
def mona(world, now, case):
    """Mona with resources; she shares competences and what she would like, and one consideration of two."""
    citizen = case.citizen
    said = {"by": world.line, "at": now}
    citizens.add_competence(citizen=citizen, origin="leisure", text="Fører regnskab", tasks=["Optælling"], **said)
    citizens.add_ability(citizen=citizen, ability="wants", text="Køre truck", **said)
    citizens.add_ability(citizen=citizen, ability="cannot", text="Løfte tungt", **said)
    citizens.add_wish(citizen=citizen, text="Et sted, hvor nogen regner med mig", **said)
    citizens.register_answer(
        citizen=citizen,
        what=What([ShareField.COMPETENCES, ShareField.RESOURCES]),
        to=ANY_WORKPLACE,
        purpose="Opholdet",
        said=Said(),
        **said,
    )
    return citizen


def keys(placement, day, *, shared=True):
    return [line.key for line in disclosure.candidates(placement, day) if line.said_yes == shared]


@pytest.fixture
def torben(workplace):
    return ContactPerson.objects.get(workplace=workplace, name__startswith="Torben")


@pytest.fixture
def card(world, now, day, mona, placement, torben):
    """Everything Mona shares, composed and approved."""
    made = actions.compose_card(
        placement=placement,
        purpose=Purpose.TOWARDS_HOURS,
        lines=keys(placement, day),
        contact=torben,
        by=world.line,
        at=now,
    )
    return actions.approve_card(card=made, digest=made.digest, how=AnsweredHow.CONVERSATION, by=world.line, at=now)


def parts(card, day):
    lines = disclosure.still_shared(card, day)
    return disclosure.arranged(card.purpose, lines, "Mona")


def test_only_what_the_citizen_shares_can_be_chosen(world, now, day, mona, placement):
    shared = {line.text for line in disclosure.candidates(placement, day) if line.said_yes}
    assert shared == {"Fører regnskab – for eksempel Optælling", "Køre truck", "Start efter kl. 9"}
    silent = keys(placement, day, shared=False)
    with pytest.raises(ActionError):
        actions.compose_card(placement=placement, purpose=Purpose.TOWARDS_HOURS, lines=silent, by=world.line, at=now)


def test_on_the_way_to_hours_strengths_come_first_and_in_a_clarification_the_considerations(card, day, world, now):
    assert [title for title, _texts in parts(card, day)] == [
        "Det kan Mona",
        "Det vil Mona gerne",
        "Det skal der tages hensyn til",
    ]
    other = actions.compose_card(
        placement=card.placement, purpose=Purpose.CLARIFY, lines=keys(card.placement, day), by=world.line, at=now
    )
    assert parts(other, day)[0][0] == "Det skal der tages hensyn til"


def test_neither_overselling_nor_underselling(world, now, day, mona, placement):
    shared = disclosure.candidates(placement, day)
    needs = [line for line in shared if line.said_yes and line.part == disclosure.ACCOUNT]
    strengths = [line for line in shared if line.said_yes and line.part != disclosure.ACCOUNT]
    assert disclosure.problems(Purpose.TOWARDS_HOURS, needs, "Mona")
    assert disclosure.problems(Purpose.CLARIFY, strengths, "Mona")
    assert not disclosure.problems(Purpose.TOWARDS_HOURS, strengths, "Mona")
    assert not disclosure.problems(Purpose.CLARIFY, [*strengths, *needs], "Mona")
    with pytest.raises(ActionError):
        actions.compose_card(
            placement=placement,
            purpose=Purpose.CLARIFY,
            lines=[line.key for line in strengths],
            by=world.line,
            at=now,
        )


def test_nothing_is_sent_before_the_citizen_approves_what_was_seen(world, now, day, mona, placement, torben):
    made = actions.compose_card(
        placement=placement,
        purpose=Purpose.TOWARDS_HOURS,
        lines=keys(placement, day),
        contact=torben,
        by=world.line,
        at=now,
    )
    with pytest.raises(ActionError, match="godkende"):
        actions.send_card(card=made, by=world.line, at=now)
    with pytest.raises(ActionError):
        actions.approve_card(card=made, digest="andet", how=AnsweredHow.CONVERSATION, by=world.line, at=now)


def test_sending_mails_a_link_and_keeps_the_exact_text(card, world, now, torben):
    link = actions.send_card(card=card, by=world.line, at=now)
    assert (link.purpose, link.sent_to) == (LinkPurpose.CARD, "t•••@example.test")
    mail = OutgoingMail.objects.get(kind="placement_card")
    assert mail.to == torben.email
    assert "Mona" not in mail.subject + str(mail.body)
    row = Disclosure.objects.get()
    assert (row.channel, row.version, row.read_at) == (Channel.CARD, 1, None)
    assert "Start efter kl. 9" in row.text
    assert "Løfte tungt" not in row.text
    actions.read_card(card=card, link=link, at=now + dt.timedelta(hours=1))
    row.refresh_from_db()
    assert row.read_at == now + dt.timedelta(hours=1)


def test_a_yes_that_is_taken_back_is_gone_from_the_card_at_the_next_look(card, world, now, day):
    actions.send_card(card=card, by=world.line, at=now)
    consent = Consent.objects.get(field=ShareField.CONSIDERATIONS)
    assert "Start efter kl. 9" in str(disclosure.shown(card, day))
    citizens.withdraw_consent(consent=consent, how=AnsweredHow.CONVERSATION, by=world.line, at=now)
    assert "Start efter kl. 9" not in str(disclosure.shown(card, day))


def test_a_yes_that_is_taken_back_before_sending_stops_it(card, world, now):
    consent = Consent.objects.get(field=ShareField.COMPETENCES)
    citizens.withdraw_consent(consent=consent, how=AnsweredHow.CONVERSATION, by=world.line, at=now)
    with pytest.raises(ActionError):
        actions.send_card(card=card, by=world.line, at=now)


def test_a_card_taken_back_opens_nothing(card, world, now, day):
    actions.send_card(card=card, by=world.line, at=now)
    actions.withdraw_card(card=card, how=AnsweredHow.CONVERSATION, by=world.line, at=now)
    assert disclosure.shown(card, day) == []
    assert not SignedLink.objects.filter(purpose=LinkPurpose.CARD, revoked_at=None).exists()


def test_a_card_expires_with_the_placement(card, world, now):
    actions.send_card(card=card, by=world.line, at=now)
    placement = card.placement
    placement.ends_on = clock.local_date(now) + dt.timedelta(days=5)
    assert disclosure.shown(card, placement.ends_on - dt.timedelta(days=1))
    assert disclosure.shown(card, placement.ends_on) == []


def test_a_newer_card_closes_the_older_one(card, world, now, day, torben):
    actions.send_card(card=card, by=world.line, at=now)
    newer = actions.compose_card(
        placement=card.placement,
        purpose=Purpose.TOWARDS_HOURS,
        lines=keys(card.placement, day)[:1],
        contact=torben,
        by=world.line,
        at=now,
    )
    actions.approve_card(card=newer, digest=newer.digest, how=AnsweredHow.CONVERSATION, by=world.line, at=now)
    actions.send_card(card=newer, by=world.line, at=now)
    card.refresh_from_db()
    assert card.withdrawn_at == now
    assert SignedLink.objects.filter(purpose=LinkPurpose.CARD, revoked_at=None).count() == 1


def test_only_who_works_with_the_case_composes(world, now, day, mona, placement):
    with pytest.raises(PermissionDenied):
        actions.compose_card(
            placement=placement, purpose=Purpose.CLARIFY, lines=keys(placement, day), by=world.nadia, at=now
        )


def test_what_an_agreement_shares_is_in_the_same_log_with_its_receipt(world, now, placement):
    actions.send_for_signature(placement=placement, by=world.line, at=now)
    row = Disclosure.objects.get(channel=Channel.AGREEMENT)
    assert row.text == "- Start efter kl. 9"
    actions.mark_read(version=placement.sent_version, party=Party.EMPLOYER, by=world.line, at=now)
    row.refresh_from_db()
    assert row.read_at == now


def test_a_story_is_published_with_both_yeses_and_gone_when_one_is_taken_back(world, now, day, case, workplace):
    story = actions.write_story(
        citizen=case.citizen, workplace=workplace, title="Mona", text="Det gik godt.", by=world.line, at=now
    )
    with pytest.raises(ActionError, match="Mona har ikke sagt ja"):
        actions.publish_story(story=story, by=world.line, at=now)
    (consent,) = citizens.register_answer(
        citizen=case.citizen,
        what=What([ShareField.STORY]),
        to=To(Receiver.PUBLIC),
        purpose="En historie",
        said=Said(Answer.YES, AnsweredHow.SIGNED),
        by=world.line,
        at=now,
    )
    with pytest.raises(ActionError, match="Fjordby Trælast har ikke sagt ja"):
        actions.publish_story(story=story, by=world.line, at=now)
    actions.agree_for_workplace(story=story, name="Tora Gyvel", on=day, by=world.line, at=now)
    actions.publish_story(story=story, by=world.line, at=now)
    assert Story.objects.shown_on(day).exists()
    citizens.withdraw_consent(consent=consent, how=AnsweredHow.CONVERSATION, by=world.line, at=now)
    assert not Story.objects.shown_on(day).exists()
