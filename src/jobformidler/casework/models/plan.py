"""The plan: goals A, B and C, small sub-goals and activities."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobformidler.casework.enums import GoalLetter, SubGoalStatus
from jobformidler.casework.models.contact import OfCase
from jobformidler.citizens.models import Wish
from jobformidler.core.history import tracked
from jobformidler.core.models import Transferable, VersionedModel, Withdrawable


@tracked()
class Plan(OfCase, Transferable):
    """One plan a case (PLAN-01), with separate dates for activity and job goal (PLAN-03)."""

    started_on = models.DateField(_("started"))
    activity_registered_on = models.DateField(null=True, blank=True)
    activity_updated_on = models.DateField(null=True, blank=True)
    goal_registered_on = models.DateField(null=True, blank=True)
    goal_updated_on = models.DateField(null=True, blank=True)

    class Meta(OfCase.Meta):
        constraints = [
            *OfCase.Meta.constraints,
            models.UniqueConstraint(
                fields=["case"], name="casework_plan_one", violation_error_message=_("The case already has a plan.")
            ),
        ]


@tracked()
class Goal(VersionedModel):
    """A job goal; linked to the wish it starts from (PLAN-02, PLAN-04)."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="goals")
    letter = models.CharField(_("goal"), max_length=1, choices=GoalLetter.choices)
    text = models.CharField(_("job goal"), max_length=160)
    detail = models.CharField(_("more about it"), max_length=300, blank=True)
    wish = models.ForeignKey(
        Wish,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="goals",
        verbose_name=_("the wish it starts from"),
    )

    class Meta(VersionedModel.Meta):
        ordering = ["letter"]
        constraints = [
            *VersionedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["plan", "letter"],
                name="casework_goal_letter",
                violation_error_message=_("There is already a goal with this letter."),
            ),
        ]


@tracked()
class SubGoal(VersionedModel, Withdrawable):
    """A small step towards a goal, with date, measure and where it stands (PLAN-10)."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="sub_goals")
    text = models.CharField(_("small step"), max_length=160)
    measure = models.CharField(_("reached when"), max_length=160, blank=True)
    due_on = models.DateField(_("by"), null=True, blank=True)
    status = models.CharField(
        _("where it stands"), max_length=10, choices=SubGoalStatus.choices, default=SubGoalStatus.NOT_YET
    )
    status_on = models.DateField(null=True, blank=True)

    class Meta(VersionedModel.Meta):
        ordering = ["pk"]


@tracked()
class PlanActivity(VersionedModel, Withdrawable):
    """An activity in the plan."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="activities")
    text = models.CharField(_("activity"), max_length=160)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    class Meta(VersionedModel.Meta):
        ordering = ["starts_on"]
        constraints = [
            *VersionedModel.Meta.constraints,
            models.CheckConstraint(
                name="casework_planactivity_order",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                violation_error_message=_("The end must not be before the start."),
            ),
        ]
