"""Target groups, own effort, re-assessments, chosen education, and the employment plans of two years."""

import random
from typing import Any

from jobformidler.accounts.models import User
from jobformidler.casework import actions as casework
from jobformidler.casework.models import Case
from jobformidler.citizens import actions as people
from jobformidler.demo.lives import Life
from jobformidler.demo.setting import Stage, working_day
from jobformidler.registers import actions as registers
from jobformidler.registers.models import FleksjobApproval, Spell
from jobformidler.steering.actions import save_plan, take_step

GROUPS = ("1", "1", "2a", "2a", "2b", "2b", "3")
EFFORTS = (
    ("under_way", "Har besøgt to virksomheder."),
    ("offered", "En plads i en kantine, 8 timer."),
    ("agreed", "Begynder om to uger."),
    ("", ""),
)
#: Days on ledighedsydelse of those who are near half a year or a year.
NEAR = (150, 335, 172, 310)
STRATEGY = (
    "Andre aktører bruges, hvor de kan noget, vi ikke selv kan: individuelle forløb for borgere, der er godkendt til"
    " fleksjob. De umiddelbart jobparate hjælper vi selv, før halvåret er gået."
)
GOALS = (
    "Halvdelen af borgerne på ledighedsydelse har ordinære timer ved årets udgang.\n"
    "Ingen er ledig i et år, uden at rådigheden er vurderet."
)


def note_all(stage: Stage, planned: list[Life]) -> None:
    """What is noted about the open cases of citizens on ledighedsydelse, and a few who came to it lately."""
    for name, group in (("Engkarse", "1"), ("Mosebølle", "2a")):
        _group(stage, Case.objects.get(citizen__last_name=name), group, stage.user("Peter"), -90)
    sofie = Case.objects.get(citizen__last_name="Engkarse")
    casework.note_education(
        case=sofie,
        title="Regnskab for begyndere",
        starts_on=stage.day(14),
        ends_on=stage.day(27),
        responsible=stage.user("Peter"),
        by=stage.user("Peter"),
        at=stage.at(-6, 13),
    )
    others = [life for life in planned if not life.end and not life.calm and life.stage not in ("created", "opened")]
    for number, life in enumerate(_newcomers(stage, others)):
        _near(stage, life, number)
    on_benefit = set(Spell.objects.filter(kind="ledighedsydelse", end=None).values_list("citizen", flat=True))
    old = [life for life in others if life.citizen.pk in on_benefit]
    for number, life in enumerate(old):
        _long(stage, life, number)


def _newcomers(stage: Stage, others: list[Life]) -> list[Life]:
    """Citizens who will have come to ledighedsydelse lately: today on sygedagpenge or ressourceforløb."""
    found = [life for life in others if life.citizen.benefit in ("sygedagpenge", "ressourceforloeb")]
    return found[: max(2, len(found) // 8)]


def _near(stage: Stage, life: Life, number: int) -> None:
    """Approved and on ledighedsydelse for almost half a year or a year, ready for a job."""
    since, at, by = -NEAR[number % len(NEAR)], stage.at(-2, 10), life.caseworker
    registers.approve_fleksjob(citizen=life.citizen, approved_on=stage.day(since), by=by, at=at)
    registers.add_spell(citizen=life.citizen, kind="ledighedsydelse", start=stage.day(since), end=None, by=by, at=at)
    people.edit_citizen(
        citizen=life.citizen, version=None, benefit="ledighedsydelse", benefit_from=stage.day(since), by=by, at=at
    )
    assert life.case is not None
    case = Case.objects.get(pk=life.case.pk)
    _group(stage, case, "1", by, -2)
    status, note = EFFORTS[number % len(EFFORTS)]
    if status:
        casework.note_effort(case=case, status=status, on=stage.day(-3), note=note, by=by, at=stage.at(-2, 11))


def _long(stage: Stage, life: Life, number: int) -> None:
    """On ledighedsydelse since the file's day: approved then, in a group, some assessed anew."""
    rng, by = random.Random(f"{life.key}-target"), life.caseworker  # noqa: S311  # a demo, not a secret
    assert life.case is not None
    case = Case.objects.get(pk=life.case.pk)
    first = Spell.objects.filter(citizen=life.citizen).order_by("start").values_list("start", flat=True)[0]
    if not FleksjobApproval.objects.filter(citizen=life.citizen).exists():
        registers.approve_fleksjob(citizen=life.citizen, approved_on=first, by=None, at=stage.at(-40, 9))
    approval = FleksjobApproval.objects.get(citizen=life.citizen)
    group = GROUPS[number % len(GROUPS)] if number else "3"
    _group(stage, case, group, by, working_day(-1 - rng.randint(1, 30)))
    step = rng.choice(("planned", "done", "", ""))
    if step:
        on = stage.day(9) if step == "planned" else stage.day(-8)
        casework.note_review(case=case, approval=approval, step=step, on=on, by=by, at=stage.at(-7, 10))
    if group == "3":
        casework.answer_pension_question(
            case=case,
            answer=rng.choice(("on_papers", "more_needed")),
            why="Rehabiliteringsteamets indstilling og to statusattester.",
            by=by,
            at=stage.at(-5, 14),
        )
        source = "Kommunens fagsystem"
        casework.note_match(case=case, category="2", since=first, source=source, by=by, at=stage.at(-5, 14))


def _group(stage: Stage, case: Case, group: str, by: User, offset: int) -> None:
    casework.note_group(case=case, group=group, since=stage.day(offset), by=by, at=stage.at(offset, 10))


def plans(stage: Stage) -> None:
    """Last year's plan for this year went to the council; the next one is with LBR."""
    ole, year = stage.user("Ole"), stage.day0.year
    values: dict[str, Any] = {"municipality": stage.municipality, "strategy": STRATEGY, "goals": GOALS, "by": ole}
    ways = {
        year: (("seminar", -480), ("hearing", -450), ("answer", -430), ("council", -400)),
        year + 1: (("seminar", -60), ("hearing", -20)),
    }
    for percent, (about, steps) in zip((20, 25), ways.items(), strict=True):
        plan = save_plan(year=about, provider_percent=percent, at=stage.at(steps[0][1] - 10), **values)
        for stage_name, offset in steps:
            on = working_day(offset)
            take_step(plan=plan, stage=stage_name, on=stage.day(on), by=ole, at=stage.at(on, 15))
