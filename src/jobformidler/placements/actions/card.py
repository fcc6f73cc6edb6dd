"""Composing, approving, sending and taking back a disclosure card (MAT-12, GOV-03, EMP-42)."""

import datetime as dt
import json
from collections.abc import Collection

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.citizens.actions import sharing
from jobformidler.citizens.answers import To, is_self
from jobformidler.citizens.enums import RestrictedUse
from jobformidler.citizens.restricted import refuse_restricted
from jobformidler.citizens.sharing import AnsweredHow, Channel, Receiver
from jobformidler.core import clock, events
from jobformidler.core.actions import ActionError, action, allow, check
from jobformidler.employers.models import ContactPerson
from jobformidler.placements import disclosure, event_kinds
from jobformidler.placements.actions.signing import issue_link, revoke_links
from jobformidler.placements.enums import Party, Purpose
from jobformidler.placements.links import LinkPurpose, need_fitting
from jobformidler.placements.models import DisclosureCard, Placement, SignedLink
from jobformidler.placements.perms import may_work_on
from jobformidler.placements.rows import lock, need_work, told


@action
def compose_card(
    *,
    placement: Placement,
    purpose: str,
    lines: Collection[str],
    by: User | None,
    at: dt.datetime,
    contact: ContactPerson | None = None,
) -> DisclosureCard:
    """Compose a card of lines (by their keys) the citizen shares with this workplace, for one purpose.

    Raises ActionError for a line without a yes, for a picture that is not fair, and when the placement is over.
    """
    lock(placement, at)
    need_work(placement, by, at)
    refuse_restricted(placement.case.citizen, RestrictedUse.CONSENT)
    day, name = clock.local_date(at), placement.case.citizen.short_name
    check(not disclosure.over(placement, day), _("The placement is over."))
    check(purpose in Purpose.values, _("Choose what the stay is for."), "purpose")
    here = contact is None or (contact.workplace_id == placement.workplace_id and contact.active)
    check(here, _("Choose somebody at the workplace."), "contact")
    known = {line.key: line for line in disclosure.candidates(placement, day)}
    chosen = [line for key, line in known.items() if key in lines]
    check(len(chosen) == len(set(lines)), _("This has already changed. Load the page again."), "lines")
    silent = [line.text for line in chosen if not line.said_yes]
    check(
        not silent, _("%(name)s has not said yes to: %(texts)s.") % {"name": name, "texts": "; ".join(silent)}, "lines"
    )
    wrong = disclosure.problems(purpose, chosen, name)
    if wrong:
        raise ActionError({"lines": wrong})
    kept = [line.kept() for line in chosen]
    newest = placement.cards.first()
    card = DisclosureCard.objects.create(
        municipality_id=placement.municipality_id,
        placement=placement,
        number=newest.number + 1 if newest else 1,
        purpose=purpose,
        content=json.dumps(kept, ensure_ascii=False),
        digest=disclosure.digest(purpose, kept),
        contact=contact,
        made_at=at,
        made_by=by,
    )
    events.record(event_kinds.CARD_COMPOSED, placement, by=by, at=at, number=card.number, **told(placement))
    return card


def _newest(card: DisclosureCard, at: dt.datetime) -> Placement:
    """Lock the placement and the card, and refuse anything but the newest composition."""
    placement = lock(card.placement, at)
    card.refresh_from_db(from_queryset=DisclosureCard.objects.select_for_update())
    card.placement = placement
    newest = placement.cards.first()
    check(newest is not None and newest.pk == card.pk, _("A newer card has been composed. Look at that one."))
    check(card.withdrawn_at is None, _("The card has been taken back."))
    return placement


def _for_citizen(placement: Placement, how: str, by: User | None, day: dt.date) -> None:
    """Staff note what the citizen says; on the own page only the citizen speaks."""
    citizen = placement.case.citizen
    spoken = is_self(by, citizen, day) if how == AnsweredHow.OWN_PAGE else may_work_on(by, placement.case, day)
    allow(spoken)


@action
def approve_card(*, card: DisclosureCard, digest: str, how: str, by: User | None, at: dt.datetime) -> DisclosureCard:
    """The citizen has seen the card as the workplace will see it, and approves it. `digest`: of what was seen."""
    placement = _newest(card, at)
    _for_citizen(placement, how, by, clock.local_date(at))
    check(digest == card.digest, _("This has already changed. Load the page again."))
    check(card.approved_at is None, _("The card is approved already."))
    card.approved_at, card.approved_how, card.approved_by = at, how, by
    card.save(update_fields=["approved_at", "approved_how", "approved_by"])
    events.record(event_kinds.CARD_APPROVED, placement, by=by, at=at, number=card.number, **told(placement))
    return card


@action
def send_card(*, card: DisclosureCard, by: User | None, at: dt.datetime, by_phone: bool = False) -> SignedLink:
    """Send the contact person a link, by mail or (`by_phone`) as a text message; a one-time code opens it.

    Earlier cards are closed. Returns the link with its `token` for this moment only. Raises ActionError before the
    citizen has approved, when a yes has been taken back meanwhile, or without a known address.
    """
    placement, day = _newest(card, at), clock.local_date(at)
    need_work(placement, by, at)
    check(card.approved_at is not None, _("The citizen has to approve the card first."))
    check(card.sent_at is None, _("The card is sent already."))
    check(not disclosure.over(placement, day), _("The placement is over."))
    refuse_restricted(placement.case.citizen, RestrictedUse.CONSENT)
    lines = disclosure.still_shared(card, day)
    check(len(lines) == len(card.lines), _("A yes has been taken back since. Compose the card again."))
    unknown = _("Choose somebody at the workplace with a known e-mail or phone.")
    check(card.contact is not None and card.contact.active, unknown, "contact")
    assert card.contact is not None
    placement.cards.out().update(withdrawn_at=at, withdrawn_by=by)
    card.sent_at = at
    card.save(update_fields=["sent_at"])
    link = issue_link(placement=placement, party=Party.EMPLOYER, purpose=LinkPurpose.CARD, at=at, by_phone=by_phone)
    if link is None:
        raise ActionError({"contact": unknown})
    sharing.disclose(
        citizen=placement.case.citizen,
        channel=Channel.CARD,
        to=To(Receiver.WORKPLACE, f"{card.contact.name}, {placement.workplace.name}"[:160], placement.workplace_id),
        fields={line["field"] for line in lines},
        text=disclosure.as_text(card, lines),
        purpose=str(Purpose(card.purpose).label),
        subject_id=card.pk,
        version=card.number,
        by=by,
        at=at,
    )
    events.record(
        event_kinds.CARD_SENT, placement, by=by, at=at, number=card.number, name=card.contact.name, **told(placement)
    )
    return link


@action
def read_card(*, card: DisclosureCard, link: SignedLink, at: dt.datetime) -> DisclosureCard:
    """The workplace has opened the card. The first time counts."""
    placement = lock(card.placement, at)
    need_fitting(link, placement, at, LinkPurpose.CARD)
    card.refresh_from_db(from_queryset=DisclosureCard.objects.select_for_update())
    card.placement = placement
    if card.read_at is None:
        card.read_at = at
        card.save(update_fields=["read_at"])
        sharing.receipt(channel=Channel.CARD, subject_id=card.pk, at=at)
        who = card.contact.name if card.contact else ""
        events.record(
            event_kinds.CARD_READ,
            placement,
            by=None,
            by_label=str(Party.EMPLOYER.label),
            at=at,
            number=card.number,
            name=who,
            **told(placement),
        )
    return card


@action
def withdraw_card(*, card: DisclosureCard, how: str, by: User | None, at: dt.datetime) -> DisclosureCard:
    """Take the card back: the link opens nothing from the next request on."""
    placement = lock(card.placement, at)
    _for_citizen(placement, how, by, clock.local_date(at))
    card.refresh_from_db(from_queryset=DisclosureCard.objects.select_for_update())
    check(card.withdrawn_at is None, _("The card has been taken back."))
    card.withdrawn_at, card.withdrawn_by = at, by
    card.save(update_fields=["withdrawn_at", "withdrawn_by"])
    if card.sent_at is not None:
        revoke_links(placement=placement, at=at, purpose=LinkPurpose.CARD)
    events.record(event_kinds.CARD_WITHDRAWN, placement, by=by, at=at, number=card.number, **told(placement))
    return card
