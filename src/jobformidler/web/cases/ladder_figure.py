"""The hours ladder of a placement as the figure of the design."""

import datetime as dt

from django.db.models import prefetch_related_objects

from jobformidler.placements.ladder import ladder as ladder_of
from jobformidler.placements.models import Placement
from jobformidler.web.figures.ladder import Ladder, Step, Week, ladder


def of(placement: Placement, today: dt.date) -> Ladder | None:
    """The figure of a placement that has begun; None before its first day."""
    if placement.starts_on is None or placement.starts_on > today or not placement.approved_on:
        return None
    prefetch_related_objects([placement], "steps", "weeks")
    found = ladder_of(placement, today)
    return ladder(
        weeks=[
            Week(week.monday, float(week.paid), float(week.unpaid), week.absence, week.planned) for week in found.weeks
        ],
        steps=[Step(float(step.hours), step.from_date, step.agreed, step.label) for step in found.steps],
        today=today,
        title=found.sentence,
        mark13=found.mark13,
        scale=max(float(found.scale), 15.0),
    )
