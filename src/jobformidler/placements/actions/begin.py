"""From an idea to a drafted agreement."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.casework.actions import settle as settle_case
from jobformidler.casework.enums import CaseStatus
from jobformidler.casework.met import need_conversation
from jobformidler.casework.models import Case
from jobformidler.core import clock, events
from jobformidler.core.actions import action, allow, check
from jobformidler.employers.models import Workplace
from jobformidler.openings.models import Place
from jobformidler.placements import event_kinds
from jobformidler.placements.actions.agreement import draft_agreement
from jobformidler.placements.actions.signing import revoke_links
from jobformidler.placements.enums import PlacementKind
from jobformidler.placements.models import AgreementVersion, Placement
from jobformidler.placements.perms import WORK, powers_on
from jobformidler.placements.rows import lock, move, save, told


@action
def propose(
    *,
    case: Case,
    workplace: Workplace,
    by: User | None,
    at: dt.datetime,
    opening: Place | None = None,
    reason_citizen: str = "",
    reason_employer: str = "",
    kind: str = PlacementKind.INTERNSHIP,
) -> Placement:
    """An idea: this citizen at this workplace, with why it is good for both (PLC-01, MAT-01).

    Raises ActionError before a conversation with the citizen is held (MAT-05), for a closed case, and for an opening
    of another workplace.
    """
    day = clock.local_date(at)
    allow(bool(powers_on(by, case, day) & WORK))
    check(case.status != CaseStatus.CLOSED, _("The case is closed."))
    check(
        opening is None or opening.workplace_id == workplace.pk, _("The place belongs to another workplace."), "opening"
    )
    need_conversation(case.citizen, at)
    placement = Placement.objects.create(
        municipality_id=case.municipality_id,
        case=case,
        workplace=workplace,
        opening=opening,
        kind=kind,
        function=opening.title if opening else "",
        reason_citizen=reason_citizen.strip(),
        reason_employer=reason_employer.strip(),
        status_since=day,
        created_on=day,
        by=by,
    )
    events.record(event_kinds.PROPOSED, placement, by=by, at=at, **told(placement))
    return placement


@action
def open_dialogue(*, placement: Placement, hours_discussed: bool | None, by: User | None, at: dt.datetime) -> Placement:
    """The talk with the workplace has begun; `hours_discussed`: ordinary hours were raised at the first visit (PLC-06).

    Raises ActionError before a conversation with the citizen is held (MAT-05).
    """
    lock(placement, at)
    need_conversation(placement.case.citizen, at)
    move(placement, "open_dialogue", by=by, at=at)
    placement.hours_discussed = hours_discussed
    save(placement, "status", "status_since", "hours_discussed")
    settle_case(case=placement.case, at=at, by=by)
    events.record(event_kinds.DIALOGUE, placement, by=by, at=at, hours_discussed=hours_discussed, **told(placement))
    return placement


@action
def drop(*, placement: Placement, reason: str, by: User | None, at: dt.datetime, in_doubt: bool = False) -> Placement:
    """Give the idea up before it starts, with the reason. Links for signing become invalid.

    `in_doubt`: because of doubt about whether the citizen is ready. Doubt is to benefit the citizen, so the team leader
    sees each of these with its reason (MAT-07).
    """
    lock(placement, at)
    move(placement, "drop", by=by, at=at, reason=reason)
    placement.end_reason, placement.in_doubt = reason.strip()[:300], in_doubt
    save(placement, "status", "status_since", "end_reason", "in_doubt")
    revoke_links(placement=placement, at=at)
    settle_case(case=placement.case, at=at, by=by)
    events.record(event_kinds.DROPPED, placement, by=by, at=at, in_doubt=in_doubt, **told(placement))
    return placement


@action
def new_agreement(
    *,
    case: Case,
    workplace: Workplace,
    by: User | None,
    at: dt.datetime,
    hours_discussed: bool | None,
    opening: Place | None = None,
    reason_citizen: str = "",
    reason_employer: str = "",
    kind: str = PlacementKind.INTERNSHIP,
    **values: Any,
) -> AgreementVersion:
    """Idea, dialogue and filled-in agreement in one step, for the form of the case page. `values` are its fields."""
    placement = propose(
        case=case,
        workplace=workplace,
        by=by,
        at=at,
        opening=opening,
        reason_citizen=reason_citizen,
        reason_employer=reason_employer,
        kind=kind,
    )
    open_dialogue(placement=placement, hours_discussed=hours_discussed, by=by, at=at)
    return draft_agreement(placement=placement, by=by, at=at, **values)
