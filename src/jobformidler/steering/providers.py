"""How much of the effort providers do in a year: citizens who were with one, of all who had a case (RULE-15)."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from jobformidler.accounts.enums import OrganisationKind
from jobformidler.casework.models import Case
from jobformidler.citizens.models import Relation
from jobformidler.core.models import Municipality


@dataclass(frozen=True)
class ProviderShare:
    """Citizens in the effort during a year so far, and how many of them were with a provider for some of it."""

    citizens: int
    with_provider: int

    @property
    def percent(self) -> float | None:
        """The share in percent, None without citizens."""
        return 100 * self.with_provider / self.citizens if self.citizens else None


def provider_share(municipality: Municipality, year: int, day: dt.date) -> ProviderShare:
    """The share of a year up to and including `day`. One query."""
    first, end = dt.date(year, 1, 1), min(dt.date(year + 1, 1, 1), day + dt.timedelta(1))
    if end <= first:
        return ProviderShare(0, 0)
    there = Relation.objects.filter(
        citizen=OuterRef("citizen"),
        organisation__kind=OrganisationKind.PROVIDER,
        period__overlap=(first, end),
    )
    cases = Case.objects.filter(municipality=municipality, opened_on__lt=end)
    found = (
        cases.filter(Q(closed_on=None) | Q(closed_on__gte=first))
        .annotate(away=Exists(there))
        .aggregate(
            citizens=Count("citizen", distinct=True), with_provider=Count("citizen", distinct=True, filter=Q(away=True))
        )
    )
    return ProviderShare(**found)
