"""The citizen's own pages, seen from the case: let the citizen in, send the link again, close."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from jobformidler.casework.models import Case
from jobformidler.citizens.actions import close_own_access, open_own_access, send_own_link
from jobformidler.citizens.watch import own_access
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.web.cases.formpage import form_page
from jobformidler.web.cases.forms.base import CaseForm
from jobformidler.web.guards import case_page
from jobformidler.web.http import Request


class OwnAccessForm(CaseForm):
    """The citizen's own e-mail."""

    email = forms.EmailField(
        label=gettext_lazy("The citizen's own e-mail"),
        help_text=gettext_lazy("Ask the citizen to spell it. The pages open to whoever reads this mail."),
    )


@case_page("people: own pages")
def open_page(request: Request, case: Case) -> HttpResponse:
    """Let the citizen see the own pages; a link to choose a password is sent."""
    form = OwnAccessForm(request.POST or None, initial={"email": case.citizen.email})

    def act(sent: Any) -> object:
        return open_own_access(citizen=case.citizen, email=sent.cleaned_data["email"], by=request.user, at=clock.now())

    return form_page(
        request,
        form,
        act,
        title=_("Let %(name)s see the own pages") % {"name": case.citizen.short_name},
        said=_("A link to choose a password is on its way."),
        back=reverse("case_people", args=[case.pk]),
        submit=_("Send the link"),
        tab="case_people",
    )


@case_page("people: own pages")
@require_POST
def send_link(request: Request, case: Case) -> HttpResponse:
    """Send a new link; the old password stops working."""
    return _tried(request, case, send_own_link, _("A new link to choose a password is on its way."))


@case_page("people: own pages")
@require_POST
def close(request: Request, case: Case) -> HttpResponse:
    """The citizen's login no longer opens the own pages."""
    return _tried(request, case, close_own_access, _("The own pages are closed."))


def _tried(request: Request, case: Case, act: Any, said: str) -> HttpResponse:
    try:
        act(citizen=case.citizen, by=request.user, at=clock.now())
    except ActionError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said)
    return redirect("case_people", case.pk)


def own_pages(case: Case, today: Any) -> dict[str, Any]:
    """What the page of people says about the citizen's login. One query."""
    relation = own_access(case.citizen, today)
    if relation is None or relation.user is None:
        return {"open": False}
    return {
        "open": True,
        "email": relation.user.email,
        "since": relation.period.lower,
        "chosen": relation.user.has_usable_password(),
    }
