"""Writes of steering: the yearly employment plan and its steps (RULE-15, RULE-16)."""

import datetime as dt

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.core.actions import action, allow, check
from jobformidler.core.clock import local_date
from jobformidler.core.events import record
from jobformidler.core.models import Municipality
from jobformidler.core.rows import change, create, lock
from jobformidler.steering import event_kinds as kinds
from jobformidler.steering.enums import PlanStage
from jobformidler.steering.models import EmploymentPlan, PlanStep
from jobformidler.steering.perms import may_plan

#: Years a plan may be about.
FIRST, LAST = 2007, 2100


@action
def save_plan(
    *,
    municipality: Municipality,
    year: int,
    strategy: str,
    goals: str,
    provider_percent: int,
    by: User | None,
    at: dt.datetime,
    version: int | None = None,
) -> EmploymentPlan:
    """Write or change the employment plan of a year. `provider_percent`: the target share of the effort by providers.

    Raises StaleError when somebody saved since `version` was read, ActionError when the council has decided already.
    """
    allow(may_plan(by, municipality, local_date(at)))
    check(FIRST <= year <= LAST, _("Write a year from %(first)s on.") % {"first": FIRST}, "year")
    check(0 <= provider_percent <= 100, _("Write between 0 and 100."), "provider_percent")
    words = {"strategy": strategy.strip(), "goals": goals.strip()}
    for name, text in words.items():
        check(text, _("Write a few words."), name)
    row = EmploymentPlan.objects.filter(municipality=municipality, year=year).first()
    if row is None:
        values = {**words, "provider_percent": provider_percent}
        row = create(EmploymentPlan, municipality_id=municipality.pk, year=year, **values)
    else:
        decided = row.steps.filter(stage=PlanStage.COUNCIL).exists()
        check(not decided, _("The council has decided this plan. It can no longer be changed."))
        if not change(row, version=version, provider_percent=provider_percent, **words):
            return row
    record(kinds.PLAN_SAVED, row, by=by, at=at, year=year)
    return row


@action
def take_step(
    *, plan: EmploymentPlan, stage: str, on: dt.date, by: User | None, at: dt.datetime, note: str = ""
) -> PlanStep:
    """Note a step of the plan's way. The plan goes to LBR for comments before the council decides (RULE-16).

    Raises ActionError for the council or an answer without a hearing before it, for a day that lies ahead, and for
    anything after the council's day.
    """
    day = local_date(at)
    allow(may_plan(by, plan.municipality, day))
    lock(plan)
    check(stage in PlanStage.values, _("Choose a step."), "stage")
    check(on <= day, _("The day cannot lie ahead."), "on")
    steps = list(plan.steps.all())
    check(all(step.stage != PlanStage.COUNCIL for step in steps), _("The council has decided this plan."), "stage")
    if stage in (PlanStage.ANSWER, PlanStage.COUNCIL):
        heard = any(step.stage == PlanStage.HEARING and step.on <= on for step in steps)
        check(heard, _("Send the plan to LBR for comments first."), "stage")
    row = create(
        PlanStep,
        municipality_id=plan.municipality_id,
        plan=plan,
        stage=stage,
        on=on,
        note=note.strip(),
        by=by,
    )
    record(kinds.PLAN_STEP, row, by=by, at=at, year=plan.year, stage=str(PlanStage(stage).label))
    return row
