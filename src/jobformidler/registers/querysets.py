"""Questions about clocks."""

import datetime as dt
from collections.abc import Callable

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value

from jobformidler.citizens.querysets import OfCitizenQuerySet
from jobformidler.registers.enums import ClockNeed, RightKind, SpellKind

#: How far ahead a coming date is shown, and how long before it the citizen is to be told (RULE-08).
AHEAD, TELL = dt.timedelta(days=60), dt.timedelta(days=42)


def _waiting(**more: object) -> Q:
    """Neither at work nor referred."""
    return Q(working=False, referred=False, **more)


def _to_tell(day: dt.date) -> Q:
    return _waiting(told_right=False, right_on__gt=day, right_on__lte=day + TELL) | _waiting(
        told_duty=False, duty_on__gt=day, duty_on__lte=day + TELL
    )


#: What is true of a clock `with_facts` on a day, for each thing that needs somebody (RULE-05, RULE-08, RULE-09).
NEEDS: dict[str, Callable[[dt.date], Q]] = {
    ClockNeed.OVERDUE: lambda day: _waiting(unemployed=True, unavailable=False, duty_on__lte=day),
    ClockNeed.ASKED: lambda day: _waiting(asked=True, right_on__lte=day),
    ClockNeed.UNUSED: lambda day: _waiting(asked=False, right_on__lte=day),
    ClockNeed.TO_TELL: _to_tell,
    ClockNeed.RIGHT_SOON: lambda day: _waiting(right_on__gt=day, right_on__lte=day + AHEAD),
    ClockNeed.DUTY_SOON: lambda day: _waiting(duty_on__gt=day, duty_on__lte=day + AHEAD),
    ClockNeed.IN_DOUBT: lambda _day: _waiting(unemployed=True) & ~Q(readings=[]),
}


class ClockQuerySet(OfCitizenQuerySet):
    """Cycles of clocks."""

    def approved_on(self, day: dt.date):
        """Those whose approval is in force on `day`."""
        return self.filter(Q(approval__ended_on=None) | Q(approval__ended_on__gt=day))

    def needing(self, need: str, day: dt.date):
        """Of clocks `with_facts`, those that need this (`ClockNeed`) on `day`."""
        return self.filter(NEEDS[need](day))

    def count_needs(self, day: dt.date) -> dict[str, int]:
        """How many of clocks `with_facts` need each thing on `day`, in one query."""
        found = self.aggregate(**{f"n_{need}": Count("pk", filter=holds(day)) for need, holds in NEEDS.items()})
        return {need: found[f"n_{need}"] for need in NEEDS}

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

    def with_facts(self, day: dt.date, unavailable: Exists | None = None):
        """With what is true of the citizen on `day`, as `states.Facts` names it, in the same query.

        `unavailable`: whether the citizen was assessed as not available in this cycle; decisions are a higher package's.
        """
        from jobformidler.registers.models import Guidance, ReferralDecision, ReferralRequest, Spell

        today = Spell.objects.filter(Q(end=None) | Q(end__gt=day), citizen=OuterRef("citizen"), start__lte=day)
        mine = {"citizen": OuterRef("citizen"), "withdrawn_at": None}
        told = Guidance.objects.filter(citizen=OuterRef("citizen"), given_on__gte=OuterRef("since"))
        return self.annotate(
            unemployed=Exists(today.filter(kind__in=(SpellKind.LEDIGHEDSYDELSE, SpellKind.UNEMPLOYED))),
            working=Exists(today.filter(kind__in=(SpellKind.FLEKSJOB, SpellKind.ORDINARY_JOB))),
            on_maternity=Exists(today.filter(kind=SpellKind.MATERNITY)),
            asked=Exists(ReferralRequest.objects.filter(**mine, asked_on__gte=OuterRef("since"))),
            referred=Exists(ReferralDecision.objects.filter(**mine, decided_on__gte=OuterRef("since"))),
            told_right=Exists(told.filter(about=RightKind.RIGHT)),
            told_duty=Exists(told.filter(about=RightKind.DUTY)),
            unavailable=Value(False) if unavailable is None else unavailable,
        )

    def for_list(self):
        """With what a list shows of the citizen, soonest first."""
        return self.select_related("citizen", "approval").order_by(F("duty_on").asc(nulls_last=True), "pk")


class RuleChoiceQuerySet(QuerySet):
    """Rule sets as municipalities use them."""

    def about(self, municipality_id: int, *families: str):
        """Those of these families, oldest first."""
        return self.filter(municipality_id=municipality_id, family__in=families).order_by("family", "period")
