"""The disclosure card on a placement: composed with the citizen, seen as the workplace sees it, approved, sent (MAT-12)."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jobformidler.citizens.restricted import sharing_stands_still
from jobformidler.citizens.sharing import AnsweredHow
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.employers.models import ContactPerson
from jobformidler.messaging import sms
from jobformidler.placements import actions, disclosure
from jobformidler.placements.models import DisclosureCard, Placement
from jobformidler.placements.perms import may_work_on
from jobformidler.web.guards import placement_page
from jobformidler.web.http import Request
from jobformidler.web.sharing.forms import CardForm
from jobformidler.web.sharing.words import day_words


def picture(card: DisclosureCard, today: dt.date) -> dict[str, Any]:
    """A card as the workplace sees it today, and where it is."""
    placement = card.placement
    name = placement.case.citizen.short_name
    lines = disclosure.still_shared(card, today)
    return {
        "card": card,
        "name": name,
        "workplace": placement.workplace.name,
        "lead": disclosure.lead(card.purpose, name),
        "parts": disclosure.arranged(card.purpose, lines, name),
        "fewer": len(card.lines) - len(lines),
        "state": _state(card, today),
        "open": card.withdrawn_at is None and not disclosure.over(placement, today),
    }


def _state(card: DisclosureCard, today: dt.date) -> str:
    who = card.contact.name if card.contact else ""
    if card.withdrawn_at is not None:
        return _("Taken back %(day)s.") % {"day": day_words(clock.local_date(card.withdrawn_at), today)}
    if disclosure.over(card.placement, today):
        return _("Expired with the placement.")
    if card.read_at is not None:
        return _("Read by %(who)s %(day)s.") % {"who": who, "day": day_words(clock.local_date(card.read_at), today)}
    if card.sent_at is not None:
        return _("Sent to %(who)s %(day)s, not read yet.") % {
            "who": who,
            "day": day_words(clock.local_date(card.sent_at), today),
        }
    if card.approved_at is not None:
        return _("Approved by the citizen %(day)s.") % {"day": day_words(clock.local_date(card.approved_at), today)}
    return _("Waits for the citizen's approval.")


def _form(
    request: Request, placement: Placement, known: list[disclosure.Line], card: DisclosureCard | None
) -> CardForm:
    contacts = ContactPerson.objects.filter(workplace=placement.workplace_id, active=True).exclude(email="", phone="")
    initial = {
        "purpose": card.purpose if card else placement.purpose,
        "contact": card.contact_id if card else placement.contact_id,
        "lines": [line["key"] for line in card.lines] if card else [],
    }
    data = request.POST if request.method == "POST" and "compose" in request.POST else None
    choices = [(line.key, line.text) for line in known if line.said_yes]
    return CardForm(data, contacts=contacts.order_by("name"), lines=choices, initial=initial)


@placement_page("disclosure card")
def card(request: Request, placement: Placement) -> HttpResponse:
    """Compose a card of what the citizen shares, and see the newest one as the workplace does."""
    now = clock.now()
    today = clock.local_date(now)
    known = disclosure.candidates(placement, today)
    newest = placement.cards.select_related("contact").first()
    form = _form(request, placement, known, newest)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.compose_card(placement=placement, **form.cleaned_data, by=request.user, at=now)
        except ActionError as error:
            for field, sentences in getattr(error, "message_dict", {"__all__": error.messages}).items():
                for sentence in sentences:
                    form.add_error(field if field in form.fields else None, sentence)
        else:
            for sentence in disclosure.advice(made.purpose, form.cleaned_data["lines"], known):
                messages.warning(request, sentence)
            messages.success(request, _("The card is composed. Look at it together with the citizen."))
            return _back(placement)
    if newest is not None:
        newest.placement = placement
    chosen = set(form["lines"].value() or ())
    name = placement.case.citizen.short_name
    context = {
        "placement": placement,
        "citizen": placement.case.citizen,
        "form": form,
        "picture": picture(newest, today) if newest else None,
        "parts": [
            (disclosure.heading(part, name), [(line, line.key in chosen) for line in known if line.part == part])
            for part in (disclosure.CAN, disclosure.WANTS, disclosure.ACCOUNT)
        ],
        "works": may_work_on(request.user, placement.case, today),
        "over": disclosure.over(placement, today),
        "any_yes": any(line.said_yes for line in known),
        "held": sharing_stands_still(placement.case.citizen),
        "by_phone": newest is not None and _has_phone(newest),
        "back_url": reverse("agreement", args=[placement.pk]),
    }
    return render(request, "sharing/card.html", context)


def _has_phone(card: DisclosureCard) -> bool:
    """Whether the link can go to the contact person's phone."""
    reachable = card.contact is not None and sms.is_open(card.placement.case.municipality)
    return reachable and bool(card.contact and sms.number(card.contact.phone))


def _back(placement: Placement) -> HttpResponse:
    return HttpResponseRedirect(reverse("disclosure_card", args=[placement.pk]))


def _attempt(
    request: Request, placement: Placement, act: Callable[[DisclosureCard], object], said: str
) -> HttpResponse:
    newest = placement.cards.select_related("contact").first()
    if newest is None:
        return _back(placement)
    newest.placement = placement
    try:
        act(newest)
    except ActionError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return _back(placement)
    messages.success(request, said)
    return _back(placement)


@placement_page("disclosure card")
@require_POST
def card_approve(request: Request, placement: Placement) -> HttpResponse:
    """The citizen, who sits here, has seen the card and approves it."""
    digest = request.POST.get("digest", "")
    return _attempt(
        request,
        placement,
        lambda row: actions.approve_card(
            card=row, digest=digest, how=AnsweredHow.CONVERSATION, by=request.user, at=clock.now()
        ),
        _("The approval is registered."),
    )


@placement_page("disclosure card")
@require_POST
def card_send(request: Request, placement: Placement) -> HttpResponse:
    """Send the link to the contact person, by mail or to the phone."""
    by_phone = request.POST.get("som") == "sms"
    return _attempt(
        request,
        placement,
        lambda row: actions.send_card(card=row, by_phone=by_phone, by=request.user, at=clock.now()),
        _("The link is on its way. A code to the same address opens it."),
    )


@placement_page("disclosure card")
@require_POST
def card_withdraw(request: Request, placement: Placement) -> HttpResponse:
    """Take the card back."""
    return _attempt(
        request,
        placement,
        lambda row: actions.withdraw_card(card=row, how=AnsweredHow.CONVERSATION, by=request.user, at=clock.now()),
        _("The card has been taken back. Nobody can open it now."),
    )
