"""One week with planned beside real, as the workplace and the jobformidler see it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from jobformidler.core.periods import monday
from jobformidler.placements import ladder
from jobformidler.placements.agreement import Content
from jobformidler.placements.models import Placement, WeekHours
from jobformidler.web import danish
from jobformidler.web.placements import words

WEEK = dt.timedelta(days=7)
ZERO = Decimal(0)
SHORT = (
    lambda: _("Mon"),
    lambda: _("Tue"),
    lambda: _("Wed"),
    lambda: _("Thu"),
    lambda: _("Fri"),
    lambda: _("Sat"),
    lambda: _("Sun"),
)


@dataclass(frozen=True)
class Day:
    """One working day of the plan."""

    name: str
    short: str
    date: dt.date
    times: str
    planned: Decimal


@dataclass
class Week:
    """What the week's page draws."""

    monday: dt.date
    days: list[Day]
    paid: Decimal
    unpaid: Decimal
    row: WeekHours | None = None

    @property
    def planned(self) -> Decimal:
        """Hours planned in all."""
        return self.paid + self.unpaid

    @property
    def real(self) -> Decimal | None:
        """Hours reported in all; None while nothing is."""
        return self.row.paid + self.row.unpaid if self.row else None

    @property
    def as_planned(self) -> bool:
        """Whether what is reported is what was planned."""
        return self.row is not None and (self.row.paid, self.row.unpaid) == (self.paid, self.unpaid)

    @property
    def name(self) -> str:
        """ "Uge 47"."""
        return words.capital(danish.week_name(self.monday))

    @property
    def span(self) -> str:
        """ "16.–20. november"."""
        friday = self.monday + dt.timedelta(days=4)
        last = max(friday, self.days[-1].date) if self.days else friday
        end = danish.day_near(last, weekday=False)
        if self.monday.month != last.month:
            return f"{danish.day_near(self.monday, weekday=False)} – {end}"
        return f"{self.monday.day}.–{end}"

    @property
    def correct_until(self) -> dt.date:
        """The last day the workplace can correct it: the Sunday after the week."""
        return self.monday + dt.timedelta(days=13)

    def without(self, day: dt.date) -> dict[str, Any]:
        """Paid and internship hours of the week without one day: what "Fravær i dag" proposes."""
        gone = sum((item.planned for item in self.days if item.date == day), ZERO)
        unpaid = max(self.unpaid - gone, ZERO)
        paid = max(self.paid - max(gone - self.unpaid, ZERO), ZERO)
        return {"paid": paid, "unpaid": unpaid, "absence": True}


def _length(row: dict[str, Any]) -> Decimal:
    begin, end = (dt.time.fromisoformat(row[part]) for part in ("from", "to"))
    minutes = (end.hour - begin.hour) * 60 + end.minute - begin.minute
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))


def plan_days(content: Content, week: dt.date) -> list[Day]:
    """The working days of the agreement in this week."""
    found = []
    for row in content.get("days") or []:
        times = _("at %(time)s") % {"time": f"{words.time_short(row['from'])}–{words.time_short(row['to'])}"}
        found.append(
            Day(
                name=words.capital(words.weekday_name(row["day"])),
                short=SHORT[row["day"]](),
                date=week + dt.timedelta(days=row["day"]),
                times=times.replace(" ", danish.NBSP),
                planned=_length(row),
            )
        )
    return found


def standing(placement: Placement) -> list[WeekHours]:
    """The weeks that are not withdrawn; no query where they are read already."""
    return [row for row in placement.weeks.all() if row.withdrawn_at is None]


def week_of(placement: Placement, week: dt.date) -> Week:
    """The week beginning on this Monday."""
    version = placement.sent_version
    paid, unpaid = ladder.planned_hours(placement, week)
    row = next((row for row in standing(placement) if row.week == week), None)
    return Week(week, plan_days(version.content if version else {}, week), paid, unpaid, row)


def first_week(placement: Placement) -> dt.date:
    """The Monday of the week the placement began."""
    assert placement.starts_on is not None
    return monday(placement.starts_on)


def week_to_report(placement: Placement, today: dt.date) -> dt.date:
    """The week to ask about: the one that has passed while it is not reported, else the running one."""
    this = monday(today)
    before = this - WEEK
    if before < first_week(placement):
        return this
    return this if any(row.week == before for row in standing(placement)) else before


def open_weeks(placement: Placement, today: dt.date) -> Sequence[dt.date]:
    """The weeks the workplace can still report or correct: until the Sunday after."""
    this = monday(today)
    return [week for week in (this, this - WEEK) if week >= first_week(placement)]


def parse_week(text: str) -> dt.date | None:
    """The Monday named in an address, None for anything else."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.weekday() == 0 else None
