"""Writing mail and text messages: kept in the transaction that causes them and sent by a job after commit."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from django.core.validators import validate_email
from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.accounts.perms import administers
from jobformidler.core import db, lists
from jobformidler.core.actions import action, allow, check
from jobformidler.core.clock import local_date
from jobformidler.core.events import record
from jobformidler.core.ingest.privacy import holds_cpr
from jobformidler.core.models import Municipality
from jobformidler.messaging import event_kinds, privacy, sms
from jobformidler.messaging.models import OutgoingMail, Way
from jobformidler.messaging.tasks import send

SUBJECT_LENGTH = 120
SMS_LENGTH = 300


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
    values = {"subject": subject, "body": body, "kind": kind, "citizen_id": citizen_id, "written_at": at}
    return _queued(municipality, to=to, **values)


def _queued(municipality: Municipality | None, **values: Any) -> OutgoingMail:
    tenant = municipality.pk if municipality else db.current_municipality_id()
    assert tenant is not None, "a message is written inside a municipality's context"
    mail = OutgoingMail.objects.create(municipality_id=tenant, **values)
    send.defer(mail_id=mail.pk, municipality_id=tenant)
    return mail


@action
def send_sms(
    *,
    to: str,
    text: str,
    kind: str,
    at: dt.datetime,
    municipality: Municipality | None = None,
    citizen_id: int | None = None,
) -> OutgoingMail:
    """Write a text message and put its sending into the queue, like a mail. It stands open on somebody's screen.

    So its text is bound as a subject is: at most 300 characters, no name of the citizen, no benefit, no CPR number
    (RevealingSubjectError), and of a kind that may be sent this way. Raises ActionError for what is no Danish number.
    """
    known = sms.number(to)
    check(known, _("This is not a phone number a text message can be sent to."))
    if kind not in privacy.BY_PHONE or len(text) > SMS_LENGTH or holds_cpr(text):
        raise RevealingSubjectError(f"{kind} may not be sent as this text message.")
    _refuse_names(text, privacy.names_of(citizen_id))
    values = {"body": text, "kind": kind, "citizen_id": citizen_id, "written_at": at}
    return _queued(municipality, way=Way.SMS, to=known, subject=str(privacy.SUBJECTS[kind][0]), **values)


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
    _refuse_names(subject, private)


def _refuse_names(text: str, private: Sequence[str]) -> None:
    words = set(re.findall(r"\w+", text.casefold()))
    names = {word for name in private for word in re.findall(r"\w+", name.casefold()) if len(word) > 1}
    benefits = {label.casefold().split(",")[0] for label in lists.labels("benefit").values()}
    if words & names or words & benefits:
        raise RevealingSubjectError("What can be read from outside names a person or a benefit.")
