"""Questions about what is shared. What counts is asked anew by every request: a no works at once."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from jobformidler.citizens.enums import RestrictedUse
from jobformidler.citizens.sharing import Answer, Receiver

if TYPE_CHECKING:
    from jobformidler.accounts.viewer import Viewer


class ConsentQuerySet(models.QuerySet):
    """Answers about sharing."""

    def standing(self):
        """Answers that have not been taken back."""
        return self.filter(withdrawn_at=None)

    def agreed_on(self, day: dt.date):
        """Every yes the citizen has given, not taken back, and not expired on `day`."""
        return self.standing().filter(
            Q(expires_on__isnull=True) | Q(expires_on__gt=day), answer=Answer.YES, answered_on__lte=day
        )

    def counting_on(self, day: dt.date):
        """Every yes that may be acted on: while the use of the citizen's data is restricted, none is (article 18)."""
        from jobformidler.citizens.models import Restriction

        held = Restriction.objects.in_force().exclude(uses__contains=[RestrictedUse.CONSENT])
        return self.agreed_on(day).filter(~Exists(held.filter(citizen=OuterRef("citizen"))))

    def for_workplace(self, workplace_id: int | None):
        """For one workplace: those given to it by name, and those given to the workplaces looked for together."""
        named = Q(workplace_id=workplace_id) if workplace_id is not None else Q()
        return self.filter(Q(workplace_id=None) | named, receiver=Receiver.WORKPLACE)

    def visible_to(self, viewer: "Viewer | None"):
        """Of citizens the viewer may see."""
        from jobformidler.citizens.models import Citizen

        return self.filter(citizen__in=Citizen.objects.visible_to(viewer).values("pk"))


class DisclosureQuerySet(models.QuerySet):
    """What has been shared."""

    def visible_to(self, viewer: "Viewer | None"):
        """Of citizens the viewer may see."""
        from jobformidler.citizens.models import Citizen

        return self.filter(citizen__in=Citizen.objects.visible_to(viewer).values("pk"))
