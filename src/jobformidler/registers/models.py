"""Periods from the registers, approvals to fleksjob, the rules in use and the clocks they give."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobformidler.citizens.models import Citizen
from jobformidler.citizens.querysets import OfCitizenQuerySet
from jobformidler.core.history import tracked
from jobformidler.core.models import Delivery, TenantModel, VersionedModel, Withdrawable
from jobformidler.law import Choice, rule_set
from jobformidler.registers.enums import (
    GuidanceWay,
    MeetingHolder,
    ReferralBasis,
    RequestWay,
    RightKind,
    RuleFamily,
    SpellKind,
)
from jobformidler.registers.querysets import ClockQuerySet, RuleChoiceQuerySet


@tracked(inserts=False)
class Spell(TenantModel):
    """One period: `start` included, `end` the first day after it, None while it lasts (CIT-02)."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="spells")
    kind = models.CharField(_("kind"), max_length=16, choices=SpellKind.choices)
    start = models.DateField(_("from"))
    end = models.DateField(_("to"), null=True, blank=True)
    delivery = models.ForeignKey(Delivery, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = OfCitizenQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["citizen", "kind", "start"], name="registers_spell_key"),
            models.CheckConstraint(
                name="registers_spell_order",
                condition=Q(end__isnull=True) | Q(end__gt=F("start")),
                violation_error_message=_("The end must not be before the start."),
            ),
        ]


@tracked(inserts=False)
class FleksjobApproval(VersionedModel):
    """Approval to fleksjob, `ended_on` the first day it no longer holds (CIT-02); a new one starts afresh."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="fleksjob_approvals")
    approved_on = models.DateField(_("approved on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    delivery = models.ForeignKey(Delivery, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = OfCitizenQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        ordering = ["approved_on"]
        constraints = [
            *VersionedModel.Meta.constraints,
            models.UniqueConstraint(fields=["citizen", "approved_on"], name="registers_approval_day"),
            models.CheckConstraint(
                name="registers_approval_order", condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("approved_on"))
            ),
        ]


@tracked()
class RuleChoice(VersionedModel):
    """A rule set as a municipality uses it, in a period: `period` ends on the first day it is no longer used (RULE-01).

    No row: the rules are off. A family is a timeline without overlaps, so that what was used on a day can be read.
    """

    family = models.CharField(_("rules about"), max_length=24, choices=RuleFamily.choices)
    rule_set = models.CharField(_("rule set"), max_length=60)
    parameters = models.JSONField(_("readings"), default=dict, blank=True)
    period = DateRangeField(_("period"))
    old_cases_stay = models.BooleanField(_("old cases stay on the former rules"), default=False)
    holder = models.CharField(
        _("who holds the contact meetings"),
        max_length=12,
        choices=MeetingHolder.choices,
        default=MeetingHolder.CASEWORKER,
    )
    reason = models.CharField(_("why"), max_length=300, blank=True)
    decided_on = models.DateField(_("decided on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = RuleChoiceQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        ordering = ["family", "period"]
        constraints = [
            *VersionedModel.Meta.constraints,
            ExclusionConstraint(
                name="registers_rulechoice_one",
                expressions=[
                    ("municipality", RangeOperators.EQUAL),
                    ("family", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Rules are chosen for this time already."),
            ),
            models.CheckConstraint(
                name="registers_rulechoice_period",
                condition=Q(period__isempty=False, period__startswith__isnull=False),
                violation_error_message=_("The end must be after the start."),
            ),
        ]

    @property
    def as_law(self) -> Choice:
        """The choice as the law reads it. Raises RuleError for a set that is no longer there."""
        return Choice(
            rule_set(self.rule_set), self.period.lower, self.period.upper, self.old_cases_stay, self.parameters
        )


class Clock(TenantModel):
    """One cycle of a citizen's clock under one approval: when right and duty arise if nothing changes (RULE-02…07).

    A read model: always what a rebuild gives. `since` is the first day of the cycle, `until` the first day after it.
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="clocks")
    approval = models.ForeignKey(FleksjobApproval, on_delete=models.CASCADE, related_name="clocks")
    rule_set = models.CharField(max_length=60)
    cycle = models.PositiveSmallIntegerField()
    since = models.DateField()
    until = models.DateField(null=True)
    right_on = models.DateField(null=True)
    right_days = models.PositiveIntegerField(null=True)
    right_from = models.DateField(null=True)
    duty_on = models.DateField(null=True)
    duty_days = models.PositiveIntegerField(null=True)
    duty_from = models.DateField(null=True)
    #: Other readings that give another date: [[parameter, value, "right" or "duty", ISO date or ""], …].
    readings = models.JSONField(default=list)

    objects = ClockQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["approval", "cycle"], name="registers_clock_cycle"),
            models.CheckConstraint(
                name="registers_clock_order", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "right_on"], name="registers_clock_right"),
            models.Index(fields=["municipality", "duty_on"], name="registers_clock_duty"),
        ]


class UnemploymentRun(TenantModel):
    """One unbroken period of unemployment, and when half a year and a year of it are reached (CIT-03).

    A read model kept beside the clocks, counted as they count; also for citizens without an approval. `until` is the day
    after the last one; None is a date that does not come if nothing changes.
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.CASCADE, related_name="unemployment_runs")
    since = models.DateField()
    until = models.DateField(null=True)
    half_on = models.DateField(null=True)
    year_on = models.DateField(null=True)

    objects = OfCitizenQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["citizen", "since"], name="registers_run_once"),
        ]


@tracked()
class ReferralRequest(VersionedModel, Withdrawable):
    """The citizen has asked to be referred to another provider (RULE-03)."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="referral_requests")
    asked_on = models.DateField(_("asked on"))
    way = models.CharField(_("how"), max_length=12, choices=RequestWay.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = OfCitizenQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        constraints = [
            *VersionedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["citizen"],
                condition=Q(withdrawn_at__isnull=True),
                name="registers_request_one",
                violation_error_message=_("The citizen has asked already."),
            ),
        ]


@tracked()
class Guidance(TenantModel):
    """The citizen was told of the right or the duty before its date (RULE-08); a letter names the date it is about."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="guidances")
    about = models.CharField(_("about"), max_length=5, choices=RightKind.choices)
    given_on = models.DateField(_("told on"))
    way = models.CharField(_("how"), max_length=8, choices=GuidanceWay.choices)
    arises_on = models.DateField(_("date it was about"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = OfCitizenQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        ordering = ["given_on", "pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["citizen", "about", "given_on", "way"], name="registers_guidance_day"),
            models.UniqueConstraint(
                fields=["citizen", "about", "arises_on"],
                condition=Q(way=GuidanceWay.LETTER, arises_on__isnull=False),
                name="registers_guidance_letter",
                violation_error_message=_("The citizen has got a letter about this date."),
            ),
        ]


@tracked()
class ReferralDecision(VersionedModel, Withdrawable):
    """On what ground the citizen is to be referred: the right, the duty, or the municipality's own decision."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="referral_decisions")
    basis = models.CharField(_("ground"), max_length=12, choices=ReferralBasis.choices)
    decided_on = models.DateField(_("decided on"))
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = OfCitizenQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        constraints = [
            *VersionedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["citizen"],
                condition=Q(withdrawn_at__isnull=True),
                name="registers_referral_one",
                violation_error_message=_("The citizen is to be referred already."),
            ),
        ]
