"""The disclosure card behind its link: a one-time code to the known mail before anything is shown (EMP-42, GOV-03)."""

import datetime as dt

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.placements import actions, disclosure
from jobformidler.placements.actions import CodeAnswer
from jobformidler.placements.links import LinkPurpose, Problem
from jobformidler.placements.models import DisclosureCard
from jobformidler.web.guards import public
from jobformidler.web.signing.guarding import Opened, opened, signed_page
from jobformidler.web.signing.views import CODE_SENTENCES, GONE, OPEN_MINUTES, CodeForm, frame

REASON = "signed link, one-time code to the known mail before the card is shown"


def _key(page: Opened) -> str:
    assert page.link is not None
    return f"card:{page.link.pk}"


def _proven(request: HttpRequest, page: Opened) -> bool:
    until = request.session.get(_key(page))
    return until is not None and dt.datetime.fromisoformat(until) > clock.now()


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
        if not _proven(request, page):
            return _ask(request, page)
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


def _ask(request: HttpRequest, page: Opened, *, sent: bool = False, error: str = "") -> HttpResponse:
    assert page.link is not None
    context = {**frame(page), "page": page, "mail": page.link.sent_to, "sent": sent, "error": error}
    return render(request, "sharing/card_code.html", context)


@public(REASON)
@signed_page
@require_http_methods(["GET", "POST"])
def card_code(request: HttpRequest, token: str) -> HttpResponse:
    """Send a code to the known mail, or take the one that came."""
    with opened(token, LinkPurpose.CARD) as page:
        if page.problem is not None:
            return _closed(request, page)
        assert page.link is not None
        now = clock.now()
        if request.method == "GET":
            return HttpResponseRedirect(reverse("card_read", args=[token]))
        if "send" in request.POST:
            sent = actions.send_code(link=page.link, at=now)
            error = "" if sent else _("A code was sent a moment ago. Look in your mail, or wait a minute.")
            return _ask(request, page, sent=True, error=error)
        form = CodeForm(request.POST)
        if not form.is_valid():
            return _ask(request, page, sent=True, error=_("Write the six digits from the mail."))
        answer = actions.check_code(link=page.link, code=form.cleaned_data["code"].replace(" ", ""), at=now)
        if answer != CodeAnswer.OK:
            return _ask(request, page, sent=True, error=str(CODE_SENTENCES[answer]))
        request.session.cycle_key()
        request.session[_key(page)] = (now + dt.timedelta(minutes=OPEN_MINUTES)).isoformat()
        return HttpResponseRedirect(reverse("card_read", args=[token]))


@public("signed link, a fresh one goes only to the mail we know")
@signed_page
@require_POST
def card_renew(request: HttpRequest, token: str) -> HttpResponse:
    """A fresh link, while there is a card to read."""
    with opened(token, LinkPurpose.CARD) as page:
        if page.link is None or page.placement is None:
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
