"""Promises and the agreed rhythm of contact (CON-03, CON-04; Part 5, D.1-31)."""

import datetime as dt

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.casework import event_kinds as kinds
from jobformidler.casework.enums import BEFORE_PLACEMENT
from jobformidler.casework.models import Case, ContactRhythm, Promise
from jobformidler.casework.writing import steering, still_open, tenant, told, working
from jobformidler.core.actions import action, check
from jobformidler.core.rows import change, create, lock
from jobformidler.registers.enums import MeetingHolder


@action
def agree_rhythm(
    *, case: Case, days: int, reason: str, since: dt.date, by: User | None, at: dt.datetime
) -> ContactRhythm:
    """Agree to be in contact every `days` days from `since` on (today or earlier).

    Until the placement starts the municipality's floor holds (a week); a slower rhythm needs a reason and is counted.
    """
    day = working(case, by, at)
    still_open(case)
    check(since <= day, _("The rhythm begins today or earlier."), "since")
    slower = case.status in BEFORE_PLACEMENT and days > case.municipality.contact_floor_days
    check(
        not slower or reason.strip(),
        _("Write why you are in contact less often than every %(days)s days.")
        % {"days": case.municipality.contact_floor_days},
        "reason",
    )
    rhythm = create(
        ContactRhythm,
        **tenant(case),
        days=days,
        reason=reason.strip(),
        since=since,
        by=by,
    )
    told(case, kinds.RHYTHM_AGREED, rhythm, by=by, at=at, days=days, deviates=slower)
    return rhythm


@action
def agree_meeting_holder(
    *, case: Case, holder: str, by: User | None, at: dt.datetime, version: int | None = None
) -> Case:
    """Say who holds the contact meetings of this case; empty means as the municipality has chosen (CON-13).

    Raises StaleError when the case was changed since `version` was read.
    """
    steering(case, by, at)
    still_open(case)
    check(not holder or holder in MeetingHolder.values, _("Choose who holds the meetings."), "holder")
    if change(case, version=version, meeting_holder=holder):
        label = str(MeetingHolder(holder).label) if holder else _("as the municipality has chosen")
        told(case, kinds.MEETING_HOLDER_AGREED, case, by=by, at=at, holder=label)
    return case


@action
def add_promise(
    *,
    case: Case,
    what: str,
    by: User | None,
    at: dt.datetime,
    due_on: dt.date | None = None,
    owner: User | None = None,
    owner_name: str = "",
) -> Promise:
    """Write down what somebody has promised: an employee (`owner`), the citizen or the workplace (`owner_name`)."""
    working(case, by, at)
    still_open(case)
    name = owner.name if owner else owner_name.strip()
    check(name, _("Say who has promised."), "owner_name")
    promise = create(Promise, **tenant(case), by=by, what=what.strip(), owner=owner, owner_name=name, due_on=due_on)
    told(
        case,
        kinds.PROMISE_MADE,
        promise,
        by=by,
        at=at,
        owner=name.split(" ")[0],
        due_on=due_on.isoformat() if due_on else None,
    )
    return promise


@action
def keep_promise(*, promise: Promise, on: dt.date, by: User | None, at: dt.datetime) -> Promise:
    """Note that a promise was kept `on` a day."""
    day = working(promise.case, by, at)
    check(on <= day, _("The day has not come yet."), "on")
    lock(promise)
    check(promise.withdrawn_at is None, _("This registration has been withdrawn."))
    check(promise.kept_on is None, _("The promise is kept already."))
    change(promise, kept_on=on)
    told(
        promise.case,
        kinds.PROMISE_KEPT,
        promise,
        by=by,
        at=at,
        owner=promise.owner_name.split(" ")[0],
        on=on.isoformat(),
    )
    return promise
