"""What a follow-up adds to its entry in the case's timeline: ordinary hours, and what was adjusted (PLC-12)."""

from django.utils.translation import gettext as _

from jobformidler.casework.models import Contact
from jobformidler.placements.models import FollowUp


def follow_up_lines(contact: Contact) -> tuple[tuple[str, str], ...]:
    """Labelled lines of the contact's follow-up; none for another contact."""
    row: FollowUp | None = getattr(contact, "follow_up", None)
    if row is None:
        return ()
    return (
        *((label, text) for label, text in ((_("Ordinary hours"), row.hours_said),) if text),
        *adjustments(row),
        *((label, text) for label, text in ((_("Decided"), row.decision),) if text),
    )


def adjustments(row: FollowUp) -> tuple[tuple[str, str], ...]:
    """What was adjusted at a follow-up: tasks, working time, considerations."""
    pairs = (
        (_("Tasks that change"), row.tasks_adjusted),
        (_("Working time that changes"), row.time_adjusted),
        (_("Considerations that change"), row.considerations_adjusted),
    )
    return tuple((label, text) for label, text in pairs if text)
