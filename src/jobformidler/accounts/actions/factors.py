"""Switching the second factor on and off, and taking its codes. A wrong code is an answer, not an error."""

import datetime as dt

from django.utils.translation import gettext as _

from jobformidler.accounts import event_kinds, second_factor, sessions
from jobformidler.accounts.models import RecoveryCode, SecondFactor, User
from jobformidler.accounts.perms import administers, belongs_only_to
from jobformidler.accounts.throttle import CODES
from jobformidler.core.actions import action, allow, check
from jobformidler.core.clock import local_date
from jobformidler.core.events import record
from jobformidler.core.models import Municipality


@action
def begin_second_factor(*, user: User, by: User | None, at: dt.datetime) -> SecondFactor:
    """A new secret for the user's app; nothing is in force before a code confirms it. Opened twice it stays the same."""
    allow(by is not None and by.pk == user.pk)
    row, _new = SecondFactor.objects.get_or_create(
        user=user, defaults={"secret": second_factor.new_secret(), "made_at": at}
    )
    check(row.confirmed_at is None, _("Login in two steps is switched on already."))
    return row


@action
def confirm_second_factor(
    *, user: User, municipality: Municipality, code: str, shown_at: dt.datetime, by: User | None, at: dt.datetime
) -> list[str] | None:
    """The first code from the app switches the second factor on. `shown_at` is real time, which the app counts in.

    Returns the recovery codes, which are shown now and never again; None when the code does not fit.
    """
    allow(by is not None and by.pk == user.pk)
    row = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at=None).first()
    if row is None or not CODES.take(str(user.pk)):
        return None
    step = second_factor.step_of(row, code, shown_at)
    if step is None:
        return None
    CODES.forget(str(user.pk))
    row.confirmed_at, row.last_step = at, step
    row.save(update_fields=["confirmed_at", "last_step"])
    codes = _fresh_codes(user)
    record(event_kinds.SECOND_FACTOR_ON, user, by=by, at=at, name=user.name)
    return codes


def _fresh_codes(user: User) -> list[str]:
    RecoveryCode.objects.filter(user=user).delete()
    codes = [second_factor.new_recovery_code() for _i in range(second_factor.RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, code_hash=second_factor.recovery_hash(user, code)) for code in codes
    )
    return codes


@action
def check_second_factor(*, user: User, code: str, shown_at: dt.datetime) -> bool:
    """Whether the code opens: six digits from the app, each at most once, or an unused recovery code.

    `shown_at` is real time, which the app counts in, also in a demonstration with a shifted clock.

    Six wrong codes in ten minutes and none opens until the time is over.
    """
    row = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at__isnull=False).first()
    if row is None or not CODES.take(str(user.pk)):
        return False
    step = second_factor.step_of(row, code, shown_at)
    if step is not None:
        row.last_step = step
        row.save(update_fields=["last_step"])
    else:
        wanted = second_factor.recovery_hash(user, code)
        if not RecoveryCode.objects.filter(user=user, code_hash=wanted, used_at=None).update(used_at=shown_at):
            return False
    CODES.forget(str(user.pk))
    return True


@action
def renew_recovery_codes(*, user: User, municipality: Municipality, by: User | None, at: dt.datetime) -> list[str]:
    """Ten new recovery codes; the old ones stop working. They are shown now and never again."""
    allow(by is not None and by.pk == user.pk)
    check(second_factor.factor_of(user) is not None, _("Switch login in two steps on first."))
    codes = _fresh_codes(user)
    record(event_kinds.RECOVERY_CODES_NEW, user, by=by, at=at, name=user.name)
    return codes


@action
def remove_second_factor(*, user: User, municipality: Municipality, by: User | None, at: dt.datetime) -> None:
    """Switch one's own second factor off. Refused where the municipality wants it of one of the user's roles."""
    allow(by is not None and by.pk == user.pk)
    required = second_factor.is_required(user, local_date(at))
    check(not required, _("Your municipality wants login in two steps for your role."))
    _forget(user)
    record(event_kinds.SECOND_FACTOR_OFF, user, by=by, at=at, name=user.name)


@action
def reset_second_factor(
    *, user: User, municipality: Municipality, reason: str, by: User | None, at: dt.datetime
) -> None:
    """An administrator removes somebody's second factor, with a reason; open sessions end. Never one's own."""
    allow(administers(by, municipality, local_date(at)) and (by is None or belongs_only_to(user, municipality)))
    allow(by is None or by.pk != user.pk)
    check(reason.strip(), _("Write why, for instance that the phone is lost."), "reason")
    _forget(user)
    sessions.end_all(user)
    record(event_kinds.SECOND_FACTOR_RESET, user, by=by, at=at, name=user.name, reason=reason.strip()[:200])


def _forget(user: User) -> None:
    SecondFactor.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
