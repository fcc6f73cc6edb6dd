"""Conversations, contacts, taster visits and follow-ups: one log (CON-01, CON-02)."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.casework import event_kinds as kinds
from jobformidler.casework.actions.states import reach, settle
from jobformidler.casework.enums import (
    MEETING_KINDS,
    AppointmentStatus,
    CaseRole,
    CaseStatus,
    Channel,
    ContactKind,
    Initiator,
    Part,
)
from jobformidler.casework.meetings import held_by
from jobformidler.casework.models import Appointment, Case, Contact, Participant
from jobformidler.casework.next_steps import follow_contact
from jobformidler.casework.perms import powers
from jobformidler.casework.writing import Person, professionals, still_open, tenant, told, working
from jobformidler.core import clock
from jobformidler.core.actions import action, check
from jobformidler.core.rows import change, create
from jobformidler.employers.models import Workplace
from jobformidler.registers.rules import contact_rules

#: What a kind of contact is evidence of.
BRINGS_TO = {
    ContactKind.FIRST_CONVERSATION: CaseStatus.FIRST_CONVERSATION,
    ContactKind.TASTER_VISIT: CaseStatus.COMPANY_VISIT,
}
#: What may be corrected afterwards.
CORRECTABLE = frozenset(
    {
        "kind",
        "at",
        "channel",
        "initiator",
        "workplace",
        "place",
        "purpose",
        "ordinary_hours_raised",
        "meeting_holder",
        "ticked",
        "agreements",
        "next_step",
        "next_step_on",
    }
)


@action
def register_contact(
    *,
    case: Case,
    kind: str,
    held_at: dt.datetime,
    by: User | None,
    at: dt.datetime,
    channel: str = Channel.MEETING,
    initiator: str = Initiator.JOBFORMIDLER,
    participants: Sequence[Person] = (),
    workplace: Workplace | None = None,
    place: str = "",
    purpose: str = "",
    ordinary_hours_raised: bool | None = None,
    meeting_holder: str | None = None,
    ticked: Sequence[str] = (),
    agreements: str = "",
    next_step: str = "",
    next_step_on: dt.date | None = None,
    appointment: Appointment | None = None,
    unplanned: bool = False,
) -> Contact:
    """Register a contact that was held at `held_at`, by one entry for timeline, next step, state and work list.

    Without `participants` it is `by` and the citizen. The first conversation needs an answer on ordinary hours and a
    next step with date (CON-02); one of the tandem missing is no error but flagged (JF-11). The appointment it was
    planned as (given, or of that kind and day) is marked as held, unless it is said to be `unplanned`.
    `meeting_holder`: who held it as a statutory contact meeting, empty when it was none; None: as the participants say.
    """
    day = working(case, by, at)
    still_open(case)
    check(held_at <= at, _("This is in the future. Make an appointment instead."), "held_at")
    _complete(kind, ordinary_hours_raised, next_step, next_step_on)
    people = list(participants) or _default_people(case, by, day)
    if meeting_holder is None:
        meeting_holder = _holder(case, kind, people, clock.local_date(held_at))
    contact = create(
        Contact,
        **tenant(case),
        by=by,
        kind=kind,
        at=held_at,
        channel=channel,
        initiator=initiator,
        workplace=workplace,
        place=place.strip(),
        purpose=purpose.strip(),
        ordinary_hours_raised=ordinary_hours_raised,
        meeting_holder=meeting_holder,
        ticked=list(ticked),
        agreements=agreements.strip(),
        next_step=next_step.strip(),
        next_step_on=next_step_on,
    )
    Participant.objects.bulk_create(
        Participant(
            municipality_id=case.municipality_id, contact=contact, part=p.part, user=p.user, name=p.name.strip()
        )
        for p in people
    )
    if not unplanned:
        _mark_held(contact, appointment)
    follow_contact(case, contact)
    if kind in BRINGS_TO:
        reach(case=case, status=BRINGS_TO[ContactKind(kind)], at=at, by=by)
    told(
        case,
        kinds.OF_CONTACT[ContactKind(kind)],
        contact,
        by=by,
        at=at,
        workplace_id=workplace.pk if workplace else None,
        who=professionals(people),
        **{"with": [person.name.split(" ")[0] for person in people if person.part in (Part.CITIZEN, Part.EMPLOYER)]},
        held_at=held_at.isoformat(),
        channel=str(channel),
        hours_raised=ordinary_hours_raised,
        tandem=_tandem(people),
    )
    return contact


def _complete(kind: str, hours_raised: bool | None, next_step: str, next_step_on: dt.date | None) -> None:
    if kind == ContactKind.FIRST_CONVERSATION:
        check(
            hours_raised is not None,
            _("Say whether you talked about ordinary hours."),
            "ordinary_hours_raised",
        )
        check(next_step.strip(), _("Write the next step."), "next_step")
    check(next_step.strip() or not next_step_on, _("Write the next step."), "next_step")
    check(next_step_on or not next_step.strip(), _("Choose a date for the next step."), "next_step_on")


def _default_people(case: Case, by: User | None, day: dt.date) -> list[Person]:
    people = [Person(Part.CITIZEN, case.citizen.full_name)]
    if by:
        mine = powers(by, case, day)
        part = Part.OTHER
        if mine & {CaseRole.JOBFORMIDLER, CaseRole.COVER}:
            part = Part.JOBFORMIDLER
        elif CaseRole.CASEWORKER in mine:
            part = Part.CASEWORKER
        people.insert(0, Person(part, by.name, by))
    return people


def _holder(case: Case, kind: str, people: Sequence[Person], day: dt.date) -> str:
    if kind not in MEETING_KINDS:
        return ""
    agreed = case.meeting_holder or contact_rules(case.municipality_id).holder_on(day)
    return held_by(kind, {person.part for person in people}, agreed)


def _tandem(people: Sequence[Person]) -> bool:
    parts = {person.part for person in people}
    return {Part.JOBFORMIDLER, Part.CASEWORKER} <= parts


def _mark_held(contact: Contact, appointment: Appointment | None) -> None:
    if appointment is None:
        day = clock.local_date(contact.at)
        begin = clock.at_time(day, 0)
        appointment = (
            Appointment.objects.filter(
                case=contact.case_id,
                kind=contact.kind,
                status=AppointmentStatus.PLANNED,
                at__gte=begin,
                at__lt=begin + dt.timedelta(days=1),
            )
            .order_by("at", "pk")
            .first()
        )
    if appointment is not None:
        check(appointment.case_id == contact.case_id, _("The appointment belongs to another case."))
        change(appointment, status=AppointmentStatus.HELD, contact=contact)


@action
def correct_contact(
    *,
    contact: Contact,
    version: int | None,
    by: User | None,
    at: dt.datetime,
    reason: str,
    held_at: dt.datetime | None = None,
    **changes: Any,
) -> Contact:
    """Correct a wrong registration with a reason; state, next step and work list follow. Raises StaleError.

    `held_at` corrects when it took place; `at` is the moment of the correction.
    """
    case = contact.case
    working(case, by, at)
    check(reason.strip(), _("Write why, in a few words."), "reason")
    check(contact.withdrawn_at is None, _("This registration has been withdrawn."))
    if held_at is not None:
        changes["at"] = held_at
    unknown = set(changes) - CORRECTABLE
    if unknown:
        raise TypeError(f"cannot be corrected: {', '.join(sorted(unknown))}")
    check(changes.get("at", contact.at) <= at, _("This is in the future. Make an appointment instead."), "held_at")

    def value(name: str) -> Any:
        return changes.get(name, getattr(contact, name))

    _complete(value("kind"), value("ordinary_hours_raised"), value("next_step"), value("next_step_on"))
    before = (contact.next_step, contact.next_step_on)
    changed = change(contact, version=version, **changes)
    if changed:
        change(contact, corrected_reason=reason.strip())
        follow_contact(case, contact, before=before)
        settle(case=case, at=at, by=by)
        told(case, kinds.CONTACT_CORRECTED, contact, by=by, at=at, fields=changed)
    return contact
