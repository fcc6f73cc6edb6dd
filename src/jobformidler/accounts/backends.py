"""Login with e-mail and password, slowed down across processes after repeated failures."""

from django.contrib.auth.backends import ModelBackend

from jobformidler.accounts.throttle import ADDRESSES, PASSWORDS

LIMIT = PASSWORDS.limit


def is_throttled(email: str) -> bool:
    """Whether this e-mail has used up its tries for now (same answer for known and unknown e-mails)."""
    return PASSWORDS.is_used_up(email)


def address_of(request) -> str:
    """The network address a request comes from, empty when it is not known. Used hashed, for limits only."""
    return request.META.get("REMOTE_ADDR", "") if request is not None else ""


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
