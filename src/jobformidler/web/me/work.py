""" "Mit arbejde" and "Mine aftaler": the citizen's hours, and the agreements to read and sign."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobformidler.casework import actions as casework
from jobformidler.casework.models import Case
from jobformidler.citizens.models import Citizen
from jobformidler.core import clock
from jobformidler.placements import actions
from jobformidler.placements.enums import ENDED, RUNNING, Party, PlacementStatus, StepStatus
from jobformidler.placements.ladder import level, next_step_of
from jobformidler.placements.models import AgreementVersion, Confirmation, Placement, WeekHours
from jobformidler.placements.words import hours, paid_hours
from jobformidler.web import danish
from jobformidler.web.figures.stairs import Stair, Stairs, stairs
from jobformidler.web.guards import own_page
from jobformidler.web.http import Request
from jobformidler.web.me.asking import asking
from jobformidler.web.me.own_case import own_case
from jobformidler.web.me.own_forms import CommentForm, SignForm
from jobformidler.web.me.placement import placement_words
from jobformidler.web.me.plan import entries_of
from jobformidler.web.placements import words
from jobformidler.web.placements.sheet import Sheet
from jobformidler.web.saving import save

#: A placement the citizen reads about: its agreement has been sent.
SENT = (
    PlacementStatus.AWAITING_SIGNATURE,
    PlacementStatus.AWAITING_APPROVAL,
    PlacementStatus.APPROVED,
    *RUNNING,
    *ENDED,
)
TO_SIGN = (PlacementStatus.AWAITING_SIGNATURE, *RUNNING)
PLACEMENT = "placements.placement"
WEEKS = 8


def stairs_of(placement: Placement) -> Stairs | None:
    """The placement's hours as stairs to scale, with the next step; None before the first day. Two queries."""
    if placement.starts_on is None or placement.status not in RUNNING:
        return None
    weeks = [row for row in placement.weeks.all() if row.withdrawn_at is None]
    steps = sorted((s for s in placement.steps.all() if s.status != StepStatus.DROPPED), key=lambda s: s.paid_hours)
    now = level(weeks)
    drawn = [Stair(0, placement.starts_on)]
    drawn += [
        Stair(float(step.paid_hours), step.reached_on)
        for step in steps
        if step.status == StepStatus.REACHED and step.paid_hours < now
    ]
    if now:
        drawn.append(Stair(float(now)))
    last = drawn[-1]
    drawn[-1] = Stair(last.hours, last.from_date, current=True)
    coming = next_step_of(steps)
    if coming is not None and coming.paid_hours > now:
        drawn.append(Stair(float(coming.paid_hours), coming=True))
    title = _("You have %(paid)s a week") % {"paid": paid_hours(now)} if now else _("You have no paid hours yet")
    return stairs(steps=drawn, title=title)


def papers_of(citizen: Citizen) -> list[AgreementVersion]:
    """Agreements that wait for the citizen's signature; one that is being changed is not among them. One query."""
    mine = Confirmation.objects.filter(version=OuterRef("pk"), party=Party.CITIZEN, confirmed_at__isnull=False)
    changing = AgreementVersion.objects.filter(placement=OuterRef("placement"), sent_at__isnull=True)
    newest = (
        AgreementVersion.objects.filter(
            placement__case__citizen=citizen, placement__status__in=TO_SIGN, sent_at__isnull=False
        )
        .annotate(signed=Exists(mine), changing=Exists(changing))
        .select_related("placement__workplace")
        .order_by("placement", "-number")
        .distinct("placement")
    )
    return [row for row in newest if not row.signed and not row.changing]


def _period(placement: Placement) -> str:
    if placement.starts_on is None:
        return ""
    start = danish.day_near(placement.starts_on, weekday=False, year=True)
    end = placement.ended_on or placement.ends_on
    if end is None:
        return _("From %(start)s") % {"start": start}
    last = danish.day_near(end - dt.timedelta(days=1), weekday=False, year=True)
    return _("%(start)s to %(end)s") % {"start": start, "end": last}


@own_page("my work")
def my_work(request: Request, citizen: Citizen) -> HttpResponse:
    """My hours now, the stairs, what comes next, and the latest weeks."""
    today = clock.today()
    rows = (
        Placement.objects.filter(case__citizen=citizen, status__in=[*RUNNING, *ENDED, PlacementStatus.APPROVED])
        .select_related("workplace", "case__municipality")
        .prefetch_related("steps", "weeks")
        .order_by("-starts_on", "-pk")
    )
    placements = list(rows)
    running = next((row for row in placements if row.status in RUNNING), None)
    coming = next((row for row in placements if row.status == PlacementStatus.APPROVED), None)
    shown = running or coming
    context = {
        "citizen": citizen,
        "work": placement_words(shown, today) if shown else None,
        "stairs": stairs_of(running) if running else None,
        "weeks": _weeks(running) if running else [],
        "earlier": [
            {"where": row.workplace.name, "period": _period(row), "state": row.get_status_display()}
            for row in placements
            if row.status in ENDED
        ],
    }
    return render(request, "me/work.html", context)


def _weeks(placement: Placement) -> list[dict[str, Any]]:
    """The latest weeks, newest first."""
    rows: list[WeekHours] = sorted(
        (row for row in placement.weeks.all() if row.withdrawn_at is None), key=lambda row: row.week, reverse=True
    )
    return [
        {"week": danish.week_name(row.week), "paid": hours(row.paid), "unpaid": hours(row.unpaid), "away": row.absence}
        for row in rows[:WEEKS]
    ]


@own_page("my agreements")
def my_agreements(request: Request, citizen: Citizen) -> HttpResponse:
    """What I have agreed with workplaces, and what waits for my name."""
    waiting = {version.placement_id for version in papers_of(citizen)}
    rows = Placement.objects.filter(case__citizen=citizen, status__in=SENT).select_related("workplace")
    agreements = [
        {
            "pk": row.pk,
            "where": row.workplace.name,
            "period": _period(row),
            "state": row.get_status_display(),
            "waits": row.pk in waiting,
        }
        for row in rows.order_by("-starts_on", "-pk")
    ]
    return render(request, "me/agreements.html", {"citizen": citizen, "agreements": agreements})


def _placement(citizen: Citizen, pk: int) -> Placement:
    rows = Placement.objects.select_related("case__citizen", "case__municipality", "case__unit", "workplace")
    return get_object_or_404(rows, pk=pk, case__citizen=citizen, status__in=SENT)


@own_page("my agreements")
def my_agreement(request: Request, citizen: Citizen, pk: int) -> HttpResponse:
    """One agreement to read, to comment on, and to sign when it waits for me."""
    now = clock.now()
    placement = _placement(citizen, pk)
    version = placement.sent_version
    if version is None:
        raise Http404
    row = actions.mark_read(version=version, party=Party.CITIZEN, by=request.user, at=now)
    waits = any(paper.pk == version.pk for paper in papers_of(citizen))
    form = SignForm(request.POST if request.method == "POST" else None, initial={"digest": version.digest})
    if request.method == "POST" and waits and form.is_valid():
        saved = save(form, request, actions.confirm, version=version, party=Party.CITIZEN, **form.cleaned_data)
        if saved:
            messages.success(request, _("You have signed. Nothing more is needed."))
            return HttpResponseRedirect(reverse("my_agreement", args=[pk]))
    today = clock.local_date(now)
    case: Case | None = own_case(citizen)
    context = {
        "citizen": citizen,
        "placement": placement,
        "sheet": Sheet(version.content, of_employees=False),
        "version": version,
        "sent_at": words.moment_words(version.sent_at, today) if version.sent_at else "",
        "signed": row.confirmed_at,
        "waits": waits,
        "form": form,
        "comments": [e for e in entries_of(case, today) if e["about_type"] == PLACEMENT and e["about_id"] == pk],
        "writes": case is not None and case.closed_on is None,
    }
    return render(request, "me/agreement.html", context)


@own_page("my agreements: comment")
def my_agreement_comment(request: Request, citizen: Citizen, pk: int) -> HttpResponse:
    """Say something about an agreement."""
    placement = _placement(citizen, pk)
    label = _("Agreement with %(name)s") % {"name": placement.workplace.name}
    return asking(
        request,
        CommentForm(request.POST if request.method == "POST" else None),
        casework.comment_own,
        title=_("Your comment on the agreement"),
        submit=_("Save the comment"),
        said=_("Your comment is saved. Your jobformidler can see it."),
        room="my_agreements",
        lead=[label],
        citizen=citizen,
        about=label,
        row_about=placement,
    )
