"""Questions about cases."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from jobformidler.casework.enums import OPEN, CaseRole

if TYPE_CHECKING:
    from jobformidler.accounts.models import User
    from jobformidler.accounts.viewer import Viewer


class CaseQuerySet(models.QuerySet):
    """Cases."""

    def visible_to(self, viewer: "Viewer | None"):
        """Cases of citizens the viewer has a relation to today. None sees none."""
        if viewer is None or viewer.user is None or not viewer.user.is_active:
            return self.none()
        from jobformidler.citizens.models import Relation

        return self.filter(Exists(Relation.objects.of(viewer).filter(citizen=OuterRef("citizen"))))

    def open(self):
        """Not closed."""
        return self.filter(status__in=OPEN)

    def of_user(self, user: "User", day: dt.date, *roles: str):
        """Cases in which the user fills one of the roles (any, without roles) on `day`."""
        from jobformidler.casework.models import Assignment

        mine = Assignment.objects.active_on(day).filter(user=user, case=OuterRef("pk"))
        return self.filter(Exists(mine.filter(role__in=roles) if roles else mine))

    def without_role(self, day: dt.date, role: str):
        """Open cases with nobody in the role on `day` (JF-01)."""
        from jobformidler.casework.models import Assignment

        return self.open().filter(~Exists(Assignment.objects.active_on(day).filter(case=OuterRef("pk"), role=role)))

    def for_list(self, day: dt.date):
        """With citizen, unit and the names of the tandem, in one query."""
        from jobformidler.casework.models import Assignment

        def name(role):
            return models.Subquery(
                Assignment.objects.active_on(day).filter(case=OuterRef("pk"), role=role).values("user__name")[:1]
            )

        return self.select_related("citizen", "unit").annotate(
            jobformidler_name=name(CaseRole.JOBFORMIDLER), caseworker_name=name(CaseRole.CASEWORKER)
        )


class AssignmentQuerySet(models.QuerySet):
    """Who fills which role."""

    def active_on(self, day: dt.date):
        """In force on `day`."""
        return self.filter(period__contains=day)

    def visible_to(self, viewer: "Viewer | None"):
        """Of cases the viewer may see."""
        from jobformidler.casework.models import Case

        return self.filter(case__in=Case.objects.visible_to(viewer).values("pk"))


class OfCaseQuerySet(models.QuerySet):
    """What is registered in cases."""

    def visible_to(self, viewer: "Viewer | None"):
        """Of cases the viewer may see."""
        from jobformidler.casework.models import Case

        return self.filter(case__in=Case.objects.visible_to(viewer).values("pk"))

    def standing(self):
        """Without withdrawn registrations."""
        return self.filter(withdrawn_at=None)


class AttentionQuerySet(models.QuerySet):
    """Who needs what next."""

    def showing_at(self, now: dt.datetime):
        """Rows whose time has come."""
        return self.filter(visible_from__lte=now)

    def owned_by(self, user: "User"):
        """Rows this person is to act on."""
        return self.filter(owner=user)

    def visible_to(self, viewer: "Viewer | None"):
        """Of cases the viewer may see."""
        from jobformidler.casework.models import Case

        return self.filter(case__in=Case.objects.visible_to(viewer).values("pk"))

    def unowned(self):
        """Rows nobody owns: the case lacks a jobformidler."""
        return self.filter(Q(owner=None))
