"""The five steps of the production chain, and those of the yearly employment plan."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Step(IntegerChoices):
    """STEER-03, in its order."""

    CV = 1, _("CV")
    INTERNSHIP = 2, _("Internship")
    AGREEMENT = 3, _("Work agreement")
    HOURS = 4, _("Ordinary hours")
    PROGRESSION = 5, _("More hours")


class PlanStage(TextChoices):
    """A dated step of the yearly employment plan's way to the council (RULE-16)."""

    SEMINAR = "seminar", _("Talked over with LBR")
    HEARING = "hearing", _("Sent to LBR for comments")
    ANSWER = "answer", _("LBR's comments and recommendations")
    COUNCIL = "council", _("Decided by the council")
