"""Who is left out of a share of the target group, and why (RULE-01)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobformidler.casework.enums import ShareOf
from jobformidler.casework.models.contact import OfCase
from jobformidler.core.history import tracked
from jobformidler.core.models import Withdrawable


@tracked()
class Exemption(OfCase, Withdrawable):
    """A citizen exempted by concrete assessment from talks or from an offer; without a reason there is none."""

    about = models.CharField(_("about"), max_length=8, choices=ShareOf.choices)
    reason = models.CharField(_("why"), max_length=300)
    decided_on = models.DateField(_("decided on"))

    class Meta(OfCase.Meta):
        ordering = ["pk"]
        constraints = [
            *OfCase.Meta.constraints,
            models.UniqueConstraint(
                fields=["case", "about"],
                condition=Q(withdrawn_at__isnull=True),
                name="casework_exemption_one",
                violation_error_message=_("The citizen is exempted already."),
            ),
            models.CheckConstraint(
                name="casework_exemption_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Write why, in a few words."),
            ),
        ]
