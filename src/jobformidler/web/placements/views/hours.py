"""Hours of the weeks as the jobformidler reports, corrects and withdraws them."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jobformidler.core import clock
from jobformidler.core.actions import ActionError, StaleError
from jobformidler.core.periods import monday
from jobformidler.placements import actions
from jobformidler.placements.ladder import series
from jobformidler.placements.models import Placement
from jobformidler.placements.perms import WORK, powers_on
from jobformidler.web import danish
from jobformidler.web.guards import placement_page
from jobformidler.web.http import Request
from jobformidler.web.placements import weeks as week_page
from jobformidler.web.placements.forms import CorrectHoursForm, HoursForm, ReasonForm


def works(request: Request, placement: Placement) -> bool:
    """Whether the viewer may register here."""
    return bool(powers_on(request.user, placement.case, clock.today()) & WORK)


def refuse(form: forms.Form, error: ActionError) -> None:
    """Put what the action said on the fields it named, the rest above the form."""
    for field, sentences in getattr(error, "message_dict", {"__all__": error.messages}).items():
        for sentence in sentences:
            form.add_error(field if field in form.fields else None, sentence)


def begun(placement: Placement) -> bool:
    """Whether there are weeks to report."""
    return (placement.is_running or placement.is_over) and placement.starts_on is not None


@placement_page("hours")
@require_http_methods(["GET", "POST"])
def hours(request: Request, placement: Placement) -> HttpResponse:
    """The week to report with one tap, and every week since the start."""
    mine = works(request, placement)
    today = clock.today()
    here = HttpResponseRedirect(reverse("hours", args=[placement.pk]))
    if not begun(placement):
        return render(request, "placements/hours_later.html", _around(placement))
    if request.method == "POST":
        if not mine:
            raise PermissionDenied
        week = week_page.parse_week(request.POST.get("week", ""))
        if week is None:
            raise Http404
        try:
            actions.as_planned(placement=placement, week=week, by=request.user, at=clock.now())
        except ActionError as error:
            for sentence in error.messages:
                messages.error(request, sentence)
        else:
            messages.success(
                request, _("%(week)s is saved as planned.") % {"week": danish.week_name(week).capitalize()}
            )
        return here
    assert placement.starts_on is not None
    until = min(today, placement.ended_on - dt.timedelta(days=1)) if placement.ended_on else today
    prefetch_related_objects([placement], "weeks", "steps")
    rows = list(placement.weeks.all())
    standing = week_page.standing(placement)
    known = {row.week: row for row in rows}
    past = [
        {"week": week, "row": known.get(week.monday)} for week in reversed(series(standing, placement.starts_on, until))
    ]
    asked = min(week_page.week_to_report(placement, today), monday(until))
    context = {
        **_around(placement),
        "week": week_page.week_of(placement, asked),
        "weeks": past,
        "works": mine,
        "total_paid": sum((row.paid for row in standing), week_page.ZERO),
        "total_unpaid": sum((row.unpaid for row in standing), week_page.ZERO),
    }
    return render(request, "placements/hours.html", context)


def _around(placement: Placement) -> dict[str, Any]:
    return {
        "placement": placement,
        "citizen": placement.case.citizen,
        "back_url": reverse("case", args=[placement.case_id]),
        "agreement_url": reverse("agreement", args=[placement.pk]),
    }


@placement_page("hours")
@require_http_methods(["GET", "POST"])
def hours_week(request: Request, placement: Placement, week: str) -> HttpResponse:
    """Report a week with other hours, correct it with a reason, or withdraw it."""
    day = week_page.parse_week(week)
    if day is None:
        raise Http404
    if not begun(placement):
        return HttpResponseRedirect(reverse("hours", args=[placement.pk]))
    if day < week_page.first_week(placement):
        raise Http404
    if not works(request, placement):
        raise PermissionDenied
    shown = week_page.week_of(placement, day)
    stale: dict[str, Any] = {}
    if request.method == "POST" and "withdraw" in request.POST:
        form = _form(shown, request, bound=False)
        withdrawal = ReasonForm(request.POST, prefix="withdraw")
        if withdrawal.is_valid() and _tried(
            withdrawal,
            lambda: actions.withdraw_hours(
                placement=placement, week=day, reason=withdrawal.cleaned_data["reason"], by=request.user, at=clock.now()
            ),
        ):
            return _back(request, placement, _("%(week)s is withdrawn.") % {"week": shown.name})
    else:
        withdrawal = ReasonForm(prefix="withdraw")
        form = _form(shown, request, bound=request.method == "POST")
        if request.POST.get("keep") == "theirs":
            return _back(request, placement, _("The saved hours stand."))
        if request.method == "POST" and form.is_valid():
            try:
                _write(request, placement, shown, form.cleaned_data)
            except StaleError as error:
                stale = _stale(request, form, shown, placement, error)
            except ActionError as error:
                refuse(form, error)
            else:
                return _back(request, placement, _("%(week)s is saved.") % {"week": shown.name})
    context = {**_around(placement), "week": shown, "form": form, "withdrawal": withdrawal, **stale}
    return render(request, "placements/hours_week.html", context)


def _tried(form: forms.Form, act: Any) -> bool:
    try:
        act()
    except ActionError as error:
        refuse(form, error)
        return False
    return True


def _back(request: Request, placement: Placement, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("hours", args=[placement.pk]))


def _form(shown: week_page.Week, request: Request, *, bound: bool) -> HoursForm:
    kind = CorrectHoursForm if shown.row else HoursForm
    if bound:
        return kind(request.POST)
    if "fravaer" in request.GET:
        initial = shown.without(clock.today())
    else:
        initial = {"paid": shown.paid, "unpaid": shown.unpaid}
    if shown.row:
        initial = {"paid": shown.row.paid, "unpaid": shown.row.unpaid, "absence": shown.row.absence}
        initial["version"] = shown.row.version
    return kind(initial=initial)


def _write(request: Request, placement: Placement, shown: week_page.Week, answers: dict[str, Any]) -> None:
    same: dict[str, Any] = {"placement": placement, "week": shown.monday, "by": request.user, "at": clock.now()}
    values = {name: answers[name] for name in ("paid", "unpaid", "absence")}
    if shown.row:
        actions.correct_hours(**same, **values, reason=answers["reason"], version=answers["version"])
    else:
        actions.report_hours(**same, **values)


def _stale(
    request: Request, form: HoursForm, shown: week_page.Week, placement: Placement, error: StaleError
) -> dict[str, Any]:
    row = placement.weeks.select_related("by").get(week=shown.monday)
    form.data = {**request.POST.dict(), "version": str(row.version)}
    labels = {name: field.label for name, field in form.fields.items()}

    def said(value: Any) -> str:
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return danish.hours(value)

    return {
        "stale": [
            (labels[name], said(error.theirs[name]), said(mine))
            for name, mine in error.mine.items()
            if error.theirs[name] != mine
        ],
        "stale_who": row.by.name if row.by else _("The workplace"),
        "stale_at": danish.clock(row.reported_at),
    }
