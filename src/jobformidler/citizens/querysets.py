"""Questions about citizens. `visible_to` starts from nothing and adds what a relation gives."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.sharing import Receiver

if TYPE_CHECKING:
    from jobformidler.accounts.viewer import Viewer

#: Relations that open pages of their own, never the staff's.
NOT_STAFF = (RelationKind.SELF, RelationKind.PROFESSIONAL)


class RelationQuerySet(models.QuerySet):
    """Dated relations."""

    def active_on(self, day: dt.date):
        """Relations in force on `day`."""
        return self.filter(period__contains=day)

    def of(self, viewer: "Viewer"):
        """Relations in force that the viewer works under, alone or through a unit or an organisation.

        Being the citizen oneself opens one's own pages, never the staff's. A provider's people work under the
        relations of their organisation alone.
        """
        if viewer.organisations and viewer.from_outside:
            # Being assigned does not outlive the referral (GOV-02).
            return self.active_on(viewer.day).filter(organisation__in=viewer.organisations)
        mine = Q(user=viewer.user)
        if viewer.whole_municipality:
            mine |= Q(unit__isnull=False)
        elif viewer.case_units:
            mine |= Q(unit__in=viewer.case_units)
        if viewer.organisations:
            mine |= Q(organisation__in=viewer.organisations)
        return self.active_on(viewer.day).filter(mine).exclude(kind__in=NOT_STAFF).unexpired(viewer.at)

    def unexpired(self, at: dt.datetime | None):
        """Without emergency access whose time is up at `at`; without a moment there is none."""
        lasting = Q(expires_at=None)
        return self.filter(lasting | Q(expires_at__gt=at) if at else lasting)


class CitizenQuerySet(models.QuerySet):
    """Citizens."""

    def visible_to(self, viewer: "Viewer | None"):
        """Citizens the viewer has a relation to today. None sees none."""
        if viewer is None or viewer.user is None or not viewer.user.is_active:
            return self.none()
        from jobformidler.citizens.models import Relation

        return self.filter(Exists(Relation.objects.of(viewer).filter(citizen=OuterRef("pk"))))

    def matching(self, term: str):
        """Citizens whose name holds every word of `term` (three letters at least in all)."""
        words = term.lower().split()
        if sum(map(len, words)) < 3:
            return self.none()
        found = self
        for word in words:
            found = found.filter(search__contains=word)
        return found


class OfCitizenQuerySet(models.QuerySet):
    """What is registered about a citizen."""

    def standing(self):
        """Without withdrawn registrations."""
        return self.filter(withdrawn_at=None)

    def with_own(self):
        """Each row with `own`: the citizen wrote it, under a login of their own (CIT-13)."""
        from jobformidler.citizens.models import Relation

        mine = Relation.objects.filter(citizen=OuterRef("citizen"), user=OuterRef("by"), kind=RelationKind.SELF)
        return self.annotate(own=Exists(mine))

    def visible_to(self, viewer: "Viewer | None"):
        """Rows of citizens the viewer may see."""
        from jobformidler.citizens.models import Citizen

        return self.filter(citizen__in=Citizen.objects.visible_to(viewer).values("pk"))


class ConsiderationQuerySet(OfCitizenQuerySet):
    """What must be taken into account at work."""

    def with_sharing(self, day: dt.date):
        """With `may_share_on`: since when the workplace may read the line, None when it may not on `day`."""
        from jobformidler.citizens.models import Consent

        said = Consent.objects.counting_on(day).filter(consideration=OuterRef("pk"), receiver=Receiver.WORKPLACE)
        return self.annotate(may_share_on=Subquery(said.order_by("answered_on", "pk").values("answered_on")[:1]))

    def shared_with_workplace(self, day: dt.date, workplace_id: int | None = None):
        """Lines the citizen lets the workplace read on `day` (EMP-42, GOV-03)."""
        from jobformidler.citizens.models import Consent

        said = Consent.objects.counting_on(day).for_workplace(workplace_id)
        return self.standing().filter(Exists(said.filter(consideration=OuterRef("pk"))))
