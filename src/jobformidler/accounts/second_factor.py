"""Codes of the second factor: those of an authenticator app (TOTP, RFC 6238) and recovery codes. Pure look-ups."""

import datetime as dt
import hmac
import secrets

import pyotp

from jobformidler.accounts.models import Membership, RecoveryCode, SecondFactor, User
from jobformidler.accounts.models.login import LoginPolicy
from jobformidler.core.crypto import keyed_hash

#: Seconds of one time step, and how many steps before and after now a code is taken from (clocks differ a little).
STEP = 30
DRIFT = 1
RECOVERY_CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_secret() -> str:
    """160 random bits, as apps read them."""
    return pyotp.random_base32()


def app_address(secret: str, user: User, issuer: str) -> str:
    """The otpauth address an app reads from the picture."""
    return pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=user.email, issuer_name=issuer)


def code_at(secret: str, moment: dt.datetime) -> str:
    """The six digits an app shows at a moment."""
    return pyotp.TOTP(secret, interval=STEP).at(int(moment.timestamp()))


def step_of(factor: SecondFactor, code: str, at: dt.datetime) -> int | None:
    """The time step this code belongs to, None when it fits none that is still open. Compared in constant time."""
    digits = "".join(code.split()).encode()
    now = int(at.timestamp()) // STEP
    found = None
    for step in range(now - DRIFT, now + DRIFT + 1):
        fits = hmac.compare_digest(pyotp.TOTP(str(factor.secret), interval=STEP).at(step * STEP).encode(), digits)
        if fits and step > factor.last_step:
            found = step
    return found


def new_recovery_code() -> str:
    """Ten signs in two groups, without signs that look alike: about 49 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _i in range(5)) for _group in range(2))


def recovery_hash(user: User, code: str) -> bytes:
    """The keyed hash of a recovery code, which fits this user only."""
    plain = "".join(sign for sign in code.lower() if sign.isalnum())
    return keyed_hash(f"recovery:{user.pk}:{plain}")


def factor_of(user: User) -> SecondFactor | None:
    """The user's second factor in force. One query."""
    return SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).first()


def is_required(user: User, day: dt.date) -> bool:
    """Whether a municipality wants a second step of somebody with one of the user's roles."""
    held = Membership.objects.active_on(day).filter(user=user).values_list("municipality_id", "role")
    wanted = dict(LoginPolicy.objects.values_list("municipality_id", "second_factor_roles"))
    return any(role in wanted.get(municipality, ()) for municipality, role in held)


def codes_left(user: User) -> int:
    """Recovery codes not used yet."""
    return RecoveryCode.objects.filter(user=user, used_at=None).count()
