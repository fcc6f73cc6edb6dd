"""Questions about places."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from jobformidler.accounts.viewer import Viewer


class PlaceQuerySet(models.QuerySet):
    """Places."""

    def visible_to(self, viewer: "Viewer | None"):
        """All of the municipality's places for those who work with employers (JOB-06)."""
        return self.all() if viewer is not None and viewer.sees_employers else self.none()

    def open_on(self, day: dt.date):
        """Places not closed and not over on `day` (also those that start later)."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=day), Q(closed_on__isnull=True) | Q(closed_on__gt=day)
        )

    def stale_on(self, day: dt.date, days: int):
        """Open places the workplace has not confirmed for more than `days` days."""
        return self.open_on(day).filter(confirmed_on__lt=day - dt.timedelta(days=days))

    def accommodating(self, code: str):
        """Places where this consideration is known to be possible (list "accommodation")."""
        return self.filter(accommodates__contains=[code])

    def within_hours(self, most: float):
        """Places where so many hours a week are enough."""
        return self.filter(hours_min__lte=most)

    def for_list(self):
        """With what a list shows, in one query."""
        return self.select_related("workplace", "contact")
