"""An agreement filled from what is already known: the place, the case, the last agreement and fixed defaults.

`prefill` is pure; `known_about` reads what it needs. An ordinary agreement is complete without anybody typing.
"""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from jobformidler.casework.enums import CaseRole
from jobformidler.casework.models import Assignment, Goal
from jobformidler.citizens.models import Consideration
from jobformidler.core.periods import monday
from jobformidler.employers.enums import ContactLevel
from jobformidler.employers.models import ContactPerson
from jobformidler.openings.models import Place
from jobformidler.placements import agreement_texts as texts
from jobformidler.placements import words as in_words
from jobformidler.placements.agreement import Content
from jobformidler.placements.enums import PlacementKind, Purpose
from jobformidler.placements.models import AgreementVersion, Placement

WEEKS = 13
NOTICE_DAYS = 7
VISIT_DAYS = 14
DEFAULT_HOURS = Decimal(15)
#: Paid hours of the proposed plan, and the weeks after the start they are proposed for (PLC-05, PLC-10). The last one
#: lies inside the usual period, so that its hours are tried before the placement ends.
LADDER = ((Decimal(2), 4), (Decimal(5), 8), (Decimal(10), 12))
#: What the last agreement with the workplace hands over. Never anything about the other citizen.
FROM_LAST = (
    "representative",
    "staff_rep",
    "contact",
    "place",
    "economy",
    "insurance",
    "help_by",
    "visit_where",
    "visit_days",
)
#: Fields that hold a person of the workplace.
PEOPLE = ("representative", "contact", "staff_rep")
WEEKDAYS = {1: (0,), 2: (0, 3), 3: (0, 1, 3), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}


@dataclass(frozen=True)
class Task:
    """A delimited task of the place that can become paid hours."""

    text: str
    weekly_hours: Decimal
    when: str = ""


@dataclass(frozen=True)
class Known:
    """What is known before anybody writes. Persons are {"id", "name", "title"}."""

    citizen: str
    short_name: str
    workplace: str
    municipality: str
    jobformidler: str = ""
    jobformidler_phone: str = ""
    jobformidler_email: str = ""
    kind: str = PlacementKind.INTERNSHIP
    goal: str = ""
    sub_goals: Sequence[str] = ()
    considerations: Sequence[str] = ()
    representative: dict[str, Any] | None = None
    staff_rep: dict[str, Any] | None = None
    contact: dict[str, Any] | None = None
    function: str = ""
    tasks: str = ""
    hours: Decimal | None = None
    earliest: dt.time | None = None
    place: str = ""
    paid_hours_expected: bool = False
    task_list: Sequence[Task] = ()
    not_before: dt.date | None = None
    last: Content = field(default_factory=dict)


def first_monday(today: dt.date, not_before: dt.date | None = None) -> dt.date:
    """The first Monday at least a week ahead, and not before the place opens."""
    day = max(today + dt.timedelta(days=NOTICE_DAYS), not_before or today)
    return day if day.weekday() == 0 else monday(day) + dt.timedelta(days=7)


def spread(hours: Decimal, earliest: dt.time | None = None) -> list[dict[str, Any]]:
    """Working days for so many hours a week: at most five hours a day while that suffices, from `earliest` (9.30)."""
    if hours <= 0:
        return []
    count = min(5, math.ceil(hours / 5))
    begin = earliest or dt.time(9, 30)
    if hours > 25:
        begin = earliest or dt.time(8, 0)
    minutes, rest = divmod(int(hours * 60), count)
    rows = []
    for number, weekday in enumerate(WEEKDAYS[count]):
        length = minutes + (rest if number == count - 1 else 0)
        end = (dt.datetime.combine(dt.date.min, begin) + dt.timedelta(minutes=length)).time()
        rows.append({"day": weekday, "from": begin.strftime("%H:%M"), "to": end.strftime("%H:%M")})
    return rows


def plan(known: Known, start: dt.date, last_on: dt.date, hours: Decimal) -> list[dict[str, Any]]:
    """The proposed conversion plan: the place's own tasks where there are any, else the first task in three steps.

    Steps that would lie after the last day are left out; in a very short placement the first one comes in its last week.
    """
    tasks = [*known.task_list][:3]
    words = [task.text for task in tasks] or _sentences(known.tasks) or [known.function or _("The task")]
    rows = []
    for number, (paid, weeks) in enumerate(LADDER):
        day = start + dt.timedelta(weeks=weeks)
        if number == 0:
            day = min(day, max(monday(last_on), start))
        if paid > hours or day > last_on:
            break
        text = words[min(number, len(words) - 1)]
        rows.append(
            {
                "task": text[:160],
                "mastered_when": (tasks[number].when if number < len(tasks) else "") or _MASTERED[number](),
                "paid_hours": f"{paid:f}",
                "planned_on": day.isoformat(),
            }
        )
    return rows


_MASTERED = (
    lambda: _("alone, two days in a row"),
    lambda: _("alone, a whole week"),
    lambda: _("alone, and shows it to others"),
)


def plan_words(content: Content) -> str:
    """What is proposed in the plan and why, or that a step lies outside the period; empty for a plan of their own."""
    days = [dt.date.fromisoformat(step["planned_on"]) for step in content.get("steps") or [] if step.get("planned_on")]
    if not days or not content.get("starts_on") or not content.get("last_on"):
        return ""
    start, last_on = (dt.date.fromisoformat(content[key]) for key in ("starts_on", "last_on"))
    late = next((day for day in days if day > last_on), None)
    if late is not None:
        return _(
            "A step is planned for %(day)s, after the last day %(last)s. Choose an earlier day, or let the placement last"
            " longer."
        ) % {"day": in_words.day(late), "last": in_words.day(last_on)}
    weeks = [(day - start).days / 7 for day in days]
    if weeks != [number for _hours, number in LADDER][: len(weeks)]:
        return ""
    return _(
        "The days are a proposal: the steps lie %(weeks)s weeks after the start, so that each is tried before the last day"
        " %(last)s. Agree them with the workplace."
    ) % {"weeks": in_words.joined([f"{number:.0f}" for number in weeks]), "last": in_words.day(last_on)}


def _sentences(text: str) -> list[str]:
    parts = [part.strip(" .") for part in text.replace("\n", ",").replace(";", ",").split(",")]
    return [part[:1].upper() + part[1:] for part in parts if part]


def prefill(known: Known, *, today: dt.date, **values: Any) -> dict[str, Any]:
    """The content of a first version. `values` are fields already chosen; everything else follows from them.

    Defaults: starts the next Monday at least seven days ahead, 13 weeks, purpose 1 when the place expects paid hours,
    a visit every 14 days, the plan 2 → 5 → 10 paid hours after 4, 8 and 12 weeks.
    """
    start = dt.date.fromisoformat(values.get("starts_on") or first_monday(today, known.not_before).isoformat())
    last_on = start + dt.timedelta(weeks=WEEKS, days=-1)
    while last_on.weekday() > 4:
        last_on -= dt.timedelta(days=1)
    hours = Decimal(values.get("hours") or known.hours or DEFAULT_HOURS)
    purpose = values.get("purpose", Purpose.TOWARDS_HOURS.value if known.paid_hours_expected else "")
    contact = values.get("contact") or known.contact
    content: dict[str, Any] = {
        "citizen": known.citizen,
        "workplace": known.workplace,
        "municipality": known.municipality,
        "representative": known.representative or known.contact,
        "staff_rep": known.staff_rep if known.kind == PlacementKind.WAGE_SUBSIDY else None,
        "kind": known.kind,
        "purpose": purpose,
        "goal": known.goal or known.function,
        "sub_goals": list(known.sub_goals),
        "starts_on": start.isoformat(),
        "last_on": last_on.isoformat(),
        "tasks": known.tasks or known.function,
        "hours": f"{hours.normalize():f}",
        "paid_hours": "0",
        "days": spread(hours, known.earliest),
        "place": known.place or known.workplace,
        "considerations": list(known.considerations),
        "contact": contact,
        "no_contact_reason": "",
        "contact_task": texts.contact_task(known.short_name),
        "jobformidler": known.jobformidler,
        "jobformidler_phone": known.jobformidler_phone,
        "jobformidler_email": known.jobformidler_email,
        "visit_days": VISIT_DAYS,
        "first_visit_on": (start + dt.timedelta(days=VISIT_DAYS)).isoformat(),
        "visit_where": _("at the workplace"),
        "visit_who": ", ".join(
            name for name in (known.short_name, (contact or {}).get("name"), known.jobformidler) if name
        ),
        "help_by": texts.answer_by(),
        "clause": True,
        "clause_text": texts.clause(known.short_name),
        "clause_removed_reason": "",
        "economy": texts.economy(),
        "insurance": texts.insurance(),
        "absence": texts.absence(known.jobformidler, known.jobformidler_phone),
        "prospects": "more_hours" if known.paid_hours_expected else "extension",
        "prospects_note": "",
        "next_step": "",
    }
    for key in FROM_LAST:
        if known.last.get(key):
            content[key] = known.last[key]
    until = dt.date.fromisoformat(values["last_on"]) if values.get("last_on") else last_on
    content["steps"] = plan(known, start, until, hours)
    content.update(values)
    return content


def _person(person: ContactPerson | None) -> dict[str, Any] | None:
    return {"id": person.pk, "name": person.name, "title": person.title} if person else None


def _people(placement: Placement) -> tuple[dict | None, dict | None, dict | None]:
    """Who signs for the workplace, who the contact person is, and who represents the employees, as the register knows."""
    active = list(ContactPerson.objects.filter(workplace=placement.workplace, active=True))
    order = {level.value: number for number, level in enumerate(ContactLevel)}
    active.sort(key=lambda person: (order.get(person.level, 9), person.pk))
    named = placement.contact or (placement.opening.contact if placement.opening else None)
    daily = next((p for p in active if p.level == ContactLevel.WORKPLACE_CONTACT), None)
    leader = next(
        (p for p in active if p.level not in (ContactLevel.EMPLOYEE_REP, ContactLevel.WORKPLACE_CONTACT)), None
    )
    staff = next((p for p in active if p.level == ContactLevel.EMPLOYEE_REP), None)
    return _person(named or leader or daily), _person(placement.contact or daily or named), _person(staff)


def known_about(placement: Placement, today: dt.date) -> Known:
    """Read everything `prefill` can use: a handful of queries, all of this tenant and this case."""
    case, place = placement.case, placement.opening
    citizen = case.citizen
    broker = (
        Assignment.objects.active_on(today).filter(case=case, role=CaseRole.JOBFORMIDLER).select_related("user").first()
    )
    goal = Goal.objects.filter(plan__case=case).prefetch_related("sub_goals").order_by("letter").first()
    last = (
        AgreementVersion.objects.filter(placement__workplace=placement.workplace, sent_at__isnull=False)
        .exclude(placement=placement)
        .order_by("-sent_at")
        .values_list("content", flat=True)
        .first()
    )
    representative, contact, staff_rep = _people(placement)
    return Known(
        citizen=citizen.full_name,
        short_name=citizen.short_name,
        workplace=placement.workplace.name,
        municipality=case.municipality.name,
        jobformidler=broker.user.name if broker else "",
        jobformidler_phone=broker.user.phone if broker else "",
        jobformidler_email=broker.user.email if broker else "",
        kind=placement.kind,
        goal=goal.text if goal else "",
        sub_goals=[row.text for row in goal.sub_goals.all() if row.withdrawn_at is None] if goal else (),
        considerations=list(
            Consideration.objects.shared_with_workplace(today, placement.workplace_id)
            .filter(citizen=citizen)
            .values_list("text", flat=True)
        ),
        representative=representative,
        staff_rep=staff_rep,
        contact=contact,
        function=placement.function or (place.title if place else ""),
        last=_still_there(last or {}),
        **(_place_facts(place) if place else {}),
    )


def _still_there(last: Content) -> Content:
    """The last agreement without people who have left the workplace since."""
    ids = [last[key]["id"] for key in PEOPLE if last.get(key)]
    there = set(ContactPerson.objects.filter(pk__in=ids, active=True).values_list("pk", flat=True))
    return {key: value for key, value in last.items() if key not in PEOPLE or (value and value["id"] in there)}


def _place_facts(place: Place) -> dict[str, Any]:
    return {
        "tasks": place.tasks or place.title,
        "hours": place.hours_max or place.hours_min or None,
        "earliest": place.earliest_start,
        "place": place.location,
        "paid_hours_expected": place.paid_hours_expected,
        "task_list": [Task(row.text, row.weekly_hours, row.pay_condition) for row in place.task_list.all()],
        "not_before": place.starts_on,
    }
