"""Fixed choices of the core."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AnswerClock(TextChoices):
    """How the promise to answer within N hours is counted (Part 5, D.1-11)."""

    CALENDAR = "calendar", _("calendar hours")
    WORKING = "working", _("working days only")


class DeliveryKind(TextChoices):
    """What a register file holds."""

    CITIZENS = "citizens", _("citizens")
    SPELLS = "spells", _("periods")
    VISITATIONS = "visitations", _("approvals to fleksjob")
    EMPLOYERS = "employers", _("employers")
    PLACES = "places", _("places")


class DeliveryStatus(TextChoices):
    """Where a delivery is."""

    PREVIEW = "preview", _("being looked at")
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("being read")
    DONE = "done", _("read")
    FAILED = "failed", _("could not be read")
