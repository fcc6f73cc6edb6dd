"""The production chain, derived and proven by a rebuild; the yearly employment plan and its way to the council."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobformidler.casework.models import Case
from jobformidler.core.history import tracked
from jobformidler.core.models import TenantModel, VersionedModel
from jobformidler.steering.enums import PlanStage, Step


class ChainStep(TenantModel):
    """A case has reached a step on a day (STEER-03). Counted independently of the state of the case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="chain")
    step = models.PositiveSmallIntegerField(choices=Step.choices)
    reached_on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["case", "step"], name="steering_chainstep_once"),
        ]
        indexes = [models.Index(fields=["municipality", "step", "reached_on"], name="steering_chainstep_reached")]


@tracked()
class EmploymentPlan(VersionedModel):
    """The municipality's employment plan of a year: strategy, goals, and how much of the effort providers are to do."""

    year = models.PositiveSmallIntegerField(_("year"))
    strategy = models.TextField(_("strategy"), max_length=4000)
    goals = models.TextField(_("goals"), max_length=4000)
    provider_percent = models.PositiveSmallIntegerField(_("target share of the effort by providers, in percent"))

    class Meta(VersionedModel.Meta):
        ordering = ["-year"]
        constraints = [
            *VersionedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["municipality", "year"],
                name="steering_employmentplan_year",
                violation_error_message=_("There is already a plan for the year."),
            ),
            models.CheckConstraint(
                name="steering_employmentplan_percent",
                condition=Q(provider_percent__lte=100),
                violation_error_message=_("Write between 0 and 100."),
            ),
        ]

    def __str__(self):
        return str(self.year)


@tracked()
class PlanStep(TenantModel):
    """A step the plan has taken on a day, and by whom it was noted."""

    plan = models.ForeignKey(EmploymentPlan, on_delete=models.PROTECT, related_name="steps")
    stage = models.CharField(_("step"), max_length=8, choices=PlanStage.choices)
    on = models.DateField(_("day"))
    note = models.TextField(_("what was said"), max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        ordering = ["on", "pk"]
