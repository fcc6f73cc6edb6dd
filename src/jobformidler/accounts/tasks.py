"""Background work of logging in: the mail with a new password, and what is no longer needed."""

import datetime as dt

from django.utils import timezone
from procrastinate.contrib.django import app

from jobformidler.accounts import sessions, throttle
from jobformidler.accounts.models import SentForm
from jobformidler.core import clock


@app.task(name="accounts.reset_asked")
def reset_asked(user_id: int) -> None:
    """Somebody asked for a new password; 0 is nobody, so that the queue tells nothing either."""
    from jobformidler.accounts.actions import send_reset

    if user_id:
        send_reset(user_id=user_id, at=clock.now())


@app.periodic(cron="17 3 * * *")
@app.task(name="accounts.clear_sessions", queueing_lock="accounts.clear_sessions")
def clear_sessions(timestamp: int) -> None:
    """Every night: remove sessions that are over, tries that count no more, and what is known of forms that were sent."""
    now = timezone.now()
    sessions.clear(now)
    throttle.clear(now)
    SentForm.objects.filter(at__lt=now - dt.timedelta(days=1)).delete()
