"""The citizen's own page about sharing: what is shared, with whom, and a button beside each yes (GOV-04)."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jobformidler.citizens import actions
from jobformidler.citizens.models import Citizen, Consent
from jobformidler.citizens.restricted import sharing_stands_still
from jobformidler.citizens.sharing import AnsweredHow
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.placements import actions as placing
from jobformidler.placements.models import DisclosureCard
from jobformidler.web.guards import own_page
from jobformidler.web.http import Request
from jobformidler.web.sharing import words
from jobformidler.web.sharing.card import picture


@own_page("my sharing")
def my_sharing(request: Request, citizen: Citizen) -> HttpResponse:
    """What is shared about me, cards that wait for my yes, and what was shared earlier."""
    today = clock.today()
    cards = (
        DisclosureCard.objects.filter(placement__case__citizen=citizen, withdrawn_at=None)
        .select_related("placement__case__citizen", "placement__workplace", "contact")
        .order_by("-pk")
    )
    newest: dict[int, DisclosureCard] = {}
    for card in cards:
        newest.setdefault(card.placement_id, card)
    context = {
        "citizen": citizen,
        "register": words.register(citizen, today),
        "shared": words.log(citizen, today),
        "held": sharing_stands_still(citizen),
        "cards": [picture(card, today) for card in newest.values() if not card.placement.is_over],
    }
    return render(request, "sharing/mine.html", context)


def _back(request: Request, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("my_sharing"))


@own_page("my sharing")
@require_POST
def my_sharing_withdraw(request: Request, citizen: Citizen, row_pk: int) -> HttpResponse:
    """Take a yes back."""
    row = get_object_or_404(Consent.objects.standing(), pk=row_pk, citizen=citizen)
    actions.withdraw_consent(consent=row, how=AnsweredHow.OWN_PAGE, by=request.user, at=clock.now())
    return _back(request, _("It is no longer shared. It has no consequence for the help you get."))


@own_page("my sharing")
@require_POST
def my_card(request: Request, citizen: Citizen, row_pk: int) -> HttpResponse:
    """Approve a card, or take it back."""
    rows = DisclosureCard.objects.select_related("placement__case__citizen", "placement__workplace")
    card = get_object_or_404(rows, pk=row_pk, placement__case__citizen=citizen)
    how, now = AnsweredHow.OWN_PAGE, clock.now()
    try:
        if "nej" in request.POST:
            placing.withdraw_card(card=card, how=how, by=request.user, at=now)
            return _back(request, _("The card has been taken back. Nobody can open it now."))
        digest = request.POST.get("digest", "")
        placing.approve_card(card=card, digest=digest, how=how, by=request.user, at=now)
    except ActionError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return HttpResponseRedirect(reverse("my_sharing"))
    return _back(request, _("You have approved the card."))
