"""Writing mail: it is kept in the transaction that causes it and sent by a job after commit."""

import datetime as dt
import re
from collections.abc import Sequence

from django.core.validators import validate_email
from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.accounts.perms import administers
from jobformidler.core import db, lists
from jobformidler.core.actions import action, allow, check
from jobformidler.core.clock import local_date
from jobformidler.core.events import record
from jobformidler.core.models import Municipality
from jobformidler.messaging import event_kinds, privacy
from jobformidler.messaging.models import OutgoingMail
from jobformidler.messaging.tasks import send

SUBJECT_LENGTH = 120


class RevealingSubjectError(ValueError):
    """The subject would tell whoever sees the inbox who it is about, or that it is about a benefit."""


@action
def send_mail(
    *,
    to: str,
    subject: str,
    body: str,
    kind: str,
    at: dt.datetime,
    by: User | None = None,
    municipality: Municipality | None = None,
    citizen_id: int | None = None,
    private: Sequence[str] = (),
) -> OutgoingMail:
    """Write a mail and put its sending into the queue; it leaves only when the transaction is kept.

    `kind` names the occasion ("signing_link", "answer_due", …), `by` whose mail it is (None: the system), and
    `citizen_id` whom it is about. The subject may hold neither the citizen's names, nor those in `private`, nor a
    benefit: RevealingSubjectError says that a template is wrong. The tenant is that of the context
    unless named. Raises ValidationError for an impossible address. The caller records what happened.
    """
    validate_email(to)
    _refuse_revealing(subject, [*private, *privacy.names_of(citizen_id)])
    if not privacy.is_known(kind, subject):
        raise RevealingSubjectError(f"{kind} carries no such subject: a subject is fixed words of `privacy.SUBJECTS`.")
    tenant = municipality.pk if municipality else db.current_municipality_id()
    assert tenant is not None, "mail is written inside a municipality's context"
    mail = OutgoingMail.objects.create(
        municipality_id=tenant,
        to=to,
        subject=subject,
        body=body,
        kind=kind,
        citizen_id=citizen_id,
        written_at=at,
    )
    send.defer(mail_id=mail.pk, municipality_id=tenant)
    return mail


@action
def send_again(*, mail: OutgoingMail, by: User | None, at: dt.datetime) -> None:
    """Try a mail that did not leave once more. Raises ActionError when it has left."""
    allow(administers(by, mail.municipality, local_date(at)))
    row = OutgoingMail.objects.select_for_update().get(pk=mail.pk)
    check(row.sent_at is None, _("The mail has been sent."))
    row.error = ""
    row.save(update_fields=["error"])
    send.defer(mail_id=row.pk, municipality_id=row.municipality_id)
    record(event_kinds.MAIL_AGAIN, row, by=by, at=at)


def _refuse_revealing(subject: str, private: Sequence[str]) -> None:
    if "\n" in subject or "\r" in subject or not subject.strip() or len(subject) > SUBJECT_LENGTH:
        raise ValueError("A subject is one line of at most 120 characters.")
    words = set(re.findall(r"\w+", subject.casefold()))
    names = {word for name in private for word in re.findall(r"\w+", name.casefold()) if len(word) > 1}
    benefits = {label.casefold().split(",")[0] for label in lists.labels("benefit").values()}
    if words & names or words & benefits:
        raise RevealingSubjectError("The subject names a person or a benefit.")
