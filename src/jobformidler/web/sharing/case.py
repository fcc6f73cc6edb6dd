"""Sharing on the case: what the citizen has answered, and what was shared with whom and when (GOV-01, GOV-03)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jobformidler.casework.models import Case
from jobformidler.citizens import actions
from jobformidler.citizens.models import Consent
from jobformidler.citizens.restricted import sharing_stands_still
from jobformidler.citizens.sharing import AnsweredHow
from jobformidler.core import clock
from jobformidler.web.cases.formpage import done, form_page
from jobformidler.web.cases.layout import around, show
from jobformidler.web.guards import case_page
from jobformidler.web.http import Request
from jobformidler.web.sharing import words
from jobformidler.web.sharing.forms import AnswerForm


@case_page("sharing")
def sharing(request: Request, case: Case) -> HttpResponse:
    """What is shared now, what the citizen said no to, and the log."""
    seen = around(case, clock.now())
    context = {
        "register": words.register(case.citizen, seen.today),
        "shared": words.log(case.citizen, seen.today),
        "held": sharing_stands_still(case.citizen),
    }
    return show(request, "sharing/case.html", "case_people", context, seen=seen)


@case_page("sharing: answer")
def sharing_new(request: Request, case: Case) -> HttpResponse:
    """Register what the citizen answers."""
    now = clock.now()
    chosen = request.POST.get("to") or request.GET.get("til", "")
    form = AnswerForm(
        request.POST or None, citizen=case.citizen, day=now.date(), chosen=chosen, initial={"on": now.date()}
    )
    path = reverse("sharing_new", args=[case.pk])

    def act(sent: Any) -> object:
        return actions.register_answer(citizen=case.citizen, **sent.sent(), by=request.user, at=now)

    return form_page(
        request,
        form,
        act,
        title=_("What does %(name)s say?") % {"name": case.citizen.short_name},
        said=_("The answer is registered."),
        back=reverse("case_sharing", args=[case.pk]),
        submit=_("Register the answer"),
        template="sharing/answer.html",
        tab="case_people",
        context={
            "kinds": [
                {"label": label, "url": f"{path}?{urlencode({'til': code})}", "current": label == form.chosen_label}
                for code, (label, _to) in form.known.items()
            ],
            "form_lead": _(
                "Say what it is for, who reads it and for how long. %(name)s may say no, and may take a yes back at any"
                " time. Neither has any consequence for the help %(name)s gets."
            )
            % {"name": case.citizen.short_name},
        },
    )


@case_page("sharing: taken back")
@require_POST
def sharing_withdraw(request: Request, case: Case, row_pk: int) -> HttpResponse:
    """The citizen takes a yes back in a conversation; it works from the next request on."""
    row = get_object_or_404(Consent.objects.standing(), pk=row_pk, citizen=case.citizen)
    actions.withdraw_consent(consent=row, how=AnsweredHow.CONVERSATION, by=request.user, at=clock.now())
    return done(request, _("It is no longer shared."), reverse("case_sharing", args=[case.pk]))
