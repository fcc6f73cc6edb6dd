"""One step for several citizens at once: guidance letters and contact meetings (RULE-08, RULE-10)."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.accounts.enums import CASE_ROLES
from jobformidler.casework import actions, guidance_letters
from jobformidler.casework.enums import OPEN, AppointmentStatus
from jobformidler.casework.models import Appointment, Case, LetterRun
from jobformidler.citizens.enums import ExportStatus
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.messaging.letters import draw
from jobformidler.messaging.models import Letter
from jobformidler.registers.enums import RightKind
from jobformidler.web import danish
from jobformidler.web.cases.formpage import done, refused
from jobformidler.web.deadlines.forms import MeetingsForm
from jobformidler.web.decisions.letters import pdf
from jobformidler.web.guards import case_page, roles
from jobformidler.web.http import Request
from jobformidler.web.stepup import step_up

STAFF = tuple(sorted(CASE_ROLES))
#: The most citizens ticked at once.
MOST = 200
#: Meetings of a day begin no later than this hour; the rest go on the next working day.
LAST_HOUR = 15
CONTACT_MEETING = "conversation"


def ticked(request: Request) -> list[Case]:
    """The open cases that were ticked on the list, of those the viewer may see."""
    pks = [int(pk) for pk in request.POST.getlist("case") or request.GET.getlist("case") if pk.isdecimal()]
    rows = Case.objects.visible_to(request.viewer).filter(pk__in=pks[:MOST], status__in=OPEN)
    return list(rows.select_related("citizen", "municipality").order_by("citizen__first_name", "pk"))


def _about(one: guidance_letters.Due) -> str:
    if one.on is None:
        return _("No date to tell of.")
    day = danish.day_near(one.on, weekday=False, year=True)
    what = _("the duty, and the right") if one.about == RightKind.DUTY else _("the right")
    if one.sent_on is not None:
        return _("Has got a letter about this date %(day)s.") % {
            "day": danish.day_near(one.sent_on, weekday=False, year=True)
        }
    return _("A letter about %(what)s, %(day)s.") % {"what": what, "day": day}


@roles(*STAFF)
def letters(request: Request) -> HttpResponse:
    """Who gets a letter and what it says; then order them."""
    cases = ticked(request)
    now = clock.now()
    found = guidance_letters.due(cases, clock.local_date(now)) if cases else []
    error = ""
    if request.method == "POST" and cases:
        try:
            run = actions.order_letters(cases=cases, by=request.user, at=now)
        except ActionError as refusal:
            error = " ".join(refusal.messages)
        else:
            return HttpResponseRedirect(reverse("letter_run", args=[run.pk]))
    first = next((one for one in found if one.to_send), None)
    count = sum(one.to_send for one in found)
    context = {
        "title": ngettext("%(n)s guidance letter", "%(n)s guidance letters", count) % {"n": danish.number(count)},
        "rows": [{"case": one.case, "said": _about(one), "to_send": one.to_send} for one in found],
        "sample": guidance_letters.guidance_letter(first, request.user, clock.local_date(now)) if first else None,
        "sample_case": first.case if first else None,
        "count": count,
        "error": error,
        "back_url": reverse("deadlines"),
    }
    return render(request, "deadlines/letters.html", context)


@case_page("right and duty: letter")
def letter_draft(request: Request, case: Case) -> HttpResponse:
    """The letter to one citizen as it would look now; nothing is kept."""
    found = guidance_letters.due([case], clock.today())[0]
    if found.on is None:
        raise Http404
    return pdf(draw(guidance_letters.guidance_letter(found, request.user, clock.today())), f"kladde-{case.pk}")


def _run(request: Request, pk: int) -> LetterRun:
    run = LetterRun.objects.filter(pk=pk, by=request.user).defer("content").first()
    if run is None:
        raise Http404
    return run


@roles(*STAFF)
def letter_run(request: Request, pk: int) -> HttpResponse:
    """How far the letters have come, and the file to print."""
    run = _run(request, pk)
    cases = {
        case.citizen_id: case
        for case in Case.objects.visible_to(request.viewer).filter(pk__in=run.cases).select_related("citizen")
    }
    made = Letter.objects.filter(pk__in=run.letters).defer("pdf").order_by("pk")
    rows = [
        {
            "name": cases[letter.citizen_id].citizen.full_name,
            "title": letter.title,
            "url": reverse("letter", args=[cases[letter.citizen_id].pk, letter.pk]),
            "alone": cases[letter.citizen_id].citizen.protected_address,
        }
        for letter in made
        if letter.citizen_id in cases
    ]
    underway = run.status in (ExportStatus.WAITING, ExportStatus.RUNNING)
    context = {
        "run": run,
        "title": ngettext("%(n)s letter is made", "%(n)s letters are made", len(run.letters))
        % {"n": danish.number(len(run.letters))},
        "underway": underway,
        "sentence": _("%(n)s of %(total)s citizens are gone through.")
        % {"n": danish.number(run.progress), "total": danish.number(run.total)},
        "failed": run.status == ExportStatus.FAILED,
        "rows": rows,
        "alone": [row for row in rows if row["alone"]],
        "printable": run.status == ExportStatus.READY and any(not row["alone"] for row in rows),
        "back_url": reverse("deadlines"),
    }
    template = "deadlines/letter_progress.html" if request.htmx and underway else "deadlines/letter_run.html"
    response = render(request, template, context)
    if request.htmx and not underway:
        response["HX-Refresh"] = "true"
    return response


@roles(*STAFF)
@step_up
def letter_print(request: Request, pk: int) -> HttpResponse:
    """All letters of the order as one PDF."""
    run = _run(request, pk)
    try:
        return pdf(actions.fetch_letters(run=run, by=request.user, at=clock.now()), f"breve-{run.pk}", download=True)
    except ActionError:
        raise Http404 from None


@roles(*STAFF)
def meetings(request: Request) -> HttpResponse:
    """Plan a contact meeting with each, one after the other; who has one ahead is passed over."""
    cases = ticked(request)
    now = clock.now()
    ahead = dict(
        Appointment.objects.filter(
            case__in=cases, kind=CONTACT_MEETING, status=AppointmentStatus.PLANNED, at__gt=now
        ).values_list("case", "at")
    )
    free = [case for case in cases if case.pk not in ahead]
    sent = request.method == "POST" and "day" in request.POST
    form = MeetingsForm(request.POST if sent else None, initial={"first": dt.time(9)})
    planned: list[tuple[Case, dt.datetime]] = []
    if sent and free and form.is_valid():
        values = form.cleaned_data
        planned = _slots(free, values["day"], values["first"], int(values["minutes"]))
        if "save" in request.POST:
            try:
                actions.plan_meetings(
                    meetings=planned,
                    what=_("Contact meeting"),
                    where=values["where"],
                    by=request.user,
                    at=now,
                )
            except ActionError as error:
                refused(form, error)
            else:
                said = ngettext("%(n)s meeting is planned.", "%(n)s meetings are planned.", len(planned)) % {
                    "n": danish.number(len(planned))
                }
                return done(request, said, reverse("deadlines"))
    context: dict[str, Any] = {
        "form": form,
        "title": _("Plan contact meetings"),
        "cases": cases,
        "free": free,
        "taken": [(case, clock.local(ahead[case.pk])) for case in cases if case.pk in ahead],
        "planned": [(case, clock.local(when)) for case, when in planned],
        "back_url": reverse("deadlines"),
    }
    return render(request, "deadlines/meetings.html", context)


def _slots(cases: list[Case], day: dt.date, first: dt.time, minutes: int) -> list[tuple[Case, dt.datetime]]:
    """One time for each, on working days, beginning no later than 15."""
    found: list[tuple[Case, dt.datetime]] = []
    when = dt.datetime.combine(_working(day), first)
    for case in cases:
        if found and when.hour >= LAST_HOUR:
            when = dt.datetime.combine(_working(when.date() + dt.timedelta(days=1)), first)
        found.append((case, clock.at_time(when.date(), when.hour, when.minute)))
        when += dt.timedelta(minutes=minutes)
    return found


def _working(day: dt.date) -> dt.date:
    while day.weekday() > 4:
        day += dt.timedelta(days=1)
    return day
