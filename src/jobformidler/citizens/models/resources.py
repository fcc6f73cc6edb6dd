"""What a citizen brings: resources, considerations, abilities, wishes and CV."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobformidler.citizens.enums import (
    Ability,
    Author,
    CompetenceKind,
    ConsiderationCategory,
    CvKind,
    Importance,
)
from jobformidler.citizens.models.person import Citizen
from jobformidler.citizens.querysets import ConsiderationQuerySet, OfCitizenQuerySet
from jobformidler.core.history import tracked
from jobformidler.core.models import Transferable, VersionedModel, Withdrawable


class OfCitizen(VersionedModel, Withdrawable):
    """Base of what is registered about a citizen by somebody on a day."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="%(class)ss")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    author = models.CharField(_("comes from"), max_length=12, choices=Author.choices, default=Author.PROFESSIONAL)
    registered_on = models.DateField(editable=False)

    objects = OfCitizenQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        abstract = True
        ordering = ["pk"]


@tracked()
class Competence(OfCitizen):
    """A resource or competence from one of five origins, with the tasks it can become (CIT-06, CV-03)."""

    origin = models.CharField(_("where it comes from"), max_length=60)
    kind = models.CharField(
        _("kind"), max_length=12, choices=CompetenceKind.choices, default=CompetenceKind.PROFESSIONAL
    )
    text = models.CharField(_("what"), max_length=200)
    tasks = ArrayField(
        models.CharField(max_length=120), default=list, blank=True, verbose_name=_("tasks it can become")
    )


@tracked()
class Consideration(OfCitizen):
    """What has to be taken into account at work: its effect, never the reason (CIT-08).

    `code` is a known accommodation (list "accommodation") the matching understands; `text` is what the workplace reads
    when the citizen has said yes to it (`Consent`).
    """

    category = models.CharField(_("category"), max_length=16, choices=ConsiderationCategory.choices)
    code = models.CharField(_("known consideration"), max_length=60, blank=True)
    text = models.CharField(_("what must be taken into account"), max_length=200)
    importance = models.CharField(_("how important"), max_length=4, choices=Importance.choices, default=Importance.MUCH)

    objects: ClassVar = ConsiderationQuerySet.as_manager()


@tracked()
class TaskAbility(OfCitizen):
    """A kind of task the citizen can do, would like to try, or cannot do (CIT-08)."""

    ability = models.CharField(_("ability"), max_length=8, choices=Ability.choices)
    text = models.CharField(_("task"), max_length=120)


@tracked()
class Wish(OfCitizen):
    """A job wish in the citizen's own words (CIT-07)."""

    text = models.CharField(_("wish, in the citizen's own words"), max_length=300)


@tracked()
class CV(OfCitizen, Transferable):
    """One of two kinds of CV, with its own dates (CV-02)."""

    kind = models.CharField(_("kind"), max_length=10, choices=CvKind.choices)
    started_on = models.DateField(_("started"))
    updated_on = models.DateField(_("updated"))
    summary = models.TextField(_("in short"), max_length=2000, blank=True)

    class Meta(OfCitizen.Meta):
        constraints = [
            *OfCitizen.Meta.constraints,
            models.UniqueConstraint(
                fields=["citizen", "kind"],
                condition=Q(withdrawn_at__isnull=True),
                name="citizens_cv_kind",
                violation_error_message=_("The CV is already started."),
            ),
            models.CheckConstraint(name="citizens_cv_dates", condition=Q(updated_on__gte=F("started_on"))),
        ]
