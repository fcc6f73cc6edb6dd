"""Login with e-mail and password, slowed down across processes after repeated failures."""

import datetime as dt

from django.contrib.auth.backends import ModelBackend
from django.utils import timezone

from jobformidler.accounts.models import LoginAttempt
from jobformidler.core.crypto import keyed_hash

LIMIT = 6
WINDOW = dt.timedelta(minutes=10)


def attempt_key(email: str) -> bytes:
    """Keyed hash of the e-mail tried: the table tells nobody who tried."""
    return keyed_hash(f"login:{email.strip().lower()}")


def is_throttled(email: str) -> bool:
    """Whether this e-mail has used up its tries for now (same answer for known and unknown e-mails)."""
    since = timezone.now() - WINDOW
    return LoginAttempt.objects.filter(key=attempt_key(email), at__gte=since).count() >= LIMIT


class ThrottledBackend(ModelBackend):
    """Django's password check, with a limit on failures. Permissions are not asked here: access follows relations."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        """The user, or None for a wrong pair, an inactive user or too many tries."""
        email = username or kwargs.get("email") or ""
        if not email or not password or is_throttled(email):
            return None
        user = super().authenticate(request, username=email, password=password)
        if user is None:
            LoginAttempt.objects.create(key=attempt_key(email), at=timezone.now())
        else:
            LoginAttempt.objects.filter(key=attempt_key(email)).delete()
        return user

    def has_perm(self, user_obj, perm, obj=None):
        """Role permissions are not used."""
        return False
