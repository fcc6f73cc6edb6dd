"""Users and their dated memberships. A user may hold several at a time."""

import datetime as dt
import secrets
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from jobformidler.accounts import event_kinds, sessions
from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Membership, Unit, User
from jobformidler.accounts.perms import administers, belongs_only_to, has_other_administrator
from jobformidler.core import rows
from jobformidler.core.actions import ActionError, action, allow, check, check_version
from jobformidler.core.clock import local_date
from jobformidler.core.events import record
from jobformidler.core.models import Municipality
from jobformidler.core.periods import open_from

#: What people may change about themselves.
OWN_FIELDS = frozenset({"name", "phone"})
FIELDS = OWN_FIELDS | {"email", "title", "background"}
#: Roles that work with a team's citizens: the home unit is part of the role (JF-05).
NEED_UNIT = frozenset({Role.JOBFORMIDLER, Role.CASEWORKER})
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def start_password() -> str:
    """A password to hand over once: four groups of four, without signs that look alike."""
    return "-".join("".join(secrets.choice(_LETTERS) for _i in range(4)) for _group in range(4))


@action
def create_user(
    *,
    municipality: Municipality,
    email: str,
    name: str,
    by: User | None,
    at: dt.datetime,
    phone: str = "",
    title: str = "",
    background: str = "",
    password: str | None = None,
) -> User:
    """A user who can log in with e-mail and password; without a password nobody can until one is set.

    The user sees nothing before `add_membership`. Raises ActionError when the e-mail is taken or impossible.
    """
    allow(administers(by, municipality, local_date(at)))
    user = User(email=email.strip(), name=name.strip(), phone=phone, title=title, background=background)
    user.set_unusable_password()
    rows.validate(user)
    if password is not None:
        use_password(user=user, password=password)
    user.save()
    record(event_kinds.USER_CREATED, user, by=by, at=at, name=user.name)
    return user


@action
def edit_user(
    *,
    user: User,
    municipality: Municipality,
    by: User | None,
    at: dt.datetime,
    version: int | None = None,
    **changes: Any,
) -> User:
    """Change name, phone, e-mail, title or background; people change their own name and phone themselves.

    Raises StaleError when somebody saved since `version` was read.
    """
    own = by is not None and by.pk == user.pk and set(changes) <= OWN_FIELDS
    allow(own or _may_manage(by, user, municipality, at))
    check(set(changes) <= FIELDS, _("There is no such field."))
    row = User.objects.select_for_update().get(pk=user.pk)
    check_version(row, version, changes)
    changed = [name for name, value in changes.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, changes[name])
    rows.validate(row, only=set(changed))
    if changed:
        row.version += 1
        row.save()
        record(event_kinds.USER_CHANGED, row, by=by, at=at, name=row.name, fields=sorted(changed))
    return row


@action
def set_password(*, user: User, municipality: Municipality, password: str, by: User | None, at: dt.datetime) -> None:
    """A new password, by the user or an administrator. Every other session of the user ends with it."""
    allow((by is not None and by.pk == user.pk) or _may_manage(by, user, municipality, at))
    row = User.objects.select_for_update().get(pk=user.pk)
    use_password(user=row, password=password)
    row.save(update_fields=["password"])
    sessions.end_all(row)
    record(event_kinds.PASSWORD_SET, row, by=by, at=at, name=row.name)


@action
def deactivate(*, user: User, municipality: Municipality, by: User | None, at: dt.datetime) -> None:
    """The user can no longer log in; what they did stays theirs. Refused for the last administrator."""
    allow(_may_manage(by, user, municipality, at))
    _keep_an_administrator(user, municipality, local_date(at))
    User.objects.filter(pk=user.pk).update(is_active=False)
    sessions.end_all(user)
    record(event_kinds.USER_STOPPED, user, by=by, at=at, name=user.name)


@action
def reactivate(*, user: User, municipality: Municipality, by: User | None, at: dt.datetime) -> None:
    """The user can log in again."""
    allow(_may_manage(by, user, municipality, at))
    User.objects.filter(pk=user.pk).update(is_active=True)
    record(event_kinds.USER_RESUMED, user, by=by, at=at, name=user.name)


@action
def add_membership(
    *,
    user: User,
    municipality: Municipality,
    role: str,
    since: dt.date,
    by: User | None,
    at: dt.datetime,
    unit: Unit | None = None,
    until: dt.date | None = None,
) -> Membership:
    """Give the user a role from `since` until (not including) `until`.

    A jobformidler and a caseworker belong to a unit; a team leader without unit leads the whole municipality. Raises
    ActionError without the unit, for a unit out of use, or when the user already has the role in the period.
    """
    allow(_may_manage(by, user, municipality, at))
    check(role in Role.values, _("There is no such role."), "role")
    check(unit is not None or role not in NEED_UNIT, _("Choose the unit the user belongs to."), "unit")
    check(unit is None or unit.active, _("The unit is no longer in use."), "unit")
    check(until is None or until > since, _("The end must be after the start."), "until")
    row = Membership.objects.create(
        user=user,
        organisation=municipality.organisation,
        municipality=municipality,
        unit=unit,
        role=role,
        period=open_from(since, until),
    )
    record(
        event_kinds.MEMBERSHIP_ADDED,
        user,
        by=by,
        at=at,
        name=user.name,
        role=row.get_role_display(),
        unit=unit.name if unit else "",
        since=since.isoformat(),
    )
    return row


@action
def end_membership(*, membership: Membership, on: dt.date, by: User | None, at: dt.datetime) -> None:
    """End a role: `on` is the first day without it; one that has not begun is removed.

    Refused when the municipality would be left without an administrator.
    """
    municipality = membership.municipality
    allow(_may_manage(by, membership.user, municipality, at))
    if membership.role == Role.ADMINISTRATOR:
        _keep_an_administrator(membership.user, municipality, on)
    row = Membership.objects.select_for_update().get(pk=membership.pk)
    if row.period.upper is not None and row.period.upper <= on:
        raise ActionError(_("The role has ended already."))
    if row.period.lower >= on:
        row.delete()
    else:
        row.period = open_from(row.period.lower, on)
        row.save(update_fields=["period"])
    record(
        event_kinds.MEMBERSHIP_ENDED,
        row.user,
        by=by,
        at=at,
        name=row.user.name,
        role=row.get_role_display(),
        on=on.isoformat(),
    )


def _may_manage(by: User | None, user: User, municipality: Municipality, at: dt.datetime) -> bool:
    return administers(by, municipality, local_date(at)) and (by is None or belongs_only_to(user, municipality))


def _keep_an_administrator(user: User, municipality: Municipality, day: dt.date) -> None:
    # The tenant's row is locked, so that two administrators cannot remove each other at the same moment.
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    is_one = Membership.objects.filter(user=user, municipality=municipality, role=Role.ADMINISTRATOR).active_on(day)
    check(
        not is_one.exists() or has_other_administrator(municipality, day, without=user),
        _("This is the last administrator. Give somebody else the role first."),
    )


def use_password(*, user: User, password: str) -> None:
    """Put the password on the row, which the caller saves. Raises ActionError when it is too weak."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ActionError({"password": error.messages}) from error
    user.set_password(password)
