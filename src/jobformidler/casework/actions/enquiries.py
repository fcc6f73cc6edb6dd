"""Enquiries and the promise to answer in time (CON-05, CON-07)."""

import datetime as dt

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.casework import event_kinds as kinds
from jobformidler.casework import words
from jobformidler.casework.answer_clock import danish_holidays, due
from jobformidler.casework.enums import CaseRole, Part
from jobformidler.casework.models import Assignment, Case, Enquiry
from jobformidler.casework.perms import may_work_on
from jobformidler.casework.reachable import known_email
from jobformidler.casework.writing import still_open, tenant, told, working
from jobformidler.citizens.answers import is_self
from jobformidler.core import clock
from jobformidler.core.actions import action, allow, check
from jobformidler.core.rows import change, create, lock
from jobformidler.employers.models import Workplace
from jobformidler.messaging.actions import send_mail


@action
def receive_enquiry(
    *,
    case: Case,
    sender: str,
    sender_name: str,
    text: str,
    received_at: dt.datetime,
    by: User | None,
    at: dt.datetime,
    workplace: Workplace | None = None,
) -> Enquiry:
    """Take in a message from the citizen or a workplace; `by` is None, or the citizen, when they wrote it themselves.

    The answer is due by the municipality's clock. Who wrote and has an e-mail gets an automatic answer that says when,
    and how to reach the jobformidler directly.
    """
    day = clock.local_date(at)
    own = sender == Part.CITIZEN and is_self(by, case.citizen, day)
    allow(own or may_work_on(by, case, day))
    if own:
        still_open(case)
    check(text.strip(), _("Write the message."), "text")
    check(received_at <= at, _("The time has not come yet."), "received_at")
    local = received_at.astimezone(clock.at_time(clock.local_date(received_at), 0).tzinfo)
    municipality = case.municipality
    enquiry = create(
        Enquiry,
        **tenant(case),
        by=by,
        sender=sender,
        sender_name=sender_name.strip(),
        workplace=workplace,
        text=text.strip(),
        received_at=received_at,
        due_at=due(local, municipality.answer_hours, municipality.answer_clock, danish_holidays(local.year)),
    )
    to = known_email(enquiry)
    if to:
        send_mail(
            municipality=municipality,
            to=to,
            subject=_("We have received your message"),
            body=_receipt(enquiry, received_at),
            kind="enquiry_receipt",
            by=by,
            at=at,
            citizen_id=case.citizen_id if sender == Part.CITIZEN else None,
        )
    told(
        case,
        kinds.ENQUIRY_RECEIVED,
        enquiry,
        by=by,
        at=at,
        by_label="" if by else words.first_name(enquiry.sender_name),
        workplace_id=workplace.pk if workplace else None,
        sender=words.first_name(enquiry.sender_name),
        part=str(sender),
        due_at=enquiry.due_at.isoformat(),
    )
    return enquiry


@action
def answer_enquiry(*, enquiry: Enquiry, answer: str, by: User, at: dt.datetime, send: bool = False) -> Enquiry:
    """Note the answer given at `at`; with `send` it also goes out by mail to who wrote. An answer stands once given."""
    case = enquiry.case
    working(case, by, at)
    check(answer.strip(), _("Write the answer."), "answer")
    lock(enquiry)
    check(enquiry.answered_at is None, _("This message is answered already."))
    change(enquiry, answer=answer.strip(), answered_at=at, answered_by=by)
    to = known_email(enquiry)
    if send and to:
        send_mail(
            municipality=case.municipality,
            to=to,
            subject=_("Answer to your message"),
            body=f"{answer.strip()}\n\n{_contact_lines(by)}",
            kind="enquiry_answer",
            by=by,
            at=at,
            citizen_id=case.citizen_id if enquiry.sender == Part.CITIZEN else None,
        )
    told(
        case,
        kinds.ENQUIRY_ANSWERED,
        enquiry,
        by=by,
        at=at,
        workplace_id=enquiry.workplace_id,
        sender=words.first_name(enquiry.sender_name),
        part=enquiry.sender,
        in_time=at <= enquiry.due_at,
    )
    return enquiry


def _receipt(enquiry: Enquiry, received_at: dt.datetime) -> str:
    main = (
        Assignment.objects.active_on(clock.local_date(received_at))
        .filter(case=enquiry.case_id, role=CaseRole.JOBFORMIDLER)
        .select_related("user")
        .first()
    )
    until = words.exact_moment(enquiry.due_at)
    hello = _("Hello %(name)s.") % {"name": words.first_name(enquiry.sender_name)}
    if main is None:
        promise = _("We have received your message and answer no later than %(moment)s.") % {"moment": until}
        return f"{hello}\n\n{promise}"
    promise = _("We have received your message. %(name)s answers no later than %(moment)s.") % {
        "name": main.user.first_name,
        "moment": until,
    }
    return f"{hello}\n\n{promise}\n\n{_contact_lines(main.user)}"


def _contact_lines(user: User) -> str:
    """Name, direct phone and e-mail: no switchboard (CON-07)."""
    return "\n".join(line for line in (user.name, user.phone, user.email) if line)
