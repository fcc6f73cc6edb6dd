"""Questions about placements."""

from typing import TYPE_CHECKING

from django.db import models

from jobformidler.placements.enums import BEFORE_START, RUNNING

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
