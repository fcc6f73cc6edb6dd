"""The hours ladder (PLC-10, PLC-11, PLC-13, PLC-14): what stands in the weeks and steps, said in figures and a sentence.

The upper part is pure and works on any rows with the named attributes; the lower part reads a placement's rows.

Weeks in a company. Consecutive placements of one citizen at the same workplace with at most `GAP_DAYS` days between
them count as one stay; the days between do not count. A longer gap, or another workplace, starts from zero (D.1-33).
A stay of 91 counted days is thirteen weeks: 12 weeks and 6 days is not.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _

from jobformidler.core import clock
from jobformidler.core.periods import monday
from jobformidler.placements import words
from jobformidler.placements.enums import StepStatus
from jobformidler.placements.models import FollowUp, LadderStep, Placement, WeekHours

GAP_DAYS = 7
MARK_DAYS = 13 * 7
RECENT = 4
WEEK = dt.timedelta(days=7)
NONE = Decimal(0)


class WeekRow(Protocol):
    """A reported week."""

    week: dt.date
    paid: Decimal
    unpaid: Decimal
    absence: bool


@dataclass(frozen=True)
class Stay:
    """A stretch at a workplace: first day, and the first day after it (None while it lasts)."""

    starts_on: dt.date
    ends_on: dt.date | None


@dataclass(frozen=True)
class Week:
    """One column of the figure. Hours a week; `planned` when nothing is reported yet, `reported` when something is."""

    monday: dt.date
    paid: Decimal = NONE
    unpaid: Decimal = NONE
    absence: bool = False
    planned: bool = False
    reported: bool = False


@dataclass(frozen=True)
class Step:
    """One step of the figure; `from_date` is None while the date is missing, `label` the quiet second line."""

    hours: Decimal
    from_date: dt.date | None
    agreed: bool = True
    label: str = ""
    pk: int | None = None
    task: str = ""
    status: str = ""
    mastered_on: dt.date | None = None


@dataclass(frozen=True)
class Grips:
    """The four most effective grips (PLC-13), each with whether it is in place."""

    match: bool
    contact: bool
    hours: bool
    follow_up: bool

    @property
    def count(self) -> int:
        """How many of four."""
        return sum((self.match, self.contact, self.hours, self.follow_up))

    @property
    def rows(self) -> list[tuple[str, bool]]:
        """The four in words."""
        return [(label, held) for _name, label, held in self.named]

    @property
    def named(self) -> list[tuple[str, str, bool]]:
        """The four with their names, in words, and whether each is in place."""
        return [
            ("match", _("a match that is good for both"), self.match),
            ("contact", _("a fixed contact person"), self.contact),
            ("hours", _("ordinary hours talked about from the start"), self.hours),
            ("follow_up", _("follow-up on small steps and hours"), self.follow_up),
        ]


@dataclass(frozen=True)
class Ladder:
    """Everything the figure and its neighbours show of one placement."""

    weeks: list[Week]
    steps: list[Step]
    today: dt.date
    sentence: str
    mark13: dt.date | None
    weeks_in_company: int
    days_in_company: int
    stalled_since: dt.date | None
    progression: Decimal
    scale: Decimal


# ----------------------------------------------------------------------------------------------------------- pure


def days_in_company(stays: Iterable[Stay], day: dt.date) -> int:
    """Days of the stay that lasts on `day` (or ended at most `GAP_DAYS` days before), counted up to `day`."""
    counted, end = 0, None
    for stay in sorted(stays, key=lambda s: s.starts_on):
        if stay.starts_on >= day:
            break
        if end is not None and (stay.starts_on - end).days > GAP_DAYS:
            counted, end = 0, None
        until = min(stay.ends_on or day, day)
        begin = max(stay.starts_on, end) if end else stay.starts_on
        counted += max((until - begin).days, 0)
        end = max(end, until) if end else until
    if end is None or (day - end).days > GAP_DAYS:
        return 0
    return counted


def longest_stay(stays: Iterable[Stay], day: dt.date) -> int:
    """Most days of any stay up to `day`: what the thirteen-week result is counted on."""
    best, counted, end = 0, 0, None
    for stay in sorted(stays, key=lambda s: s.starts_on):
        if stay.starts_on >= day:
            break
        if end is not None and (stay.starts_on - end).days > GAP_DAYS:
            counted, end = 0, None
        until = min(stay.ends_on or day, day)
        begin = max(stay.starts_on, end) if end else stay.starts_on
        counted += max((until - begin).days, 0)
        end = max(end, until) if end else until
        best = max(best, counted)
    return best


def mark_day(stays: Sequence[Stay]) -> dt.date | None:
    """The first day that has 91 counted days behind it, taking the newest stay to go on; None without stays."""
    ordered = sorted(stays, key=lambda s: s.starts_on)
    counted, end = 0, None
    for number, stay in enumerate(ordered):
        if end is not None and (stay.starts_on - end).days > GAP_DAYS:
            counted, end = 0, None
        begin = max(stay.starts_on, end) if end else stay.starts_on
        newest = number == len(ordered) - 1
        until = begin + dt.timedelta(days=MARK_DAYS) if newest or stay.ends_on is None else stay.ends_on
        here = max((until - begin).days, 0)
        if counted + here >= MARK_DAYS:
            return begin + dt.timedelta(days=MARK_DAYS - counted)
        counted += here
        end = max(end, until) if end else until
    return None


def reached_on(weeks: Sequence[WeekRow], hours: Decimal, starts_on: dt.date | None) -> dt.date | None:
    """The first day of the first week with at least so many paid hours; None while there is none."""
    if hours <= 0:
        return None
    for row in sorted(weeks, key=lambda w: w.week):
        if row.paid >= hours:
            return max(row.week, starts_on) if starts_on else row.week
    return None


def standing(step: LadderStep, weeks: Sequence[WeekRow], starts_on: dt.date | None) -> tuple[dt.date | None, str]:
    """Since when the step is paid, and its state, as the reported weeks say. A step given up stays given up."""
    if step.status == StepStatus.DROPPED:
        return step.reached_on, step.status
    first = reached_on(weeks, step.paid_hours, starts_on)
    if first:
        return first, StepStatus.REACHED
    return None, StepStatus.MASTERED if step.mastered_on else StepStatus.PLANNED


def stalled_since(steps: Iterable[LadderStep], today: dt.date, stall_weeks: int) -> dt.date | None:
    """The day the longest-waiting mastered step was mastered, when that is `stall_weeks` weeks ago or more (PLC-14)."""
    waiting = [step.mastered_on for step in steps if step.status == StepStatus.MASTERED and step.mastered_on]
    first = min(waiting, default=None)
    return first if first and first + stall_weeks * WEEK <= today else None


def series(
    weeks: Sequence[WeekRow], starts_on: dt.date, today: dt.date, planned: tuple[Decimal, Decimal] | None = None
) -> list[Week]:
    """One entry for each week from the first to the running one; a week nobody reported is empty.

    The running week shows `planned` (paid, unpaid) until it is reported.
    """
    known = {row.week: row for row in weeks}
    last = max([*known, monday(today)], default=monday(today))
    found = []
    week = monday(starts_on)
    while week <= last:
        row = known.get(week)
        if row is not None:
            found.append(Week(week, row.paid, row.unpaid, row.absence, reported=True))
        elif planned is not None and week == monday(today):
            found.append(Week(week, planned[0], planned[1], planned=True))
        else:
            found.append(Week(week))
        week += WEEK
    return found


def progression(weeks: Sequence[WeekRow]) -> Decimal:
    """Average paid hours of the last four reported weeks less the average of all before them; zero without earlier ones."""
    ordered = sorted(weeks, key=lambda w: w.week)
    late, early = ordered[-RECENT:], ordered[:-RECENT]
    if not early:
        return NONE
    return _average(late) - _average(early)


def _average(weeks: Sequence[WeekRow]) -> Decimal:
    return (sum((row.paid for row in weeks), NONE) / len(weeks)).quantize(Decimal("0.01"))


def level(weeks: Sequence[WeekRow]) -> Decimal:
    """Paid hours a week now: of the last reported week without absence, else of the last one."""
    ordered = sorted(weeks, key=lambda w: w.week)
    whole = [row for row in ordered if not row.absence] or ordered
    return whole[-1].paid if whole else NONE


def sentence(weeks: Sequence[WeekRow], next_hours: Decimal | None, starts_on: dt.date, today: dt.date) -> str:
    """ "Fra 0 til 5 løntimer på 12 uger. Næste trin er 10." """
    ordered = sorted(weeks, key=lambda w: w.week)
    first = ordered[0].paid if ordered else NONE
    passed = max((today - starts_on).days // 7, 0)
    now = level(ordered)
    said = _("From %(first)s to %(hours)s in %(weeks)s.")
    if now == first == NONE:
        said = _("No paid hours yet after %(weeks)s.")
    text = said % {"first": words.hours(first), "hours": words.paid_hours(now), "weeks": words.weeks(passed)}
    if next_hours is None:
        return text
    return f"{text} " + _("The next step is %(hours)s.") % {"hours": words.hours(next_hours)}


# ------------------------------------------------------------------------------------------------- a placement's rows


def stays_of(placement: Placement) -> list[Stay]:
    """All stays of the citizen at the workplace that have begun, oldest first. One query."""
    rows = Placement.objects.begun().filter(
        case__citizen_id=placement.case.citizen_id, workplace_id=placement.workplace_id
    )
    return [Stay(start, ended) for start, ended in rows.values_list("starts_on", "ended_on")]


def weeks_in_company(placement: Placement, today: dt.date) -> int:
    """Whole weeks of the present stay at the workplace (PLC-11)."""
    return days_in_company(stays_of(placement), today) // 7


def thirteen_weeks_on(placement: Placement, stays: Sequence[Stay] | None = None) -> dt.date | None:
    """The day the stay is thirteen weeks old: to come while it goes on, None when it ended before.

    One query, none when the `stays` are handed in.
    """
    found = list(stays_of(placement) if stays is None else stays)
    if not placement.is_over:
        if not placement.is_running and placement.starts_on:
            found.append(Stay(placement.starts_on, None))
        return mark_day(found)
    mine = [stay for stay in found if placement.starts_on is None or stay.starts_on <= placement.starts_on]
    mark = mark_day(mine)
    return mark if mark and placement.ended_on and mark <= placement.ended_on else None


def step_in_force(steps: Iterable[LadderStep], week: dt.date) -> LadderStep | None:
    """The highest step paid in the week: reached by then, or mastered with its date come."""
    last = week + dt.timedelta(days=6)
    found = None
    for step in sorted(steps, key=lambda s: s.paid_hours):
        reached = step.reached_on is not None and step.reached_on <= last
        due = step.status == StepStatus.MASTERED and step.planned_on is not None and step.planned_on <= last
        if reached or due:
            found = step
    return found


def planned_hours(placement: Placement, week: dt.date) -> tuple[Decimal, Decimal]:
    """(paid, internship) hours the agreement and the step in force give for a week."""
    total = Decimal(placement.weekly_hours or 0)
    version = placement.sent_version
    paid = Decimal((version.content.get("paid_hours") if version else None) or 0)
    step = step_in_force(placement.steps.all(), week)
    if step is not None:
        paid = max(paid, step.paid_hours)
    return paid, max(total - paid, NONE)


def next_step_of(steps: Iterable[LadderStep]) -> LadderStep | None:
    """The lowest step that is neither reached nor given up."""
    waiting = [step for step in steps if step.status in (StepStatus.PLANNED, StepStatus.MASTERED)]
    return min(waiting, key=lambda step: step.paid_hours, default=None)


def grips(placement: Placement, today: dt.date | None = None) -> Grips:
    """The four grips: match reasoned for both, contact person, hours talked about at once, follow-up not overdue.

    Without `today` any follow-up counts.
    """
    last = (
        FollowUp.objects.filter(placement=placement, contact__withdrawn_at=None)
        .order_by("-contact__at")
        .values_list("contact__at", flat=True)
        .first()
    )
    latest = placement.follow_up_days + GAP_DAYS
    fresh = last is not None and (
        today is None or not placement.is_running or (today - clock.local_date(last)).days <= latest
    )
    return Grips(
        match=bool(placement.reason_citizen and placement.reason_employer),
        contact=placement.contact_id is not None,
        hours=placement.hours_discussed is True,
        follow_up=fresh,
    )


def ladder(placement: Placement, today: dt.date) -> Ladder:
    """The ladder of a placement on a day. Four queries (none for weeks and steps that are prefetched)."""
    assert placement.starts_on is not None, "a ladder begins with the first day"
    rows: list[WeekHours] = [week for week in placement.weeks.all() if week.withdrawn_at is None]
    steps = [step for step in placement.steps.all() if step.status != StepStatus.DROPPED]
    coming = next_step_of(steps)
    stays = stays_of(placement)
    until = min(today, placement.ended_on) if placement.ended_on else today
    days = days_in_company(stays, until)
    stalled = stalled_since(steps, today, placement.case.municipality.stall_weeks) if placement.is_running else None
    planned = planned_hours(placement, monday(today)) if placement.is_running else None
    return Ladder(
        weeks=series(rows, placement.starts_on, until, planned),
        steps=_figure_steps(placement, steps, coming),
        today=today,
        sentence=sentence(rows, coming.paid_hours if coming else None, placement.starts_on, until),
        mark13=thirteen_weeks_on(placement, stays),
        weeks_in_company=days // 7,
        days_in_company=days,
        stalled_since=stalled,
        progression=progression(rows),
        scale=max([Decimal(placement.weekly_hours or 0), *(row.paid + row.unpaid for row in rows)], default=NONE),
    )


def _figure_steps(placement: Placement, steps: list[LadderStep], coming: LadderStep | None) -> list[Step]:
    assert placement.starts_on is not None
    text = _("internship from %(day)s") % {"day": words.day(placement.starts_on)}
    found = [Step(NONE, placement.starts_on, label=text)]
    for step in sorted(steps, key=lambda s: s.paid_hours):
        day = step.reached_on or step.planned_on
        if step.status != StepStatus.REACHED and step is not coming:
            continue
        label = _("from %(day)s") % {"day": words.day(day)} if day else _("The date is missing")
        found.append(
            Step(
                step.paid_hours,
                day,
                step.status == StepStatus.REACHED,
                label,
                step.pk,
                step.task,
                step.status,
                step.mastered_on,
            )
        )
    return found
