"""Everybody else: histories of every length and end, drawn with a seed and lived through the actions.

A `calm` history leaves nothing waiting on day 0, so that the tour's list of four stays four.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jobformidler.accounts.models import User
from jobformidler.casework import actions as casework
from jobformidler.casework.models import Case
from jobformidler.citizens import actions as people
from jobformidler.citizens.models import Citizen
from jobformidler.demo import names
from jobformidler.demo.firms import Firm
from jobformidler.demo.path import first_talk, hours, place_at, sign_and_approve
from jobformidler.demo.setting import Stage
from jobformidler.employers.models import Workplace
from jobformidler.placements import actions as placements
from jobformidler.placements.models import Placement

#: How far a case has come, and how many in a hundred are there.
STAGES = {
    "opened": 4,
    "talked": 9,
    "cv": 14,
    "plan": 12,
    "visit": 6,
    "idea": 5,
    "dialogue": 4,
    "draft": 4,
    "signing": 4,
    "approval": 3,
    "approved": 3,
    "internship": 14,
    "mastered": 4,
    "hours": 14,
}
ENDS = {"completed": 25, "stopped": 25, "switched": 10, "converted": 40}
NEXT_STEPS = (
    "Samtale om løntimer",
    "Ringe til virksomheden",
    "Se på CV sammen",
    "Besøg på arbejdspladsen",
    "Tale sammen igen",
)


@dataclass
class Life:
    """What a history is to become. `length`: weeks since the case opened; `long`: every week is registered."""

    citizen: Citizen
    jobformidler: User
    caseworker: User
    stage: str
    length: int
    long: bool = False
    calm: bool = False
    end: str = ""


def live(stage: Stage, life: Life, firms: list[Firm]) -> Case:
    """Live one history through the actions."""
    rng = stage.rng
    start = -7 * life.length + rng.randint(0, 3)
    case = casework.open_case(
        citizen=life.citizen,
        unit=stage.unit_of[life.jobformidler.name],
        jobformidler=life.jobformidler,
        caseworker=life.caseworker,
        effort_model=rng.choice(["jobfirst", "jobfirst", "flere-skal-med-2", ""]),
        by=life.caseworker,
        at=stage.at(start, 9),
        confirm_over_limit=True,
    )
    order = list(STAGES)
    reached = order.index(life.stage)
    if life.stage == "opened":
        return case
    talk = start + rng.randint(2, 6)
    first_talk(stage, case, talk, next_step="Starte CV sammen", next_on=talk + 5, raised=rng.random() < 0.85)
    _resources(stage, life, talk)
    if reached >= order.index("cv"):
        people.start_cv(
            citizen=life.citizen, kind="personal", on=stage.day(talk + 3), by=life.jobformidler, at=stage.at(talk + 3)
        )
    if reached >= order.index("plan"):
        _plan(stage, case, life, talk + 5)
    begun = talk + 14
    if reached >= order.index("idea"):
        _course(stage, case, life, firms, begun)
    _contacts(stage, case, life, talk + 7)
    return case


def _resources(stage: Stage, life: Life, offset: int) -> None:
    rng, at = stage.rng, stage.at(offset, 11)
    people.add_wish(citizen=life.citizen, text=rng.choice(names.WISHES), by=life.jobformidler, at=at)
    for origin, kind, text, tasks in rng.sample(names.COMPETENCES, 2 if life.long else 1):
        people.add_competence(
            citizen=life.citizen, origin=origin, kind=kind, text=text, tasks=tasks, by=life.jobformidler, at=at
        )
    for category, code, text in rng.sample(names.CONSIDERATIONS, rng.randint(1, 3) if life.long else 1):
        people.add_consideration(
            citizen=life.citizen,
            category=category,
            code=code,
            text=text,
            importance=rng.choice(["most", "much", "some"]),
            may_share=rng.random() < 0.8,
            by=life.jobformidler,
            at=at,
        )


def _plan(stage: Stage, case: Case, life: Life, offset: int) -> None:
    rng, at = stage.rng, stage.at(offset, 10)
    casework.start_plan(case=case, by=life.jobformidler, at=at)
    goals = rng.choice(names.GOALS)
    for letter, text in zip("abc", goals, strict=True):
        if letter == "a" or life.long:
            goal = casework.set_goal(case=case, letter=letter, text=text, by=life.jobformidler, at=at)
            if letter == "a":
                text, measure = rng.choice(names.SUB_GOALS)
                step = casework.add_sub_goal(goal=goal, text=text, measure=measure, by=life.jobformidler, at=at)
                if life.long:
                    casework.move_sub_goal(
                        sub_goal=step, status="with_help", by=life.jobformidler, at=stage.at(-10, 10)
                    )


def _course(stage: Stage, case: Case, life: Life, firms: list[Firm], offset: int) -> None:
    """A placement as far as the history goes."""
    rng = stage.rng
    firm = rng.choice(firms)
    function, tasks = rng.choice(firm.functions)
    if life.stage in ("idea", "dialogue"):
        _beginnings(stage, case, life, firm)
        return
    running = life.stage in ("internship", "mastered", "hours") or life.end
    starts = max(offset + 7, -7 * (life.length - 3)) if running else stage.rng.choice([7, 14])
    starts -= starts % 7
    parts = [part.strip().lower() for part in tasks.split(",")]
    placement = place_at(
        stage,
        case,
        firm,
        proposed=min(starts - 10, -3),
        starts=starts,
        purpose=rng.choices(["towards_hours", "competences", "clarify"], [70, 15, 15])[0],
        tasks=" og ".join(parts[:2]),
        function=function,
        weeks=26 if not life.end else max(4, life.length // 2),
        steps=[
            (parts[0], "alene, en hel dag", 2, starts + 28),
            (parts[-1] + " alene", "alene, en hel uge", 5, starts + 56),
        ],
        hours=rng.choice([8, 10, 12, 15]),
    )
    if life.stage == "draft":
        return
    sign_and_approve(
        stage,
        placement,
        min(starts - 7, -4),
        signed=life.stage != "signing",
        approved=life.stage not in ("signing", "approval"),
    )
    if not running:
        return
    placements.start(placement=placement, by=life.jobformidler, at=stage.at(starts, 9))
    _weeks(stage, life, placement, starts)


def _beginnings(stage: Stage, case: Case, life: Life, firm: Firm) -> None:
    placement = placements.propose(
        case=case,
        workplace=Workplace.objects.get(p_number=firm.p_number),
        by=life.jobformidler,
        at=stage.at(-5, 13),
        reason_citizen="Opgaverne ligner det, der er på CV.",
        reason_employer="Opgaver, som ingen når.",
    )
    if life.stage == "dialogue":
        placements.open_dialogue(placement=placement, hours_discussed=True, by=life.jobformidler, at=stage.at(-4, 13))


def _weeks(stage: Stage, life: Life, placement: Placement, starts: int) -> None:
    """Hours, mastered tasks and visits, week by week, and the end if there is one."""
    rng = stage.rng
    first, total = starts // 7, placement.weekly_hours or Decimal(10)
    ends = min(-1, first + max(3, life.length // 2)) if life.end else 0
    wants_hours = life.stage == "hours" or life.end == "converted"
    two = first + rng.randint(3, 6)
    five = two + rng.randint(4, 8)
    last_mastered = life.stage == "mastered" and not life.end
    for week in range(first, ends):
        if not life.long and week < ends - 6 and week > first + 2 and week != two:
            continue
        paid = Decimal(0)
        if wants_hours and week >= two:
            paid = Decimal(5 if week >= five else 2)
        if (last_mastered and week == ends - 7) or (wants_hours and week == two):
            step = placement.steps.order_by("position").first()
            if step and step.mastered_on is None:
                placements.master_step(
                    step=step, on=stage.day(7 * week + 1), by=life.jobformidler, at=stage.at(7 * week + 1, 14)
                )
        away = rng.random() < 0.06
        worked = total - 3 if away else total
        hours(stage, placement, week, min(paid, worked), max(Decimal(0), worked - paid), absence=away)
    visits = range(7 * first + 14, min(7 * ends, -2), 14) if life.long else [min(-5, 7 * ends - 3)]
    for offset in visits:
        if offset <= 7 * first:
            continue
        placements.follow_up(
            placement=placement,
            held_at=stage.at(offset, 13),
            by=life.jobformidler,
            at=stage.at(offset, 14),
            hours_said=rng.choice(
                ["Vi talte om løntimer for den første opgave.", "Flere timer, når ugen sidder fast."]
            ),
            next_step="Besøg på arbejdspladsen",
            next_step_on=stage.day(max(3, offset + 14)),
            next_visit=stage.at(max(3, offset + 14), 13) if not life.end else None,
        )
    if life.end:
        _finish(stage, life, placement, 7 * ends)


def _finish(stage: Stage, life: Life, placement: Placement, offset: int) -> None:
    rng = stage.rng
    common: dict[str, Any] = {
        "placement": placement,
        "by": life.jobformidler,
        "at": stage.at(offset, 10),
        "on": stage.day(offset),
    }
    learning = rng.choice(names.LEARNINGS)
    if life.end == "completed":
        placements.complete(what_next="Et nyt sted", learning=learning, **common)
    elif life.end == "stopped":
        placements.stop(reason="Det passede ikke til dagene", learning=learning, what_next="Et nyt sted", **common)
    elif life.end == "switched":
        placements.switch(
            reason="Der var ikke løntimer", learning=learning, what_next="En virksomhed med løntimer", **common
        )
    else:
        placements.convert(what_next="job få timer om ugen", learning=learning, **common)
    case = Case.objects.get(pk=placement.case_id)
    outcome = "ordinary_job" if life.end == "converted" else rng.choice(["other_benefit", "moved", "other", "pension"])
    note = "Job samme sted" if life.end == "converted" else ""
    casework.close_case(case=case, outcome=outcome, note=note, by=life.caseworker, at=stage.at(min(-1, offset + 3), 11))


def _contacts(stage: Stage, case: Case, life: Life, offset: int) -> None:
    """Weekly contact in long histories, the latest one in short ones."""
    if life.end:
        return
    rng = stage.rng
    last = -rng.randint(1, 4) if life.calm else -rng.choice([1, 2, 3, 4, 5, 6, 8, 10])
    days = [*range(offset, last - 6, 7), last] if life.long else [last]
    for number, day in enumerate(days):
        final = number == len(days) - 1
        casework.register_contact(
            case=case,
            kind="contact",
            held_at=stage.at(day, 11),
            channel=rng.choice(["phone", "sms", "meeting"]),
            by=life.jobformidler,
            at=stage.at(day, 11),
            agreements="Vi talte om, hvordan ugen gik.",
            next_step=rng.choice(NEXT_STEPS),
            next_step_on=stage.day(rng.randint(1, 9) if final and (life.calm or rng.random() < 0.8) else day + 7),
        )
