"""Success stories, shown only with the yes of the citizen and of the workplace (GOV-13)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jobformidler.citizens.models import Citizen
from jobformidler.core.history import tracked
from jobformidler.core.models import VersionedModel
from jobformidler.employers.models import Workplace
from jobformidler.placements.querysets import StoryQuerySet


@tracked()
class Story(VersionedModel):
    """A story somebody can be recognised in. Published, it is seen only while both have said yes."""

    title = models.CharField(_("headline"), max_length=120)
    text = models.TextField(_("story"), max_length=4000)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="stories")
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="stories")
    workplace_yes_by = models.CharField(_("who said yes for the workplace"), max_length=120, blank=True)
    workplace_yes_on = models.DateField(null=True, blank=True)
    written_on = models.DateField(editable=False)
    published_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = StoryQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        ordering = ["-pk"]

    def __str__(self):
        return self.title
