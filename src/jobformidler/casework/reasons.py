"""The reasons of casework itself: promises of an answer, missing contact, next steps, gaps (danish.md §6, 1–4)."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, Max, Min, OuterRef
from django.db.models.functions import Upper
from django.utils.translation import gettext as _

from jobformidler.casework import words
from jobformidler.casework.attention import Action, Item, Scope, register_reason
from jobformidler.casework.enums import (
    ACTIVE,
    BEFORE_PLACEMENT,
    AppointmentStatus,
    CaseRole,
    CaseStatus,
    ContactKind,
    Part,
)
from jobformidler.casework.models import (
    Appointment,
    Assignment,
    Attention,
    Contact,
    ContactRhythm,
    Enquiry,
    Participant,
    Promise,
)
from jobformidler.citizens.models import CV
from jobformidler.core import clock

_DAY = dt.timedelta(days=1)


def _morning(day: dt.date) -> dt.datetime:
    return clock.at_time(day, 0)


def _name(row: Attention) -> str:
    return row.citizen.short_name


def _days_since(row: Attention, now: dt.datetime) -> str:
    return words.days(max((clock.local_date(now) - clock.local_date(row.since)).days, 0))


# --- promises --------------------------------------------------------------------------------------------------------


def _answers(scope: Scope) -> Iterable[Item]:
    for row in Enquiry.objects.filter(case__in=scope.case_ids, answered_at=None).defer("text", "answer"):
        yield Item(
            case_id=row.case_id,
            subject_id=row.pk,
            since=row.received_at,
            visible_from=row.received_at,
            due=row.due_at,
            facts={"name": words.first_name(row.sender_name)},
        )


def _answer_sentence(row: Attention, now: dt.datetime) -> str:
    return _("%(name)s wrote %(when)s. Answer no later than %(due)s.") % {
        "name": row.facts["name"],
        "when": words.moment_name(row.since, now),
        "due": words.moment_name(row.due or row.since, now),
    }


def _answer_action(row: Attention, now: dt.datetime) -> Action:
    return "answer_enquiry", _("Answer")


def _promises(scope: Scope) -> Iterable[Item]:
    rows = Promise.objects.standing().filter(case__in=scope.case_ids, kept_on=None, due_on__isnull=False)
    for row in rows:
        assert row.due_on is not None
        yield Item(
            case_id=row.case_id,
            subject_id=row.pk,
            since=_morning(row.due_on),
            visible_from=_morning(row.due_on - _DAY),
            due=_morning(row.due_on + _DAY),
            owner=row.owner_id or CaseRole.JOBFORMIDLER,
            facts={"who": words.first_name(row.owner_name), "what": row.what, "on": row.due_on.isoformat()},
        )


def _promise_sentence(row: Attention, now: dt.datetime) -> str:
    return _("%(who)s has promised: %(what)s. No later than %(day)s.") % {
        "who": row.facts["who"],
        "what": row.facts["what"],
        "day": words.day_name(dt.date.fromisoformat(row.facts["on"]), clock.local_date(now)),
    }


def _promise_action(row: Attention, now: dt.datetime) -> Action:
    return "keep_promise", _("It is done")


# --- contact ---------------------------------------------------------------------------------------------------------


def _without_contact(scope: Scope) -> Iterable[Item]:
    """The agreed rhythm, or the municipality's floor until the placement starts (CON-03, CON-04)."""
    with_citizen = Participant.objects.filter(contact=OuterRef("pk"), part=Part.CITIZEN)
    last = dict(
        Contact.objects.standing()
        .filter(Exists(with_citizen), case__in=scope.case_ids)
        .values_list("case")
        .annotate(last=Max("at"))
        .order_by()
    )
    agreed: dict[int, ContactRhythm] = {}
    for row in ContactRhythm.objects.filter(case__in=scope.case_ids).order_by("since", "pk"):
        agreed[row.case_id] = row
    for case_id, at in last.items():
        case, rhythm = scope.cases[case_id], agreed.get(case_id)
        if case.status in BEFORE_PLACEMENT:
            days = rhythm.days if rhythm is not None else scope.municipality.contact_floor_days
        elif case.status in ACTIVE and rhythm is not None and rhythm.since >= case.status_since:
            days = rhythm.days
        else:
            continue
        late = _morning(clock.local_date(at) + (days + 1) * _DAY)
        yield Item(
            case_id=case_id,
            since=at,
            visible_from=late,
            due=late,
            facts={"days": days, "agreed": rhythm is not None},
        )


def _no_contact_sentence(row: Attention, now: dt.datetime) -> str:
    if row.facts["agreed"]:
        text = _("No contact with %(name)s for %(days)s. You have agreed %(rhythm)s – call, or agree another rhythm.")
    else:
        text = _(
            "No contact with %(name)s for %(days)s. Until the placement starts it is %(rhythm)s – call,"
            " or agree another rhythm."
        )
    return text % {
        "name": _name(row),
        "days": _days_since(row, now),
        "rhythm": words.rhythm(row.facts["days"]),
    }


def _contact_action(row: Attention, now: dt.datetime) -> Action:
    return "register_contact", _("Register contact")


# --- next steps and appointments -------------------------------------------------------------------------------------


def _next_steps(scope: Scope) -> Iterable[Item]:
    for case in scope.cases.values():
        if case.next_step_on:
            morning = _morning(case.next_step_on)
            yield Item(
                case_id=case.pk,
                since=morning,
                visible_from=morning,
                due=morning + _DAY,
                facts={"step": case.next_step, "on": case.next_step_on.isoformat()},
            )


def _next_step_sentence(row: Attention, now: dt.datetime) -> str:
    return _("%(name)s: %(step)s. Agreed for %(day)s.") % {
        "name": _name(row),
        "step": row.facts["step"].rstrip("."),
        "day": words.day_name(dt.date.fromisoformat(row.facts["on"]), clock.local_date(now)),
    }


def _next_step_action(row: Attention, now: dt.datetime) -> Action:
    return "register_next_step", _("Register")


def _appointments(scope: Scope) -> Iterable[Item]:
    rows = Appointment.objects.filter(case__in=scope.case_ids, status=AppointmentStatus.PLANNED)
    # A visit at a workplace belongs to its placement, which shows it with the ladder.
    for row in rows.exclude(kind=ContactKind.FOLLOW_UP):
        yield Item(
            case_id=row.case_id,
            subject_id=row.pk,
            since=row.at,
            visible_from=_morning(clock.local_date(row.at)),
            due=row.at,
            facts={"what": row.what},
        )


def _appointment_sentence(row: Attention, now: dt.datetime) -> str:
    values = {
        "name": _name(row),
        "what": row.facts["what"].rstrip("."),
        "when": words.moment_name(row.since, now),
    }
    if row.since > now:
        return _("%(name)s: %(what)s %(when)s.") % values
    return _("%(name)s: %(what)s was %(when)s. Register how it went, or move it.") % values


def _appointment_action(row: Attention, now: dt.datetime) -> Action:
    return "register_appointment", _("Register")


# --- gaps ------------------------------------------------------------------------------------------------------------


def _without_jobformidler(scope: Scope) -> Iterable[Item]:
    missing = [pk for pk in scope.cases if scope.holder(pk, CaseRole.JOBFORMIDLER) is None]
    ended = dict(
        Assignment.objects.filter(case__in=missing, role=CaseRole.JOBFORMIDLER, period__endswith__lte=scope.day)
        .values_list("case")
        .annotate(last=Max(Upper("period")))
        .order_by()
    )
    for pk in missing:
        since = _morning(ended.get(pk, scope.cases[pk].opened_on))
        yield Item(case_id=pk, since=since, visible_from=since, due=since, owner=None)


def _no_jobformidler_sentence(row: Attention, now: dt.datetime) -> str:
    if clock.local_date(row.since) >= clock.local_date(now):
        return _("%(name)s has no jobformidler. Choose one.") % {"name": _name(row)}
    return _("%(name)s has been without a jobformidler for %(days)s. Choose one.") % {
        "name": _name(row),
        "days": _days_since(row, now),
    }


def _no_jobformidler_action(row: Attention, now: dt.datetime) -> Action:
    return "assign_jobformidler", _("Choose a jobformidler")


def _first_held(scope: Scope) -> dict[int, dt.datetime]:
    return dict(
        Contact.objects.standing()
        .filter(case__in=scope.case_ids, kind=ContactKind.FIRST_CONVERSATION)
        .values_list("case")
        .annotate(first=Min("at"))
        .order_by()
    )


def _without_first_conversation(scope: Scope) -> Iterable[Item]:
    held = scope.once("casework.first_held", _first_held)
    planned = set(
        Appointment.objects.filter(
            case__in=scope.case_ids, kind=ContactKind.FIRST_CONVERSATION, status=AppointmentStatus.PLANNED
        ).values_list("case", flat=True)
    )
    for case in scope.cases.values():
        if case.status in BEFORE_PLACEMENT and case.pk not in held and case.pk not in planned:
            opened = _morning(case.opened_on)
            yield Item(
                case_id=case.pk,
                since=opened,
                visible_from=opened + _DAY,
                due=_morning(case.opened_on + scope.municipality.contact_floor_days * _DAY),
            )


def _no_first_sentence(row: Attention, now: dt.datetime) -> str:
    return _("%(name)s has waited %(days)s for the first conversation. Find a time that suits both of you.") % {
        "name": _name(row),
        "days": _days_since(row, now),
    }


def _no_first_action(row: Attention, now: dt.datetime) -> Action:
    return "plan_first_conversation", _("Make an appointment")


def _without_cv(scope: Scope) -> Iterable[Item]:
    """The CV begins right after the first conversation (CV-01)."""
    held = {
        pk: at for pk, at in scope.once("casework.first_held", _first_held).items() if scope.cases[pk].status in ACTIVE
    }
    citizens = [scope.cases[pk].citizen_id for pk in held]
    have = set(CV.objects.standing().filter(citizen__in=citizens).values_list("citizen", flat=True))
    for pk, at in held.items():
        if scope.cases[pk].citizen_id not in have:
            shows = _morning(clock.local_date(at) + _DAY)
            yield Item(case_id=pk, since=at, visible_from=shows, due=shows)


def _no_cv_sentence(row: Attention, now: dt.datetime) -> str:
    return _("The first conversation with %(name)s was %(days)s ago, and the CV is not begun. Begin it together.") % {
        "name": _name(row),
        "days": _days_since(row, now),
    }


def _no_cv_action(row: Attention, now: dt.datetime) -> Action:
    return "start_cv", _("Start the CV")


def _aftercare_over(scope: Scope) -> Iterable[Item]:
    for case in scope.cases.values():
        if case.status == CaseStatus.AFTERCARE and case.aftercare_until:
            end = _morning(case.aftercare_until)
            yield Item(case_id=case.pk, since=end, visible_from=end, due=end)


def _aftercare_sentence(row: Attention, now: dt.datetime) -> str:
    return _("The lifeline of %(name)s was agreed until %(day)s. Have a last talk and close the case.") % {
        "name": _name(row),
        "day": words.day_name(clock.local_date(row.since), clock.local_date(now)),
    }


def _aftercare_action(row: Attention, now: dt.datetime) -> Action:
    return "close_case", _("Close the case")


register_reason(
    "answer_due", group="promises", order=10, source=_answers, sentence=_answer_sentence, action=_answer_action
)
register_reason(
    "promise_due", group="promises", order=20, source=_promises, sentence=_promise_sentence, action=_promise_action
)
register_reason(
    "no_contact",
    group="no_contact",
    order=10,
    source=_without_contact,
    sentence=_no_contact_sentence,
    action=_contact_action,
)
register_reason(
    "no_jobformidler",
    group="other",
    order=10,
    source=_without_jobformidler,
    sentence=_no_jobformidler_sentence,
    action=_no_jobformidler_action,
)
register_reason(
    "no_first_conversation",
    group="other",
    order=20,
    source=_without_first_conversation,
    sentence=_no_first_sentence,
    action=_no_first_action,
)
register_reason("no_cv", group="other", order=30, source=_without_cv, sentence=_no_cv_sentence, action=_no_cv_action)
register_reason(
    "appointment",
    group="other",
    order=5,
    source=_appointments,
    sentence=_appointment_sentence,
    action=_appointment_action,
)
register_reason(
    "next_step",
    group="other",
    order=50,
    source=_next_steps,
    sentence=_next_step_sentence,
    action=_next_step_action,
)
register_reason(
    "aftercare_over",
    group="other",
    order=60,
    source=_aftercare_over,
    sentence=_aftercare_sentence,
    action=_aftercare_action,
)
