"""A complaint's page and its steps (GOV-10, PROV-52)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobformidler.casework import actions
from jobformidler.casework.authority import decider_powers
from jobformidler.casework.decision_enums import DecisionKind
from jobformidler.casework.decision_transitions import COMPLAINT
from jobformidler.casework.models import Case, Complaint
from jobformidler.casework.perms import may_work_on
from jobformidler.core import clock
from jobformidler.messaging.models import Letter
from jobformidler.web.cases.formpage import form_page
from jobformidler.web.cases.forms.base import CaseForm
from jobformidler.web.cases.layout import show
from jobformidler.web.decisions import forms
from jobformidler.web.decisions.guarding import complaint_page
from jobformidler.web.guards import case_page
from jobformidler.web.http import Request

TAB = "case_rights"


@dataclass(frozen=True)
class Step:
    """One verb on its page."""

    verb: str
    title: str | Promise
    submit: str | Promise
    said: str | Promise
    form: type[CaseForm]
    act: Callable[[Complaint, dict[str, Any], dict[str, Any]], object]


STEPS = {
    "fasthold": Step(
        "stand",
        gettext_lazy("The decision stands"),
        gettext_lazy("The decision stands"),
        gettext_lazy("Saved. Send the complaint and the papers to Ankestyrelsen now."),
        forms.NoteForm,
        lambda c, data, who: actions.let_stand(complaint=c, note=data["note"], **who),
    ),
    "videresend": Step(
        "forward",
        gettext_lazy("Send to Ankestyrelsen"),
        gettext_lazy("Save the day"),
        gettext_lazy("Noted as sent to Ankestyrelsen."),
        forms.ForwardForm,
        lambda c, data, who: actions.forward_complaint(complaint=c, on=data["on"], receipt=data["receipt"], **who),
    ),
    "afslut": Step(
        "end",
        gettext_lazy("End the complaint"),
        gettext_lazy("End the complaint"),
        gettext_lazy("The complaint is ended."),
        forms.EndForm,
        lambda c, data, who: actions.end_complaint(complaint=c, outcome=data["outcome"], note=data["note"], **who),
    ),
}
WORDS = {step.verb: word for word, step in STEPS.items()}


def _powers(request: Request, complaint: Complaint) -> frozenset[str]:
    kind = complaint.decision.kind if complaint.decision else DecisionKind.EFFORT_COMPLAINT
    return decider_powers(request.user, complaint.case, kind, clock.today())


@complaint_page("complaint")
def complaint(request: Request, complaint: Complaint) -> HttpResponse:
    """What the complaint says, where it is, and what can be done."""
    verbs = [
        (verb.label, reverse("complaint_step", args=[complaint.pk, WORDS[verb.name]]))
        for verb in COMPLAINT.open_to(complaint, _powers(request, complaint))
        if not COMPLAINT.problems(verb.name, complaint)
    ]
    letters = Letter.objects.filter(subject_type="casework.complaint", subject_id=complaint.pk).defer("pdf")
    return show(
        request, "decisions/complaint.html", TAB, {"complaint": complaint, "verbs": verbs, "letters": list(letters)}
    )


@complaint_page("complaint: step")
def step(request: Request, complaint: Complaint, verb: str) -> HttpResponse:
    """Ask what the verb needs, do it, and go back to the complaint."""
    asked = STEPS.get(verb)
    if asked is None:
        raise Http404
    if not COMPLAINT.transitions[asked.verb].who & _powers(request, complaint):
        raise PermissionDenied
    return form_page(
        request,
        asked.form(request.POST if request.method == "POST" else None, initial={"on": clock.today()}),
        lambda sent: asked.act(complaint, sent.cleaned_data, {"by": request.user, "at": clock.now()}),
        title=str(asked.title),
        said=str(asked.said),
        back=reverse("complaint", args=[complaint.pk]),
        submit=str(asked.submit),
        tab=TAB,
    )


@case_page("complaint: new")
def new(request: Request, case: Case) -> HttpResponse:
    """Register a complaint about the effort; one about a decision is registered on the decision."""
    if not may_work_on(request.user, case, clock.today()):
        raise PermissionDenied
    form = forms.ComplaintForm(request.POST or None, initial={"received_on": clock.today()})
    del form.fields["late_reason"]

    def act(sent: Any) -> object:
        return actions.receive_complaint(
            case=case, **sent.answers("text", "received_on", "complainant"), by=request.user, at=clock.now()
        )

    return form_page(
        request,
        form,
        act,
        title=_("Complaint about the effort"),
        said=_("The complaint is registered. The receipt is ready to be sent."),
        back=reverse(TAB, args=[case.pk]),
        submit=_("Save the complaint"),
        tab=TAB,
        context={"form_lead": _("Also about another provider. The municipality decides it.")},
    )
