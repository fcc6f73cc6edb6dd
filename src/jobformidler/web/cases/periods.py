"""Periods and approvals to fleksjob by hand: add, correct, remove, approve, end (CIT-02)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from jobformidler.casework.models import Case
from jobformidler.core import clock
from jobformidler.core.periods import day_after, last_day
from jobformidler.registers import actions
from jobformidler.registers.models import FleksjobApproval, Spell
from jobformidler.web import danish
from jobformidler.web.cases.formpage import form_page
from jobformidler.web.cases.forms.periods import ApproveForm, EndApprovalForm, PeriodForm, RemovePeriodForm
from jobformidler.web.guards import case_page
from jobformidler.web.http import Request

TAB = "case_rights"


def rights_url(case: Case) -> str:
    """The page the periods stand on."""
    return reverse(TAB, args=[case.pk])


def period_words(row: Spell) -> str:
    """The period as a sentence: kind, first and last day."""
    start, last = danish.day_short(row.start), last_day(row.end)
    values = {"kind": row.get_kind_display(), "start": start}
    if last is None:
        return _("%(kind)s from %(start)s") % values
    return _("%(kind)s %(start)s to %(end)s") % {**values, "end": danish.day_short(last)}


@case_page("rights: new period")
def add(request: Request, case: Case) -> HttpResponse:
    """Register a period."""

    def act(sent: Any) -> object:
        return actions.add_spell(
            citizen=case.citizen,
            kind=sent.cleaned_data["kind"],
            start=sent.cleaned_data["start"],
            end=day_after(sent.cleaned_data["end"]),
            by=request.user,
            at=clock.now(),
        )

    return form_page(
        request,
        PeriodForm(request.POST or None, corrects=False),
        act,
        title=_("New period"),
        said=_("The period is registered."),
        back=rights_url(case),
        submit=_("Save the period"),
        tab=TAB,
    )


@case_page("rights: correct period")
def correct(request: Request, case: Case, row_pk: int) -> HttpResponse:
    """Correct a period, with the reason that stands in its history."""
    row = get_object_or_404(Spell, pk=row_pk, citizen=case.citizen)
    initial = {"kind": row.kind, "start": row.start, "end": last_day(row.end)}

    def act(sent: Any) -> object:
        end = day_after(sent.cleaned_data["end"])
        return actions.correct_spell(
            spell=row,
            reason=sent.cleaned_data["reason"],
            kind=sent.cleaned_data["kind"],
            start=sent.cleaned_data["start"],
            end=end,
            still_open=end is None,
            by=request.user,
            at=clock.now(),
        )

    return form_page(
        request,
        PeriodForm(request.POST or None, corrects=True, initial=initial),
        act,
        title=_("Correct the period"),
        said=_("The period is corrected."),
        back=rights_url(case),
        submit=_("Save the correction"),
        tab=TAB,
    )


@case_page("rights: remove period")
def remove(request: Request, case: Case, row_pk: int) -> HttpResponse:
    """Remove a period that never was, with the reason."""
    row = get_object_or_404(Spell, pk=row_pk, citizen=case.citizen)

    def act(sent: Any) -> object:
        return actions.remove_spell(spell=row, reason=sent.cleaned_data["reason"], by=request.user, at=clock.now())

    return form_page(
        request,
        RemovePeriodForm(request.POST or None),
        act,
        title=_("Remove the period"),
        said=_("The period is removed."),
        back=rights_url(case),
        submit=_("Remove the period"),
        tab=TAB,
        context={"form_lead": f"{period_words(row)}."},
    )


@case_page("rights: approve to fleksjob")
def approve(request: Request, case: Case) -> HttpResponse:
    """Register the day of the approval to fleksjob."""

    def act(sent: Any) -> object:
        return actions.approve_fleksjob(
            citizen=case.citizen, approved_on=sent.cleaned_data["approved_on"], by=request.user, at=clock.now()
        )

    return form_page(
        request,
        ApproveForm(request.POST or None),
        act,
        title=_("Approval to fleksjob"),
        said=_("The approval is registered."),
        back=rights_url(case),
        submit=_("Save the approval"),
        tab=TAB,
    )


@case_page("rights: end approval")
def end_approval(request: Request, case: Case, row_pk: int) -> HttpResponse:
    """Register that the approval no longer holds, with the reason."""
    row = get_object_or_404(FleksjobApproval, pk=row_pk, citizen=case.citizen, ended_on=None)

    def act(sent: Any) -> object:
        return actions.end_approval(
            approval=row,
            ended_on=sent.cleaned_data["ended_on"],
            reason=sent.cleaned_data["reason"],
            version=sent.cleaned_data["version"],
            by=request.user,
            at=clock.now(),
        )

    return form_page(
        request,
        EndApprovalForm(request.POST or None, initial={"version": row.version}),
        act,
        title=_("The approval no longer holds"),
        said=_("The end of the approval is registered."),
        back=rights_url(case),
        submit=_("End the approval"),
        tab=TAB,
        row=row,
    )
