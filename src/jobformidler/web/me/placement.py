"""A placement as the citizen reads it: where, since when, hours now, what comes next."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jobformidler.placements.enums import StepStatus
from jobformidler.placements.models import LadderStep, Placement, WeekHours
from jobformidler.placements.words import hours, paid_hours
from jobformidler.web import danish


@dataclass(frozen=True)
class PlacementWords:
    """The sentences of one placement."""

    where: str
    lines: tuple[str, ...]


def placement_words(placement: Placement, today: dt.date) -> PlacementWords:
    """The placement in plain words. Three queries.

    The contact person stands in the agreement the citizen has; the register of people at workplaces is not the
    citizen's to read.
    """
    version = placement.sent_version
    contact = (version.content.get("contact") or {}).get("name", "") if version else ""
    starts = placement.starts_on
    since = ""
    if starts:
        text = _("You have been here since %(day)s.") if starts <= today else _("You start %(day)s.")
        since = text % {"day": danish.day_near(starts, weekday=False, year=starts.year != today.year)}
    helper = _("Your contact at the workplace is %(name)s.") % {"name": contact} if contact else ""
    return PlacementWords(
        where=placement.workplace.name,
        lines=tuple(filter(None, (since, _hours(placement), _next(placement, today), helper))),
    )


def _hours(placement: Placement) -> str:
    last = WeekHours.objects.filter(placement=placement, absence=False, withdrawn_at=None).order_by("-week").first()
    if last is None:
        return ""
    if not last.paid:
        return _("Last week you reported: %(hours)s hours of internship.") % {"hours": hours(last.unpaid)}
    return _("You now have %(paid)s a week.") % {"paid": paid_hours(last.paid)}


def _next(placement: Placement, today: dt.date) -> str:
    steps = LadderStep.objects.filter(placement=placement).exclude(status__in=(StepStatus.REACHED, StepStatus.DROPPED))
    step = steps.order_by("position").first()
    if step is None:
        return ""
    words = {"paid": paid_hours(step.paid_hours), "task": step.task}
    if step.planned_on and step.planned_on >= today:
        day = danish.day_words(step.planned_on, today)
        return _("Next goal: %(paid)s, when you can do %(task)s. Planned %(day)s.") % {**words, "day": day}
    return _("Next goal: %(paid)s, when you can do %(task)s.") % words
