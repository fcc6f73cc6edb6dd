"""Fixed choices of placements."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlacementStatus(TextChoices):
    """States of a placement (Part 3.4)."""

    IDEA = "idea", _("Idea")
    DIALOGUE = "dialogue", _("In dialogue with the workplace")
    DRAFT = "draft", _("Agreement being written")
    AWAITING_SIGNATURE = "awaiting_signature", _("Awaiting signature")
    AWAITING_APPROVAL = "awaiting_approval", _("Awaiting the municipality's approval")
    APPROVED = "approved", _("Approved")
    INTERNSHIP = "internship", _("Under way – internship")
    WITH_HOURS = "with_hours", _("Under way – with ordinary hours")
    CONVERTED = "converted", _("Became a job")
    COMPLETED = "completed", _("Completed")
    SWITCHED = "switched", _("Switched")
    STOPPED = "stopped", _("Stopped")
    DROPPED = "dropped", _("Dropped")


BEFORE_START = (
    PlacementStatus.IDEA,
    PlacementStatus.DIALOGUE,
    PlacementStatus.DRAFT,
    PlacementStatus.AWAITING_SIGNATURE,
    PlacementStatus.AWAITING_APPROVAL,
    PlacementStatus.APPROVED,
)
RUNNING = (PlacementStatus.INTERNSHIP, PlacementStatus.WITH_HOURS)
ENDED = (PlacementStatus.CONVERTED, PlacementStatus.COMPLETED, PlacementStatus.SWITCHED, PlacementStatus.STOPPED)
#: Uses up capacity of an opening: sent for signature or later, and not over.
TAKING_A_PLACE = (*BEFORE_START[3:], *RUNNING)


class PlacementKind(TextChoices):
    """What the citizen is there as (PLC-01)."""

    INTERNSHIP = "internship", _("internship")
    COMBINED = "combined", _("internship with ordinary hours")
    WAGE_SUBSIDY = "wage_subsidy", _("wage subsidy")
    ORDINARY = "ordinary", _("ordinary hours")


class Purpose(TextChoices):
    """Exactly one of three purposes (PLC-T1)."""

    TOWARDS_HOURS = "towards_hours", _("on the way to ordinary hours")
    COMPETENCES = "competences", _("documenting competences for the CV")
    CLARIFY = "clarify", _("is this something for me")


class Party(TextChoices):
    """Who signs an agreement; the employees' representative where the agreement names one."""

    CITIZEN = "citizen", pgettext_lazy("one person", "citizen")
    EMPLOYER = "employer", _("the workplace")
    STAFF = "staff", _("the employees")


class StepStatus(TextChoices):
    """Where a ladder step is."""

    PLANNED = "planned", _("planned")
    MASTERED = "mastered", _("mastered, waiting for hours")
    REACHED = "reached", _("reached")
    DROPPED = "dropped", _("dropped")


class HoursSource(TextChoices):
    """Who reported the hours of a week."""

    EMPLOYER = "employer", _("the workplace")
    JOBFORMIDLER = "jobformidler", _("the jobformidler")


class VitasStatus(TextChoices):
    """Where the application in VITAS is; typed by hand until an interface does it."""

    NONE = "none", _("not sent")
    SENT = "sent", _("sent")
    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("rejected")
