"""Living a history through the actions, as far as its plan says. Days are counted from day 0, a Monday."""

from decimal import Decimal
from typing import Any

from jobformidler.casework import actions as casework
from jobformidler.casework.models import Case
from jobformidler.citizens import actions as people
from jobformidler.citizens.models import CV
from jobformidler.demo import names, variety
from jobformidler.demo.firms import Firm
from jobformidler.demo.lives import RUNNING, Life
from jobformidler.demo.path import first_talk, hours, place_at, sign_and_approve
from jobformidler.demo.setting import Stage, working_day
from jobformidler.employers.models import Workplace
from jobformidler.placements import actions as placements
from jobformidler.placements.models import Placement


def open_all(stage: Stage, lives: list[Life]) -> None:
    """Open the cases in the order of their days, so that their numbers follow it."""
    for life in sorted(lives, key=lambda life: (life.start, life.key)):
        known = life.stage != "created"
        life.case = casework.open_case(
            citizen=life.citizen,
            unit=stage.unit_of[life.jobformidler.name],
            jobformidler=life.jobformidler if known else None,
            caseworker=life.caseworker,
            effort_model=life.rng.choice(["jobfirst", "jobfirst", "flere_skal_med_2", ""]),
            by=life.caseworker,
            at=stage.at(life.start, 9),
            confirm_over_limit=True,
        )


def live(stage: Stage, life: Life) -> None:
    """Live one history; its case is open."""
    case, rng = life.case, life.rng
    assert case is not None
    if not life.reaches("talked"):
        return
    talk = working_day(min(life.start + rng.randint(2, 6), -1))
    met = variety.met(life, case) if rng.random() < 0.8 else ()
    first_talk(
        stage, case, talk, next_step="Starte CV sammen", next_on=talk + 5, raised=rng.random() < 0.85, people=met
    )
    _resources(stage, life, talk)
    if life.reaches("cv"):
        begun = working_day(min(talk + 3, -1))
        people.start_cv(
            citizen=life.citizen, kind="personal", on=stage.day(begun), by=life.jobformidler, at=stage.at(begun)
        )
        casework.reach(case=case, status="cv_started", at=stage.at(begun), by=life.jobformidler)
    if life.reaches("plan"):
        _plan(stage, case, life, talk + 5)
    if life.reaches("visit") and (life.stage == "visit" or rng.random() < 0.3):
        variety.taster_visit(stage, life, case, talk + 12)
    if life.earlier:
        _earlier(stage, life, case, life.earlier, talk + 14)
    if life.reaches("idea"):
        _course(stage, case, life, talk + 14)
    if not life.end:
        _contacts(stage, case, life, talk + 7)
    variety.everything_else(stage, life, case, talk)


def _resources(stage: Stage, life: Life, offset: int) -> None:
    rng, at = life.rng, stage.at(offset, 11)
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
    offset = working_day(offset)
    rng, at = life.rng, stage.at(offset, 10)
    casework.start_plan(case=case, by=life.jobformidler, at=at)
    for letter, text in zip("abc" if life.long else "a", rng.choice(names.GOALS), strict=False):
        goal = casework.set_goal(case=case, letter=letter, text=text, by=life.jobformidler, at=at)
        if letter == "a" and (life.long or rng.random() < 0.4):
            text, measure = rng.choice(names.SUB_GOALS)
            step = casework.add_sub_goal(goal=goal, text=text, measure=measure, by=life.jobformidler, at=at)
            if life.long and offset < -14:
                casework.move_sub_goal(sub_goal=step, status="with_help", by=life.jobformidler, at=stage.at(-11, 10))


def _earlier(stage: Stage, life: Life, case: Case, firm: Firm, offset: int) -> None:
    """A short placement that is over, with what was learned from it."""
    rng, starts = life.rng, offset + 7 - offset % 7
    _function, tasks = rng.choice(firm.functions)
    placement = place_at(
        stage,
        case,
        firm,
        proposed=starts - 9,
        starts=starts,
        purpose=rng.choice(["competences", "clarify", "towards_hours"]),
        tasks=tasks.split(",")[0].lower(),
        weeks=rng.randint(5, 8),
        steps=[(tasks.split(",")[0], "alene, en hel dag", 2, starts + 28)],
        hours=rng.choice([8, 10, 12]),
    )
    sign_and_approve(stage, placement, starts - 6)
    placements.start(placement=placement, by=life.jobformidler, at=stage.at(starts, 9))
    weeks = rng.randint(2, 3)
    for week in range(weeks):
        hours(stage, placement, starts // 7 + week, Decimal(0), placement.weekly_hours or Decimal(8))
    _finish(stage, life, placement, starts + 7 * weeks, rng.choice(["stopped", "switched", "completed"]))


def _course(stage: Stage, case: Case, life: Life, offset: int) -> None:
    """A placement as far as the history goes."""
    rng, firm = life.rng, life.firm
    assert firm is not None
    if life.stage in ("idea", "dialogue", "dropped"):
        _beginnings(stage, case, life, firm)
        return
    running = life.stage in RUNNING
    starts = _first_day(life, offset)
    _function, tasks = rng.choice(firm.functions) if life.opening is None else ("", life.opening.tasks)
    parts = [part.strip() for part in tasks.split(",")]
    placement = place_at(
        stage,
        case,
        firm,
        proposed=min(starts - 10, -4),
        starts=starts,
        purpose=rng.choices(["towards_hours", "competences", "clarify"], [70, 15, 15])[0],
        tasks=" og ".join(part.lower() for part in parts[:2]),
        weeks=_weeks_agreed(life, starts),
        steps=_steps(life, parts, starts),
        opening=life.opening,
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
    if rng.random() < 0.6:
        variety.in_vitas(stage, life, placement, min(starts - 3, -1))
    if running:
        placements.start(placement=placement, by=life.jobformidler, at=stage.at(starts, 9))
        _weeks(stage, life, placement, starts)


def _first_day(life: Life, offset: int) -> int:
    """The Monday the placement begins: after the talk in long histories, a few weeks ago in short ones."""
    if life.stage not in RUNNING:
        return life.rng.choice([7, 14])
    first = offset + 7 - offset % 7
    if life.end:
        return first if not life.earlier else first + 63
    if life.long:
        return min(first, -21) if not life.earlier else min(first + 63, -49)
    weeks = {"internship": (3, 6), "mastered": (8, 9), "hours": (6, 9)}[life.stage]
    return max(first, -7 * life.rng.randint(*weeks))


def _weeks_agreed(life: Life, starts: int) -> int:
    if life.end or life.stage not in RUNNING:
        return 13
    soon = not life.calm and life.rng.random() < 0.07
    return -starts // 7 + (life.rng.randint(1, 3) if soon else life.rng.randint(6, 12))


def _steps(life: Life, parts: list[str], starts: int) -> list[tuple[str, str, int, int | None]]:
    """Two steps, and a third for those with hours; a few have not agreed on it yet."""
    steps: list[tuple[str, str, int, int | None]] = [
        (parts[0], "alene, en hel dag", 2, starts + 28),
        (f"{parts[-1]} alene", "alene, en hel uge", 5, starts + 56),
    ]
    if life.stage == "hours" and not life.end and (life.calm or life.rng.random() < 0.8):
        steps.append(("Hele opgaven", "to uger i træk", 10, life.rng.randint(14, 60)))
    return steps


def _beginnings(stage: Stage, case: Case, life: Life, firm: Firm) -> None:
    placement = placements.propose(
        case=case,
        workplace=Workplace.objects.get(p_number=firm.p_number),
        by=life.jobformidler,
        at=stage.at(-5, 13),
        reason_citizen="Opgaverne ligner det, der er på CV.",
        reason_employer="Opgaver, som ingen når.",
    )
    if life.stage != "idea":
        placements.open_dialogue(placement=placement, hours_discussed=True, by=life.jobformidler, at=stage.at(-4, 13))
    if life.stage == "dropped":
        placements.drop(
            placement=placement, reason="Der var for langt at cykle", by=life.jobformidler, at=stage.at(-3, 13)
        )


def _weeks(stage: Stage, life: Life, placement: Placement, starts: int) -> None:
    """Hours, mastered tasks and visits, week by week, and the end if there is one."""
    rng = life.rng
    first, total = starts // 7, placement.weekly_hours or Decimal(10)
    ends = min(-1, first + rng.randint(6, 10)) if life.end else 0
    wants_hours = life.stage == "hours" and life.end in ("", "converted", "hired")
    two = first + (rng.randint(3, 6) if life.long else 2)
    five = two + (rng.randint(4, 8) if life.long else 3)
    last = ends - (0 if life.calm or life.end or rng.random() > 0.07 else 1)
    by_firm = rng.random() < 0.4
    for week in range(first, last):
        if life.end and first + 1 < week < ends - 2 and week != two:
            continue
        if (life.stage == "mastered" and week == max(first, ends - 7)) or (wants_hours and week in (two, five)):
            _master(stage, life, placement, 0 if week != five else 1, 7 * week + 1)
        paid = Decimal((5 if week >= five else 2) if wants_hours and week >= two else 0)
        away = rng.random() < 0.06
        worked = total - 3 if away else total
        hours(
            stage,
            placement,
            week,
            min(paid, worked),
            max(Decimal(0), worked - paid),
            absence=away,
            source="employer" if by_firm else "jobformidler",
        )
    if not life.end and last > first + 1 and rng.random() < 0.06:
        placements.correct_hours(
            placement=placement,
            week=stage.day(7 * first),
            paid=0,
            unpaid=total - 1,
            reason="En time kortere om fredagen",
            by=life.jobformidler,
            at=stage.at(-1, 15),
        )
    _visits(stage, life, placement, first, ends)
    if life.end:
        _finish(stage, life, placement, 7 * ends, life.end)
        variety.close(stage, life, placement, 7 * ends)


def _master(stage: Stage, life: Life, placement: Placement, position: int, offset: int) -> None:
    step = placement.steps.order_by("position")[position]
    if step.mastered_on is None:
        placements.master_step(step=step, on=stage.day(offset), by=life.jobformidler, at=stage.at(offset, 14))


def _visits(stage: Stage, life: Life, placement: Placement, first: int, ends: int) -> None:
    rng = life.rng
    held = (
        list(range(7 * first + 15, min(7 * ends, -2), 14))
        if life.long
        else [working_day(min(-rng.randint(3, 9), 7 * ends - 3))]
    )
    for number, offset in enumerate(offset for offset in held if offset > 7 * first):
        final = offset == held[-1]
        planned = not life.end and (not final or life.calm or rng.random() < 0.85)
        ahead = working_day(max(2 + rng.randint(0, 9), offset + 14)) if final else offset + 14
        if final and ahead < 2:
            ahead = 7
        placements.follow_up(
            placement=placement,
            held_at=stage.at(offset, 13),
            by=life.jobformidler,
            at=stage.at(offset, 14),
            hours_said=names.HOURS_SAID[(number + rng.randint(0, 1)) % len(names.HOURS_SAID)],
            next_step="Besøg på arbejdspladsen",
            next_step_on=stage.day(ahead),
            next_visit=stage.at(ahead, 13) if planned else None,
        )


def _finish(stage: Stage, life: Life, placement: Placement, offset: int, how: str) -> None:
    """End the placement, and write into the CV what it gave."""
    rng = life.rng
    common: dict[str, Any] = {
        "placement": placement,
        "learning": rng.choice(names.LEARNINGS),
        "by": life.jobformidler,
        "at": stage.at(offset, 10),
        "on": stage.day(offset),
    }
    if how == "completed":
        placements.complete(what_next="Et nyt sted", **common)
    elif how == "stopped":
        placements.stop(reason="Det passede ikke til dagene", what_next="Et nyt sted", **common)
    elif how == "switched":
        placements.switch(reason="Der var ikke løntimer", what_next="En virksomhed med løntimer", **common)
    else:
        placements.convert(what_next="job få timer om ugen", **common)
    if life.calm or rng.random() < 0.9:
        cv = CV.objects.standing().get(citizen=life.citizen, kind="personal")
        people.update_cv(cv=cv, on=stage.day(offset), by=life.jobformidler, at=stage.at(offset, 12))


def _contacts(stage: Stage, case: Case, life: Life, offset: int) -> None:
    """Weekly contact in long histories, the latest one in short ones."""
    rng = life.rng
    last = working_day(-rng.randint(1, 5) if life.calm or rng.random() < 0.9 else -rng.randint(9, 12))
    offset = working_day(offset)
    days = [*range(offset, last - 4, 7), last] if life.long else [last]
    for number, day in enumerate(day for day in days if day > life.start + 6 or day == last):
        calm = life.calm or rng.random() < 0.94
        casework.register_contact(
            case=case,
            kind="contact",
            held_at=stage.at(day, 15),
            channel=rng.choice(["phone", "sms", "meeting"]),
            initiator=rng.choice(["jobformidler", "jobformidler", "citizen"]),
            by=life.jobformidler,
            at=stage.at(day, 15),
            agreements=names.TALKED[(number * 3 + rng.randint(0, 2)) % len(names.TALKED)],
            next_step=rng.choice(names.NEXT_STEPS),
            next_step_on=stage.day(
                day + 7 if day != last else working_day(rng.choice((1, 2, 3, 4, 7, 8, 9, 10))) if calm else -3
            ),
        )
