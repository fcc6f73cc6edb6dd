"""The states of a placement (Part 3.4). "Stalled" and "extended" are shown over a state, they are none themselves."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobformidler.citizens.models import Consideration
from jobformidler.core.transitions import table
from jobformidler.placements import words
from jobformidler.placements.agreement import missing
from jobformidler.placements.enums import BEFORE_START, RUNNING, PlacementStatus
from jobformidler.placements.models import Placement
from jobformidler.placements.perms import AUTHORITY, SYSTEM, WORK

S = PlacementStatus
STATES = table("placements.Placement")


def complete(placement: Placement) -> str | None:
    """The newest version has everything PLC-T2 asks for."""
    version = placement.versions.first()
    if version is None:
        return _("There is no agreement yet.")
    return " ".join(sentence for _field, sentence in missing(version.content)) or None


def only_what_may_be_shared(placement: Placement) -> str | None:
    """What the workplace is to take into account is what the citizen agrees to share today (EMP-42, GOV-03)."""
    version = placement.versions.first()
    secret = unshared(placement, version.content.get("considerations") or []) if version else []
    if not secret:
        return None
    return _("%(name)s has not agreed to share: %(texts)s.") % {
        "name": placement.case.citizen.short_name,
        "texts": "; ".join(secret),
    }


def unshared(placement: Placement, texts: list[str]) -> list[str]:
    """Those of the texts the citizen does not share on the day of the action; without a day nothing counts as shared."""
    if not texts:
        return []
    day = getattr(placement, "as_of", None) or dt.date.max
    shared = Consideration.objects.shared_with_workplace(day, placement.workplace_id)
    known = set(shared.filter(citizen=placement.case.citizen_id).values_list("text", flat=True))
    return [text for text in texts if text not in known]


def room_left(placement: Placement) -> str | None:
    """The opening still has a place free. The caller has locked the opening."""
    if placement.opening is None:
        return None
    taken = placement.opening.placements.taking_a_place().exclude(pk=placement.pk).count()
    if taken < placement.opening.capacity:
        return None
    return _("All places are taken. %(name)s has room for %(count)s.") % {
        "name": placement.opening.title,
        "count": placement.opening.capacity,
    }


def confirmed(placement: Placement) -> str | None:
    """Both parties have confirmed the newest version, which is sent."""
    version = placement.versions.first()
    if version is None or version.sent_at is None:
        return _("The newest version is not sent for signature.")
    waiting = placement.waiting_for(version)
    if not waiting:
        return None
    return _("Not signed yet: %(names)s.") % {"names": ", ".join(waiting)}


def approved(placement: Placement) -> str | None:
    """An authority caseworker has approved."""
    return None if placement.approved_on else _("The municipality has not approved yet.")


def start_is_here(placement: Placement) -> str | None:
    """The first day has come. `as_of` is the day the action happens; without it only the date's presence is seen."""
    if placement.starts_on is None:
        return _("The first day is missing.")
    day = getattr(placement, "as_of", None)
    if day is not None and day < placement.starts_on:
        return _("The placement starts on %(day)s.") % {"day": words.day(placement.starts_on, weekday=True)}
    return None


def has_contact(placement: Placement) -> str | None:
    """A contact person at the workplace, or why there is none (PLC-07)."""
    if placement.contact_id or placement.no_contact_reason:
        return None
    return _("The contact person at the workplace is missing.")


def has_learning(placement: Placement) -> str | None:
    """An early end takes its learning along (CIT-14)."""
    return None if placement.learning.strip() else _("Write what we take with us.")


add = STATES.add
add("open_dialogue", gettext_lazy("Start the dialogue"), [S.IDEA], S.DIALOGUE, who=WORK)
add("draft", gettext_lazy("Write the agreement"), [S.DIALOGUE], S.DRAFT, who=WORK)
add(
    "send",
    gettext_lazy("Send for signature"),
    [S.DRAFT],
    S.AWAITING_SIGNATURE,
    who=WORK,
    guards=(complete, only_what_may_be_shared, room_left),
)
add(
    "change",
    gettext_lazy("Change the agreement"),
    [S.AWAITING_SIGNATURE, S.AWAITING_APPROVAL, S.APPROVED],
    S.DRAFT,
    who=WORK,
)
add(
    "all_signed",
    gettext_lazy("Everybody has signed"),
    [S.AWAITING_SIGNATURE],
    S.AWAITING_APPROVAL,
    who=SYSTEM,
    guards=(confirmed,),
)
add(
    "approval_stands",
    gettext_lazy("The approval stands"),
    [S.AWAITING_SIGNATURE],
    S.APPROVED,
    who=SYSTEM,
    guards=(confirmed, approved),
)
add("approve", gettext_lazy("Approve"), [S.AWAITING_APPROVAL], S.APPROVED, who=AUTHORITY, guards=(confirmed,))
add("send_back", gettext_lazy("Send back"), [S.AWAITING_APPROVAL], S.DRAFT, who=AUTHORITY, needs_reason=True)
add(
    "start",
    gettext_lazy("Start the placement"),
    [S.APPROVED],
    S.INTERNSHIP,
    who=WORK,
    guards=(confirmed, approved, start_is_here, has_contact),
)
add("first_hours", gettext_lazy("First paid hours"), [S.INTERNSHIP], S.WITH_HOURS, who=SYSTEM)
add("hours_gone", gettext_lazy("No paid hours after all"), [S.WITH_HOURS], S.INTERNSHIP, who=SYSTEM)
add("convert", gettext_lazy("Became a job"), RUNNING, S.CONVERTED, who=WORK)
add("complete", gettext_lazy("Complete"), RUNNING, S.COMPLETED, who=WORK)
add(
    "switch", gettext_lazy("Switch workplace"), RUNNING, S.SWITCHED, who=WORK, guards=(has_learning,), needs_reason=True
)
add("stop", gettext_lazy("Stop"), RUNNING, S.STOPPED, who=WORK, guards=(has_learning,), needs_reason=True)
add("drop", gettext_lazy("Drop"), BEFORE_START, S.DROPPED, who=WORK, needs_reason=True)
