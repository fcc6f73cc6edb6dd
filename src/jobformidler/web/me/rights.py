""" "Mine rettigheder": decisions and hearings, how to complain, a copy of everything, correction."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from jobformidler.casework import actions as casework
from jobformidler.casework.decision_enums import AFTER_DECIDED, DecisionStatus
from jobformidler.casework.models import Complaint, Decision, Hearing
from jobformidler.citizens import actions
from jobformidler.citizens.models import Citizen, CorrectionRequest, DataExport
from jobformidler.citizens.restricted import is_restricted
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.messaging.letters import file_of
from jobformidler.messaging.models import Letter
from jobformidler.web.cases.forms.base import CaseForm, text_field
from jobformidler.web.cases.rights import fetched
from jobformidler.web.decisions.letters import pdf
from jobformidler.web.guards import own_page
from jobformidler.web.http import Request
from jobformidler.web.me.own_case import own_case
from jobformidler.web.me.referral import right_of
from jobformidler.web.saving import save
from jobformidler.web.stepup import step_up

LONG = 4000


class AnswerForm(CaseForm):
    """The answer to a hearing."""

    answer = text_field(gettext_lazy("What do you want to say?"), LONG, rows=8)


class ComplaintForm(CaseForm):
    """A complaint in one's own words."""

    text = text_field(gettext_lazy("What do you disagree with?"), LONG, rows=8)


class CorrectionForm(CaseForm):
    """What is wrong, in one's own words."""

    what = text_field(gettext_lazy("What is wrong?"), LONG, rows=4)
    why = text_field(gettext_lazy("What should it say instead?"), LONG, rows=4)


def _decisions(citizen: Citizen) -> list[dict[str, Any]]:
    """What is decided or heard, with its letters; never a recommendation or a draft."""
    rows = (
        Decision.objects.filter(
            case__citizen=citizen, status__in=[*AFTER_DECIDED, DecisionStatus.HEARING, DecisionStatus.READY]
        )
        .select_related("municipality")
        .defer("recommendation", "rejected_reason", "changed_reason")
        .order_by("-pk")
    )
    letters: dict[tuple[str, int], list[Letter]] = {}
    for letter in Letter.objects.filter(citizen_id=citizen.pk).defer("pdf").order_by("pk"):
        letters.setdefault((letter.subject_type, letter.subject_id), []).append(letter)
    found = []
    for row in rows.prefetch_related("hearings", "complaints"):
        hearings = list(row.hearings.all())
        heard = hearings[0] if hearings else None
        made = row.status in AFTER_DECIDED
        found.append(
            {
                "row": row,
                "made": made,
                "hearing": heard if heard is not None and not heard.answered_at and not made else None,
                "answered": heard is not None and heard.answered_at is not None and not made,
                "letters": [
                    *(letter for item in hearings for letter in letters.get(("casework.hearing", item.pk), [])),
                    *letters.get(("casework.decision", row.pk), []),
                ],
                "complaints": list(row.complaints.all()),
                "can_complain": row.status in (DecisionStatus.DECIDED, DecisionStatus.DELIVERED)
                and not row.complaints.all(),
            }
        )
    return found


@own_page("my_rights")
def my_rights(request: Request, citizen: Citizen) -> HttpResponse:
    """The citizen's rights on one page."""
    case = own_case(citizen)
    context = {
        "citizen": citizen,
        "municipality": citizen.municipality,
        "decisions": _decisions(citizen),
        "complaints": list(Complaint.objects.filter(case__citizen=citizen, decision=None)),
        "corrections": list(CorrectionRequest.objects.filter(citizen=citizen)),
        "copy": DataExport.objects.filter(citizen=citizen, from_citizen=True).defer("content").first(),
        "restriction": is_restricted(citizen),
        "has_case": case is not None,
        "referral": right_of(citizen, clock.today()),
        "now": clock.now(),
    }
    return render(request, "me/rights.html", context)


def _form_page(
    request: Request, form: forms.Form, act: Any, *, title: str, submit: str, said: str, lead: list[str], **values: Any
) -> HttpResponse:
    """A form of its own page; when it is sent, back to the rights with a sentence."""
    if request.method == "POST" and form.is_valid() and save(form, request, act, **values, **form.cleaned_data):
        messages.success(request, said)
        return HttpResponseRedirect(reverse("my_rights"))
    return render(request, "me/ask.html", {"form": form, "title": title, "submit": submit, "lead": lead})


@own_page("my_hearing")
def my_hearing(request: Request, citizen: Citizen, pk: int) -> HttpResponse:
    """Answer a hearing."""
    hearing = get_object_or_404(
        Hearing.objects.select_related("decision__case__citizen", "case__citizen"), pk=pk, case__citizen=citizen
    )
    form = AnswerForm(request.POST if request.method == "POST" else None)
    form.fields.pop("version")
    lead = [hearing.decision.title, str(hearing.decision.facts or ""), str(hearing.text)]
    return _form_page(
        request,
        form,
        casework.answer_hearing,
        title=_("Before we decide: do you have anything to add?"),
        submit=_("Send your answer"),
        said=_("Thank you. We have got your answer."),
        lead=lead,
        hearing=hearing,
    )


@own_page("my_complaint")
def my_complaint(request: Request, citizen: Citizen, pk: int) -> HttpResponse:
    """Complain about a decision."""
    decision = get_object_or_404(
        Decision.objects.filter(status__in=AFTER_DECIDED).select_related("case__citizen", "case__municipality"),
        pk=pk,
        case__citizen=citizen,
    )
    form = ComplaintForm(request.POST if request.method == "POST" else None)
    form.fields.pop("version")
    return _form_page(
        request,
        form,
        casework.receive_complaint,
        title=_("Complain about the decision"),
        submit=_("Send the complaint"),
        said=_("We have got your complaint. The receipt is among your letters."),
        lead=[decision.title, decision.guidance],
        case=decision.case,
        decision=decision,
        received_on=clock.today(),
    )


@own_page("my_complaint")
def my_complaint_effort(request: Request, citizen: Citizen) -> HttpResponse:
    """Complain about the effort, also another provider's (PROV-52)."""
    case = own_case(citizen)
    if case is None:
        return HttpResponseRedirect(reverse("my_rights"))
    form = ComplaintForm(request.POST if request.method == "POST" else None)
    form.fields.pop("version")
    return _form_page(
        request,
        form,
        casework.receive_complaint,
        title=_("Complain about the help you get"),
        submit=_("Send the complaint"),
        said=_("We have got your complaint. The receipt is among your letters."),
        lead=[],
        case=case,
        received_on=clock.today(),
    )


@own_page("my_correction")
def my_correction(request: Request, citizen: Citizen) -> HttpResponse:
    """Ask for something to be corrected."""
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    form.fields.pop("version")
    return _form_page(
        request,
        form,
        actions.ask_correction,
        title=_("Something is wrong"),
        submit=_("Send the request"),
        said=_("Thank you. You get an answer here."),
        lead=[],
        citizen=citizen,
    )


@own_page("my_copy")
@step_up
@require_POST
def my_copy(request: Request, citizen: Citizen) -> HttpResponse:
    """Ask for a copy of everything."""
    try:
        actions.ask_export(citizen=citizen, by=request.user, at=clock.now())
    except ActionError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Your copy is being made. Come back in a moment."))
    return HttpResponseRedirect(reverse("my_rights"))


@own_page("my_copy_fetched")
@step_up
def my_copy_fetch(request: Request, citizen: Citizen, pk: int) -> HttpResponse:
    """Fetch the copy."""
    row = get_object_or_404(DataExport.objects.select_related("citizen"), pk=pk, citizen=citizen, from_citizen=True)
    return fetched(request, row, reverse("my_rights"))


@own_page("my_letter")
def my_letter(request: Request, citizen: Citizen, pk: int) -> HttpResponse:
    """One of the citizen's letters."""
    row = get_object_or_404(Letter, pk=pk, citizen_id=citizen.pk)
    return pdf(file_of(row), f"brev-{row.pk}")
