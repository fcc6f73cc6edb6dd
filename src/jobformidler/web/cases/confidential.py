"""What stands closest to the citizen: impairments by their meaning for the work, and confidential notes (CIT-09, GOV-08).

The words are decrypted for this one opened case; the search looks through them here and nowhere else.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from jobformidler.casework.models import Case, Incident, JournalNote
from jobformidler.citizens import actions, health
from jobformidler.citizens.models import Impairment
from jobformidler.citizens.sharing import ShareField
from jobformidler.core import clock
from jobformidler.web import danish
from jobformidler.web.cases.formpage import form_page
from jobformidler.web.cases.forms.closest import ImpairmentForm
from jobformidler.web.cases.forms.contact import ReasonForm
from jobformidler.web.cases.layout import show
from jobformidler.web.guards import case_page
from jobformidler.web.http import Request

LONGEST_TERM = 60


@dataclass(frozen=True)
class Said:
    """A passage that holds what was searched for: what it stands in, when, and the words around it."""

    where: str
    when: str
    text: str


def may_open(request: Request, case: Case) -> bool:
    """True for those close to the citizen, False for a provider the citizen has said yes to; else 403."""
    if health.is_close(request.viewer, case.citizen):
        return True
    if health.consented(request.viewer, case.citizen, ShareField.CHALLENGES):
        return False
    raise PermissionDenied(_("Only the citizen's own jobformidler and caseworker can read what is confidential."))


@case_page("confidential")
def confidential_page(request: Request, case: Case) -> HttpResponse:
    """What is written in confidence. A search is sent as a form, so that its words stand in no address and no log."""
    close = may_open(request, case)
    impairments = list(Impairment.objects.visible_to(request.viewer).standing().filter(citizen=case.citizen))
    notes = list(_notes(case)) if close else []
    term = " ".join(request.POST.get("q", "").split())[:LONGEST_TERM]
    context = {
        "close": close,
        "impairments": impairments,
        "notes": notes,
        "term": term,
        "asked": request.method == "POST",
        "found": _found(case, impairments, term) if close and len(term) > 1 else [],
    }
    return show(request, "cases/confidential.html", "case_cv", context)


def _notes(case: Case) -> Any:
    return JournalNote.objects.filter(case=case, confidential=True).select_related("by").order_by("-at", "-pk")


def _found(case: Case, impairments: list[Impairment], term: str) -> list[Said]:
    """Every passage of the case's notes, incidents and impairments with the words, newest first within its kind."""
    labelled = ((_("Health"), "meaning"), (_("Health"), "options"), (_("Diagnosis"), "diagnosis"))
    places = [(label, row.registered_on, getattr(row, name) or "") for row in impairments for label, name in labelled]
    places += [
        (_("Confidential note") if note.confidential else _("Note"), note.at, note.words)
        for note in JournalNote.objects.filter(case=case).order_by("-at", "-pk")
    ]
    places += [
        (row.get_kind_display(), row.on, row.what or "")
        for row in Incident.objects.standing().filter(case=case).order_by("-on", "-pk")
    ]
    wanted = term.casefold()
    return [
        Said(label, danish.day_near(when, year=True), _around(text, wanted))
        for label, when, text in places
        if wanted in text.casefold()
    ]


def _around(text: str, wanted: str, margin: int = 80) -> str:
    at = text.casefold().index(wanted)
    start, end = max(0, at - margin), at + len(wanted) + margin
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


@case_page("confidential: new")
def impairment_new(request: Request, case: Case) -> HttpResponse:
    """Write what an impairment means for the work, and what is possible."""
    _only_close(request, case)
    return _form(
        request,
        case,
        ImpairmentForm(request.POST or None),
        lambda form: actions.add_impairment(
            citizen=case.citizen, **form.answers("meaning", "options", "diagnosis"), by=request.user, at=clock.now()
        ),
        title=_("What it means for the work"),
        said=_("It is written down in confidence."),
    )


@case_page("confidential: edit")
def impairment_edit(request: Request, case: Case, row_pk: int) -> HttpResponse:
    """Change the words; a stale save shows both versions."""
    _only_close(request, case)
    row = get_object_or_404(Impairment.objects.standing(), pk=row_pk, citizen=case.citizen)
    initial = {name: getattr(row, name) or "" for name in ("meaning", "options", "diagnosis")}
    return _form(
        request,
        case,
        ImpairmentForm(request.POST or None, initial={**initial, "version": row.version}),
        lambda form: actions.edit_impairment(
            impairment=row,
            version=form.cleaned_data["version"],
            **form.answers("meaning", "options", "diagnosis"),
            by=request.user,
            at=clock.now(),
        ),
        title=_("What it means for the work"),
        said=_("It is changed."),
        row=row,
    )


@case_page("confidential: withdraw")
def impairment_withdraw(request: Request, case: Case, row_pk: int) -> HttpResponse:
    """Withdraw a wrong registration, with a reason."""
    _only_close(request, case)
    row = get_object_or_404(Impairment.objects.standing(), pk=row_pk, citizen=case.citizen)
    return _form(
        request,
        case,
        ReasonForm(request.POST or None),
        lambda form: actions.withdraw_impairment(
            impairment=row, reason=form.cleaned_data["reason"], by=request.user, at=clock.now()
        ),
        title=_("Withdraw a registration"),
        said=_("The registration is withdrawn."),
        submit=_("Withdraw"),
    )


def _only_close(request: Request, case: Case) -> None:
    if not may_open(request, case):
        raise Http404


def _form(request: Request, case: Case, form: Any, act: Any, **rest: Any) -> HttpResponse:
    rest.setdefault("submit", _("Save"))
    return form_page(
        request,
        form,
        act,
        back=reverse("case_confidential", args=[case.pk]),
        template="cases/confidential_form.html",
        tab="case_cv",
        **rest,
    )
