"""The case, who fills its roles, the agreed rhythm of contact, and the read model behind every work list."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobformidler.accounts.models import Unit
from jobformidler.casework.enums import CaseRole, CaseStatus, Outcome
from jobformidler.casework.querysets import AssignmentQuerySet, AttentionQuerySet, CaseQuerySet
from jobformidler.citizens.models import Citizen
from jobformidler.core.history import tracked
from jobformidler.core.models import TenantModel, VersionedModel
from jobformidler.registers.enums import MeetingHolder


@tracked()
class Case(VersionedModel):
    """One citizen's way through the effort. A citizen has at most one case that is not closed."""

    number = models.CharField(_("case number"), max_length=12)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="cases")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cases", verbose_name=_("unit"))
    status = models.CharField(_("state"), max_length=20, choices=CaseStatus.choices, default=CaseStatus.CREATED)
    status_since = models.DateField()
    opened_on = models.DateField(_("opened"))
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome.choices, blank=True)
    outcome_note = models.CharField(_("about the outcome"), max_length=300, blank=True)
    aftercare_until = models.DateField(_("the lifeline is open until"), null=True, blank=True)
    meeting_holder = models.CharField(
        _("who holds the contact meetings"), max_length=12, choices=MeetingHolder.choices, blank=True, default=""
    )
    effort_model = models.CharField(_("model of the effort"), max_length=60, blank=True)
    next_step = models.CharField(_("next step"), max_length=160, blank=True)
    next_step_on = models.DateField(_("date of the next step"), null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        constraints = [
            *VersionedModel.Meta.constraints,
            models.UniqueConstraint(fields=["municipality", "number"], name="casework_case_number"),
            models.UniqueConstraint(
                fields=["citizen"],
                condition=~Q(status=CaseStatus.CLOSED),
                name="casework_case_one_open",
                violation_error_message=_("The citizen already has an open case."),
            ),
            models.CheckConstraint(
                name="casework_case_closed",
                condition=Q(status=CaseStatus.CLOSED, closed_on__isnull=False) & ~Q(outcome="")
                | ~Q(status=CaseStatus.CLOSED) & Q(closed_on__isnull=True),
                violation_error_message=_("A closed case has an outcome and a date."),
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "status"], name="casework_case_status"),
            models.Index(fields=["unit", "status"], name="casework_case_unit"),
        ]

    def __str__(self):
        return self.number


@tracked()
class Assignment(TenantModel):
    """Who fills a role in the case, from when to when. Exactly one jobformidler and one caseworker at a time (JF-01)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(_("role"), max_length=20, choices=CaseRole.choices)
    period = DateRangeField(_("period"))
    reason = models.CharField(_("why"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = AssignmentQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                name="casework_assignment_period",
                condition=Q(period__isempty=False),
                violation_error_message=_("The end must be after the start."),
            ),
            ExclusionConstraint(
                name="casework_assignment_one_primary",
                expressions=[("case", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(role=CaseRole.JOBFORMIDLER),
                violation_error_message=_("The citizen already has a jobformidler in this period."),
            ),
            ExclusionConstraint(
                name="casework_assignment_one_caseworker",
                expressions=[("case", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(role=CaseRole.CASEWORKER),
                violation_error_message=_("The citizen already has a caseworker in this period."),
            ),
        ]
        indexes = [models.Index(fields=["user", "role"], name="casework_assignment_user")]


@tracked()
class ContactRhythm(TenantModel):
    """How often the jobformidler and the citizen have agreed to be in contact, from a day on (CON-04, D.1-31)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rhythms")
    days = models.PositiveSmallIntegerField(_("days between contacts"))
    reason = models.CharField(_("why another rhythm"), max_length=300, blank=True)
    since = models.DateField(_("from"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        ordering = ["-since", "-pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                name="casework_rhythm_days",
                condition=Q(days__gte=1) & Q(days__lte=90),
                violation_error_message=_("Choose between 1 and 90 days."),
            ),
        ]


class Attention(TenantModel):
    """Who needs what next, and why: the one read model behind every work list. Kept by handlers, proven by a rebuild.

    A row exists from the moment its reason can be foreseen and shows from `visible_from`; so no clock changes rows.
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.CASCADE, related_name="attentions")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="attentions")
    reason = models.CharField(max_length=40)
    subject_id = models.BigIntegerField(default=0)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    visible_from = models.DateTimeField()
    due = models.DateTimeField(null=True)
    facts = models.JSONField(default=dict)

    objects = AttentionQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["case", "reason", "subject_id"], name="casework_attention_once"),
        ]
        indexes = [models.Index(fields=["owner", "visible_from"], name="casework_attention_owner")]
