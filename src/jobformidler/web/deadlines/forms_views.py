"""Ask, tell, refer: one form each, and one for many citizens at once."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.accounts.enums import Role
from jobformidler.casework import actions as casework
from jobformidler.casework.models import Case
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.registers import actions
from jobformidler.web import danish
from jobformidler.web.cases.formpage import done, form_page, refused
from jobformidler.web.deadlines.forms import AskForm, GuideForm, ReferForm
from jobformidler.web.deadlines.many import ticked
from jobformidler.web.guards import case_page, roles
from jobformidler.web.http import Request

TAB = "case_rights"


def _said(form: Any) -> dict[str, Any]:
    """What was written on the form, without what it only carries along."""
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def _back(case: Case) -> str:
    return reverse("case_clock", args=[case.pk])


@case_page("right and duty: request")
def ask(request: Request, case: Case) -> HttpResponse:
    """The citizen has asked to be referred."""
    form = AskForm(request.POST or None, initial={"asked_on": clock.today()})
    return form_page(
        request,
        form,
        lambda sent: actions.ask_referral(citizen=case.citizen, by=request.user, at=clock.now(), **_said(sent)),
        title=_("%(name)s asks for referral") % {"name": case.citizen.short_name},
        said=_("The request is registered."),
        back=_back(case),
        submit=_("Save the request"),
        tab=TAB,
    )


@case_page("right and duty: guidance")
def guide(request: Request, case: Case) -> HttpResponse:
    """The citizen was told."""
    form = GuideForm(request.POST or None, initial={"given_on": clock.today(), "about": "right"})
    return form_page(
        request,
        form,
        lambda sent: actions.give_guidance(citizen=case.citizen, by=request.user, at=clock.now(), **_said(sent)),
        title=_("%(name)s was told") % {"name": case.citizen.short_name},
        said=_("The guidance is registered."),
        back=_back(case),
        submit=_("Save the guidance"),
        tab=TAB,
    )


@case_page("right and duty: referral")
def refer(request: Request, case: Case) -> HttpResponse:
    """The citizen is to be referred."""
    form = ReferForm(request.POST or None, initial={"decided_on": clock.today(), "basis": "right"})
    return form_page(
        request,
        form,
        lambda sent: casework.refer(cases=[case], by=request.user, at=clock.now(), **_said(sent)),
        title=_("%(name)s is to be referred") % {"name": case.citizen.short_name},
        said=_("The decision is registered."),
        back=_back(case),
        submit=_("Save the decision"),
        tab=TAB,
    )


@roles(Role.CASEWORKER)
def refer_many(request: Request) -> HttpResponse:
    """The same ground for those that were ticked on the list; all of them or none."""
    cases = ticked(request)
    sent = request.method == "POST" and "decided_on" in request.POST
    form = ReferForm(request.POST if sent else None, initial={"decided_on": clock.today(), "basis": "own"})
    if sent and cases and form.is_valid():
        values = _said(form)
        try:
            made = casework.refer(cases=cases, by=request.user, at=clock.now(), **values)
        except ActionError as error:
            refused(form, error)
        else:
            said = ngettext("%(n)s citizen is to be referred.", "%(n)s citizens are to be referred.", len(made)) % {
                "n": danish.number(len(made))
            }
            return done(request, said, reverse("deadlines"))
    return render(
        request,
        "deadlines/refer_many.html",
        {"form": form, "cases": cases, "title": _("Refer several"), "back_url": reverse("deadlines")},
    )
