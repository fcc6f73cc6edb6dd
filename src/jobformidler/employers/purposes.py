"""What a contact with a workplace is for, and the form and level that usually fit (EMP-02, EMP-06, EMP-07).

The list of purposes is the administrator's ("contact_purpose"); one that is added there proposes nothing.
"""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from django.db.models import Count, Q

from jobformidler.employers.enums import ContactChannel, ContactLevel
from jobformidler.employers.models import ContactPerson, EmployerContact, Workplace

#: The purpose that names a citizen, and is refused before we have met them (MAT-05).
PRESENTING = "present_citizen"


class Proposal(NamedTuple):
    """A form of contact and the level to approach."""

    channel: str
    level: str


PROPOSED: dict[str, Proposal] = {
    PRESENTING: Proposal(ContactChannel.VISIT, ContactLevel.DEPARTMENT),
    "cooperation": Proposal(ContactChannel.VISIT, ContactLevel.DEPARTMENT),
    "partnership": Proposal(ContactChannel.VISIT, ContactLevel.DIRECTOR),
    "company_centre": Proposal(ContactChannel.VISIT, ContactLevel.DIRECTOR),
    "service_absence": Proposal(ContactChannel.PHONE, ContactLevel.HR),
    "information": Proposal(ContactChannel.MAIL, ContactLevel.HR),
    "job_order": Proposal(ContactChannel.PHONE, ContactLevel.DEPARTMENT),
    "campaign": Proposal(ContactChannel.PHONE, ContactLevel.HR),
    "follow_up": Proposal(ContactChannel.VISIT, ContactLevel.WORKPLACE_CONTACT),
}

Guard = Callable[[int, dt.datetime], None]
_guards: list[Guard] = []


def before_presenting(guard: Guard) -> Guard:
    """Decorator for a package above: `guard(citizen_id, at)` raises ActionError when nobody may be presented yet."""
    _guards.append(guard)
    return guard


def ask_guards(citizen_id: int, at: dt.datetime) -> None:
    """Raise ActionError when a guard refuses the presentation."""
    for guard in _guards:
        guard(citizen_id, at)


def person_at(workplace: Workplace, level: str) -> ContactPerson | None:
    """The person we know at this level of the workplace, who is still there. One query."""
    return ContactPerson.objects.filter(workplace=workplace, level=level, active=True).order_by("name", "pk").first()


def by_purpose(since: dt.datetime) -> list[dict[str, object]]:
    """Standing contacts from `since` on: purpose, how many, at how many workplaces, how many named a next step (EMP-06).

    The most frequent purpose first. One query.
    """
    rows = EmployerContact.objects.standing().filter(at__gte=since).values("purpose").order_by()
    return list(
        rows.annotate(
            n=Count("pk"),
            workplaces=Count("workplace", distinct=True),
            planned=Count("pk", filter=~Q(next_step="")),
        ).order_by("-n", "purpose")
    )
