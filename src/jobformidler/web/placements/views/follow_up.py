"""Follow-up at the workplace, made for one thumb."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jobformidler.casework.models import Goal, SubGoal
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.placements import actions
from jobformidler.placements.details import adjustments
from jobformidler.placements.enums import StepStatus
from jobformidler.placements.ladder import ladder, next_step_of
from jobformidler.placements.models import FollowUp, LadderStep, Placement
from jobformidler.web import danish
from jobformidler.web.cases.forms.base import moment
from jobformidler.web.guards import placement_page
from jobformidler.web.http import Request
from jobformidler.web.placements import words
from jobformidler.web.placements.forms import FollowUpForm
from jobformidler.web.placements.views.hours import refuse, works

VISIT_AT = dt.time(13, 0)


def _said(placement: Placement, coming: LadderStep | None) -> list[tuple[str, str]]:
    if coming is None:
        return [
            ("same", _("The paid hours stay as they are")),
            ("more", _("We talked about more paid hours, no date yet")),
        ]
    hours = words.paid_words(coming.paid_hours)
    return [
        ("agreed", _("We agreed from when %(hours)s are paid") % {"hours": hours}),
        ("not_yet", _("%(hours)s come later, the task is not mastered yet") % {"hours": words.capital(hours)}),
        ("no_money", _("The workplace cannot pay for %(hours)s") % {"hours": hours}),
    ]


@placement_page("follow-up")
@require_http_methods(["GET", "POST"])
def follow_up(request: Request, placement: Placement) -> HttpResponse:
    """Goal and small steps, the ladder, ordinary hours as a fixed item, adjustments, next visit, decision."""
    if not works(request, placement):
        raise PermissionDenied
    now = clock.now()
    if not placement.is_running:
        return HttpResponseRedirect(reverse("agreement", args=[placement.pk]))
    prefetch_related_objects([placement], "weeks", "steps")
    goal = Goal.objects.filter(plan__case=placement.case).order_by("letter").first()
    sub_goals = list(SubGoal.objects.filter(goal=goal, withdrawn_at=None).order_by("pk")) if goal else []
    steps = list(placement.steps.all())
    open_steps = [step for step in steps if step.status in (StepStatus.PLANNED, StepStatus.MASTERED)][:3]
    for step in open_steps:
        step.placement = placement
    visit = clock.local_date(now) + dt.timedelta(days=placement.follow_up_days)
    form = FollowUpForm(
        request.POST or None,
        sub_goals=sub_goals,
        steps=open_steps,
        said=_said(placement, next_step_of(steps)),
        initial={
            "at_workplace": "1",
            "visit_on": visit,
            "visit_at": VISIT_AT,
            "held_on": clock.local_date(now),
            "held_time": now.time().replace(second=0, microsecond=0),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            _write(request, placement, form, sub_goals, open_steps)
        except ActionError as error:
            refuse(form, error)
        else:
            return _done(request, placement, form)
    last = (
        FollowUp.objects.filter(placement=placement, contact__withdrawn_at=None)
        .select_related("contact")
        .order_by("-contact__at")
        .first()
    )
    context = {
        "placement": placement,
        "citizen": placement.case.citizen,
        "form": form,
        "goal": goal,
        "ladder": ladder(placement, clock.local_date(now)),
        "last": last,
        "last_adjusted": adjustments(last) if last else (),
        "last_on": words.day_words(clock.local_date(last.contact.at), clock.local_date(now)) if last else "",
        "back_url": reverse("case", args=[placement.case_id]),
    }
    return render(request, "placements/follow_up.html", context)


@transaction.atomic
def _write(
    request: Request, placement: Placement, form: FollowUpForm, sub_goals: list[SubGoal], steps: list[LadderStep]
) -> None:
    """The visit and the steps it moved, together or not at all."""
    answers: dict[str, Any] = form.cleaned_data
    now = clock.now()
    held_at = (
        min(moment(answers["held_on"], answers["held_time"]), now)
        if answers["held_on"] == now.date()
        else moment(answers["held_on"], answers["held_time"])
    )
    visit = moment(answers["visit_on"], answers["visit_at"] or VISIT_AT) if answers["visit_on"] else None
    actions.follow_up(
        placement=placement,
        held_at=held_at,
        hours_said=answers["said"],
        by=request.user,
        at=now,
        at_workplace=bool(answers["at_workplace"]),
        sub_goals={goal.pk: answers[f"goal_{goal.pk}"] for goal in sub_goals if answers[f"goal_{goal.pk}"]},
        decision=answers["decision"],
        tasks_adjusted=answers["tasks_adjusted"],
        time_adjusted=answers["time_adjusted"],
        considerations_adjusted=answers["considerations_adjusted"],
        agreements=answers["agreements"],
        next_visit=visit,
    )
    for step in steps:
        mastered, planned = answers[f"step_{step.pk}"], answers[f"date_{step.pk}"]
        if mastered != (step.mastered_on is not None):
            actions.master_step(step=step, on=answers["held_on"] if mastered else None, by=request.user, at=now)
        if planned != step.planned_on:
            actions.agree_step(step=step, planned_on=planned, by=request.user, at=now)


def _done(request: Request, placement: Placement, form: FollowUpForm) -> HttpResponse:
    visit = form.cleaned_data["visit_on"]
    said = _("The follow-up is saved.")
    if visit:
        said += " " + _("Next visit %(day)s.") % {"day": danish.day_near(visit)}
    if form.cleaned_data["hours_answer"] == "no_money":
        said += " " + _("If the task is mastered and there are no hours here, another workplace may be the way.")
    messages.success(request, said)
    return HttpResponseRedirect(reverse("case", args=[placement.case_id]))
