"""Questions about memberships."""

import datetime as dt

from django.db import models


class MembershipQuerySet(models.QuerySet):
    """Dated roles."""

    def active_on(self, day: dt.date):
        """Memberships in force on `day`."""
        return self.filter(period__contains=day)

    def with_roles(self, *roles: str):
        """Memberships with one of these roles."""
        return self.filter(role__in=roles)
