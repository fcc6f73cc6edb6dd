"""Fixed choices about who has looked, emergency access and what looked unusual."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Outcome(TextChoices):
    """Whether a page was shown."""

    SHOWN = "shown", _("shown")
    REFUSED = "refused", _("refused")
    FAILED = "failed", _("not shown because of an error")


class EmergencyReason(TextChoices):
    """Why somebody without a relation must see a citizen's pages now."""

    DANGER = "danger", _("Life or health is at risk")
    AT_THE_DOOR = "at_the_door", _("The citizen is here or on the phone and cannot wait")
    ABSENCE = "absence", _("Everybody who knows the case is away, and something must be done today")
    OTHER = "other", _("Something else")


class Review(TextChoices):
    """What the leader said of an emergency access."""

    WAITING = "waiting", _("not looked at yet")
    APPROVED = "approved", pgettext_lazy("emergency access", "it was right")
    NOT_APPROVED = "not_approved", pgettext_lazy("emergency access", "it was not right")


class AlertKind(TextChoices):
    """What made a look unusual. Each is a fact about the look, never a judgement of the person who looked."""

    SURNAME = "surname", _("same surname as the employee")
    ADDRESS = "address", _("same address as the employee")
    NO_RELATION = "no_relation", _("no relation to the citizen")
    VOLUME_HOUR = "volume_hour", _("many citizens in an hour")
    VOLUME_DAY = "volume_day", _("many citizens in a day")


class AlertState(TextChoices):
    """How far an alert has come."""

    OPEN = "open", _("open")
    JUSTIFIED = "justified", _("there was a reason")
    REPORTED = "reported", _("passed on")
