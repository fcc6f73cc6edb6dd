"""Appointments, and who is invited (JF-12; Part 5, D.1-39)."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.casework import event_kinds as kinds
from jobformidler.casework.enums import AppointmentStatus, CaseRole, ContactKind
from jobformidler.casework.models import Appointment, AppointmentUser, Assignment, Case
from jobformidler.casework.writing import still_open, tenant, told, working
from jobformidler.core import clock
from jobformidler.core.actions import action, check
from jobformidler.core.rows import change, create, lock
from jobformidler.employers.models import Workplace


@action
def plan_appointment(
    *,
    case: Case,
    kind: str,
    when: dt.datetime,
    what: str,
    by: User | None,
    at: dt.datetime,
    where: str = "",
    workplace: Workplace | None = None,
    users: Sequence[User] | None = None,
    without_jobformidler_reason: str = "",
) -> Appointment:
    """Plan something that is to take place at `when`.

    Without `users` it is `by` and the case's jobformidler. The jobformidler is always invited; leaving them out of
    `users` takes a reason.
    """
    working(case, by, at)
    still_open(case)
    check(when > at, _("Choose a time that is still to come."), "when")
    main = (
        Assignment.objects.active_on(clock.local_date(when))
        .filter(case=case, role=CaseRole.JOBFORMIDLER)
        .select_related("user")
        .first()
    )
    invited = {user.pk: user for user in (users if users is not None else [by] if by else [])}
    if main and main.user_id not in invited:
        if users is None:
            invited[main.user_id] = main.user
        else:
            check(
                without_jobformidler_reason.strip(),
                _("Write why %(name)s is not to be there.") % {"name": main.user.name},
                "without_jobformidler_reason",
            )
    left_out = bool(main) and main.user_id not in invited
    appointment = create(
        Appointment,
        **tenant(case),
        by=by,
        kind=kind,
        at=when,
        what=what.strip(),
        where=where.strip(),
        workplace=workplace,
        without_jobformidler_reason=without_jobformidler_reason.strip() if left_out else "",
    )
    AppointmentUser.objects.bulk_create(
        AppointmentUser(municipality_id=case.municipality_id, appointment=appointment, user=user)
        for user in invited.values()
    )
    told(
        case,
        kinds.APPOINTMENT_PLANNED,
        appointment,
        by=by,
        at=at,
        workplace_id=workplace.pk if workplace else None,
        when=when.isoformat(),
        users=sorted(invited),
    )
    return appointment


@action
def plan_meetings(
    *,
    meetings: Sequence[tuple[Case, dt.datetime]],
    what: str,
    by: User | None,
    at: dt.datetime,
    where: str = "",
) -> list[Appointment]:
    """Plan a conversation with each of these citizens at its time; all of them or none."""
    return [
        plan_appointment(case=case, kind=ContactKind.CONVERSATION, when=when, what=what, where=where, by=by, at=at)
        for case, when in meetings
    ]


@action
def move_appointment(
    *, appointment: Appointment, when: dt.datetime, by: User | None, at: dt.datetime, version: int | None = None
) -> Appointment:
    """Move a planned appointment to another time. Raises StaleError."""
    working(appointment.case, by, at)
    check(when > at, _("Choose a time that is still to come."), "when")
    _planned(appointment)
    if change(appointment, version=version, at=when):
        told(appointment.case, kinds.APPOINTMENT_MOVED, appointment, by=by, at=at, when=when.isoformat())
    return appointment


@action
def cancel_appointment(*, appointment: Appointment, by: User | None, at: dt.datetime) -> Appointment:
    """Cancel a planned appointment."""
    working(appointment.case, by, at)
    _planned(appointment)
    change(appointment, status=AppointmentStatus.CANCELLED)
    told(appointment.case, kinds.APPOINTMENT_CANCELLED, appointment, by=by, at=at)
    return appointment


def _planned(appointment: Appointment) -> None:
    lock(appointment)
    check(appointment.status == AppointmentStatus.PLANNED, _("This appointment is over or cancelled."))
