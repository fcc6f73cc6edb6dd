"""Places and delimited tasks in workplaces."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobformidler.core.history import tracked
from jobformidler.core.models import VersionedModel
from jobformidler.employers.models import ContactPerson, Workplace
from jobformidler.openings.enums import PlaceKind
from jobformidler.openings.querysets import PlaceQuerySet


@tracked()
class Place(VersionedModel):
    """An open place: what must be done, when, where, for how many, and what can be accommodated (JOB-01, JOB-06).

    Hours are per week. `starts_on` included, `ends_on` the first day after. `confirmed_on`: last heard from the workplace.
    `accommodates` holds codes the matching understands, `accommodates_other` the words of a file that are none of them.
    """

    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="places")
    kind = models.CharField(_("kind"), max_length=16, choices=PlaceKind.choices)
    title = models.CharField(_("title"), max_length=120)
    tasks = models.TextField(_("tasks"), max_length=1000, blank=True)
    hours_min = models.DecimalField(_("hours a week, at least"), max_digits=4, decimal_places=1)
    hours_max = models.DecimalField(_("hours a week, at most"), max_digits=4, decimal_places=1)
    capacity = models.PositiveSmallIntegerField(_("number of places"), default=1)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    accommodates = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, verbose_name=_("can be taken into account")
    )
    accommodates_other = models.CharField(_("also taken into account"), max_length=1000, blank=True)
    earliest_start = models.TimeField(_("the day starts at"), null=True, blank=True)
    location = models.CharField(_("where at the workplace"), max_length=120, blank=True)
    paid_hours_expected = models.BooleanField(_("paid hours are possible"), default=False)
    contact = models.ForeignKey(ContactPerson, null=True, blank=True, on_delete=models.PROTECT, related_name="places")
    confirmed_on = models.DateField(_("confirmed by the workplace"))
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = PlaceQuerySet.as_manager()
    open_to_outsiders = "providers"

    class Meta(VersionedModel.Meta):
        constraints = [
            *VersionedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["municipality", "workplace", "kind", "title", "starts_on"],
                name="openings_place_key",
                violation_error_message=_("This place is already registered."),
            ),
            models.CheckConstraint(
                name="openings_place_hours",
                condition=Q(hours_min__gte=0) & Q(hours_max__gte=F("hours_min")) & Q(hours_max__lte=37),
                violation_error_message=_("Hours must be between 0 and 37 a week, with the highest last."),
            ),
            models.CheckConstraint(
                name="openings_place_capacity",
                condition=Q(capacity__gte=1),
                violation_error_message=_("There must be at least one place."),
            ),
            models.CheckConstraint(
                name="openings_place_order",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("The end must not be before the start."),
            ),
        ]
        indexes = [models.Index(fields=["municipality", "workplace"], name="openings_place_workplace")]

    def __str__(self):
        return self.title


@tracked()
class PlaceTask(VersionedModel):
    """A delimited task that can become ordinary hours (JOB-05)."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="task_list")
    text = models.CharField(_("task"), max_length=120)
    weekly_hours = models.DecimalField(_("hours a week"), max_digits=4, decimal_places=1)
    competence = models.CharField(_("what it takes"), max_length=120, blank=True)
    pay_condition = models.CharField(_("when it is paid"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    open_to_outsiders = "providers"

    class Meta(VersionedModel.Meta):
        ordering = ["position", "pk"]
        constraints = [
            *VersionedModel.Meta.constraints,
            models.CheckConstraint(
                name="openings_placetask_hours",
                condition=Q(weekly_hours__gt=0) & Q(weekly_hours__lte=37),
                violation_error_message=_("Hours must be between 0 and 37 a week."),
            ),
        ]
