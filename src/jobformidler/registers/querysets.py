"""Questions about clocks."""

import datetime as dt

from django.db.models import Exists, F, OuterRef, Q

from jobformidler.citizens.querysets import OfCitizenQuerySet
from jobformidler.registers.enums import SpellKind


class ClockQuerySet(OfCitizenQuerySet):
    """Cycles of clocks."""

    def running_on(self, day: dt.date):
        """The cycle each citizen is in on `day`: begun, not yet ended by work, and the approval in force."""
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)

    def right_between(self, first: dt.date, end: dt.date):
        """Rights that arise in [first, end)."""
        return self.filter(right_on__gte=first, right_on__lt=end)

    def duty_between(self, first: dt.date, end: dt.date):
        """Duties that arise in [first, end)."""
        return self.filter(duty_on__gte=first, duty_on__lt=end)

    def in_reading_doubt(self):
        """Where another reading of the rules gives another date."""
        return self.exclude(readings=[])

    def with_facts(self, day: dt.date):
        """With what is true of the citizen on `day`, as `states.Facts` names it, in the same query."""
        from jobformidler.registers.models import ReferralDecision, ReferralRequest, Spell

        today = Spell.objects.filter(Q(end=None) | Q(end__gt=day), citizen=OuterRef("citizen"), start__lte=day)
        mine = {"citizen": OuterRef("citizen"), "withdrawn_at": None}
        return self.annotate(
            unemployed=Exists(today.filter(kind__in=(SpellKind.LEDIGHEDSYDELSE, SpellKind.UNEMPLOYED))),
            working=Exists(today.filter(kind__in=(SpellKind.FLEKSJOB, SpellKind.ORDINARY_JOB))),
            on_maternity=Exists(today.filter(kind=SpellKind.MATERNITY)),
            asked=Exists(ReferralRequest.objects.filter(**mine, asked_on__gte=OuterRef("since"))),
            referred=Exists(ReferralDecision.objects.filter(**mine, decided_on__gte=OuterRef("since"))),
        )

    def for_list(self):
        """With what a list shows of the citizen, soonest first."""
        return self.select_related("citizen", "approval").order_by(F("duty_on").asc(nulls_last=True), "pk")
