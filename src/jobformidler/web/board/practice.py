"""How the work is done, on the board: six shares, each with the citizens it lacks."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.steering import practice
from jobformidler.steering.scope import Scope
from jobformidler.web import danish
from jobformidler.web.board.asked import Asked
from jobformidler.web.board.numbers import KeyNumber, share_number

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from jobformidler.casework.models import Case


def practice_numbers(asked: Asked, found: practice.Practice) -> list[KeyNumber]:
    """Six shares in the order the work is done."""
    follow_ups, cases = _("%(part)s of %(whole)s follow-ups"), _("%(part)s of %(whole)s cases")
    rows = [
        (
            _("first conversations in which ordinary hours were raised"),
            found.first_conversations,
            _("%(part)s of %(whole)s first conversations"),
            "foerste-samtale",
        ),
        (
            _("first talks with a workplace in which ordinary hours were discussed"),
            found.first_visits,
            _("%(part)s of %(whole)s first talks"),
            "foerste-besoeg",
        ),
        (_("follow-ups held at the workplace"), found.at_workplace, follow_ups, "opfoelgning-ude"),
        (_("follow-ups the caseworker took part in"), found.joined, follow_ups, "opfoelgning-sammen"),
        (_("cases with a full tandem"), found.tandem, cases, "makkerskab"),
        (_("cases with the same jobformidler the whole way"), found.continuity, cases, "samme-jobformidler"),
    ]
    return [
        share_number(asked.scope, what, share, said, asked.cases_url("board_cases", name))
        for what, share, said, name in rows
    ]


def _silent_first(n: int) -> str:
    return ngettext(
        "%(n)s citizen with whom the first conversation did not raise ordinary hours",
        "%(n)s citizens with whom the first conversation did not raise ordinary hours",
        n,
    )


def _silent_visit(n: int) -> str:
    return ngettext(
        "%(n)s citizen for whom the first talk with a workplace had no word about ordinary hours",
        "%(n)s citizens for whom the first talk with a workplace had no word about ordinary hours",
        n,
    )


def _elsewhere(n: int) -> str:
    return ngettext(
        "%(n)s citizen with a follow-up that was not held at the workplace",
        "%(n)s citizens with a follow-up that was not held at the workplace",
        n,
    )


def _alone(n: int) -> str:
    return ngettext(
        "%(n)s citizen with a follow-up without the caseworker",
        "%(n)s citizens with a follow-up without the caseworker",
        n,
    )


def _no_tandem(n: int) -> str:
    return ngettext("%(n)s citizen without a full tandem", "%(n)s citizens without a full tandem", n)


def _several(n: int) -> str:
    return ngettext(
        "%(n)s citizen has had more than one jobformidler", "%(n)s citizens have had more than one jobformidler", n
    )


#: Name in the address → the heading for a number of citizens, and their cases.
LACKING: dict[str, tuple[Callable[[int], str], "Callable[[Scope], QuerySet[Case]]"]] = {
    "foerste-samtale": (_silent_first, practice.first_conversation_silent),
    "foerste-besoeg": (_silent_visit, practice.first_visit_silent),
    "opfoelgning-ude": (_elsewhere, practice.followed_up_elsewhere),
    "opfoelgning-sammen": (_alone, practice.followed_up_alone),
    "makkerskab": (_no_tandem, practice.without_tandem),
    "samme-jobformidler": (_several, practice.met_several),
}


def lacking(asked: Asked, name: str) -> "tuple[Callable[[int], str], QuerySet[Case]]":
    """The heading and the cases a share lacks."""
    heading, cases = LACKING[name]
    return lambda n: heading(n) % {"n": danish.number(n)}, cases(asked.scope)


def practice_meanings() -> list[tuple[str, str]]:
    """What each share is, for those who ask."""
    return [
        (
            _("First conversations in which ordinary hours were raised"),
            _("First conversations in the period with the answer yes, of all first conversations in the period."),
        ),
        (
            _("First talks with a workplace in which ordinary hours were discussed"),
            _(
                "Placements from the period a workplace has been talked with about, with the answer yes."
                " Not answered counts as no."
            ),
        ),
        (
            _("Follow-ups held at the workplace"),
            _("Follow-ups in the period registered as held at the workplace, of all follow-ups in the period."),
        ),
        (
            _("Follow-ups the caseworker took part in"),
            _(
                "Follow-ups in the period with the caseworker among those present, of all follow-ups in the period."
                " Choose a unit to see its share; it is not counted for one employee."
            ),
        ),
        (
            _("Full tandem"),
            _("Cases that are not closed and have both a jobformidler and a caseworker today."),
        ),
        (
            _("Same jobformidler the whole way"),
            _("Cases that are not closed and have had one jobformidler, of those that have had any."),
        ),
    ]
