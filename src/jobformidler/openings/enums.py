"""Kinds of places."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PlaceKind(TextChoices):
    """What a place is (JOB-01)."""

    INTERNSHIP = "internship", _("internship place")
    TRYOUT = "tryout", _("try-out place")
    WAGE_SUBSIDY = "wage_subsidy", _("wage-subsidy place")
    ORDINARY = "ordinary", _("ordinary job")
    SMALL_JOB = "small_job", _("small job")
    FLEKSJOB = "fleksjob", _("fleksjob")
