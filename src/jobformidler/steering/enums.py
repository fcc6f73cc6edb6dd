"""The five steps of the production chain."""

from django.db.models import IntegerChoices
from django.utils.translation import gettext_lazy as _


class Step(IntegerChoices):
    """STEER-03, in its order."""

    CV = 1, _("CV")
    INTERNSHIP = 2, _("Internship")
    AGREEMENT = 3, _("Work agreement")
    HOURS = 4, _("Ordinary hours")
    PROGRESSION = 5, _("More hours")
