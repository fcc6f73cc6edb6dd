"""A new password by mail, for whoever has forgotten theirs. Known and unknown e-mails take the same way and time."""

import datetime as dt

from django.contrib.auth.tokens import default_token_generator
from django.utils.translation import gettext as _

from jobformidler.accounts import event_kinds, sessions
from jobformidler.accounts.actions.people import use_password
from jobformidler.accounts.backends import may_use_password
from jobformidler.accounts.models import Membership, User
from jobformidler.accounts.throttle import RESET_ADDRESSES, RESETS
from jobformidler.core import db
from jobformidler.core.actions import action, check
from jobformidler.core.clock import local_date
from jobformidler.core.events import record
from jobformidler.core.models import Municipality


@action
def ask_reset(*, email: str, address: str, at: dt.datetime) -> None:
    """Put a job into the queue that mails a link, if the e-mail belongs to somebody who logs in with a password.

    Nothing tells the asker whether it does: an unknown e-mail makes the same job, which then does nothing. At most
    three times an hour for one e-mail and twenty from one address; more are passed over in silence.
    """
    from jobformidler.accounts.tasks import reset_asked

    allowed = RESETS.take(email) and (not address or RESET_ADDRESSES.take(address))
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first() if allowed else None
    reset_asked.defer(user_id=user.pk if user else 0)


@action
def send_reset(*, user_id: int, at: dt.datetime) -> None:
    """The job: record the wish in the user's municipality; the mail is written by whoever handles the event."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    row = Membership.objects.active_on(local_date(at)).filter(user_id=user_id).order_by("pk").first()
    if user is None or row is None or not may_use_password(user):
        return
    with db.enter(Municipality.objects.get(pk=row.municipality_id), None, "new password by mail"):
        record(event_kinds.RESET_ASKED, user, by=None, at=at, name=user.name)


@action
def reset_password(*, user: User, token: str, password: str, municipality: Municipality, at: dt.datetime) -> None:
    """Set the password with the token from the mail, which works once and for an hour. Open sessions end.

    Raises ActionError for a used or old token and for a password that is too weak.
    """
    row = User.objects.select_for_update().get(pk=user.pk)
    fits = row.is_active and may_use_password(row) and default_token_generator.check_token(row, token)
    check(fits, _("The link has expired or has been used. Ask for a new one."))
    use_password(user=row, password=password)
    row.save(update_fields=["password"])
    sessions.end_all(row)
    record(event_kinds.PASSWORD_SET, row, by=None, at=at, name=row.name)
