"""Statutory contact meetings: which conversations are one, when the next is due, and who holds it (RULE-10, CON-13).

Everybody reads the day from the work list (`Attention`), which is made of what stands here: the caseworker's list, the
page of the case and "I dag" never say different days.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from jobformidler.casework.enums import ACTIVE, MEETING_KINDS, Part
from jobformidler.casework.models import Case, Contact
from jobformidler.core import clock
from jobformidler.law.contact import next_contact
from jobformidler.registers.enums import MeetingHolder
from jobformidler.registers.rules import ContactRules

#: Days before the last day on which a meeting begins to show.
SHOWN_BEFORE = dt.timedelta(days=14)


@dataclass(frozen=True)
class NextMeeting:
    """The last day for the next contact meeting of a case, and by what.

    counted_from: the last one held, or the opening · last_by: who held the last one, empty without one · holder: who is
    to hold this one · number, of: which meeting of the first months it is; 0 when they follow an interval.
    """

    due: dt.date
    counted_from: dt.date
    last_by: str
    holder: str
    rule_set: str
    number: int = 0
    of: int = 0


def held_by(kind: str, parts: Collection[str], agreed: str) -> str:
    """Who held the contact meeting a conversation was, empty when it was none.

    It takes the citizen, and the caseworker or whoever has been agreed on for the case.
    """
    if kind not in MEETING_KINDS or Part.CITIZEN not in parts:
        return ""
    if Part.CASEWORKER in parts:
        return MeetingHolder.CASEWORKER.value
    if agreed != MeetingHolder.CASEWORKER and Part.JOBFORMIDLER in parts:
        return agreed
    return ""


def next_meetings(cases: Iterable[Case], rules: ContactRules, day: dt.date) -> dict[int, NextMeeting]:
    """The next meeting of each case in the effort, by its key; cases without a day to keep are left out. One query.

    `cases` come with their citizen, whose benefit the rules may ask for.
    """
    active = [case for case in cases if case.status in ACTIVE]
    talks: dict[int, list[tuple[dt.date, str]]] = defaultdict(list)
    held = Contact.objects.meetings().filter(case__in=[case.pk for case in active]).order_by("at", "pk")
    for case_id, at, holder in held.values_list("case", "at", "meeting_holder"):
        talks[case_id].append((clock.local_date(at), holder))
    usual = rules.holder_on(day)
    found = {}
    for case in active:
        choice = rules.on(day, case.opened_on)
        mine = [talk for talk in talks[case.pk] if talk[0] >= case.opened_on]
        answer = next_contact(
            choice.rules,
            opened=case.opened_on,
            held=[on for on, _holder in mine],
            benefit=case.citizen.benefit,
            given=choice.given,
            since=choice.since,
        )
        if answer.due is not None:
            found[case.pk] = NextMeeting(
                due=answer.due,
                counted_from=answer.counted_from,
                last_by=mine[-1][1] if mine else "",
                holder=case.meeting_holder or usual,
                rule_set=choice.rules.id,
                number=answer.number,
                of=answer.of,
            )
    return found
