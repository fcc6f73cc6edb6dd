"""The plan of a case: goals A, B and C, small steps, activities."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jobformidler.casework import actions
from jobformidler.casework.enums import EntryKind, GoalLetter, SubGoalStatus
from jobformidler.casework.models import Case, Goal, Plan, PlanActivity, SubGoal
from jobformidler.core import clock, lists
from jobformidler.web.cases.entries import entry_rows, with_authors
from jobformidler.web.cases.formpage import form_page, way_back
from jobformidler.web.cases.forms.plan import (
    ActivityForm,
    EffortModelForm,
    GoalForm,
    MoveForm,
    SubGoalForm,
    letter_label,
    wishes_of,
)
from jobformidler.web.cases.layout import show
from jobformidler.web.cases.now import STANDS, goals_of
from jobformidler.web.cases.visit import visits_taken_along
from jobformidler.web.guards import case_page
from jobformidler.web.http import Request


def plan_back(case: Case) -> str:
    """The plan's page."""
    return reverse("case_plan", args=[case.pk])


@case_page("plan")
def plan_page(request: Request, case: Case) -> HttpResponse:
    """The whole plan with the dates of activity and job goal apart (PLAN-03)."""
    plan = Plan.objects.filter(case=case).first()
    goals = goals_of(case)
    written = entry_rows(case)
    for goal in goals:
        goal["comments"] = [
            row for row in written if row["about_type"] == Goal._meta.label_lower and row["about_id"] == goal["pk"]
        ]
    if goals:
        goals[0]["visits"] = visits_taken_along(case)
    set_letters = {goal["letter"] for goal in goals}
    free = [(letter, letter_label(letter)) for letter in GoalLetter.values if letter not in set_letters]
    context = {
        "plan": plan,
        "goals": goals,
        "free": free,
        "stands": SubGoalStatus.choices,
        "activities": list(PlanActivity.objects.filter(plan=plan, withdrawn_at=None)) if plan else [],
        "wishes": with_authors(wishes_of(case), case.citizen),
        "companies": [row for row in written if row["kind_code"] == EntryKind.COMPANY],
        "unread": any(not row["read"] for row in written),
        "any_written": bool(written),
        "dates": dates_of(plan) if plan else [],
        "effort_model": case.effort_model and lists.labels("effort_model").get(case.effort_model, case.effort_model),
    }
    return show(request, "cases/plan.html", "case_plan", context)


def dates_of(plan: Plan) -> list[tuple[str, dt.date | None, dt.date | None]]:
    """First registered and last updated, for activity and job goal apart."""
    return [
        (_("Job goal"), plan.goal_registered_on, plan.goal_updated_on),
        (_("Activity"), plan.activity_registered_on, plan.activity_updated_on),
    ]


@case_page("plan: goal")
def goal(request: Request, case: Case, letter: str) -> HttpResponse:
    """Set goal A, B or C, or change it."""
    if letter not in GoalLetter.values:
        raise Http404
    row = Goal.objects.filter(plan__case=case, letter=letter).first()
    initial: dict[str, Any] = (
        {"text": row.text, "detail": row.detail, "wish": str(row.wish_id or ""), "version": row.version} if row else {}
    )
    wishes = wishes_of(case)
    if not row and len(wishes) == 1:
        initial["wish"] = str(wishes[0].pk)
    form = GoalForm(request.POST or None, wishes=wishes, initial=initial)

    def act(sent: Any) -> object:
        return actions.set_goal(
            case=case,
            letter=letter,
            text=sent.cleaned_data["text"],
            detail=sent.cleaned_data["detail"],
            wish=sent.chosen_wish,
            version=sent.cleaned_data["version"],
            by=request.user,
            at=clock.now(),
        )

    return form_page(
        request,
        form,
        act,
        title=_("Goal %(goal)s") % {"goal": letter_label(letter)},
        said=_("The goal is saved."),
        back=plan_back(case),
        submit=_("Save the goal"),
        row=row,
        tab="case_plan",
    )


@case_page("plan: small step")
def sub_goal(request: Request, case: Case, goal_pk: int) -> HttpResponse:
    """Agree a small step towards a goal."""
    of = get_object_or_404(Goal, pk=goal_pk, plan__case=case)
    form = SubGoalForm(request.POST or None, initial={"due_on": clock.today() + dt.timedelta(days=14)})

    def act(sent: Any) -> object:
        return actions.add_sub_goal(
            goal=of, **sent.answers("text", "measure", "due_on"), by=request.user, at=clock.now()
        )

    return form_page(
        request,
        form,
        act,
        title=_("Small step towards “%(goal)s”") % {"goal": of.text},
        said=_("The small step is agreed."),
        back=plan_back(case),
        submit=_("Save the step"),
        tab="case_plan",
    )


@case_page("plan: small step")
@require_POST
def move(request: Request, case: Case, step_pk: int) -> HttpResponse:
    """Move a small step on the slider in words, in place."""
    step = get_object_or_404(SubGoal, pk=step_pk, goal__plan__case=case, withdrawn_at=None)
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise Http404
    actions.move_sub_goal(sub_goal=step, status=form.cleaned_data["status"], by=request.user, at=clock.now())
    step.refresh_from_db()
    if request.htmx:
        drawn = {"pk": step.pk, "text": step.text, "position": STANDS.index(step.status)}
        return render(
            request,
            "cases/step_now.html",
            {
                "step": drawn,
                "case": case,
                "works": True,
                "stands": SubGoalStatus.choices,
                "lead": _("Small step:") if "plan" in request.POST else "",
            },
        )
    return HttpResponseRedirect(way_back(request, reverse("case", args=[case.pk])) + f"#skridt-{step.pk}")


@case_page("plan: activity")
def activity(request: Request, case: Case) -> HttpResponse:
    """Put an activity into the plan."""
    form = ActivityForm(request.POST or None, initial={"starts_on": clock.today()})

    def act(sent: Any) -> object:
        return actions.add_activity(
            case=case, **sent.answers("text", "starts_on", "ends_on"), by=request.user, at=clock.now()
        )

    return form_page(
        request,
        form,
        act,
        title=_("Activity in the plan"),
        said=_("The activity is in the plan."),
        back=plan_back(case),
        submit=_("Save the activity"),
        tab="case_plan",
    )


@case_page("plan: effort model")
def effort_model(request: Request, case: Case) -> HttpResponse:
    """Choose the model of the effort, or take it away (CIT-24)."""
    form = EffortModelForm(
        request.POST or None, present=case.effort_model, initial={"code": case.effort_model, "version": case.version}
    )

    def act(sent: Any) -> object:
        return actions.set_effort_model(case=case, **sent.answers("code", "version"), by=request.user, at=clock.now())

    return form_page(
        request,
        form,
        act,
        title=_("Model of the effort"),
        said=_("The model of the effort is saved."),
        back=plan_back(case),
        submit=_("Save the model"),
        tab="case_plan",
        row=case,
    )
