"""Who fills which role in a case, and the relation that follows from it (JF-01, JF-02, JF-04, JF-07)."""

import datetime as dt

from django.utils.translation import gettext as _

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Membership, User
from jobformidler.casework import caseload, words
from jobformidler.casework import event_kinds as kinds
from jobformidler.casework.actions.states import reach
from jobformidler.casework.enums import CaseRole, CaseStatus
from jobformidler.casework.models import Assignment, Case
from jobformidler.casework.relations import end_at, give
from jobformidler.casework.writing import steering, still_open, told, working
from jobformidler.core.actions import ActionError, action, check
from jobformidler.core.periods import last_day, open_from
from jobformidler.core.rows import create, lock
from jobformidler.messaging import texts
from jobformidler.messaging.actions import send_mail

#: Roles exactly one person fills at a time, and the membership it takes.
SINGLE = {CaseRole.JOBFORMIDLER: Role.JOBFORMIDLER, CaseRole.CASEWORKER: Role.CASEWORKER}


@action
def assign(
    *,
    case: Case,
    role: str,
    user: User,
    since: dt.date,
    by: User | None,
    at: dt.datetime,
    reason: str = "",
    until: dt.date | None = None,
    confirm_over_limit: bool = False,
) -> Assignment:
    """Give the user a role in the case from `since` until (not including) `until`.

    A new jobformidler or caseworker follows the one before on `since`, so that there is exactly one at any time; for
    them `until` is not allowed. Another jobformidler needs a reason (JF-02). Raises ActionError, with code
    "over_limit" when the user's caseload limit is reached and `confirm_over_limit` is False (JF-07).
    """
    day = steering(case, by, at)
    lock(case)
    still_open(case)
    single = role in SINGLE
    check(not (single and until), _("Use cover when somebody steps in for a time."), "until")
    check(until is None or until > since, _("The end must be after the start."), "until")
    _member(user, case, role, since)
    before = list(
        Assignment.objects.filter(case=case, role=role, period__overlap=open_from(since, until)).order_by("period")
    )
    check(
        not any(row.user_id == user.pk and row.period.lower <= since for row in before),
        _("%(name)s has this role already.") % {"name": user.name},
        "user",
    )
    if single:
        follows = role == CaseRole.JOBFORMIDLER and any(row.user_id != user.pk for row in before)
        check(not follows or reason.strip(), _("Write why the citizen gets another jobformidler."), "reason")
        if not confirm_over_limit:
            _within_limit(user, role, since, case)
        for row in before:
            _cut(row, since)
    made = create(
        Assignment,
        municipality_id=case.municipality_id,
        case=case,
        user=user,
        role=role,
        period=open_from(since, until),
        reason=reason.strip(),
        by=by,
    )
    give(made)
    if role == CaseRole.JOBFORMIDLER and since <= day:
        reach(case=case, status=CaseStatus.ASSIGNED, at=at, by=by)
    told(
        case,
        kinds.ASSIGNED,
        made,
        by=by,
        at=at,
        user=user.name,
        user_id=user.pk,
        role=str(role),
        since=since.isoformat(),
        follows=[row.user_id for row in before] if single else [],
    )
    return made


@action
def cover(
    *, case: Case, user: User, since: dt.date, until: dt.date, reason: str, by: User | None, at: dt.datetime
) -> Assignment:
    """Let a colleague step in for the jobformidler from `since` until (not including) `until`; nobody is replaced.

    A citizen whose e-mail we know is told by mail who it is and until when (JF-15).
    """
    working(case, by, at)
    lock(case)
    still_open(case)
    check(until > since, _("The end must be after the start."), "until")
    check(reason.strip(), _("Write why, in a few words."), "reason")
    _member(user, case, CaseRole.COVER, since)
    main = Assignment.objects.active_on(since).filter(case=case, role=CaseRole.JOBFORMIDLER).first()
    check(main is None or main.user_id != user.pk, _("The jobformidler cannot cover for themselves."), "user")
    made = create(
        Assignment,
        municipality_id=case.municipality_id,
        case=case,
        user=user,
        role=CaseRole.COVER,
        period=open_from(since, until),
        reason=reason.strip(),
        by=by,
    )
    give(made)
    _tell_citizen(made, main.user if main else None, by, at)
    told(
        case,
        kinds.COVERED,
        made,
        by=by,
        at=at,
        user=user.name,
        user_id=user.pk,
        covered=main.user.name if main else "",
        since=since.isoformat(),
        until=until.isoformat(),
    )
    return made


def _tell_citizen(made: Assignment, absent: User | None, by: User | None, at: dt.datetime) -> None:
    case, citizen = made.case, made.case.citizen
    if not citizen.email:
        return
    who, writer = made.user, by or absent or made.user
    last = last_day(made.period.upper)
    assert last is not None, "a cover ends"
    subject, body = texts.cover(
        name=citizen.preferred_name or citizen.first_name,
        absent=absent.name if absent else "",
        who=who.name,
        phone=who.phone,
        email=who.email,
        since=words.exact_day(made.period.lower),
        until=words.exact_day(last),
        sender=texts.Sender(writer.name, writer.phone, writer.email, case.municipality.name),
    )
    send_mail(
        municipality=case.municipality,
        to=citizen.email,
        subject=subject,
        body=body,
        kind="cover",
        by=by,
        at=at,
        citizen_id=citizen.pk,
    )


@action
def end_assignment(*, assignment: Assignment, on: dt.date, by: User | None, at: dt.datetime, reason: str = "") -> None:
    """End a cover, mentor or employer consultant: `on` is the first day without. Others are replaced with `assign`."""
    case = assignment.case
    steering(case, by, at)
    lock(assignment)
    check(assignment.role not in SINGLE, _("Name the one who follows instead."))
    still = assignment.period.upper is None or assignment.period.upper > on
    check(still, _("This has ended already."), "on")
    if reason.strip():
        assignment.reason = reason.strip()
        assignment.save(update_fields=["reason"])
    name, role = assignment.user.name, assignment.role
    _cut(assignment, on)
    told(case, kinds.ASSIGNMENT_ENDED, case, by=by, at=at, user=name, role=role, on=on.isoformat())


def _cut(row: Assignment, on: dt.date) -> None:
    """End the assignment and its relation on `on`; one that would begin then or later never happens."""
    end_at(row, on)
    if row.period.lower >= on:
        row.delete()
        return
    row.period = open_from(row.period.lower, on)
    row.save(update_fields=["period"])


def _member(user: User, case: Case, role: str, day: dt.date) -> None:
    """The user must belong to the municipality, and an authority caseworker and a jobformidler be employed as such."""
    mine = Membership.objects.active_on(day).filter(user=user, municipality_id=case.municipality_id)
    needed = SINGLE.get(CaseRole(role))
    if needed:
        mine = mine.with_roles(needed)
    fits = user.is_active and mine.exists()
    check(
        fits,
        _("%(name)s does not have the role %(role)s here.") % {"name": user.name, "role": CaseRole(role).label},
        "user",
    )


def _within_limit(user: User, role: str, day: dt.date, case: Case) -> None:
    load = caseload.load_of(user, role, day, case.municipality)
    if load.limit is not None and load.count >= load.limit:
        raise ActionError(
            _("%(name)s has %(count)s citizens; the limit is %(limit)s. Confirm to go over it.")
            % {"name": user.name, "count": load.count, "limit": load.limit},
            "over_limit",
        )
