"""Who may read what is closest to the citizen: health, and what those who help keep between themselves (GOV-08).

The citizen's own jobformidler and caseworker, whoever covers for them, and an HKO key person with a relation of their
own. The team, a leader, an employer consultant and emergency access do not. A provider's people read what the citizen
has said yes to, and never a diagnosis.
"""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Membership, User
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.querysets import OfCitizenQuerySet
from jobformidler.citizens.sharing import Receiver, ShareField

if TYPE_CHECKING:
    from jobformidler.accounts.viewer import Viewer
    from jobformidler.citizens.models import Citizen

#: A relation of one's own of these kinds lets one read what is closest to the citizen.
CLOSE = (RelationKind.JOBFORMIDLER, RelationKind.CASEWORKER, RelationKind.COVER)


def close_relations(user: User, day: dt.date, *, key_person: bool) -> models.QuerySet:
    """The user's own relations in force that let them read it; of a key person any that is theirs."""
    from jobformidler.citizens.models import Relation

    mine = Relation.objects.active_on(day).filter(user=user).exclude(kind=RelationKind.SELF)
    return mine if key_person else mine.filter(kind__in=CLOSE)


def is_close(viewer: "Viewer | None", citizen: "Citizen") -> bool:
    """Whether the viewer may read what is closest to the citizen. One query."""
    if viewer is None or viewer.from_outside or not viewer.user.is_active:
        return False
    mine = close_relations(viewer.user, viewer.day, key_person=viewer.has(Role.HKO_KEYPERSON))
    return mine.filter(citizen=citizen).exists()


def may_write(user: User | None, citizen: "Citizen", day: dt.date) -> bool:
    """The same for somebody who writes on `day`. None is the system."""
    if user is None:
        return True
    roles = set(
        Membership.objects.active_on(day)
        .filter(user=user, municipality_id=citizen.municipality_id, organisation__municipality__isnull=False)
        .values_list("role", flat=True)
    )
    if not user.is_active or not roles - {Role.CITIZEN}:
        return False
    mine = close_relations(user, day, key_person=Role.HKO_KEYPERSON in roles)
    return mine.filter(citizen=citizen).exists()


def consented(viewer: "Viewer | None", citizen: "Citizen", *fields: str) -> frozenset[str]:
    """Which of the fields the citizen lets the viewer's organisation read today. One query; asked at every request."""
    if viewer is None or not viewer.organisations:
        return frozenset()
    from jobformidler.citizens.models import Consent

    said = Consent.objects.counting_on(viewer.day).filter(
        citizen=citizen, receiver=Receiver.PROVIDER, organisation__in=viewer.organisations, field__in=fields
    )
    return frozenset(said.values_list("field", flat=True))


class ImpairmentQuerySet(OfCitizenQuerySet):
    """Impairments: the one kind of registration a relation alone does not open."""

    def visible_to(self, viewer: "Viewer | None"):
        """Of citizens the viewer is close to; for a provider of those who have said yes, without the diagnosis."""
        if viewer is None or not viewer.user.is_active:
            return self.none()
        if viewer.from_outside:
            return self._shared_with(viewer)
        mine = close_relations(viewer.user, viewer.day, key_person=viewer.has(Role.HKO_KEYPERSON))
        return self.filter(citizen__in=mine.values("citizen"))

    def _shared_with(self, viewer: "Viewer"):
        from jobformidler.citizens.models import Citizen, Consent

        said = Consent.objects.counting_on(viewer.day).filter(
            Q(organisation__in=viewer.organisations), receiver=Receiver.PROVIDER, field=ShareField.CHALLENGES
        )
        seen = Citizen.objects.visible_to(viewer).filter(pk__in=said.values("citizen"))
        return self.standing().filter(citizen__in=seen.values("pk")).defer("diagnosis")
