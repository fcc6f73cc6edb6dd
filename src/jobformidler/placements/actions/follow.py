"""Follow-up at the workplace: one entry for the contact, the small steps, the adjustments and the next visit."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.casework.actions import Person, move_sub_goal, plan_appointment, register_contact
from jobformidler.casework.enums import Channel, ContactKind, Part
from jobformidler.casework.models import SubGoal
from jobformidler.core import events
from jobformidler.core.actions import action, check
from jobformidler.placements import event_kinds
from jobformidler.placements.models import FollowUp, Placement
from jobformidler.placements.rows import lock, need_work, told


@action
def follow_up(
    *,
    placement: Placement,
    held_at: dt.datetime,
    hours_said: str,
    by: User | None,
    at: dt.datetime,
    participants: Sequence[Person] = (),
    at_workplace: bool = True,
    channel: str = Channel.MEETING,
    sub_goals: Mapping[int, str] | None = None,
    tasks_adjusted: str = "",
    time_adjusted: str = "",
    considerations_adjusted: str = "",
    decision: str = "",
    agreements: str = "",
    next_step: str = "",
    next_step_on: dt.date | None = None,
    next_visit: dt.datetime | None = None,
) -> FollowUp:
    """Register a follow-up (CON-16, PLC-12). What was said about ordinary hours is a fixed item and cannot be empty.

    `sub_goals`: key → where the small step stands now; `next_visit`: planned as an appointment; `decision`: what was
    decided on the spot (PLC-21), stored with the time of the meeting. Without `participants`: citizen, contact person
    and `by`. Raises ActionError for a placement that is not under way or a moment to come.
    """
    lock(placement, at)
    need_work(placement, by, at)
    check(placement.is_running, _("The placement is not under way."))
    check(hours_said.strip(), _("Write what was said about ordinary hours."), "hours_said")
    check(held_at <= at, _("Choose a time that has been."), "held_at")
    case = placement.case
    contact = register_contact(
        case=case,
        kind=ContactKind.FOLLOW_UP,
        held_at=held_at,
        by=by,
        at=at,
        channel=channel,
        participants=list(participants) or _usual(placement, by),
        workplace=placement.workplace,
        place=placement.workplace.name if at_workplace else "",
        ordinary_hours_raised=True,
        agreements=agreements,
        next_step=next_step,
        next_step_on=next_step_on,
    )
    for key, status in (sub_goals or {}).items():
        sub_goal = SubGoal.objects.filter(pk=key, goal__plan__case=case, withdrawn_at=None).first()
        check(sub_goal, _("The small step is not in this plan."), "sub_goals")
        assert sub_goal is not None
        if sub_goal.status != status:
            move_sub_goal(sub_goal=sub_goal, status=status, by=by, at=at)
    row = FollowUp.objects.create(
        municipality_id=placement.municipality_id,
        placement=placement,
        contact=contact,
        at_workplace=at_workplace,
        hours_said=hours_said.strip()[:300],
        tasks_adjusted=tasks_adjusted.strip()[:300],
        time_adjusted=time_adjusted.strip()[:300],
        considerations_adjusted=considerations_adjusted.strip()[:300],
        decision=decision.strip()[:300],
    )
    if next_visit is not None:
        plan_appointment(
            case=case,
            kind=ContactKind.FOLLOW_UP,
            when=next_visit,
            what=_("visit at %(workplace)s") % {"workplace": placement.workplace.name},
            by=by,
            at=at,
            where=placement.workplace.address,
            workplace=placement.workplace,
        )
    events.record(
        event_kinds.FOLLOWED_UP,
        placement,
        by=by,
        at=at,
        at_workplace=at_workplace,
        decided=bool(decision.strip()),
        adjusted=[
            name
            for name, text in (
                ("tasks", tasks_adjusted),
                ("time", time_adjusted),
                ("considerations", considerations_adjusted),
            )
            if text.strip()
        ],
        **told(placement),
    )
    return row


def _usual(placement: Placement, by: User | None) -> list[Person]:
    people = [Person(Part.CITIZEN, placement.case.citizen.full_name)]
    if placement.contact:
        people.append(Person(Part.EMPLOYER, placement.contact.name))
    if by is not None:
        people.insert(0, Person(Part.JOBFORMIDLER, by.name, by))
    return people
