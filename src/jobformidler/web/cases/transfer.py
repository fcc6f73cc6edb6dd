"""What also has to be registered in the municipality's case system: a sheet to copy, and the receipt."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from jobformidler.casework import actions
from jobformidler.casework.models import Case, Contact, Plan, PlanActivity
from jobformidler.citizens.actions import transfer_cv
from jobformidler.citizens.models import CV, Competence
from jobformidler.core import clock, lists
from jobformidler.web import danish
from jobformidler.web.cases.formpage import form_page
from jobformidler.web.cases.forms.plan import TransferForm
from jobformidler.web.cases.now import goals_of
from jobformidler.web.cases.words import capital
from jobformidler.web.guards import case_page
from jobformidler.web.http import Request


def contact_sheet(row: Contact) -> str:
    """A conversation as text for another system."""
    people = ", ".join(person.name for person in row.participants.all())
    raised = {True: _("Yes"), False: _("No"), None: "–"}[row.ordinary_hours_raised]
    labels = lists.labels("first_conversation")
    lines = [
        f"{row.get_kind_display()} {danish.day_short(row.at)} {danish.clock(row.at)}",
        _("Took part: %(names)s") % {"names": people},
        _("Talked about ordinary hours: %(answer)s") % {"answer": raised},
    ]
    if row.ticked:
        lines.append(_("Talked about: %(items)s") % {"items": ", ".join(labels.get(code, code) for code in row.ticked)})
    if row.agreements:
        lines.append(_("Agreed: %(text)s") % {"text": row.agreements})
    if row.next_step:
        when = danish.day_short(row.next_step_on) if row.next_step_on else ""
        lines.append(_("Next step: %(step)s, %(day)s") % {"step": row.next_step, "day": when})
    return "\n".join(lines)


def plan_sheet(plan: Plan) -> str:
    """The plan as text for another system."""
    lines = [_("Plan started %(day)s") % {"day": danish.day_short(plan.started_on)}]
    for item in goals_of(plan.case):
        lines.append(_("Goal %(letter)s: %(text)s") % {"letter": item["name"], "text": item["text"]})
        lines += [f"– {step['text']}" for step in item["steps"]]
    for row in PlanActivity.objects.filter(plan=plan, withdrawn_at=None):
        lines.append(_("Activity: %(text)s, from %(day)s") % {"text": row.text, "day": danish.day_short(row.starts_on)})
    return "\n".join(lines)


def cv_sheet(cv: CV) -> str:
    """A CV as text for another system."""
    lines = [
        f"{capital(cv.get_kind_display())}, {danish.day_short(cv.updated_on)}",
        *([cv.summary] if cv.summary else []),
    ]
    for row in Competence.objects.standing().filter(citizen=cv.citizen):
        tasks = f" ({', '.join(row.tasks)})" if row.tasks else ""
        lines.append(f"– {row.text}{tasks}")
    return "\n".join(lines)


def found(case: Case, what: str, row_pk: int) -> tuple[Any, str, str]:
    """The row, its name and its sheet; 404 for anything of another case."""
    if what == "samtale":
        contact = get_object_or_404(Contact.objects.standing().prefetch_related("participants"), pk=row_pk, case=case)
        return contact, f"{contact.get_kind_display()} {danish.day_short(contact.at)}", contact_sheet(contact)
    if what == "plan":
        plan = get_object_or_404(Plan.objects.select_related("case"), pk=row_pk, case=case)
        return plan, _("Plan"), plan_sheet(plan)
    if what == "cv":
        cv = get_object_or_404(CV.objects.standing(), pk=row_pk, citizen=case.citizen)
        return cv, capital(cv.get_kind_display()), cv_sheet(cv)
    raise Http404


@case_page("transfer")
def transfer(request: Request, case: Case, what: str, row_pk: int) -> HttpResponse:
    """Copy the text, register it in the case system, and note the receipt."""
    row, name, text = found(case, what, row_pk)
    now = clock.now()
    form = TransferForm(
        request.POST or None, initial={"on": row.transferred_on or now.date(), "receipt": row.transfer_receipt}
    )

    def act(sent: Any) -> object:
        values = {**sent.answers("on", "receipt"), "by": request.user, "at": now}
        return transfer_cv(cv=row, **values) if what == "cv" else actions.mark_transferred(row=row, **values)

    return form_page(
        request,
        form,
        act,
        title=_("%(what)s to the case system") % {"what": name},
        said=_("Noted as transferred."),
        back=reverse("case_documents", args=[case.pk]),
        submit=_("Note as transferred"),
        template="cases/transfer.html",
        tab="case_documents",
        context={"sheet": text, "sheet_rows": max(6, text.count("\n") + 3), "row": row},
    )
