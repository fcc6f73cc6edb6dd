"""The municipality's approval, a recommendation of it, and the start."""

import datetime as dt

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.casework.actions import decide_at_once, prepare_decision
from jobformidler.casework.actions import settle as settle_case
from jobformidler.casework.decision_enums import DecisionKind
from jobformidler.casework.models import Decision
from jobformidler.core import clock, events
from jobformidler.core.actions import action, check
from jobformidler.placements import event_kinds
from jobformidler.placements.actions.signing import issue_link, revoke_links
from jobformidler.placements.enums import Party, PlacementStatus
from jobformidler.placements.links import LinkPurpose
from jobformidler.placements.models import Placement
from jobformidler.placements.perms import may_approve
from jobformidler.placements.rows import lock, move, need_work, save, told
from jobformidler.placements.versions import write_steps


@action
def approve(*, placement: Placement, by: User, at: dt.datetime) -> Placement:
    """An authority caseworker of the municipality approves what both parties have signed.

    Raises PermissionDenied for everybody else, also a provider's caseworker.
    """
    lock(placement, at)
    move(placement, "approve", by=by, at=at)
    placement.approved_on, placement.approved_by = clock.local_date(at), by
    save(placement, "status", "status_since", "approved_on", "approved_by")
    decide_at_once(
        case=placement.case,
        kind=DecisionKind.PLACEMENT_APPROVAL,
        title=_title(placement),
        subject=placement,
        by=by,
        at=at,
    )
    events.record(event_kinds.APPROVED, placement, by=by, at=at, **told(placement))
    return placement


@action
def recommend_approval(*, placement: Placement, recommendation: str, by: User, at: dt.datetime) -> Decision:
    """Somebody who works on the case without authority recommends the approval to the caseworker (PROV-27)."""
    lock(placement, at)
    need_work(placement, by, at)
    check(placement.status == PlacementStatus.AWAITING_APPROVAL, _("This is not waiting for the approval."))
    check(not may_approve(by, placement.case, clock.local_date(at)), _("You approve this yourself."))
    return prepare_decision(
        case=placement.case,
        kind=DecisionKind.PLACEMENT_APPROVAL,
        title=_title(placement),
        subject=placement,
        recommendation=recommendation,
        by=by,
        at=at,
    )


def _title(placement: Placement) -> str:
    return _("Placement at %(workplace)s") % {"workplace": placement.workplace.name}


@action
def send_back(*, placement: Placement, reason: str, by: User, at: dt.datetime) -> Placement:
    """The authority caseworker sends the agreement back to be changed, and says what is needed."""
    lock(placement, at)
    move(placement, "send_back", by=by, at=at, reason=reason)
    save(placement, "status", "status_since")
    revoke_links(placement=placement, at=at, purpose=LinkPurpose.SIGN)
    events.record(event_kinds.SENT_BACK, placement, by=by, at=at, reason=reason.strip()[:300], **told(placement))
    return placement


@action
def start(*, placement: Placement, by: User | None, at: dt.datetime) -> Placement:
    """The citizen begins. The workplace gets its link for reporting hours.

    Raises ActionError with every sentence that stands in the way: a missing signature of the newest version, approval,
    the first day, the contact person at the workplace (PLC-07).
    """
    lock(placement, at)
    move(placement, "start", by=by, at=at)
    assert placement.starts_on is not None
    placement.status_since = placement.starts_on
    save(placement, "status", "status_since")
    version = placement.sent_version
    if version is not None:
        write_steps(placement, version.content["steps"])
    issue_link(placement=placement, party=Party.EMPLOYER, purpose=LinkPurpose.HOURS, at=at)
    settle_case(case=placement.case, at=at, by=by)
    events.record(event_kinds.STARTED, placement, by=by, at=at, starts_on=str(placement.starts_on), **told(placement))
    return placement
