"""Writes about employers: the shared register by hand, the people at a workplace, and our contacts with it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.core import clock, db, events
from jobformidler.core.actions import ActionError, action, allow, check, check_version
from jobformidler.core.rows import change
from jobformidler.core.tabular.cvr import CompanyNumberError, normalise_cvr, normalise_p_number
from jobformidler.employers import event_kinds, purposes
from jobformidler.employers.models import ContactPerson, Employer, EmployerContact, Workplace, WorkplaceTies
from jobformidler.employers.perms import may_work_with_employers

PERSON_FIELDS = frozenset({"name", "title", "level", "phone", "email", "active"})
WORKPLACE_FIELDS = frozenset(
    {
        "address",
        "postal_code",
        "city",
        "municipality_code",
        "industry_code",
        "employees",
        "short_educated_jobs",
        "absence_percent",
        "sector",
        "phone",
        "email",
    }
)


@action
def register_workplace(
    *, cvr: str, p_number: str, name: str, by: User | None, at: dt.datetime, employer_name: str = "", **facts: Any
) -> Workplace:
    """Enter a workplace in the shared register by hand (EMP-01); files do it in bulk.

    `facts` are fields of the workplace. Raises ActionError for a wrong CVR or P-number or one that is there already.
    """
    allow(may_work_with_employers(by, clock.local_date(at)))
    unknown = facts.keys() - WORKPLACE_FIELDS
    if unknown:
        raise TypeError(f"a workplace has no field {sorted(unknown)}")
    try:
        cvr = normalise_cvr(cvr)
    except CompanyNumberError as error:
        raise ActionError({"cvr": str(error)}) from error
    try:
        p_number = normalise_p_number(p_number)
    except CompanyNumberError as error:
        raise ActionError({"p_number": str(error)}) from error
    check(name.strip(), _("Write the name of the workplace."), "name")
    check(
        not Workplace.objects.filter(p_number=p_number).exists(), _("This P-number is already registered."), "p_number"
    )
    employer, _new = Employer.objects.get_or_create(cvr=cvr, defaults={"name": employer_name or name})
    workplace = Workplace.objects.create(employer=employer, p_number=p_number, name=name.strip(), **facts)
    events.record(
        event_kinds.WORKPLACE_REGISTERED, workplace, by=by, at=at, workplace_id=workplace.pk, workplace=workplace.name
    )
    return workplace


@action
def edit_workplace(
    *,
    workplace: Workplace,
    version: int | None,
    by: User | None,
    at: dt.datetime,
    networks: Sequence[str] | None = None,
    agreements: Sequence[str] | None = None,
    **changes: Any,
) -> Workplace:
    """Change what the register says about a workplace, and the networks and agreements we know of (EMP-01).

    Raises StaleError with both values when somebody saved another version since `version` was read.
    """
    allow(may_work_with_employers(by, clock.local_date(at)))
    unknown = changes.keys() - WORKPLACE_FIELDS - {"name"}
    if unknown:
        raise TypeError(f"a workplace has no field {sorted(unknown)}")
    check(changes.get("name", workplace.name).strip(), _("Write the name of the workplace."), "name")
    changed = change(workplace, version=version, **changes)
    ties, _new = WorkplaceTies.objects.get_or_create(municipality_id=db.municipality_id(), workplace=workplace)
    for name, rows in (("networks", networks), ("agreements", agreements)):
        if rows is not None:
            changed += change(ties, **{name: _lines(rows)})  # type: ignore[arg-type]  # neither is the version
    if changed:
        events.record(
            event_kinds.WORKPLACE_CHANGED,
            workplace,
            by=by,
            at=at,
            workplace_id=workplace.pk,
            workplace=workplace.name,
            changed=sorted(changed),
        )
    return workplace


def _lines(rows: Sequence[str]) -> list[str]:
    """Each once, without spaces around, in the order given."""
    return list(dict.fromkeys(row.strip() for row in rows if row.strip()))


@action
def register_contact_person(
    *,
    workplace: Workplace,
    name: str,
    level: str,
    by: User | None,
    at: dt.datetime,
    title: str = "",
    phone: str = "",
    email: str = "",
) -> ContactPerson:
    """A person at a workplace, with level (EMP-02). Name and level are needed, the rest is not (EMP-04)."""
    allow(may_work_with_employers(by, clock.local_date(at)))
    check(name.strip(), _("Write the person's name."), "name")
    person = ContactPerson.objects.create(
        municipality_id=db.municipality_id(),
        workplace=workplace,
        name=name.strip(),
        title=title.strip(),
        level=level,
        phone=phone.strip(),
        email=email.strip(),
    )
    events.record(
        event_kinds.CONTACT_PERSON_ADDED,
        person,
        by=by,
        at=at,
        workplace_id=workplace.pk,
        name=person.name,
        workplace=workplace.name,
    )
    return person


@action
def edit_contact_person(
    *, person: ContactPerson, version: int | None, by: User | None, at: dt.datetime, **changes: Any
) -> ContactPerson:
    """Change what we know about a contact person; `active=False` when they have left.

    Raises StaleError with both values when somebody saved another version since `version` was read.
    """
    allow(may_work_with_employers(by, clock.local_date(at)))
    unknown = changes.keys() - PERSON_FIELDS
    if unknown:
        raise TypeError(f"a contact person has no field {sorted(unknown)}")
    row = ContactPerson.objects.select_for_update().get(pk=person.pk)
    check_version(row, version, changes)
    for name, value in changes.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    check(row.name, _("Write the person's name."), "name")
    row.version += 1
    row.save(update_fields=[*changes, "version"])
    events.record(
        event_kinds.CONTACT_PERSON_CHANGED,
        row,
        by=by,
        at=at,
        workplace_id=row.workplace_id,
        name=row.name,
        changed=sorted(changes),
    )
    return row


@action
def log_contact(
    *,
    workplace: Workplace,
    purpose: str,
    held_at: dt.datetime,
    by: User,
    at: dt.datetime,
    person: ContactPerson | None = None,
    note: str = "",
    channel: str = "",
    next_step: str = "",
    next_step_on: dt.date | None = None,
    next_level: str = "",
    next_channel: str = "",
    citizen_id: int | None = None,
) -> EmployerContact:
    """A contact with a workplace, shared with every consultant (EMP-03). Purpose and time are needed, nothing else (EMP-04).

    `purpose` is a code of the list "contact_purpose" (EMP-07). A next contact is a date with a purpose in words; a date
    alone is refused (EMP-06). What is not said about its form, level and person is what the purpose proposes (EMP-02,
    EMP-07). A contact that presents a citizen names them, and is refused before we have met (MAT-05); then the event
    stands in the citizen's timeline too. Raises ActionError for a moment after `at`.
    """
    allow(may_work_with_employers(by, clock.local_date(at)))
    check(purpose, _("Say what the contact is for."), "purpose")
    check(
        held_at <= at, _("A contact is registered when it has been held. Write the next one as next step."), "held_at"
    )
    check(person is None or person.workplace_id == workplace.pk, _("Choose a person at this workplace."), "person")
    check(next_step.strip() or next_step_on is None, _("Say what the next contact is for, not only when."), "next_step")
    if purpose == purposes.PRESENTING:
        if citizen_id is None:
            raise ActionError(
                {
                    "citizen": _(
                        "Say whom you present. Is the citizen not on the list, ask to be named in the case first."
                    )
                }
            )
        purposes.ask_guards(citizen_id, held_at)
    fits = purposes.PROPOSED.get(purpose)
    planned = bool(next_step.strip())
    level = (next_level or (fits.level if fits else "")) if planned else ""
    contact = EmployerContact.objects.create(
        municipality_id=db.municipality_id(),
        workplace=workplace,
        person=person,
        by=by,
        at=held_at,
        purpose=purpose,
        channel=channel or (fits.channel if fits else ""),
        note=note.strip(),
        next_step=next_step.strip(),
        next_step_on=next_step_on,
        next_level=level,
        next_channel=(next_channel or (fits.channel if fits else "")) if planned else "",
        next_person=purposes.person_at(workplace, level) if level else None,
    )
    events.record(
        event_kinds.CONTACT_LOGGED,
        contact,
        by=by,
        at=at,
        citizen_id=citizen_id,
        workplace_id=workplace.pk,
        workplace=workplace.name,
        purpose=purpose,
    )
    return contact


@action
def withdraw_contact(*, contact: EmployerContact, reason: str, by: User, at: dt.datetime) -> EmployerContact:
    """Withdraw a wrong registration with a reason; it stays in the log, struck out."""
    allow(may_work_with_employers(by, clock.local_date(at)))
    check(reason.strip(), _("Write why, in a few words."), "reason")
    row = EmployerContact.objects.select_for_update(of=("self",)).select_related("workplace").get(pk=contact.pk)
    check(row.withdrawn_at is None, _("This has already changed. Load the page again."))
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = at, by, reason.strip()
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    events.record(
        event_kinds.CONTACT_WITHDRAWN,
        row,
        by=by,
        at=at,
        workplace_id=row.workplace_id,
        workplace=row.workplace.name,
        reason=row.withdrawn_reason,
    )
    return row
