"""The target group: what a citizen is near to, what was done before the dates, and what is to be assessed anew.

What classifies a citizen is never an outsider's: no provider, employer or own page reaches those rows (`inside_only`). The
citizen reads them in the copy of everything, as of right.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobformidler.casework.models.contact import OfCase
from jobformidler.casework.target_enums import Effort, MatchGroup, PensionAnswer, ReviewStep, TargetGroup
from jobformidler.casework.target_querysets import AuthorityQuerySet, GroupQuerySet
from jobformidler.core.crypto import EncryptedTextField
from jobformidler.core.history import tracked
from jobformidler.core.models import VersionedModel, Withdrawable
from jobformidler.registers.models import FleksjobApproval


@tracked()
class GroupNote(OfCase):
    """The group of the 3-group model a citizen is in from a day on (CIT-04). The newest day counts; earlier ones stay."""

    group = models.CharField(_("group"), max_length=2, choices=TargetGroup.choices)
    since = models.DateField(_("from"))
    why = EncryptedTextField(_("why"), null=True)

    objects = GroupQuerySet.as_manager()  # type: ignore[misc]  # more questions than the base has
    inside_only = "true"

    class Meta(OfCase.Meta):
        ordering = ["-since", "-pk"]
        indexes = [models.Index(fields=["case", "-since"], name="casework_groupnote_of")]


@tracked()
class GroupText(VersionedModel):
    """The municipality's own words for a group of the model; without a row the product's."""

    group = models.CharField(_("group"), max_length=2, choices=TargetGroup.choices)
    name = models.CharField(_("what we call the group"), max_length=60)
    status = models.CharField(_("who is in it"), max_length=160)
    focus = models.CharField(_("what the effort looks at first"), max_length=200)

    class Meta(VersionedModel.Meta):
        constraints = [
            *VersionedModel.Meta.constraints,
            models.UniqueConstraint(fields=["municipality", "group"], name="casework_grouptext_once"),
        ]


@tracked()
class MatchNote(OfCase):
    """A match category as it was told, with its date and where it comes from (CIT-05). Nothing follows from it."""

    category = models.CharField(_("match category"), max_length=1, choices=MatchGroup.choices)
    since = models.DateField(_("from"))
    source = models.CharField(_("where it comes from"), max_length=80)

    objects = AuthorityQuerySet.as_manager()  # type: ignore[misc]  # fewer may see it than other rows of a case
    inside_only = "true"

    class Meta(OfCase.Meta):
        ordering = ["-since", "-pk"]
        indexes = [models.Index(fields=["case", "-since"], name="casework_matchnote_of")]


@tracked()
class EffortNote(OfCase):
    """How far the municipality's own effort has come on a day (CIT-23). No row: it has not begun."""

    status = models.CharField(_("own effort"), max_length=10, choices=Effort.choices)
    on = models.DateField(_("on"))
    note = models.CharField(_("what"), max_length=160, blank=True)

    inside_only = "true"

    class Meta(OfCase.Meta):
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["case", "-on"], name="casework_effortnote_of")]


@tracked()
class Review(OfCase):
    """The re-assessment of an approval to fleksjob: planned for a day, or done on one (CIT-17)."""

    approval = models.ForeignKey(FleksjobApproval, on_delete=models.PROTECT, related_name="reviews")
    step = models.CharField(_("re-assessment"), max_length=8, choices=ReviewStep.choices)
    on = models.DateField(_("on"))
    note = models.CharField(_("what was found"), max_length=200, blank=True)

    inside_only = "true"

    class Meta(OfCase.Meta):
        ordering = ["-pk"]
        indexes = [models.Index(fields=["approval", "-on"], name="casework_review_of")]


@tracked()
class PensionQuestion(OfCase):
    """Whether førtidspension can be applied for on the papers that are there, answered by the authority (CIT-18)."""

    answer = models.CharField(_("answer"), max_length=12, choices=PensionAnswer.choices)
    answered_on = models.DateField(_("answered on"))
    why = EncryptedTextField(_("what it rests on"))

    objects = AuthorityQuerySet.as_manager()  # type: ignore[misc]  # fewer may see it than other rows of a case
    inside_only = "true"

    class Meta(OfCase.Meta):
        ordering = ["-answered_on", "-pk"]


@tracked()
class ChosenEducation(OfCase, Withdrawable):
    """A course of the six weeks' education a citizen chooses (RULE-14); both days included."""

    title = models.CharField(_("which education"), max_length=120)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("responsible")
    )

    class Meta(OfCase.Meta):
        ordering = ["starts_on", "pk"]
        constraints = [
            *OfCase.Meta.constraints,
            models.CheckConstraint(
                name="casework_education_order",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The end must not be before the start."),
            ),
        ]
