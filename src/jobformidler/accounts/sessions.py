"""Sessions: kept under a keyed hash of their key, listed for their owner, ended by time or by hand.

Times of a session are real time, not the shifted time of a demonstration.
"""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.dispatch import receiver
from django.utils import timezone

from jobformidler.core.crypto import keyed_hash

if TYPE_CHECKING:
    from jobformidler.accounts.models import LoginPolicy, User

#: Without a policy of the municipality.
IDLE_MINUTES = 60
SESSION_HOURS = 9
#: A session's last use is noted at most this often.
TOUCH = dt.timedelta(seconds=60)
#: How long a login counts as recent: to open a guarded page, and a little longer to send the form that was opened.
RECENT = dt.timedelta(minutes=10)
RECENT_FOR_FORMS = dt.timedelta(minutes=20)
#: Where a session keeps its own facts.
FACTS = "login"


def key_hash(session_key: str) -> str:
    """What the database knows a session by: whoever reads the table cannot take over a session."""
    return keyed_hash(f"session:{session_key}").hex()[:40]


class SessionStore(DatabaseStore):
    """Django's database sessions with the key hashed and the owner, device and times in columns."""

    @classmethod
    def get_model_class(cls):
        """The table."""
        from jobformidler.accounts.models import LoginSession

        return LoginSession

    def _get_session_from_db(self):
        key = key_hash(self.session_key or "")
        row = self.model.objects.filter(session_key=key, expire_date__gt=timezone.now()).first()
        if row is None:
            self._session_key = None
        return row

    def exists(self, session_key):
        """Whether the key is in use."""
        return self.model.objects.filter(session_key=key_hash(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row of this session."""
        row: Any = super().create_model_instance(data)
        row.session_key = key_hash(row.session_key)
        facts = data.get(FACTS, {})
        row.user_id = data.get("_auth_user_id")
        row.device = facts.get("device", "")
        row.started_at, row.seen_at = _moment(facts.get("started")), _moment(facts.get("seen"))
        return row

    def delete(self, session_key=None):
        """Remove the row; nothing happens when it is gone already."""
        key = session_key or self.session_key
        if key is not None:
            self.model.objects.filter(session_key=key_hash(key)).delete()


def _moment(stamp: float | None) -> dt.datetime | None:
    return None if stamp is None else dt.datetime.fromtimestamp(stamp, dt.UTC)


def device_words(user_agent: str) -> str:
    """Browser and system in two words, "Firefox, Windows": enough to know one's own, too little to track anybody."""
    browsers = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
    systems = (
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
        ("Mac OS", "Mac"), ("Linux", "Linux"),
    )  # fmt: skip
    found = [next((word for mark, word in table if mark in user_agent), "") for table in (browsers, systems)]
    return ", ".join(word for word in found if word)


@receiver(user_logged_in)
def begin(request: Any, user: "User", **_kwargs: Any) -> None:
    """Note when the session began, how long it may last and on what kind of device. Called after every login."""
    session, now = getattr(request, "session", None), timezone.now().timestamp()
    if session is None:
        return
    facts = {
        "started": now,
        "seen": now,
        "proven": now,
        "device": device_words(request.META.get("HTTP_USER_AGENT", "")),
    }
    session[FACTS] = facts
    _lengths(session, user)


def _lengths(session: Any, user: "User") -> None:
    policy = policy_of(user)
    idle = policy.idle_minutes if policy else IDLE_MINUTES
    hours = policy.session_hours if policy else SESSION_HOURS
    facts = session[FACTS]
    facts["ends"] = facts["started"] + hours * 3600
    facts["idle"] = idle * 60
    session[FACTS] = facts
    left = max(int(facts["ends"] - timezone.now().timestamp()), 1)
    session.set_expiry(min(idle * 60, left))


def policy_of(user: "User") -> "LoginPolicy | None":
    """The policy that binds the user: of the strictest municipality the user has a role in. None without any."""
    from jobformidler.accounts.models import LoginPolicy

    today = timezone.localdate()
    return (
        LoginPolicy.objects.filter(municipality__in=user.memberships.active_on(today).values("municipality"))
        .order_by("idle_minutes", "session_hours", "pk")
        .first()
    )


def is_over(session: Any) -> bool:
    """Whether the session has lasted as long as it may, however busy."""
    ends = session.get(FACTS, {}).get("ends")
    return ends is not None and timezone.now().timestamp() >= ends


def touch(session: Any, user: "User") -> None:
    """Note that the session is in use, at most once a minute, under the policy as it is now."""
    facts = session.get(FACTS)
    if facts is None or timezone.now().timestamp() - facts["seen"] < TOUCH.total_seconds():
        return
    facts["seen"] = timezone.now().timestamp()
    session[FACTS] = facts
    _lengths(session, user)


def prove(session: Any) -> None:
    """The user has just shown again who it is."""
    facts = session.get(FACTS, {})
    facts["proven"] = timezone.now().timestamp()
    session[FACTS] = facts


def is_recent(session: Any, *, form: bool = False) -> bool:
    """Whether the user showed who it is within ten minutes (twenty for a form that was opened in time)."""
    proven = session.get(FACTS, {}).get("proven", 0)
    allowed = RECENT_FOR_FORMS if form else RECENT
    return timezone.now().timestamp() - proven < allowed.total_seconds()


def of_user(user: "User"):
    """The user's open sessions, the one used last first."""
    from jobformidler.accounts.models import LoginSession

    return LoginSession.objects.filter(user=user, expire_date__gt=timezone.now()).order_by("-seen_at")


def end_all(user: "User", *, but: str | None = None) -> int:
    """End the user's sessions at once, except the one with this key; returns how many."""
    rows = of_user(user)
    if but:
        rows = rows.exclude(session_key=key_hash(but))
    return rows.delete()[0]


def clear(now: dt.datetime) -> int:
    """Remove sessions that are over; returns how many."""
    from jobformidler.accounts.models import LoginSession

    return LoginSession.objects.filter(expire_date__lt=now).delete()[0]
