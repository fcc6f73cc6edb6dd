"""Signed links for people without login, and the code that proves who holds them."""

import datetime as dt

import pytest

from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.messaging.models import OutgoingMail
from jobformidler.placements import actions, links
from jobformidler.placements.actions import CodeAnswer, LinkProblem
from jobformidler.placements.enums import Party, PlacementStatus
from jobformidler.placements.links import Problem
from jobformidler.placements.models import SignedLink


@pytest.fixture
def sent(world, now, placement):
    """The citizen's link of an agreement that is out for signature."""
    found = actions.send_for_signature(placement=placement, by=world.line, at=now)
    return {link.party: link for link in found}


def test_a_link_opens_without_tenant_and_names_it(world, now, sent):
    link = links.open_link(sent[Party.CITIZEN].token, now)
    assert isinstance(link, SignedLink)
    assert (link.municipality, link.party) == (world.municipality, Party.CITIZEN)


def test_only_a_hash_of_the_token_is_kept(sent):
    link = SignedLink.objects.get(pk=sent[Party.CITIZEN].pk)
    assert sent[Party.CITIZEN].token.encode() not in bytes(link.token_hash)
    assert len(bytes(link.token_hash)) == 32
    assert len(sent[Party.CITIZEN].token) >= 43


def test_the_link_keeps_no_readable_address(sent):
    assert sent[Party.EMPLOYER].sent_to == "t•••@example.test"


def test_an_unknown_token_is_told_apart_from_an_expired_and_a_replaced_one(world, now, sent, placement):
    token = sent[Party.CITIZEN].token
    assert links.open_link("guess", now) == LinkProblem(Problem.UNKNOWN)
    late = links.open_link(token, now + dt.timedelta(days=30))
    assert isinstance(late, LinkProblem)
    assert late.problem == Problem.EXPIRED
    actions.renew_link(placement=placement, party=Party.CITIZEN, at=now + dt.timedelta(days=2), by=world.line)
    replaced = links.open_link(token, now)
    assert isinstance(replaced, LinkProblem)
    assert replaced.problem == Problem.REVOKED


def test_a_revoked_link_signs_nothing(world, now, sent, placement):
    link = sent[Party.CITIZEN]
    actions.revoke_link(link=link, by=world.line, at=now)
    version = placement.sent_version
    with pytest.raises(ActionError):
        actions.confirm(version=version, party=Party.CITIZEN, name="Mona", digest=version.digest, at=now, link=link)


def test_a_link_signs_only_for_its_own_party_and_placement(now, sent, placement):
    version = placement.sent_version
    with pytest.raises(ActionError):
        actions.confirm(
            version=version,
            party=Party.EMPLOYER,
            name="Mona",
            digest=version.digest,
            at=now,
            link=sent[Party.CITIZEN],
        )


def test_both_sign_by_link_and_the_agreement_goes_on_to_the_municipality(now, sent, placement):
    version = placement.sent_version
    for party, link in sent.items():
        actions.mark_read(version=version, party=party, at=now, link=link)
        actions.confirm(
            version=version, party=party, name=version.signer(party), digest=version.digest, at=now, link=link
        )
    placement.refresh_from_db()
    assert placement.status == PlacementStatus.AWAITING_APPROVAL
    assert isinstance(links.open_link(sent[Party.CITIZEN].token, now), LinkProblem)


def test_a_reminder_carries_a_fresh_link_and_waits_a_day(world, now, sent, placement):
    with pytest.raises(ActionError):
        actions.renew_link(placement=placement, party=Party.EMPLOYER, at=now + dt.timedelta(hours=23), by=world.line)
    link = actions.renew_link(placement=placement, party=Party.EMPLOYER, at=now + dt.timedelta(hours=24), by=world.line)
    assert link.token in OutgoingMail.objects.filter(to="tora@example.test").latest("pk").body


def test_the_code_goes_to_the_known_mail_and_works_once(now, sent, mailed_code):
    link = sent[Party.EMPLOYER]
    assert actions.send_code(link=link, at=now)
    code = mailed_code()
    assert actions.check_code(link=link, code=code, at=now) == CodeAnswer.OK
    assert actions.check_code(link=link, code=code, at=now) == CodeAnswer.EXPIRED


def test_a_code_is_over_after_ten_minutes(now, sent, mailed_code):
    link = sent[Party.EMPLOYER]
    actions.send_code(link=link, at=now)
    late = now + dt.timedelta(minutes=10)
    assert actions.check_code(link=link, code=mailed_code(), at=late) == CodeAnswer.EXPIRED


def test_five_wrong_tries_lock_the_code_even_for_the_right_one(now, sent, mailed_code):
    link = sent[Party.EMPLOYER]
    actions.send_code(link=link, at=now)
    right = mailed_code()
    wrong = "000000" if right != "000000" else "111111"
    answers = [actions.check_code(link=link, code=wrong, at=now) for _try in range(5)]
    assert answers == [CodeAnswer.WRONG] * 4 + [CodeAnswer.LOCKED]
    again = SignedLink.objects.get(pk=link.pk)
    assert actions.check_code(link=again, code=right, at=now) == CodeAnswer.LOCKED


def test_codes_cannot_be_asked_for_again_and_again(now, sent):
    link = sent[Party.EMPLOYER]
    assert actions.send_code(link=link, at=now)
    assert not actions.send_code(link=link, at=now + dt.timedelta(seconds=59))
    sent_codes = [actions.send_code(link=link, at=now + dt.timedelta(minutes=2 * n)) for n in range(1, 7)]
    assert sent_codes == [True] * 4 + [False] * 2


def test_a_code_for_one_link_does_not_fit_another(now, sent, mailed_code):
    actions.send_code(link=sent[Party.EMPLOYER], at=now)
    code = mailed_code()
    actions.send_code(link=sent[Party.CITIZEN], at=now)
    other = mailed_code()
    if code != other:
        assert actions.check_code(link=sent[Party.CITIZEN], code=code, at=now) == CodeAnswer.WRONG


def test_the_workplace_reports_hours_by_its_own_link_until_a_month_after_the_end(running, moment):
    link = SignedLink.objects.get(placement_id=running.pk, purpose="hours")
    assert clock.local_date(link.expires_at) == running.ends_on + dt.timedelta(days=30)
    row = actions.report_hours(
        placement=running, week=moment().date(), paid=0, unpaid=15, by=None, at=moment(0, 4), link=link
    )
    assert row.source == "employer"


def test_a_link_for_signing_reports_no_hours(running, moment):
    link = SignedLink.objects.filter(placement_id=running.pk, purpose="sign", party="employer").first()
    link.revoked_at = None
    with pytest.raises(ActionError):
        actions.report_hours(
            placement=running, week=moment().date(), paid=0, unpaid=15, by=None, at=moment(0, 4), link=link
        )
