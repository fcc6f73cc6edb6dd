"""Kinds of periods in the registers."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SpellKind(TextChoices):
    """Dated periods of a citizen (CIT-02). Paid hours beside a benefit, internship and wage subsidy are not work here."""

    LEDIGHEDSYDELSE = "ledighedsydelse", _("ledighedsydelse")
    UNEMPLOYED = "unemployed", _("unemployed on another benefit")
    FLEKSJOB = "fleksjob", _("fleksjob")
    ORDINARY_JOB = "ordinary_job", _("ordinary job")
    MATERNITY = "maternity", _("maternity")
