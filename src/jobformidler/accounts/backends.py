"""Login with e-mail and password, slowed down across processes after repeated failures."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

from jobformidler.accounts.throttle import ADDRESSES, PASSWORDS

LIMIT = PASSWORDS.limit
OWN_MACHINE = ("127.0.0.1", "::1")


def is_throttled(email: str) -> bool:
    """Whether this e-mail has used up its tries for now (same answer for known and unknown e-mails)."""
    return PASSWORDS.is_used_up(email)


def address_of(request) -> str:
    """The network address a request comes from, for limits only, where it is hashed. Empty when it is not known.

    Behind a proxy it is what the proxy wrote last in `X-Forwarded-For`; the proxy's own address would make all the
    world one. The machine itself is nobody in particular.
    """
    if request is None:
        return ""
    if settings.SECURE_PROXY_SSL_HEADER:
        return request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    address = request.META.get("REMOTE_ADDR", "")
    return "" if address in OWN_MACHINE else address


class ThrottledBackend(ModelBackend):
    """Django's password check, with a limit on failures. Permissions are not asked here: access follows relations."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        """The user, or None for a wrong pair, an inactive user, a user without local password or too many tries.

        The try is counted before the password is looked at, so that parallel tries do not slip through.
        """
        email, address = username or kwargs.get("email") or "", address_of(request)
        if not email or not password or (address and ADDRESSES.is_used_up(address)) or not PASSWORDS.take(email):
            return None
        user = super().authenticate(request, username=email, password=password)
        if user is not None and not may_use_password(user):
            user = None
        if user is not None:
            PASSWORDS.forget(email)
        elif address:
            ADDRESSES.take(address)
        return user

    def has_perm(self, user_obj, perm, obj=None):
        """Role permissions are not used."""
        return False


def may_use_password(user) -> bool:
    """Whether the user logs in with a password: not one who has the municipality's login service, where it says so."""
    return not user.identities.filter(municipality__login_policy__password_off=True).exists()
