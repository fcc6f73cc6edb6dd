"""Pages for those who sign without login: a code to the known mail, the agreement, a name, a confirmation."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from jobformidler.accounts.backends import address_of
from jobformidler.accounts.throttle import LINK_ADDRESSES
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.placements import actions, disclosure
from jobformidler.placements.enums import Party
from jobformidler.placements.links import LinkPurpose, Problem
from jobformidler.placements.models import AgreementVersion
from jobformidler.web.guards import public
from jobformidler.web.looking import note_reader
from jobformidler.web.placements import words
from jobformidler.web.placements.sheet import Sheet
from jobformidler.web.signing import codes
from jobformidler.web.signing.guarding import Opened, opened, signed_page

GONE = 410
REASON = "signed link, one-time code to the known mail or phone before anything is shown"


class NameForm(forms.Form):
    """The name as signature."""

    name = forms.CharField(max_length=120, error_messages={"required": gettext_lazy("Write your name.")})


def frame(page: Opened) -> dict[str, Any]:
    """What the public frame shows of the municipality."""
    if page.link is None:
        return {}
    municipality = page.link.municipality
    return {
        "municipality_name": municipality.name,
        "demo_banner": municipality.is_demo,
        "phone": municipality.main_phone,
    }


def _gate(page: Opened) -> codes.Gate:
    return codes.Gate(
        reverse("sign_code", args=[page.token]), _("There is something to read and sign."), _("Open the agreement")
    )


def closed_page(request: HttpRequest, page: Opened, said: str = "") -> HttpResponse:
    """The kind page of a link that does not open; a fresh one goes to the mail we know."""
    problem = page.problem
    assert problem is not None
    sentence = str(Problem(problem.problem).label)
    if page.placement is not None and page.link is not None and _has_signed(page):
        sentence = _("You have signed. Nothing more is needed.")
        return render(request, "signing/closed.html", {**frame(page), "sentence": sentence, "thanks": True})
    context = {
        **frame(page),
        "sentence": sentence,
        "said": said,
        "lost": page.link is None,
        "renew_url": reverse("sign_renew" if _signs(page) else "hours_renew", args=[page.token])
        if page.can_renew
        else "",
    }
    return render(request, "signing/closed.html", context, status=GONE if page.link else 404)


def _signs(page: Opened) -> bool:
    return page.link is not None and page.link.purpose == LinkPurpose.SIGN


def _has_signed(page: Opened) -> bool:
    """Whether the link's party has signed the newest version that was sent."""
    if not _signs(page) or page.placement is None or page.link is None:
        return False
    version = page.placement.sent_version
    return (
        version is not None and version.confirmations.filter(party=page.link.party, confirmed_at__isnull=False).exists()
    )


@public(REASON)
@signed_page
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, token: str) -> HttpResponse:
    """The agreement as this party may see it, and the name that signs it."""
    with opened(token, LinkPurpose.SIGN) as page:
        if page.problem is not None:
            return closed_page(request, page)
        if not codes.proven(request, page):
            return codes.ask(request, frame(page), page, _gate(page))
        assert page.placement is not None
        version = page.placement.sent_version
        being_changed = page.placement.versions.filter(sent_at=None).exists()
        if version is None or being_changed or _taken_back(page, version):
            context = {**frame(page), "sentence": _("The agreement is being changed. You get a mail when it is ready.")}
            return render(request, "signing/closed.html", context)
        if request.method == "POST":
            return _sign(request, page, version)
        return _sheet(request, page, version)


def _taken_back(page: Opened, version: AgreementVersion) -> bool:
    """Whether the citizen no longer shares a line of the version, so that the workplace is not shown it (GOV-03)."""
    assert page.link is not None
    return page.link.party != Party.CITIZEN and disclosure.taken_back(version, clock.today())


def _sheet(request: HttpRequest, page: Opened, version: AgreementVersion, **more: Any) -> HttpResponse:
    link = page.link
    assert link is not None
    assert page.placement is not None
    note_reader(request, page.placement.case.citizen, "agreement", link.party, version.signer(link.party))
    now = clock.now()
    row = actions.mark_read(version=version, party=link.party, link=link, at=now)
    today = clock.local_date(now)
    context = {
        **frame(page),
        "page": page,
        "sheet": Sheet(version.content, of_employees=link.party == Party.STAFF),
        "version": version,
        "sent_at": words.moment_words(version.sent_at, today) if version.sent_at else "",
        "read": _("You have read version %(n)s %(day)s.")
        % {"n": version.number, "day": words.day_words(clock.local_date(row.read_at), today)}
        if row.read_at
        else "",
        "signed": row.confirmed_at,
        "party": link.party,
        "typed": request.POST.get("name", ""),
        **more,
    }
    return render(request, "signing/agreement.html", context)


def _sign(request: HttpRequest, page: Opened, version: AgreementVersion) -> HttpResponse:
    assert page.placement is not None
    form = NameForm(request.POST)
    if not form.is_valid():
        return _sheet(request, page, version, errors=form.errors["name"])
    number = request.POST.get("number", "")
    read = page.placement.versions.filter(number=number if number.isdigit() else 0).first() or version
    try:
        row = actions.confirm(
            version=read,
            party=page.link.party if page.link else "",
            name=form.cleaned_data["name"],
            digest=request.POST.get("digest", ""),
            link=page.link,
            at=clock.now(),
        )
    except ActionError as error:
        return _sheet(request, page, version, errors=error.messages, stale=True)
    context = {**frame(page), "page": page, "name": row.name, "version": version, "done": True}
    return render(request, "signing/signed.html", context)


@public(REASON)
@signed_page
@require_http_methods(["GET", "POST"])
def sign_code(request: HttpRequest, token: str) -> HttpResponse:
    """Send a code to the known mail or phone, or take the one that came."""
    with opened(token, LinkPurpose.SIGN) as page:
        if page.problem is not None:
            return closed_page(request, page)
        done = reverse("sign", args=[token])
        if request.method == "GET":
            return HttpResponseRedirect(done)
        return codes.take(request, frame(page), page, _gate(page), done)


def _renew(request: HttpRequest, token: str, purpose: str) -> HttpResponse:
    with opened(token, purpose) as page:
        if page.link is None or page.placement is None or not page.can_renew:
            return closed_page(request, page)
        said = _("A new link is on its way to %(mail)s.") % {"mail": page.link.sent_to}
        address = address_of(request)
        if address and not LINK_ADDRESSES.take(address):
            return closed_page(request, page, _("Many links were asked for from here. Wait an hour and try again."))
        try:
            actions.renew_link(placement=page.placement, party=page.link.party, purpose=purpose, at=clock.now())
        except ActionError as error:
            said = " ".join(error.messages)
        if page.problem is None:
            return HttpResponseRedirect(
                reverse("sign" if purpose == LinkPurpose.SIGN else "employer_hours", args=[token])
            )
        return closed_page(request, page, said)


@public("signed link, a fresh one goes only to the address we know")
@signed_page
@require_POST
def sign_renew(request: HttpRequest, token: str) -> HttpResponse:
    """A fresh link for signing."""
    return _renew(request, token, LinkPurpose.SIGN)


@public("signed link, a fresh one goes only to the address we know")
@signed_page
@require_POST
def hours_renew(request: HttpRequest, token: str) -> HttpResponse:
    """A fresh link for hours."""
    return _renew(request, token, LinkPurpose.HOURS)
