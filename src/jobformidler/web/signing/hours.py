"""The workplace's page for hours: two taps for an ordinary week, absence today, help now."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jobformidler.accounts.models import User
from jobformidler.casework.actions import receive_enquiry, report_incident
from jobformidler.casework.answer_clock import danish_holidays, due
from jobformidler.casework.enums import CaseRole, IncidentKind, Part
from jobformidler.casework.models import Assignment, Enquiry, Incident
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.placements import actions
from jobformidler.placements.links import LinkPurpose
from jobformidler.placements.models import Placement
from jobformidler.web.guards import public
from jobformidler.web.looking import note_reader
from jobformidler.web.placements import weeks, words
from jobformidler.web.placements.forms import HoursForm
from jobformidler.web.placements.views.hours import begun, refuse
from jobformidler.web.signing.guarding import Opened, opened, signed_page
from jobformidler.web.signing.views import closed_page, frame

#: Two calls for help within so many minutes are one.
SAME_CALL = dt.timedelta(minutes=10)


def _broker(placement: Placement, today: dt.date) -> User | None:
    row = (
        Assignment.objects.active_on(today)
        .filter(case=placement.case, role=CaseRole.JOBFORMIDLER)
        .select_related("user")
        .first()
    )
    return row.user if row else None


def _answer_due(placement: Placement, now: dt.datetime) -> str:
    municipality = placement.case.municipality
    moment = due(now, municipality.answer_hours, municipality.answer_clock, danish_holidays(now.year))
    return words.moment_words(moment, clock.local_date(now))


def _asked_week(request: HttpRequest, placement: Placement, today: dt.date) -> dt.date:
    wanted = weeks.parse_week(request.POST.get("week") or request.GET.get("uge", ""))
    if wanted is not None and wanted in weeks.open_weeks(placement, today):
        return wanted
    return weeks.week_to_report(placement, today)


def _page(request: HttpRequest, page: Opened, template: str, week: weeks.Week, **more: Any) -> HttpResponse:
    placement = page.placement
    assert placement is not None
    contact = placement.contact.name if placement.contact else placement.workplace.name
    note_reader(request, placement.case.citizen, "hours", page.link.party if page.link else "", contact)
    now = clock.now()
    today = clock.local_date(now)
    others = [weeks.week_of(placement, day) for day in weeks.open_weeks(placement, today) if day != week.monday]
    context = {
        **frame(page),
        "page": page,
        "placement": placement,
        "name": placement.case.citizen.short_name,
        "contact": placement.contact.name if placement.contact else "",
        "week": week,
        "others": others,
        "today": today,
        "broker": _broker(placement, today),
        "answer_by": _answer_due(placement, now),
        **more,
    }
    return render(request, template, context)


@public("signed link to the hours of one placement; nothing else about the citizen is shown")
@signed_page
@require_http_methods(["GET", "POST"])
def employer_hours(request: HttpRequest, token: str) -> HttpResponse:
    """The week, planned beside real. POST `do`: planned, hours or help."""
    with opened(token, LinkPurpose.HOURS) as page:
        if page.problem is not None:
            return closed_page(request, page)
        assert page.placement is not None
        if not begun(page.placement):
            sentence = _("Hours are reported from the first day on. The placement has not started.")
            return render(request, "signing/closed.html", {**frame(page), "sentence": sentence})
        today = clock.today()
        week = weeks.week_of(page.placement, _asked_week(request, page.placement, today))
        verb = request.POST.get("do", "") if request.method == "POST" else ""
        if verb == "planned":
            return _as_planned(request, page, week)
        if verb == "hours":
            return _hours(request, page, week)
        if verb == "help":
            return _help(request, page, week)
        if "ret" in request.GET or "fravaer" in request.GET:
            return _page(
                request,
                page,
                "signing/correct.html",
                week,
                form=_form(request, week, today),
                absent_today="fravaer" in request.GET,
            )
        return _page(request, page, "signing/hours.html", week, saved="gemt" in request.GET)


def _home(page: Opened, week: weeks.Week) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('employer_hours', args=[page.token])}?uge={week.monday.isoformat()}&gemt=1")


def _as_planned(request: HttpRequest, page: Opened, week: weeks.Week) -> HttpResponse:
    assert page.placement is not None
    if week.row is None:
        try:
            actions.as_planned(placement=page.placement, week=week.monday, by=None, at=clock.now(), link=page.link)
        except ActionError as error:
            return _page(request, page, "signing/hours.html", week, errors=error.messages)
    return _home(page, week)


def _form(request: HttpRequest, week: weeks.Week, today: dt.date) -> HoursForm:
    if request.method == "POST":
        return HoursForm(request.POST)
    if "fravaer" in request.GET:
        return HoursForm(initial=week.without(today))
    row = week.row
    if row is None:
        return HoursForm(initial={"paid": week.paid, "unpaid": week.unpaid})
    return HoursForm(initial={"paid": row.paid, "unpaid": row.unpaid, "absence": row.absence})


def _hours(request: HttpRequest, page: Opened, week: weeks.Week) -> HttpResponse:
    form = HoursForm(request.POST)
    if form.is_valid():
        same: dict[str, Any] = {"placement": page.placement, "week": week.monday, "by": None, "at": clock.now()}
        same["link"] = page.link
        today_gone = "fravaer" in request.POST and form.cleaned_data.get("absence")
        try:
            with transaction.atomic():
                if week.row is None:
                    actions.report_hours(**same, **form.cleaned_data)
                else:
                    actions.correct_hours(**same, **form.cleaned_data, reason=_("Corrected by the workplace"))
                if today_gone:
                    _note_absence(page)
        except ActionError as error:
            refuse(form, error)
        else:
            return _home(page, week)
    return _page(request, page, "signing/correct.html", week, form=form, absent_today="fravaer" in request.POST)


def _note_absence(page: Opened) -> None:
    """An attendance fact in the case, without a reason; told twice on a day it is one (PLC-22, CIT-16)."""
    placement, now = page.placement, clock.now()
    assert placement is not None
    reporter = placement.contact.name if placement.contact else placement.workplace.name
    today = clock.local_date(now)
    if Incident.objects.standing().filter(case=placement.case, on=today, reporter=reporter).exists():
        return
    report_incident(
        case=placement.case,
        kind=IncidentKind.OTHER,
        on=today,
        what=_("Absent from the workplace"),
        reporter=reporter,
        by=None,
        at=now,
    )


def _help(request: HttpRequest, page: Opened, week: weeks.Week) -> HttpResponse:
    """A message to the jobformidler with the promise of an answer; a second tap is the same call."""
    placement = page.placement
    assert placement is not None
    now = clock.now()
    newest = (
        Enquiry.objects.filter(
            case=placement.case, sender=Part.EMPLOYER, workplace=placement.workplace, received_at__gt=now - SAME_CALL
        )
        .order_by("-received_at")
        .first()
    )
    text = request.POST.get("text", "").strip()[:1000]
    if newest is None or (text and str(newest.text) != text):
        newest = receive_enquiry(
            case=placement.case,
            sender=Part.EMPLOYER,
            sender_name=placement.contact.name if placement.contact else placement.workplace.name,
            text=text or _("We need help at the workplace. Call us."),
            received_at=now,
            by=None,
            at=now,
            workplace=placement.workplace,
        )
    due_at = words.moment_words(newest.due_at, clock.local_date(now))
    return _page(request, page, "signing/help.html", week, answer_by=due_at)
