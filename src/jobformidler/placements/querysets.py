"""Questions about placements."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from jobformidler.placements.enums import BEFORE_START, ENDED, RUNNING

if TYPE_CHECKING:
    from jobformidler.accounts.viewer import Viewer


class PlacementQuerySet(models.QuerySet):
    """Placements."""

    def visible_to(self, viewer: "Viewer | None"):
        """Of cases the viewer may see."""
        from jobformidler.casework.models import Case

        return self.filter(case__in=Case.objects.visible_to(viewer).values("pk"))

    def running(self):
        """Under way."""
        return self.filter(status__in=RUNNING)

    def before_start(self):
        """Not begun yet."""
        return self.filter(status__in=BEFORE_START)

    def begun(self):
        """Under way or over, with a first day: what weeks in a company are counted on."""
        return self.filter(status__in=[*RUNNING, *ENDED], starts_on__isnull=False)

    def running_on(self, day: dt.date):
        """Under way on a day, whatever came after."""
        return self.begun().filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), starts_on__lte=day)

    def taking_a_place(self):
        """Placements that use up capacity of an opening: sent for signature or later, and not over."""
        return self.filter(status__in=[*BEFORE_START[3:], *RUNNING])

    def for_list(self):
        """With what a list shows, in one query."""
        return self.select_related("case__citizen", "workplace", "contact", "opening")


class OfPlacementQuerySet(models.QuerySet):
    """What belongs to a placement."""

    def standing(self):
        """Without withdrawn registrations."""
        return self.filter(withdrawn_at=None)
