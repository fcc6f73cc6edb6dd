"""The disclosure card behind its link: a one-time code to the known mail or phone before anything is shown (EMP-42, GOV-03)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.placements import actions, disclosure
from jobformidler.placements.links import LinkPurpose, Problem
from jobformidler.placements.models import DisclosureCard
from jobformidler.web.guards import public
from jobformidler.web.signing import codes
from jobformidler.web.signing.guarding import Opened, opened, signed_page
from jobformidler.web.signing.views import GONE, frame

REASON = "signed link, one-time code to the known mail or phone before the card is shown"


def _gate(page: Opened) -> codes.Gate:
    return codes.Gate(reverse("card_code", args=[page.token]), _("There is something to read."), _("Open it"))


def _closed(request: HttpRequest, page: Opened, sentence: str = "", said: str = "") -> HttpResponse:
    """The kind page of a card that does not open. What is taken back is not told apart from what has expired."""
    known = page.link is not None
    expired = page.problem is not None and page.problem.problem == Problem.EXPIRED
    sentence = sentence or (str(page.problem.problem.label) if page.problem else "")
    context = {
        **frame(page),
        "sentence": sentence,
        "said": said,
        "lost": not known,
        "renew_url": reverse("card_renew", args=[page.token]) if known and expired else "",
    }
    return render(request, "signing/closed.html", context, status=GONE if known else 404)


def _card(page: Opened) -> DisclosureCard | None:
    """The card the link is for: the one that is out."""
    if page.placement is None:
        return None
    found = page.placement.cards.out().select_related("contact").first()
    if found is not None:
        found.placement = page.placement
    return found


@public(REASON)
@signed_page
@require_http_methods(["GET"])
def card(request: HttpRequest, token: str) -> HttpResponse:
    """The lines the citizen shares at this very moment."""
    with opened(token, LinkPurpose.CARD) as page:
        if page.problem is not None:
            return _closed(request, page)
        if not codes.proven(request, page):
            return codes.ask(request, frame(page), page, _gate(page))
        found, now = _card(page), clock.now()
        assert page.link is not None
        lines = disclosure.shown(found, clock.local_date(now)) if found else []
        if found is None or not lines:
            return _closed(request, page, _("There is nothing to read here any more."))
        actions.read_card(card=found, link=page.link, at=now)
        citizen = found.placement.case.citizen
        context = {
            **frame(page),
            "page": page,
            "citizen_name": citizen.full_name,
            "workplace": found.placement.workplace.name,
            "lead": disclosure.lead(found.purpose, citizen.short_name),
            "parts": disclosure.arranged(found.purpose, lines, citizen.short_name),
        }
        return render(request, "sharing/card_public.html", context)


@public(REASON)
@signed_page
@require_http_methods(["GET", "POST"])
def card_code(request: HttpRequest, token: str) -> HttpResponse:
    """Send a code to the known mail or phone, or take the one that came."""
    with opened(token, LinkPurpose.CARD) as page:
        if page.problem is not None:
            return _closed(request, page)
        done = reverse("card_read", args=[token])
        if request.method == "GET":
            return HttpResponseRedirect(done)
        return codes.take(request, frame(page), page, _gate(page), done)


@public("signed link, a fresh one goes only to the address we know")
@signed_page
@require_POST
def card_renew(request: HttpRequest, token: str) -> HttpResponse:
    """A fresh link, while there is a card to read."""
    with opened(token, LinkPurpose.CARD) as page:
        if page.link is None or page.placement is None or not page.can_renew:
            return _closed(request, page)
        found = _card(page)
        if found is None or not disclosure.shown(found, clock.today()):
            return _closed(request, page, _("There is nothing to read here any more."))
        said = _("A new link is on its way to %(mail)s.") % {"mail": page.link.sent_to}
        try:
            actions.renew_link(
                placement=page.placement, party=page.link.party, purpose=LinkPurpose.CARD, at=clock.now()
            )
        except ActionError as error:
            said = " ".join(error.messages)
        return _closed(request, page, said=said)
