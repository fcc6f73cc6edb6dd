"""The contact meeting on the work lists: a row for each case that has a day to keep, shown from a fortnight before."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Min
from django.utils.translation import gettext as _

from jobformidler.casework import words
from jobformidler.casework.attention import Action, Item, Scope, register_reason
from jobformidler.casework.enums import CONTACT_MEETING, MEETING_KINDS, AppointmentStatus, CaseRole
from jobformidler.casework.meetings import SHOWN_BEFORE, NextMeeting, next_meetings
from jobformidler.casework.models import Appointment, Attention
from jobformidler.core import clock
from jobformidler.law import rule_set
from jobformidler.registers.enums import MeetingHolder
from jobformidler.registers.rules import contact_rules

_DAY = dt.timedelta(days=1)


def _meetings(scope: Scope) -> Iterable[Item]:
    rules = contact_rules(scope.municipality.pk)
    found = next_meetings(scope.cases.values(), rules, scope.day)
    planned = dict(
        Appointment.objects.filter(case__in=list(found), kind__in=MEETING_KINDS, status=AppointmentStatus.PLANNED)
        .values_list("case")
        .annotate(first=Min("at"))
        .order_by()
    )
    for case_id, meeting in found.items():
        yield _item(case_id, meeting, clock.local_date(planned[case_id]) if case_id in planned else None)


def _item(case_id: int, meeting: NextMeeting, planned: dt.date | None) -> Item:
    """A meeting that is planned in time needs nobody until its last day is over."""
    in_time = planned is not None and planned <= meeting.due
    caseworkers = meeting.holder == MeetingHolder.CASEWORKER
    return Item(
        case_id=case_id,
        since=clock.at_time(meeting.counted_from, 0),
        visible_from=clock.at_time(meeting.due + _DAY if in_time else meeting.due - SHOWN_BEFORE, 0),
        due=clock.at_time(meeting.due + _DAY, 0),
        owner=CaseRole.CASEWORKER if caseworkers else CaseRole.JOBFORMIDLER,
        facts={
            "on": meeting.due.isoformat(),
            "from": meeting.counted_from.isoformat(),
            "last_by": meeting.last_by,
            "holder": meeting.holder,
            "rules": meeting.rule_set,
            "number": meeting.number,
            "of": meeting.of,
            "planned": planned.isoformat() if planned else "",
        },
    )


def _sentence(row: Attention, now: dt.datetime) -> str:
    """What is due and by which rules, with their year (danish.md §1)."""
    values = {
        "name": row.citizen.short_name,
        "day": words.day_name(dt.date.fromisoformat(row.facts["on"]), clock.local_date(now)),
        "number": row.facts["number"],
        "of": row.facts["of"],
        "rules": rule_set(row.facts["rules"]).title,
    }
    if row.facts["number"]:
        return _("Contact meeting %(number)s of %(of)s with %(name)s no later than %(day)s. Rules: %(rules)s.") % values
    return _("Contact meeting with %(name)s no later than %(day)s. Rules: %(rules)s.") % values


def _action(row: Attention, now: dt.datetime) -> Action:
    return "plan_meeting", _("Plan the meeting")


register_reason(CONTACT_MEETING, group="other", order=25, source=_meetings, sentence=_sentence, action=_action)
