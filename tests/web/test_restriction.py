"""While the use of a citizen's data is restricted nothing is read outside, not even behind links sent long ago (article 18)."""

# ruff: noqa: F811  the fixtures imported here are also names of arguments

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.placement_fixtures import (  # noqa: F401  fixtures
    at,
    case,
    draft,
    mailed_code,
    opening,
    placement,
    text,
    waiting,
    workplace,
)
from tests.web.test_sharing import answer, as_hanne, card, hanne, token, torben  # noqa: F401  fixtures

from jobformidler.citizens.actions import lift_restriction, restrict
from jobformidler.citizens.models import Disclosure
from jobformidler.citizens.sharing import AnsweredHow, ShareField
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.messaging.models import OutgoingMail
from jobformidler.placements import actions, disclosure
from jobformidler.placements.enums import Purpose
from jobformidler.placements.models import Confirmation

pytestmark = pytest.mark.django_db
NOTHING = "Der er ikke noget at læse lige nu"


@pytest.fixture
def restricted(world, case, now):
    """Call it to restrict the use of Mona's data; `uses` is what it may still be used for."""

    def run(*uses: str):
        return restrict(
            citizen=case.citizen, reason="Bestridt", since=clock.local_date(now), uses=uses, by=world.peter, at=now
        )

    return run


def letters() -> int:
    """How many messages were ever written."""
    return OutgoingMail.objects.count()


def test_a_card_that_was_sent_is_closed_at_the_next_request_and_opens_again_when_it_is_lifted(
    torben, token, restricted, world, now
):
    url = reverse("card_read", args=[token])
    assert "Fører regnskab" in text(torben.get(url))
    held = restricted()
    written = letters()
    for client in (torben, Client()):
        page = client.get(url)
        assert page.status_code == 410
        assert NOTHING in text(page)
        assert "regnskab" not in text(page)
        assert "Mona" not in text(page)
        assert reverse("card_renew", args=[token]) not in page.content.decode()
    for name, sent in (("card_code", {"send": "mail"}), ("card_renew", {})):
        assert torben.post(reverse(name, args=[token]), sent).status_code == 410
    assert letters() == written
    lift_restriction(restriction=held, reason="Afklaret", by=world.peter, at=now)
    assert "Fører regnskab" in text(torben.get(url))


@pytest.mark.parametrize("party", ["employer", "citizen"])
def test_an_agreement_that_was_sent_is_neither_read_nor_signed(waiting, restricted, party, now, at, mailed_code):
    link = actions.issue_link(placement=waiting, party=party, purpose="sign", at=now)
    client, url = Client(), reverse("sign", args=[link.token])
    client.post(reverse("sign_code", args=[link.token]), {"send": "mail"})
    client.post(reverse("sign_code", args=[link.token]), {"code": mailed_code()})
    assert "Torben" in text(client.get(url))
    restricted()
    written, digest = letters(), waiting.sent_version.digest
    for page in (client.get(url), client.post(url, {"name": "Tora Gyvel", "digest": digest, "number": "1"})):
        assert page.status_code == 410
        assert NOTHING in text(page)
        assert "Mona" not in text(page)
    for name in ("sign_renew", "sign_code"):
        assert client.post(reverse(name, args=[link.token]), {"send": "mail"}).status_code == 410
    assert letters() == written
    assert not Confirmation.objects.exclude(confirmed_at=None).exists()


def test_nothing_new_is_shared_and_no_copy_of_it_is_made(card, placement, restricted, world, now, day):
    restricted()
    copies = Disclosure.objects.count()
    lines = [row.key for row in disclosure.candidates(placement, day)]
    attempts = (
        lambda: actions.compose_card(placement=placement, purpose=Purpose.CLARIFY, lines=lines, by=world.line, at=now),
        lambda: actions.send_card(card=card, by=world.line, at=now),
        lambda: actions.send_for_signature(placement=placement, by=world.line, at=now),
        lambda: actions.issue_link(placement=placement, party="employer", purpose="sign", at=now),
    )
    actions.approve_card(card=card, digest=card.digest, how=AnsweredHow.CONVERSATION, by=world.line, at=now)
    for attempt in attempts:
        with pytest.raises(ActionError, match="begrænset"):
            attempt()
    assert Disclosure.objects.count() == copies
    assert not any(row.said_yes for row in disclosure.candidates(placement, day))


def test_a_professional_reads_a_kind_page_and_the_plan_again_when_it_is_lifted(
    as_hanne, hanne, case, restricted, world, now, at
):
    answer(case.citizen, world, now, ShareField.GOALS, to=hanne)
    url = reverse("shared_plan", args=[case.citizen_id])
    assert "10 timer på lageret" in text(as_hanne.get(url))
    held = restricted()
    page = as_hanne.get(url)
    assert page.status_code == 404
    assert NOTHING in text(page)
    assert "Mona" not in text(as_hanne.get(reverse("shared_plans")))
    lift_restriction(restriction=held, reason="Afklaret", by=world.peter, at=now)
    assert "10 timer på lageret" in text(as_hanne.get(url))


def test_what_the_citizen_agrees_to_goes_on_when_that_use_was_kept(torben, token, restricted):
    restricted("consent")
    assert "Fører regnskab" in text(torben.get(reverse("card_read", args=[token])))
