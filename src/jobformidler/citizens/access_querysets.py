"""Questions about the access log, emergency access and alerts."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models

from jobformidler.citizens.access_enums import AlertState, Outcome
from jobformidler.citizens.enums import RelationKind

if TYPE_CHECKING:
    from jobformidler.citizens.models import Citizen


class AccessLogQuerySet(models.QuerySet):
    """Looks at citizens' pages."""

    def shown(self):
        """Looks at a page that was shown."""
        return self.filter(outcome=Outcome.SHOWN)

    def by_others(self):
        """Without the citizen's own looks."""
        return self.exclude(relation=RelationKind.SELF)

    def of_citizen(self, citizen: "Citizen"):
        """Looks at one citizen, newest first, with who it was."""
        return self.filter(citizen=citizen).select_related("user", "unit").order_by("-at", "-pk")

    def between(self, start: dt.datetime | None, end: dt.datetime | None):
        """From `start` up to (not including) `end`."""
        found = self
        if start:
            found = found.filter(at__gte=start)
        if end:
            found = found.filter(at__lt=end)
        return found

    def unsealed(self):
        """Rows no seal covers yet."""
        return self.filter(sealed=None)


class EmergencyQuerySet(models.QuerySet):
    """Emergency accesses."""

    def open_at(self, at: dt.datetime):
        """Those in force at `at`."""
        return self.filter(ended_at=None, expires_at__gt=at)


class AlertQuerySet(models.QuerySet):
    """Unusual looks."""

    def waiting(self):
        """Those nobody has dealt with."""
        return self.filter(state=AlertState.OPEN)
