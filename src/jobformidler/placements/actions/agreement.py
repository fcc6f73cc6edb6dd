"""Writing and changing the work agreement, and sending it for signature."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.citizens.enums import RestrictedUse
from jobformidler.citizens.restricted import refuse_restricted
from jobformidler.core import clock, events
from jobformidler.core.actions import StaleError, action, check
from jobformidler.employers.actions import register_contact_person
from jobformidler.employers.enums import ContactLevel
from jobformidler.employers.models import ContactPerson
from jobformidler.openings.models import Place
from jobformidler.placements import agreement, event_kinds
from jobformidler.placements.actions.signing import issue_link, revoke_links, settle_signatures
from jobformidler.placements.cleaning import clean
from jobformidler.placements.enums import PlacementStatus
from jobformidler.placements.links import LinkPurpose
from jobformidler.placements.models import AgreementVersion, LadderStep, Placement, SignedLink
from jobformidler.placements.prefill import known_about, prefill, spread
from jobformidler.placements.rows import lock, move, need_work, save, told
from jobformidler.placements.transitions import only_what_may_be_shared, room_left, unshared
from jobformidler.placements.versions import freeze, take_over, write_steps

#: What somebody who is new in the register is at the workplace, by the field they are written in.
NEW_PERSON = {"contact": ContactLevel.WORKPLACE_CONTACT, "staff_rep": ContactLevel.EMPLOYEE_REP}
SENT_STATES = (PlacementStatus.AWAITING_SIGNATURE, PlacementStatus.AWAITING_APPROVAL, PlacementStatus.APPROVED)


@action
def draft_agreement(*, placement: Placement, by: User | None, at: dt.datetime, **values: Any) -> AgreementVersion:
    """The first version, filled from place, case, shared considerations and the last agreement (PLC-03, PLC-T2).

    `values` are fields of the agreement (see `placements.agreement.FIELDS`) that are already chosen.
    """
    lock(placement, at)
    chosen = {key: _cleaned(placement, key, value, by=by, at=at) for key, value in values.items()}
    move(placement, "draft", by=by, at=at)
    day = clock.local_date(at)
    content = prefill(known_about(placement, day), today=day, **chosen)
    version = AgreementVersion.objects.create(
        municipality_id=placement.municipality_id,
        placement=placement,
        number=1,
        content=content,
        made_at=at,
        made_by=by,
    )
    take_over(placement, content)
    save(placement)
    events.record(event_kinds.DRAFTED, placement, by=by, at=at, number=1, **told(placement))
    return version


def _cleaned(placement: Placement, key: str, value: Any, *, by: User | None, at: dt.datetime) -> Any:
    field = agreement.FIELDS.get(key)
    if field is not None and field.editor == "contact":
        value = _person(placement, key, value, by=by, at=at)
    new = clean(key, value)
    if key == "considerations":
        secret = unshared(placement, new)
        check(not secret, _("Write it with the citizen's considerations first, with a yes to sharing it."), key)
    return new


def _person(placement: Placement, key: str, value: Any, *, by: User | None, at: dt.datetime) -> dict[str, Any] | None:
    """A contact person from a key, a row, a name already known there, or a new name which is registered."""
    if value in (None, "") or isinstance(value, Mapping):
        found = ContactPerson.objects.filter(pk=value["id"]).first() if value else None
    elif isinstance(value, ContactPerson):
        found = value
    elif isinstance(value, int) or str(value).isdigit():
        found = ContactPerson.objects.filter(pk=int(value)).first()
    else:
        name, _comma, title = str(value).partition(",")
        found = ContactPerson.objects.filter(
            workplace=placement.workplace, name__iexact=name.strip(), active=True
        ).first()
        if found is None:
            level = NEW_PERSON.get(key, ContactLevel.DEPARTMENT)
            found = register_contact_person(
                workplace=placement.workplace, name=name.strip(), title=title.strip(), level=level, by=by, at=at
            )
    if found is None:
        check(not value, _("Choose a person at the workplace, or write a name."), key)
        return None
    check(found.workplace_id == placement.workplace_id, _("Choose a person at this workplace."), key)
    return {"id": found.pk, "name": found.name, "title": found.title}


@action
def change_agreement(
    *, version: AgreementVersion, field: str, value: Any, by: User | None, at: dt.datetime, seen: str | None = None
) -> AgreementVersion:
    """Change one value. A version already sent stays as it is; the change then begins the next one.

    `seen` is `agreement.stamp` of the value the form showed (None skips the check). Raises StaleError with both values
    when somebody changed the value meanwhile, ActionError for a value that cannot stand there.
    """
    placement = version.placement
    lock(placement, at)
    need_work(placement, by, at)
    check(not placement.is_over and placement.status != PlacementStatus.DROPPED, _("The placement is over."))
    newest = placement.versions.first()
    assert newest is not None
    new = _cleaned(placement, field, value, by=by, at=at)
    now = newest.content.get(field)
    if seen is not None and seen != agreement.stamp(now) and new != now:
        raise StaleError(mine={field: new}, theirs={field: now})
    if new == now:
        return newest
    content = {**newest.content, field: new}
    content |= _follows(newest.content, field, new)
    return _write(placement, newest, content, by=by, at=at)


def _follows(before: Mapping[str, Any], field: str, new: Any) -> dict[str, Any]:
    """What changes with a value as long as nobody has written it by hand: the days follow the hours."""
    if field != "hours" or not before.get("hours") or not new:
        return {}
    begin = dt.time.fromisoformat(before["days"][0]["from"]) if before.get("days") else None

    if before.get("days") in (spread(Decimal(before["hours"])), spread(Decimal(before["hours"]), begin)):
        return {"days": spread(Decimal(new), begin)}
    return {}


def _write(
    placement: Placement, newest: AgreementVersion, content: dict[str, Any], *, by: User | None, at: dt.datetime
) -> AgreementVersion:
    names = agreement.changed(newest.content, content)
    if newest.sent_at is None:
        newest.content = content
        newest.changed = sorted({*newest.changed, *names}) if newest.number > 1 else []
        newest.made_at, newest.made_by = at, by
        newest.save()
        version = newest
    else:
        version = AgreementVersion.objects.create(
            municipality_id=placement.municipality_id,
            placement=placement,
            number=newest.number + 1,
            content=content,
            changed=names,
            made_at=at,
            made_by=by,
        )
        if placement.status in SENT_STATES:
            move(placement, "change", by=by, at=at)
    if not placement.is_running:
        take_over(placement, content)
    save(placement)
    events.record(event_kinds.CHANGED, placement, by=by, at=at, number=version.number, fields=names, **told(placement))
    return version


@action
def set_steps(
    *, placement: Placement, steps: Sequence[Mapping[str, Any]], by: User | None, at: dt.datetime
) -> list[LadderStep]:
    """Write the conversion plan (PLC-05): rows of task, mastered_when, paid_hours and planned_on.

    Before the start it goes into the agreement. Afterwards steps already mastered or reached stay as they are and the
    rows replace those still planned.
    """
    lock(placement, at)
    need_work(placement, by, at)
    rows = clean("steps", list(steps))
    newest = placement.versions.first()
    if newest is not None and not placement.is_running and not placement.is_over:
        _write(placement, newest, {**newest.content, "steps": rows}, by=by, at=at)
    found = write_steps(placement, rows)
    events.record(event_kinds.STEPS_SET, placement, by=by, at=at, count=len(found), **told(placement))
    return found


@action
def send_for_signature(*, placement: Placement, by: User | None, at: dt.datetime) -> list[SignedLink]:
    """Freeze the newest version and mail a signed link to each party who has to confirm it.

    Confirmations of parties no change touches carry over; when nobody is left to ask, the agreement goes straight on to
    the municipality. Returns the links, each with its `token` for this moment only. Raises ActionError while something
    is missing or the opening has no room; the opening is locked meanwhile.
    """
    lock(placement, at)
    if placement.opening_id:
        placement.opening = Place.objects.select_for_update().get(pk=placement.opening_id)
    version = placement.versions.first()
    check(version is not None, _("There is no agreement yet."))
    assert version is not None
    refuse_restricted(placement.case.citizen, RestrictedUse.CONSENT)
    if placement.is_running:
        need_work(placement, by, at)
        check(version.sent_at is None, _("There is nothing new to send."))
        left = [sentence for _field, sentence in agreement.missing(version.content)]
        check(not left, " ".join(left))
        for guard in (only_what_may_be_shared, room_left):
            found = guard(placement)
            check(not found, found or "")
    else:
        move(placement, "send", by=by, at=at)
    freeze(placement, version, at)
    save(placement)
    if not placement.is_running:
        write_steps(placement, version.content["steps"])
    revoke_links(placement=placement, at=at, purpose=LinkPurpose.SIGN)
    shared = len(version.content.get("considerations") or [])
    events.record(
        event_kinds.SENT, placement, by=by, at=at, number=version.number, considerations=shared, **told(placement)
    )
    asked = [
        party
        for party in version.parties
        if not version.confirmations.filter(party=party, confirmed_at__isnull=False).exists()
    ]
    links = [issue_link(placement=placement, party=party, purpose=LinkPurpose.SIGN, at=at) for party in asked]
    settle_signatures(placement=placement, at=at)
    return [link for link in links if link is not None]
