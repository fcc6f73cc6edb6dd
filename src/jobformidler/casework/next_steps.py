"""The case's next step follows the newest contact that names one."""

import datetime as dt

from django.utils.translation import gettext as _

from jobformidler.casework.models import Case, Contact
from jobformidler.core.rows import lock


def follow_contact(case: Case, contact: Contact, before: tuple[str, dt.date | None] | None = None) -> None:
    """Take the next step over from a contact that was registered, corrected or withdrawn.

    A newer contact's step stands, and so does a step set by hand. `before`: what the contact said until now.
    """
    lock(case)
    mine = (case.next_step, case.next_step_on)
    if before is not None and mine != before:
        return
    naming = Contact.objects.standing().filter(case=case).exclude(next_step="").order_by("-at", "-pk")
    newest = naming.first()
    if before is None and newest != contact:
        return
    step = (newest.next_step, newest.next_step_on) if newest else ("", None)
    if step != mine:
        case.next_step, case.next_step_on = step
        case.version += 1
        case.save(update_fields=["next_step", "next_step_on", "version"])


def to_start_the_cv() -> str:
    """The step that is proposed after the first conversation (CV-01)."""
    return _("Start the CV")


def start_of_the_cv(case: Case) -> None:
    """The step to start the CV is taken when one is started; any other step stands."""
    lock(case)
    if case.next_step.strip().rstrip(".").casefold() != to_start_the_cv().casefold():
        return
    case.next_step, case.next_step_on = "", None
    case.version += 1
    case.save(update_fields=["next_step", "next_step_on", "version"])
