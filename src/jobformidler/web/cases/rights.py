"""The citizen's rights over the data, for those who work on the case: copy, correction, restriction, legal hold."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from jobformidler.casework.decision_enums import ComplaintStatus, DecisionStatus
from jobformidler.casework.models import Case, Complaint, Decision
from jobformidler.casework.perms import may_work_on
from jobformidler.citizens import actions
from jobformidler.citizens.enums import CorrectionStatus
from jobformidler.citizens.models import CorrectionRequest, DataExport, LegalHold, Restriction
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.web.cases.formpage import form_page
from jobformidler.web.cases.forms.base import CaseForm
from jobformidler.web.cases.forms.rights import CorrectionAnswerForm, CorrectionForm, RestrictForm, WhyForm
from jobformidler.web.cases.layout import as_json
from jobformidler.web.guards import case_page
from jobformidler.web.http import Request
from jobformidler.web.stepup import step_up

TAB = "case_rights"


def _workers(request: Request, case: Case) -> str:
    """The way back, for somebody who works on the case; others are refused before they have written anything."""
    if not may_work_on(request.user, case, clock.today()):
        raise PermissionDenied
    return reverse(TAB, args=[case.pk])


def _sent(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


@case_page("rights: correction asked")
def correction_new(request: Request, case: Case) -> HttpResponse:
    """Write down that the citizen wants something corrected."""
    back = _workers(request, case)
    return form_page(
        request,
        CorrectionForm(_sent(request)),
        lambda sent: actions.ask_correction(
            citizen=case.citizen, **sent.answers("what", "why"), by=request.user, at=clock.now()
        ),
        title=_("Request for correction"),
        said=_("The request is written down."),
        back=back,
        submit=_("Save the request"),
        tab=TAB,
    )


@case_page("rights: correction answered")
def correction_answer(request: Request, case: Case, row_pk: int) -> HttpResponse:
    """Answer a request for correction, with the reason."""
    back = _workers(request, case)
    row = get_object_or_404(CorrectionRequest, pk=row_pk, citizen=case.citizen)

    def act(sent: Any) -> object:
        data = sent.cleaned_data
        return actions.answer_correction(
            request=row,
            corrected=data["status"] == CorrectionStatus.CORRECTED,
            answer=data["answer"],
            note=data["note"],
            by=request.user,
            at=clock.now(),
        )

    return form_page(
        request,
        CorrectionAnswerForm(_sent(request)),
        act,
        title=_("Answer the request for correction"),
        said=_("The request is answered. The citizen reads the answer on the own page."),
        back=back,
        submit=_("Save the answer"),
        tab=TAB,
        context={"form_lead": "»" + str(row.what) + "« " + str(row.why)},
    )


@case_page("rights: restrict")
def restriction_new(request: Request, case: Case) -> HttpResponse:
    """Restrict the use of the data."""
    back = _workers(request, case)
    return form_page(
        request,
        RestrictForm(_sent(request), initial={"since": clock.today()}),
        lambda sent: actions.restrict(
            citizen=case.citizen, **sent.answers("reason", "since", "uses"), by=request.user, at=clock.now()
        ),
        title=_("Restrict the use of the data"),
        said=_("The use is restricted. It stands at the top of the case."),
        back=back,
        submit=_("Restrict the use"),
        tab=TAB,
        context={"form_lead": _("While the citizen disputes what stands, or needs it for a claim.")},
    )


@case_page("rights: lift restriction")
def restriction_lift(request: Request, case: Case, row_pk: int) -> HttpResponse:
    """Lift the restriction; the citizen is told first."""
    back = _workers(request, case)
    row = get_object_or_404(Restriction, pk=row_pk, citizen=case.citizen, lifted_on=None)
    return form_page(
        request,
        WhyForm(_sent(request)),
        lambda sent: actions.lift_restriction(
            restriction=row, reason=sent.cleaned_data["reason"], by=request.user, at=clock.now()
        ),
        title=_("Lift the restriction"),
        said=_("The restriction is lifted."),
        back=back,
        submit=_("Lift it"),
        tab=TAB,
        context={"form_lead": _("Tell the citizen before you lift it.")},
    )


@case_page("rights: stop deletion")
def hold_new(request: Request, case: Case) -> HttpResponse:
    """Stop anonymisation and deletion."""
    back = _workers(request, case)
    return form_page(
        request,
        WhyForm(_sent(request)),
        lambda sent: actions.hold(
            citizen=case.citizen, reason=sent.cleaned_data["reason"], by=request.user, at=clock.now()
        ),
        title=_("Stop deletion"),
        said=_("Nothing about the citizen is deleted before you allow it again."),
        back=back,
        submit=_("Stop deletion"),
        tab=TAB,
        context={"form_lead": _("For a complaint, a court case or an inspection.")},
    )


@case_page("rights: allow deletion")
def hold_lift(request: Request, case: Case, row_pk: int) -> HttpResponse:
    """Let the rules for keeping data count again."""
    back = _workers(request, case)
    row = get_object_or_404(LegalHold, pk=row_pk, citizen=case.citizen, lifted_on=None)
    return form_page(
        request,
        WhyForm(_sent(request)),
        lambda sent: actions.lift_hold(hold=row, reason=sent.cleaned_data["reason"], by=request.user, at=clock.now()),
        title=_("Allow deletion again"),
        said=_("The rules for keeping data count again."),
        back=back,
        submit=_("Allow it"),
        tab=TAB,
    )


@case_page("rights: copy of everything")
@step_up
def copy_new(request: Request, case: Case) -> HttpResponse:
    """Ask for a copy of everything held, for the citizen."""
    back = _workers(request, case)
    return form_page(
        request,
        CaseForm(_sent(request)),
        lambda _form: actions.ask_export(citizen=case.citizen, by=request.user, at=clock.now()),
        title=_("A copy of everything about the citizen"),
        said=_("The copy is being made. It is ready in a moment."),
        back=back,
        submit=_("Make the copy"),
        tab=TAB,
        context={
            "form_lead": _(
                "One file for a computer and one to read, with all letters. It can be fetched for 7 days, and every"
                " fetch is noted."
            )
        },
    )


@case_page("rights: copy fetched")
@step_up
def copy_fetch(request: Request, case: Case, row_pk: int) -> HttpResponse:
    """The file, for who asked for it."""
    row = get_object_or_404(DataExport.objects.select_related("citizen"), pk=row_pk, citizen=case.citizen)
    return fetched(request, row, reverse(TAB, args=[case.pk]))


def fetched(request: Request, row: DataExport, back: str) -> HttpResponse:
    """The file, or the way back with the sentence that says why not."""
    try:
        return zip_file(actions.fetch_export(export=row, by=request.user, at=clock.now()), row.pk)
    except ActionError as error:
        messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(back)


def zip_file(data: bytes, key: int) -> HttpResponse:
    """A file to keep; the browser never opens it by itself."""
    response = HttpResponse(data, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="kopi-{key}.zip"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def beside() -> dict[str, Any]:
    """Lists that are read with what stands around the case, without a query of their own."""
    decisions = Decision.objects.filter(case=OuterRef("pk")).order_by("-pk")
    complaints = Complaint.objects.filter(case=OuterRef("pk")).order_by("-pk")
    copies = DataExport.objects.filter(citizen=OuterRef("citizen")).order_by("-pk")[:3]
    return {
        "decisions": as_json(decisions, pk="pk", title="title", status="status", since="status_since"),
        "complaints": as_json(complaints, pk="pk", status="status", received_on="received_on"),
        "copies": as_json(
            copies, pk="pk", status="status", progress="progress", total="total", expires_at="expires_at", by="by_id"
        ),
    }


def shown(case: Case, more: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """What the page of rights shows about them; `more` as `beside` reads it. Three queries."""
    citizen = case.citizen
    states, complaint_states = dict(DecisionStatus.choices), dict(ComplaintStatus.choices)
    return {
        "decisions": [
            {**row, "state": states[row["status"]], "since": dt.date.fromisoformat(row["since"])}
            for row in more["decisions"]
        ],
        "complaints": [
            {**row, "state": complaint_states[row["status"]], "received_on": dt.date.fromisoformat(row["received_on"])}
            for row in more["complaints"]
        ],
        "copies": [
            {**row, "expires_at": dt.datetime.fromisoformat(row["expires_at"]) if row["expires_at"] else None}
            for row in more["copies"]
        ],
        "corrections": list(citizen.correctionrequests.all()),
        "restrictions": list(citizen.restrictions.in_force()),
        "holds": list(citizen.legalholds.in_force()),
    }
