"""Limits on tries that hold across processes: each try is a row, counted under a lock of its key."""

import datetime as dt
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from jobformidler.accounts.models import LoginAttempt
from jobformidler.core.crypto import keyed_hash


@dataclass(frozen=True)
class Throttle:
    """At most `limit` tries with the same text within `window`. `name` keeps the counts of different limits apart."""

    name: str
    limit: int
    window: dt.timedelta

    def _key(self, text: str) -> bytes:
        return keyed_hash(f"{self.name}:{text.strip().lower()}")

    def _tries(self, key: bytes):
        return LoginAttempt.objects.filter(key=key, at__gte=timezone.now() - self.window)

    def is_used_up(self, text: str) -> bool:
        """Whether no further try is allowed right now."""
        return self._tries(self._key(text)).count() >= self.limit

    def take(self, text: str) -> bool:
        """Count a try; False when the limit was reached before it. Parallel tries wait for each other."""
        key = self._key(text)
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_xact_lock(%s)", [int.from_bytes(key[:8], "big", signed=True)])
            if self._tries(key).count() >= self.limit:
                return False
            LoginAttempt.objects.create(key=key, at=timezone.now())
            return True

    def forget(self, text: str) -> None:
        """Forget the tries: the right person has come."""
        LoginAttempt.objects.filter(key=self._key(text)).delete()


TEN_MINUTES = dt.timedelta(minutes=10)
#: Wrong passwords for one e-mail.
PASSWORDS = Throttle("login", 6, TEN_MINUTES)
#: Wrong passwords from one network address: many e-mails tried with one password. A whole town hall may share one.
ADDRESSES = Throttle("login-address", 60, TEN_MINUTES)
#: Codes of the second factor, recovery codes included, for one user.
CODES = Throttle("login-code", 6, TEN_MINUTES)
#: Mails with a new password to one e-mail, and asked for from one address.
RESETS = Throttle("reset", 3, dt.timedelta(hours=1))
RESET_ADDRESSES = Throttle("reset-address", 20, dt.timedelta(hours=1))
#: Fresh links asked for from one address, whatever the token.
LINK_ADDRESSES = Throttle("link-address", 20, dt.timedelta(hours=1))
#: Reports of refused content from one address.
REPORTS = Throttle("csp-address", 60, TEN_MINUTES)


def clear(now: dt.datetime) -> int:
    """Remove tries no limit counts any more; returns how many."""
    return LoginAttempt.objects.filter(at__lt=now - dt.timedelta(hours=1)).delete()[0]
