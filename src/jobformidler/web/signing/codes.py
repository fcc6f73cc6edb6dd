"""The one-time code before anything is read behind a link: asked for, sent to the known mail or phone, answered."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobformidler.core import clock
from jobformidler.placements import actions, links
from jobformidler.placements.actions import CodeAnswer
from jobformidler.web.signing.guarding import Opened

#: How long a code opens what is behind the link in one browser.
OPEN_MINUTES = 60
SENTENCES = {
    CodeAnswer.WRONG: gettext_lazy("The code does not fit. Try again, or get a new one."),
    CodeAnswer.EXPIRED: gettext_lazy("The code no longer works. Get a new one."),
    CodeAnswer.LOCKED: gettext_lazy("The code was tried too many times. Get a new one."),
}


@dataclass(frozen=True)
class Gate:
    """What differs between links: where the code is sent, and the words around it."""

    code_url: str
    lead: str | Promise
    submit: str | Promise


class CodeForm(forms.Form):
    """Six digits."""

    code = forms.CharField(max_length=12)


def _key(page: Opened) -> str:
    assert page.link is not None
    return f"link:{page.link.pk}"


def proven(request: HttpRequest, page: Opened) -> bool:
    """Whether this browser has answered with a code within the hour."""
    until = request.session.get(_key(page))
    return until is not None and dt.datetime.fromisoformat(until) > clock.now()


def ask(
    request: HttpRequest, frame: dict[str, Any], page: Opened, gate: Gate, *, sent_to: str = "", error: str = ""
) -> HttpResponse:
    """The page that offers a code, or asks for the one that was sent."""
    assert page.link is not None
    assert page.placement is not None
    reach = links.reach(page.placement, page.link.party, page.link.purpose)
    context = {
        **frame,
        "page": page,
        "gate": gate,
        "mail": links.masked(reach.email),
        "phone_to": reach.masked(by_phone=True) if reach.phone else "",
        "sent_to": sent_to,
        "asked": bool(sent_to or error),
        "error": error,
    }
    return render(request, "signing/code.html", context)


def take(request: HttpRequest, frame: dict[str, Any], page: Opened, gate: Gate, done: str) -> HttpResponse:
    """Send a code, or take the one that came and go on to `done`."""
    link, placement, now = page.link, page.placement, clock.now()
    assert link is not None
    assert placement is not None
    if "send" in request.POST:
        by_phone = request.POST["send"] == "sms"
        to = links.reach(placement, link.party, link.purpose).masked(by_phone=by_phone)
        sent = actions.send_code(link=link, at=now, by_phone=by_phone)
        error = "" if sent else _("A code was sent a moment ago. Look for it, or wait a minute.")
        return ask(request, frame, page, gate, sent_to=to, error=error)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return ask(request, frame, page, gate, error=_("Write the six digits of the code."))
    answer = actions.check_code(link=link, code=form.cleaned_data["code"].replace(" ", ""), at=now)
    if answer != CodeAnswer.OK:
        return ask(request, frame, page, gate, error=str(SENTENCES[answer]))
    request.session.cycle_key()
    request.session[_key(page)] = (now + dt.timedelta(minutes=OPEN_MINUTES)).isoformat()
    return HttpResponseRedirect(done)
