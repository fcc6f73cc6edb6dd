"""The yearly employment plan: strategy, goals, target share and real share, and its dated way to the council (RULE-15, -16)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobformidler.accounts.enums import BOARD_ROLES
from jobformidler.core import clock
from jobformidler.steering.actions import save_plan, take_step
from jobformidler.steering.enums import PlanStage
from jobformidler.steering.models import EmploymentPlan
from jobformidler.steering.providers import ProviderShare, provider_share
from jobformidler.web import danish
from jobformidler.web.cases.formpage import form_page
from jobformidler.web.guards import roles
from jobformidler.web.http import Request
from jobformidler.web.plans.forms import PlanForm, StepForm

LEADERS = tuple(sorted(BOARD_ROLES))


def _share_words(share: ProviderShare, least: int) -> str:
    """The real share; a number so small that somebody could be recognised is not said (GOV-12)."""
    if share.percent is None:
        return _("Nobody was in the effort that year yet.")
    if 0 < share.with_provider < least:
        return _("Fewer than %(n)s citizens were with a provider.") % {"n": least}
    return _("%(percent)s of %(citizens)s citizens") % {
        "percent": danish.percent(share.percent / 100),
        "citizens": danish.number(share.citizens),
    }


def _shown(row: EmploymentPlan, request: Request) -> dict[str, Any]:
    viewer = request.viewer
    steps = list(row.steps.select_related("by"))
    decided = next((one for one in steps if one.stage == PlanStage.COUNCIL), None)
    last = steps[-1] if steps else None
    if decided:
        state = _("Decided by the council on %(day)s") % {"day": danish.day_near(decided.on, weekday=False, year=True)}
    elif last:
        state = f"{last.get_stage_display()} {danish.day_near(last.on, weekday=False, year=True)}"
    else:
        state = _("Being written")
    share = provider_share(viewer.municipality, row.year, viewer.day)
    return {
        "row": row,
        "steps": steps,
        "decided": decided,
        "state": state,
        "target": danish.percent(row.provider_percent / 100),
        "actual": _share_words(share, viewer.municipality.small_cell),
    }


@roles(*LEADERS)
def plans(request: Request) -> HttpResponse:
    """The plans by year, with target, real share and where each is."""
    rows = [_shown(row, request) for row in EmploymentPlan.objects.all()[:10]]
    return render(request, "plans/plans.html", {"rows": rows, "title": _("Employment plan")})


@roles(*LEADERS)
def plan(request: Request, pk: int) -> HttpResponse:
    """One plan, to be read and printed."""
    row = get_object_or_404(EmploymentPlan, pk=pk)
    title = _("Employment plan %(year)s") % {"year": row.year}
    return render(request, "plans/plan.html", {**_shown(row, request), "title": title})


def _alone(request: Request, form: Any, act: Any, **more: Any) -> HttpResponse:
    context = {"back_label": _("Employment plan")}
    return form_page(request, form, act, in_case=False, context=context, **more)


@roles(*LEADERS)
def plan_new(request: Request) -> HttpResponse:
    """Begin the plan of a year."""
    municipality = request.viewer.municipality
    return _alone(
        request,
        PlanForm(request.POST or None, initial={"year": request.viewer.day.year + 1}),
        lambda sent: save_plan(
            municipality=municipality,
            **sent.answers("year", "strategy", "goals", "provider_percent"),
            by=request.user,
            at=clock.now(),
        ),
        title=_("New employment plan"),
        said=_("The plan is saved."),
        back=reverse("employment_plans"),
        submit=_("Save the plan"),
    )


@roles(*LEADERS)
def plan_edit(request: Request, pk: int) -> HttpResponse:
    """Change a plan the council has not decided."""
    row = get_object_or_404(EmploymentPlan, pk=pk)
    initial = {name: getattr(row, name) for name in ("strategy", "goals", "provider_percent", "version")}
    return _alone(
        request,
        PlanForm(request.POST or None, edits=True, initial=initial),
        lambda sent: save_plan(
            municipality=request.viewer.municipality,
            year=row.year,
            **sent.answers("strategy", "goals", "provider_percent", "version"),
            by=request.user,
            at=clock.now(),
        ),
        title=_("Employment plan %(year)s") % {"year": row.year},
        said=_("The plan is saved."),
        back=reverse("employment_plan", args=[row.pk]),
        submit=_("Save the plan"),
        row=row,
    )


@roles(*LEADERS)
def step_new(request: Request, pk: int) -> HttpResponse:
    """Note a step of the plan's way."""
    row = get_object_or_404(EmploymentPlan, pk=pk)
    return _alone(
        request,
        StepForm(request.POST or None, initial={"on": request.viewer.day}),
        lambda sent: take_step(plan=row, **sent.answers("stage", "on", "note"), by=request.user, at=clock.now()),
        title=_("The way of the employment plan %(year)s") % {"year": row.year},
        said=_("The step is noted."),
        back=reverse("employment_plan", args=[row.pk]),
        submit=_("Save the step"),
    )
