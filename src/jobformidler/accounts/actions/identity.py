"""People who come through their municipality's login service, and the roles it gives them."""

import datetime as dt

from django.utils.translation import gettext as _

from jobformidler.accounts import event_kinds, sessions
from jobformidler.accounts.actions.people import NEED_UNIT
from jobformidler.accounts.claims import Identity, IdentityRefusedError
from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import ExternalIdentity, LoginPolicy, Membership, Unit, User
from jobformidler.accounts.perms import administers, belongs_only_to, has_other_administrator
from jobformidler.core import rows
from jobformidler.core.actions import action, allow, check
from jobformidler.core.clock import local_date
from jobformidler.core.events import record
from jobformidler.core.models import Municipality
from jobformidler.core.periods import open_from


@action
def sign_in_identity(*, identity: Identity, municipality: Municipality, at: dt.datetime) -> User:
    """The user an identity belongs to, with the roles the login service gives now. Found by issuer and subject alone.

    Somebody new becomes a user only where the municipality wants that and a role is known; an e-mail that already
    belongs to a local user never opens that user. Raises IdentityRefusedError with what to do.
    """
    row = (
        ExternalIdentity.objects.select_for_update(of=("self",))
        .filter(issuer=identity.issuer, subject=identity.subject, municipality=municipality)
        .select_related("user")
        .first()
    )
    user = row.user if row else _made(identity, municipality, at)
    if not user.is_active:
        raise IdentityRefusedError(_("You have no access right now. Ask your administrator."), "inactive")
    ExternalIdentity.objects.filter(user=user, issuer=identity.issuer).update(seen_at=at)
    _give_roles(user, identity, municipality, at)
    return user


def _made(identity: Identity, municipality: Municipality, at: dt.datetime) -> User:
    policy = LoginPolicy.objects.get(municipality=municipality)
    known = User.objects.filter(email__iexact=identity.email).exists()
    if known:
        raise IdentityRefusedError(
            _("You already have a login with a password. Log in with it and connect the two under My account."), "known"
        )
    if not policy.create_users or not identity.roles or not identity.email or not identity.name:
        raise IdentityRefusedError(_("You are not set up here yet. Ask your administrator."), "unknown")
    user = User(email=identity.email, name=identity.name)
    user.set_unusable_password()
    rows.validate(user)
    user.save()
    record(event_kinds.USER_CREATED, user, by=None, at=at, name=user.name)
    _connect(user, identity, municipality, at)
    return user


def _connect(user: User, identity: Identity, municipality: Municipality, at: dt.datetime) -> None:
    ExternalIdentity.objects.create(
        user=user,
        municipality=municipality,
        issuer=identity.issuer,
        subject=identity.subject,
        linked_at=at,
        seen_at=at,
    )
    record(event_kinds.IDENTITY_LINKED, user, by=None, at=at, name=user.name)


@action
def link_identity(
    *, user: User, municipality: Municipality, identity: Identity, by: User | None, at: dt.datetime
) -> None:
    """Connect a logged-in user with who they are at the login service; both have just been shown.

    Raises ActionError when the identity belongs to somebody else, or the user has another one there.
    """
    allow(by is not None and by.pk == user.pk)
    mine = ExternalIdentity.objects.filter(user=user, issuer=identity.issuer).first()
    if mine is not None:
        check(mine.subject == identity.subject, _("You are connected with another login there."))
        return
    taken = ExternalIdentity.objects.filter(issuer=identity.issuer, subject=identity.subject).exists()
    check(not taken, _("This login already belongs to another user."))
    _connect(user, identity, municipality, at)
    _give_roles(user, identity, municipality, at)


@action
def unlink_identity(*, user: User, municipality: Municipality, by: User | None, at: dt.datetime) -> None:
    """Disconnect oneself or, as administrator, somebody who belongs here alone; then open sessions of theirs end.

    Raises ActionError while the user has no password to log in with, and when there is no connection.
    """
    own = by is not None and by.pk == user.pk
    allow(own or (administers(by, municipality, local_date(at)) and belongs_only_to(user, municipality)))
    nobody = _("%(name)s has no password here. Make one first.") % {"name": user.name}
    mine = _("Without it you could not log in: you have no password here.")
    check(user.has_usable_password(), mine if own else nobody)
    gone, _rows = ExternalIdentity.objects.filter(user=user, municipality=municipality).delete()
    check(gone, _("There is no connection."))
    if not own:
        sessions.end_all(user)
    record(event_kinds.IDENTITY_REMOVED, user, by=by, at=at, name=user.name)


def _give_roles(user: User, identity: Identity, municipality: Municipality, at: dt.datetime) -> None:
    """Memberships from claims follow the claims, dated; those given by hand are left alone."""
    day = local_date(at)
    units = {unit.name: unit for unit in Unit.objects.filter(municipality=municipality, active=True)}
    homes = [units[name] for name in identity.units if name in units]
    wanted: set[tuple[str, Unit | None]] = set()
    for role in identity.roles:
        with_unit: list[Unit | None] = [*homes] if role in NEED_UNIT or role == Role.TEAM_LEADER else [None]
        wanted |= {(role, unit) for unit in with_unit}
    held = Membership.objects.select_for_update().filter(user=user, municipality=municipality, period__contains=day)
    now = {(row.role, row.unit_id): row for row in held}
    keep = {(role, unit.pk if unit else None) for role, unit in wanted}
    for key, row in now.items():
        if row.from_claims and key not in keep and not _is_last_administrator(row, municipality, day):
            _end(row, day, at)
    for role, unit in sorted(wanted, key=lambda pair: (pair[0], pair[1].name if pair[1] else "")):
        if (role, unit.pk if unit else None) not in now:
            _begin(user, municipality, role, unit, day, at)


def _is_last_administrator(row: Membership, municipality: Municipality, day: dt.date) -> bool:
    return row.role == Role.ADMINISTRATOR and not has_other_administrator(municipality, day, without=row.user)


def _end(row: Membership, day: dt.date, at: dt.datetime) -> None:
    if row.period.lower >= day:
        row.delete()
    else:
        row.period = open_from(row.period.lower, day)
        row.save(update_fields=["period"])
    name, role = row.user.name, row.get_role_display()
    record(event_kinds.MEMBERSHIP_ENDED, row.user, by=None, at=at, name=name, role=role, on=day.isoformat())


def _begin(user: User, municipality: Municipality, role: str, unit: Unit | None, day: dt.date, at: dt.datetime) -> None:
    row = Membership.objects.create(
        user=user,
        organisation=municipality.organisation,
        municipality=municipality,
        unit=unit,
        role=role,
        period=open_from(day),
        from_claims=True,
    )
    record(
        event_kinds.MEMBERSHIP_ADDED,
        user,
        by=None,
        at=at,
        name=user.name,
        role=row.get_role_display(),
        unit=unit.name if unit else "",
        since=day.isoformat(),
    )
