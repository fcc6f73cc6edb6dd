"""Accepting the confidentiality statement, and writing a new one everybody has to accept anew (GOV-06)."""

import datetime as dt

from django.utils.translation import gettext as _

from jobformidler.accounts import event_kinds
from jobformidler.accounts.confidentiality import current
from jobformidler.accounts.models import ConfidentialityAcceptance, ConfidentialityText, User
from jobformidler.accounts.perms import administers
from jobformidler.core.actions import action, allow, check
from jobformidler.core.clock import local_date
from jobformidler.core.events import record
from jobformidler.core.models import Municipality


@action
def accept_confidentiality(*, user: User, municipality: Municipality, digest: str, at: dt.datetime) -> None:
    """The user has read the statement in force and accepts it. `digest`: of the text that was read.

    Raises ActionError when another text is in force by now. Accepting twice changes nothing.
    """
    statement = current(municipality)
    check(digest == statement.digest, _("The text has changed. Read it again."))
    _row, new = ConfidentialityAcceptance.objects.get_or_create(
        user=user,
        municipality=municipality,
        number=statement.number,
        defaults={"digest": digest, "accepted_at": at},
    )
    if new:
        record(event_kinds.CONFIDENTIALITY_ACCEPTED, user, by=user, at=at, name=user.name, number=statement.number)


@action
def write_confidentiality(
    *, municipality: Municipality, text: str, by: User | None, at: dt.datetime
) -> ConfidentialityText:
    """Put a new text in force; everybody has to accept it before the next page."""
    allow(administers(by, municipality, local_date(at)))
    statement = current(municipality)
    check(text.strip(), _("Write the text."), "text")
    check(text.strip() != statement.text, _("The text is the same as before."), "text")
    row = ConfidentialityText.objects.create(
        municipality=municipality, number=statement.number + 1, text=text.strip(), written_at=at, by=by
    )
    record(event_kinds.CONFIDENTIALITY_WRITTEN, row, by=by, at=at, number=row.number)
    return row
