"""Periods and approvals to fleksjob by hand, each change seen in its dates before it is saved (CIT-02, RULE-02…07)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobformidler.casework.models import Case
from jobformidler.core import clock
from jobformidler.core.actions import ActionError, StaleError
from jobformidler.core.periods import day_after, last_day
from jobformidler.registers import actions
from jobformidler.registers.models import FleksjobApproval, Spell
from jobformidler.registers.rules import clock_rules
from jobformidler.registers.trial import Registers, dates, tried
from jobformidler.web.cases.formpage import done, refused, stale_context, way_back
from jobformidler.web.cases.layout import show
from jobformidler.web.deadlines import known
from jobformidler.web.deadlines.moves import Moves, moves
from jobformidler.web.deadlines.period_forms import (
    ApprovalForm,
    ApproveForm,
    EditForm,
    EndApprovalForm,
    PeriodForm,
    RemoveForm,
)
from jobformidler.web.guards import case_page
from jobformidler.web.http import Request

TAB = "case_rights"


@case_page("rights: periods")
def periods_page(request: Request, case: Case) -> HttpResponse:
    """Every period and approval with its source, what can be corrected, and what was known before."""
    return show(request, "deadlines/periods.html", TAB, known.context(case))


def _edit(
    request: Request,
    case: Case,
    form: EditForm,
    act: Callable[[Any], object],
    *,
    title: str,
    said: str,
    submit: str,
    row: FleksjobApproval | None = None,
    lead: str = "",
) -> HttpResponse:
    """Show the form; then what it does to the dates; then save. Without rules in use there are no dates to see."""
    back = way_back(request, reverse("case_periods", args=[case.pk]))
    rules = clock_rules(case.municipality_id)
    saves = rules is None or "save" in request.POST
    more: dict[str, Any] = {}
    seen: Moves | None = None
    if request.method == "POST":
        if request.POST.get("keep") == "theirs":
            return HttpResponseRedirect(back)
        if form.is_valid():
            try:
                if saves and (rules is None or request.POST.get("seen") == form.stamp):
                    act(form)
                    return done(request, said, back)
                if rules is not None:
                    day = clock.today()
                    before = dates(Registers.of(case.citizen), rules, day)
                    after = dates(tried(lambda: act(form), case.citizen), rules, day)
                    seen = moves(before, after, rules)
            except StaleError as error:
                assert row is not None
                more = stale_context(form, error, row)
            except ActionError as error:
                refused(form, error)
    context = {
        "form": form,
        "title": title,
        "submit": submit,
        "form_lead": lead,
        "back_url": back,
        "action_url": request.path,
        "seen": seen,
        "stamp": form.stamp if seen else "",
        "previews": rules is not None,
        **more,
    }
    if request.htmx:
        return render(request, "deadlines/moves.html", context)
    return show(request, "deadlines/edit.html", TAB, context)


def _sent(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _saves(request: Request, case: Case) -> bool:
    """Whether a reason must be there: always, unless the dates are only looked at."""
    return request.method != "POST" or "save" in request.POST or clock_rules(case.municipality_id) is None


def _asked(request: Request, *names: str, **otherwise: Any) -> dict[str, Any]:
    """What the form begins with: what an undo carries along in the address, else what is registered."""
    return {**otherwise, **{name: request.GET[name] for name in (*names, "reason") if name in request.GET}}


@case_page("rights: new period")
def add(request: Request, case: Case) -> HttpResponse:
    """Register a period."""
    form = PeriodForm(_sent(request), saves=False, reason=None, initial=_asked(request, "kind", "start", "end"))
    return _edit(
        request,
        case,
        form,
        lambda sent: actions.add_spell(
            citizen=case.citizen,
            kind=sent.cleaned_data["kind"],
            start=sent.cleaned_data["start"],
            end=day_after(sent.cleaned_data["end"]),
            by=request.user,
            at=clock.now(),
        ),
        title=_("New period"),
        said=_("The period is registered."),
        submit=_("Save the period"),
    )


@case_page("rights: correct period")
def correct(request: Request, case: Case, row_pk: int) -> HttpResponse:
    """Correct a period, with the reason that stands in its history."""
    row = get_object_or_404(Spell, pk=row_pk, citizen=case.citizen)
    initial = _asked(request, "kind", "start", "end", kind=row.kind, start=row.start, end=last_day(row.end))

    def act(sent: PeriodForm) -> object:
        end = day_after(sent.cleaned_data["end"])
        return actions.correct_spell(
            spell=row,
            reason=sent.why,
            kind=sent.cleaned_data["kind"],
            start=sent.cleaned_data["start"],
            end=end,
            still_open=end is None,
            by=request.user,
            at=clock.now(),
        )

    return _edit(
        request,
        case,
        PeriodForm(_sent(request), saves=_saves(request, case), initial=initial),
        act,
        title=_("Correct the period"),
        said=_("The period is corrected."),
        submit=_("Save the correction"),
    )


@case_page("rights: remove period")
def remove(request: Request, case: Case, row_pk: int) -> HttpResponse:
    """Remove a period that never was, with the reason."""
    row = get_object_or_404(Spell, pk=row_pk, citizen=case.citizen)
    form = RemoveForm(
        _sent(request), saves=_saves(request, case), reason=_("Why is it removed?"), initial=_asked(request)
    )
    return _edit(
        request,
        case,
        form,
        lambda sent: actions.remove_spell(spell=row, reason=sent.why, by=request.user, at=clock.now()),
        title=_("Remove the period"),
        said=_("The period is removed."),
        submit=_("Remove the period"),
        lead=f"{known.period_words(row.get_kind_display(), row.start, row.end)}.",
    )


@case_page("rights: approve to fleksjob")
def approve(request: Request, case: Case) -> HttpResponse:
    """Register the day of the approval to fleksjob."""
    return _edit(
        request,
        case,
        ApproveForm(_sent(request), saves=False, reason=None, initial=_asked(request, "approved_on")),
        lambda sent: actions.approve_fleksjob(
            citizen=case.citizen, approved_on=sent.cleaned_data["approved_on"], by=request.user, at=clock.now()
        ),
        title=_("Approval to fleksjob"),
        said=_("The approval is registered."),
        submit=_("Save the approval"),
    )


def _approval(case: Case, row_pk: int, **more: Any) -> FleksjobApproval:
    return get_object_or_404(FleksjobApproval, pk=row_pk, citizen=case.citizen, **more)


@case_page("rights: end approval")
def end_approval(request: Request, case: Case, row_pk: int) -> HttpResponse:
    """Register that the approval no longer holds, with the reason."""
    row = _approval(case, row_pk, ended_on=None)
    return _edit(
        request,
        case,
        EndApprovalForm(
            _sent(request), saves=_saves(request, case), reason=_("Why?"), initial=_asked(request, version=row.version)
        ),
        lambda sent: actions.end_approval(
            approval=row,
            ended_on=sent.cleaned_data["ended_on"],
            reason=sent.why,
            version=sent.cleaned_data["version"],
            by=request.user,
            at=clock.now(),
        ),
        title=_("The approval no longer holds"),
        said=_("The end of the approval is registered."),
        submit=_("End the approval"),
        row=row,
    )


@case_page("rights: correct approval")
def correct_approval(request: Request, case: Case, row_pk: int) -> HttpResponse:
    """Correct the days of an approval, with the reason."""
    row = _approval(case, row_pk)
    registered = {"approved_on": row.approved_on, "ended_on": row.ended_on, "version": row.version}
    return _edit(
        request,
        case,
        ApprovalForm(
            _sent(request),
            saves=_saves(request, case),
            initial=_asked(request, "approved_on", "ended_on", **registered),
        ),
        lambda sent: actions.correct_approval(
            approval=row,
            approved_on=sent.cleaned_data["approved_on"],
            ended_on=sent.cleaned_data["ended_on"],
            reason=sent.why,
            version=sent.cleaned_data["version"],
            by=request.user,
            at=clock.now(),
        ),
        title=_("Correct the approval"),
        said=_("The approval is corrected."),
        submit=_("Save the correction"),
        row=row,
    )


@case_page("rights: remove approval")
def remove_approval(request: Request, case: Case, row_pk: int) -> HttpResponse:
    """Remove an approval that never was, with the reason."""
    row = _approval(case, row_pk)
    return _edit(
        request,
        case,
        RemoveForm(
            _sent(request), saves=_saves(request, case), reason=_("Why is it removed?"), initial=_asked(request)
        ),
        lambda sent: actions.remove_approval(approval=row, reason=sent.why, by=request.user, at=clock.now()),
        title=_("Remove the approval"),
        said=_("The approval is removed."),
        submit=_("Remove the approval"),
        lead=f"{known.approval_words(row.approved_on, row.ended_on)}.",
    )
