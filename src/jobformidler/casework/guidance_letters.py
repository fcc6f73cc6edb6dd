"""The letters that tell a citizen of the right and the duty before their dates: who is to get one, and what it says (RULE-08).

The citizen is told of the right at 6 months and of right and duty at one year (D.1-19). One letter for each date.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.casework.decision_letters import closing, receiver
from jobformidler.casework.models import Case
from jobformidler.casework.words import exact_day
from jobformidler.law import rule_set
from jobformidler.messaging.letters import Content, Section
from jobformidler.registers.enums import GuidanceWay, RightKind
from jobformidler.registers.models import Clock, Guidance
from jobformidler.registers.querysets import TELL

#: The kind of these letters among all letters.
LETTER = "guidance"


@dataclass(frozen=True)
class Due:
    """What a citizen is to be told: of the right or the duty, with its date; `clock` is None where there is no date.

    `sent_on`: when a letter about this very date was made.
    """

    case: Case
    clock: Clock | None
    about: str = ""
    on: dt.date | None = None
    sent_on: dt.date | None = None

    @property
    def to_send(self) -> bool:
        """Whether a letter is still to be made."""
        return self.on is not None and self.sent_on is None


def due(cases: Sequence[Case], day: dt.date) -> list[Due]:
    """For each case, in its order, what a letter on this day would tell. Three queries, however many cases."""
    citizens = [case.citizen_id for case in cases]
    clocks: dict[int, Clock] = {}
    running = Clock.objects.running_on(day).filter(citizen__in=citizens).select_related("approval")
    for row in running.order_by("since", "cycle"):
        if row.approval.ended_on is None or row.approval.ended_on > day:
            clocks[row.citizen_id] = row
    made = {
        (citizen, about, on): given
        for citizen, about, on, given in Guidance.objects.filter(
            citizen__in=citizens, way=GuidanceWay.LETTER, arises_on__isnull=False
        ).values_list("citizen", "about", "arises_on", "given_on")
    }
    found = []
    for case in cases:
        clock = clocks.get(case.citizen_id)
        about, on = _next(clock, day) if clock is not None else ("", None)
        sent = made.get((case.citizen_id, about, on)) if on else None
        found.append(Due(case, clock, about, on, sent))
    return found


def _next(clock: Clock, day: dt.date) -> tuple[str, dt.date | None]:
    """The duty once its date is near or past, else the right."""
    if clock.duty_on is not None and clock.duty_on <= day + TELL:
        return RightKind.DUTY, clock.duty_on
    return RightKind.RIGHT, clock.right_on


def guidance_letter(found: Due, by: User | None, day: dt.date) -> Content:
    """The letter. A protected address is never printed on it."""
    case, clock, on = found.case, found.clock, found.on
    assert clock is not None
    assert on is not None
    title, texts = (_of_duty if found.about == RightKind.DUTY else _of_right)(clock, on, day)
    unit = case.municipality.unit_name
    return Content(
        title=title,
        sender=case.municipality.name,
        day=day,
        receiver=receiver(case),
        reference=case.number,
        sections=(
            Section("", texts),
            Section(
                _("What is another provider?"),
                (
                    _(
                        "A company or an association that helps you find work on behalf of %(unit)s. You choose between at"
                        " least two when you can, and you keep your caseworker."
                    )
                    % {"unit": unit},
                ),
            ),
            Section(
                _("How to ask"),
                (
                    _(
                        "You can ask on your own page, in a talk, by phone or in writing. It is you who decides. If you do"
                        " nothing, the help you get from %(unit)s goes on."
                    )
                    % {"unit": unit},
                ),
            ),
            Section(
                _("How the day is found"),
                (
                    _(
                        "The day is counted from your approval to fleksjob on %(day)s and the periods with benefit, work and"
                        " maternity that are registered about you. Tell us if something is wrong."
                    )
                    % {"day": exact_day(clock.approval.approved_on)},
                    rule_set(clock.rule_set).banner,
                ),
            ),
        ),
        closing=closing(case, by),
    )


def _of_right(clock: Clock, on: dt.date, day: dt.date) -> tuple[str, tuple[str, ...]]:
    title = _("Your right to help from another provider")
    if on <= day:
        text = _("Since %(day)s you have had the right to be referred to another provider, if you want it.")
    else:
        text = _("From %(day)s you have the right to be referred to another provider, if nothing changes before that.")
    return title, (text % {"day": exact_day(on)},)


def _of_duty(clock: Clock, on: dt.date, day: dt.date) -> tuple[str, tuple[str, ...]]:
    title = _("When you have been unemployed for a year")
    if on <= day:
        first = _("On %(day)s you had been unemployed for a year.")
    else:
        first = _("On %(day)s you will have been unemployed for a year, if nothing changes.")
    return title, (
        first % {"day": exact_day(on)},
        _("You have the right to be referred to another provider, if you ask for it."),
        _(
            "We also have a duty. We must look at your availability together with you. If you still meet the conditions for"
            " fleksjob, we must refer you to another provider."
        ),
    )
