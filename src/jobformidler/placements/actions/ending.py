"""Extension and the ways a placement ends."""

import datetime as dt

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.casework.actions import settle as settle_case
from jobformidler.core import clock, events
from jobformidler.core.actions import action, check
from jobformidler.placements import event_kinds
from jobformidler.placements.actions.agreement import change_agreement, send_for_signature
from jobformidler.placements.actions.signing import revoke_links
from jobformidler.placements.enums import VitasStatus
from jobformidler.placements.links import LinkPurpose, expiry
from jobformidler.placements.models import Placement, SignedLink
from jobformidler.placements.rows import lock, move, need_work, save, told


@action
def extend(*, placement: Placement, last_on: dt.date, decision: str, by: User | None, at: dt.datetime) -> Placement:
    """Extend to `last_on` (included) by a decision taken now (JF-18, PLC-15).

    The agreement gets a new version with the new last day, which both confirm; the placement goes on meanwhile.
    """
    lock(placement, at)
    need_work(placement, by, at)
    check(placement.is_running, _("The placement is not under way."))
    check(decision.strip(), _("Write the decision in a few words."), "decision")
    ends_on = last_on + dt.timedelta(days=1)
    check(placement.ends_on is None or ends_on > placement.ends_on, _("The new last day must be later."), "last_on")
    version = placement.versions.first()
    if version is not None:
        change_agreement(version=version, field="last_on", value=last_on, by=by, at=at)
        send_for_signature(placement=placement, by=by, at=at)
    lock(placement, at)
    placement.ends_on = ends_on
    save(placement, "ends_on")
    open_links = SignedLink.objects.filter(
        municipality_id=placement.municipality_id,
        placement_id=placement.pk,
        purpose=LinkPurpose.HOURS,
        revoked_at=None,
    )
    open_links.update(expires_at=expiry(placement, LinkPurpose.HOURS, at))
    events.record(
        event_kinds.EXTENDED,
        placement,
        by=by,
        at=at,
        last_on=last_on.isoformat(),
        decision=decision.strip()[:300],
        **told(placement),
    )
    return placement


def _end(
    placement: Placement,
    verb: str,
    kind: str,
    *,
    on: dt.date | None,
    by: User | None,
    at: dt.datetime,
    reason: str = "",
    learning: str = "",
    what_next: str = "",
    tried: str = "",
) -> Placement:
    lock(placement, at)
    day = clock.local_date(at)
    placement.learning, placement.tried = learning.strip()[:300], tried.strip()[:300]
    placement.what_next = what_next.strip()[:160]
    placement.end_reason = reason.strip()[:300]
    move(placement, verb, by=by, at=at, reason=reason)
    ended = on or day
    assert placement.starts_on is not None
    check(ended > placement.starts_on, _("The end must be after the start."), "on")
    check(ended <= day + dt.timedelta(days=1), _("Choose a day that has been."), "on")
    check(placement.what_next, _("Write what happens now."), "what_next")
    early = placement.ends_on is not None and ended < placement.ends_on
    check(not (early and verb == "complete" and not placement.learning), _("Write what we take with us."), "learning")
    placement.ended_on = ended
    save(placement)
    revoke_links(placement=placement, at=at, purpose=LinkPurpose.SIGN)
    events.record(
        kind,
        placement,
        by=by,
        at=at,
        ended_on=ended.isoformat(),
        early=early,
        has_learning=bool(placement.learning),
        **told(placement),
    )
    settle_case(case=placement.case, at=at, by=by)
    events.record(event_kinds.CV_DUE, placement, by=by, at=at, **told(placement))
    return placement


@action
def convert(
    *,
    placement: Placement,
    what_next: str,
    by: User | None,
    at: dt.datetime,
    on: dt.date | None = None,
    learning: str = "",
) -> Placement:
    """The placement became a job, fleksjob or wage subsidy; `what_next` says which (PLC-15). The lifeline opens.

    `on` is the first day without the placement (today, when not given).
    """
    _end(placement, "convert", event_kinds.CONVERTED, on=on, by=by, at=at, learning=learning, what_next=what_next)
    return placement


@action
def complete(
    *,
    placement: Placement,
    what_next: str,
    by: User | None,
    at: dt.datetime,
    on: dt.date | None = None,
    learning: str = "",
) -> Placement:
    """The placement is carried through. Before its last day it needs what we take with us (CIT-14)."""
    _end(placement, "complete", event_kinds.COMPLETED, on=on, by=by, at=at, learning=learning, what_next=what_next)
    return placement


@action
def switch(
    *,
    placement: Placement,
    reason: str,
    learning: str,
    what_next: str,
    by: User | None,
    at: dt.datetime,
    on: dt.date | None = None,
    tried: str = "",
) -> Placement:
    """End here to look for another workplace, e.g. when a mastered task gives no hours (PLC-14)."""
    _end(
        placement,
        "switch",
        event_kinds.SWITCHED,
        on=on,
        by=by,
        at=at,
        reason=reason,
        learning=learning,
        what_next=what_next,
        tried=tried,
    )
    return placement


@action
def stop(
    *,
    placement: Placement,
    reason: str,
    learning: str,
    what_next: str,
    by: User | None,
    at: dt.datetime,
    on: dt.date | None = None,
    tried: str = "",
) -> Placement:
    """Stop early, with the reason, what was tried, what we take with us (CIT-14, PLC-16) and what happens now."""
    _end(
        placement,
        "stop",
        event_kinds.STOPPED,
        on=on,
        by=by,
        at=at,
        reason=reason,
        learning=learning,
        what_next=what_next,
        tried=tried,
    )
    return placement


@action
def set_vitas(*, placement: Placement, number: str, status: str, by: User | None, at: dt.datetime) -> Placement:
    """Number and status of the application in VITAS, typed by hand until an interface does it."""
    lock(placement, at)
    need_work(placement, by, at)
    check(status in VitasStatus.values, _("Choose one of the possibilities."), "status")
    check(number.strip() or status == VitasStatus.NONE, _("Write the number from VITAS."), "number")
    placement.vitas_number, placement.vitas_status = number.strip()[:20], status
    save(placement, "vitas_number", "vitas_status")
    events.record(event_kinds.VITAS, placement, by=by, at=at, status=str(VitasStatus(status).label), **told(placement))
    return placement


@action
def mark_transferred(
    *, placement: Placement, on: dt.date | None, receipt: str, by: User | None, at: dt.datetime
) -> Placement:
    """The placement is registered in the municipality's case system too, with its receipt. `on=None` takes it back."""
    lock(placement, at)
    need_work(placement, by, at)
    placement.transferred_on, placement.transfer_receipt = on, receipt.strip()[:60]
    save(placement, "transferred_on", "transfer_receipt")
    if on:
        events.record(event_kinds.TRANSFERRED, placement, by=by, at=at, on=on.isoformat(), **told(placement))
    return placement
