"""The link that lets a citizen choose the password of their own pages: signed, dated, dead once it is used.

No token is stored: the link carries the user and a digest of the present (unusable) password, signed with the server's
key. Choosing a password, or sending a newer link, changes the digest and ends every older link.
"""

import hmac
from dataclasses import dataclass

from django.core import signing
from django.utils.crypto import salted_hmac

from jobformidler.accounts.models import User

SALT = "citizens.own-access"
#: How long a link opens.
DAYS = 14


@dataclass(frozen=True)
class Opened:
    """What a link holds: whose it is, and whether it still opens. No user: nobody made the link."""

    user: User | None
    expired: bool = False


def token_for(user: User) -> str:
    """A link's token for the user as they are now; letters, digits, `-`, `_` and `:` only."""
    return signing.dumps({"u": user.pk, "p": _digest(user)}, salt=SALT)


def read_token(token: str) -> Opened:
    """Who the token was made for. A used, replaced or too old token is `expired`."""
    try:
        held = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return Opened(None)
    user = User.objects.filter(pk=held["u"], is_active=True).first()
    if user is None:
        return Opened(None)
    try:
        signing.loads(token, salt=SALT, max_age=DAYS * 86400)
    except signing.SignatureExpired:
        return Opened(user, expired=True)
    return Opened(user, expired=not hmac.compare_digest(held["p"], _digest(user)))


def _digest(user: User) -> str:
    return salted_hmac(SALT, user.password).hexdigest()[:24]
