"""The tables of the board. Screen and export are drawn from the same rows, so a file equals what stands on the screen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.casework.enums import CaseRole
from jobformidler.core import clock
from jobformidler.employers.industries import industry_name
from jobformidler.steering import board, contact, hours
from jobformidler.steering.board import Chain, StepFigure
from jobformidler.steering.contact import CaseloadRow
from jobformidler.steering.hours import HoursPlace, WeekFigure
from jobformidler.steering.practice import Practice, practice
from jobformidler.web import danish
from jobformidler.web.board.asked import Asked
from jobformidler.web.board.numbers import KeyNumber, days_number, share_number
from jobformidler.web.board.practice import practice_numbers
from jobformidler.web.http import Request


@dataclass(frozen=True)
class Cell:
    """One cell: its words, where it leads, whether it is a number."""

    text: str
    url: str = ""
    number: bool = False
    late: bool = False


@dataclass(frozen=True)
class Table:
    """A titled table; the first cell of a row names it."""

    name: str
    title: str
    head: list[tuple[str, bool]]
    rows: list[list[Cell]] = field(default_factory=list)


def count(value: int | None) -> str:
    """A number, or that it is too small to be shown."""
    return _("not shown") if value is None else danish.number(value)


def _days(value: int | None) -> str:
    return "–" if value is None else danish.days(value)


def _hours(value: Decimal | None) -> str:
    return _("not shown") if value is None else danish.hours(value)


def with_hours_words(place: HoursPlace) -> str:
    """ "5 af 7 forløb gav løntimer"."""
    text = ngettext(
        "%(part)s of %(whole)s placement gave paid hours",
        "%(part)s of %(whole)s placements gave paid hours",
        place.placements,
    )
    return text % {"part": danish.number(place.with_hours), "whole": danish.number(place.placements)}


def chain_table(asked: Asked, chain: Chain) -> Table:
    """The five steps."""
    head = [
        (_("Step"), False),
        (_("Citizens"), True),
        (_("Went on"), True),
        (_("Median time"), True),
        (_("Waiting here"), True),
        (_("Longest wait"), True),
    ]

    def row(figure: StepFigure) -> list[Cell]:
        return [
            Cell(str(figure.step.label)),
            Cell(count(figure.count), asked.cases_url("board_step", figure.step), number=True),
            Cell("–" if figure.onward is None else danish.percent(figure.onward), number=True),
            Cell(_days(figure.median_days), number=True),
            Cell(count(figure.waiting_count), asked.cases_url("board_waiting", figure.step), number=True),
            Cell(_days(figure.longest_days), number=True),
        ]

    return Table("vejen", _("The way to ordinary hours"), head, [row(figure) for figure in chain.steps])


def trend_table(asked: Asked, weeks: Sequence[WeekFigure]) -> Table:
    """The development by week."""
    head = [
        (_("Week"), False),
        (_("Citizens in placements"), True),
        (_("Citizens with ordinary hours"), True),
        (_("Paid hours a week"), True),
    ]
    rows = [
        [
            Cell(danish.week_name(w.week)),
            Cell(count(w.placed), number=True),
            Cell(count(w.citizens), number=True),
            Cell(_hours(w.hours), number=True),
        ]
        for w in weeks
    ]
    return Table("udvikling", _("Development"), head, rows)


def places_table(asked: Asked, places: Sequence[HoursPlace]) -> Table:
    """Where the hours arise."""
    week = danish.week_name(hours.last_week(asked.scope.day))
    head = [
        (_("Workplace"), False),
        (_("Industry"), False),
        (_("Functions with paid hours"), False),
        (_("Paid hours in %(week)s") % {"week": week}, True),
        (_("Placements this year"), False),
    ]
    rows = [
        [
            Cell(place.name, asked.cases_url("board_cases", "arbejdsplads", arbejdsplads=place.workplace_id)),
            Cell(str(industry_name(place.industry)) or "–"),
            Cell(", ".join(place.functions) or "–"),
            Cell(danish.hours(place.paid), number=True),
            Cell(with_hours_words(place)),
        ]
        for place in places
    ]
    return Table("virksomheder", _("Where the hours arise"), head, rows)


def industry_table(asked: Asked) -> Table:
    """Paid hours of the last whole week by industry."""
    found: dict[str, Decimal] = {}
    for division, paid, _citizens in hours.by_industry(asked.scope):
        name = str(industry_name(division)) or _("unknown industry")
        found[name] = found.get(name, Decimal(0)) + paid
    ranked = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    head = [(_("Industry"), False), (_("Paid hours"), True)]
    rows = [[Cell(danish_capital(name)), Cell(danish.hours(paid), number=True)] for name, paid in ranked]
    return Table("brancher", _("By industry"), head, rows)


def function_table(asked: Asked) -> Table:
    """Paid hours of the last whole week by function."""
    head = [(_("Function"), False), (_("Paid hours"), True)]
    rows = [
        [Cell(function or _("not written")), Cell(danish.hours(paid), number=True)]
        for function, paid, _citizens in hours.by_function(asked.scope)
    ]
    return Table("funktioner", _("By function"), head, rows)


def danish_capital(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]


def caseload_table(asked: Asked, loads: Sequence[CaseloadRow]) -> Table:
    """Caseloads against the limit, by unit and name (STEER-13)."""
    head = [
        (_("Name"), False),
        (_("Role"), False),
        (_("Unit"), False),
        (_("Citizens"), True),
        (_("Limit"), True),
        (_("Room"), False),
    ]

    def room(row: CaseloadRow) -> Cell:
        if row.limit is None:
            return Cell(_("no limit set"))
        if row.over:
            return Cell(_("%(n)s over the limit") % {"n": danish.number(row.over)}, late=True)
        free = row.limit - row.count
        return Cell(_("room for %(n)s more") % {"n": danish.number(free)} if free else _("no room for more"))

    rows = [
        [
            Cell(row.name),
            Cell(str(CaseRole(row.role).label)),
            Cell(row.unit),
            Cell(
                danish.number(row.count),
                asked.cases_url("board_cases", "sagsstamme", bruger=row.user_id, rolle=row.role),
                number=True,
            ),
            Cell("–" if row.limit is None else danish.number(row.limit), number=True),
            room(row),
        ]
        for row in loads
    ]
    return Table("sagsstammer", _("Caseloads against the limit"), head, rows)


#: Name in the address → the table, computed for an export.
EXPORTS: dict[str, Callable[[Request, Asked], Table]] = {
    "vejen": lambda request, asked: chain_table(
        asked, board.chain(asked.scope, request.viewer.municipality.step_goal_days)
    ),
    "udvikling": lambda _request, asked: trend_table(asked, hours.trend(asked.scope)),
    "virksomheder": lambda _request, asked: places_table(asked, hours.all_places(asked.scope)),
    "brancher": lambda _request, asked: industry_table(asked),
    "funktioner": lambda _request, asked: function_table(asked),
    "sagsstammer": lambda request, asked: caseload_table(
        asked, contact.caseloads(asked.scope, request.viewer.municipality)
    ),
    "noegletal": lambda _request, asked: key_table(asked),
    "praksis": lambda _request, asked: practice_table(asked),
}


def key_table(asked: Asked) -> Table:
    """Promises, talks and first days as a table."""
    return _numbers_table("noegletal", _("Promises and first days"), key_numbers(asked, practice(asked.scope)))


def practice_table(asked: Asked) -> Table:
    """The six shares of how the work is done."""
    return _numbers_table("praksis", _("How we work"), practice_numbers(asked, practice(asked.scope)))


def _numbers_table(name: str, title: str, numbers: Sequence[KeyNumber]) -> Table:
    rows = [[Cell(one.what), Cell(one.value, one.url, number=True), Cell(one.said)] for one in numbers]
    return Table(name, title, [(_("Figure"), False), (_("Value"), True), ("", False)], rows)


def key_numbers(asked: Asked, found: Practice) -> list[KeyNumber]:
    """Answers in time, talks about ordinary hours, days to the first employer contact. Two queries."""
    scope = asked.scope
    citizens, companies = contact.answers(scope, clock.now())
    first = contact.first_days(scope)
    late, silent = asked.cases_url("board_cases", "svar"), asked.cases_url("board_cases", "samtaler")

    def share(what: str, found: contact.Share, said: str, url: str) -> KeyNumber:
        return share_number(scope, what, found, said, url)

    return [
        share(_("answers to citizens in time"), citizens, _("%(part)s of %(whole)s enquiries"), late),
        share(_("answers to workplaces in time"), companies, _("%(part)s of %(whole)s enquiries"), late),
        share(_("talks in which ordinary hours were raised"), found.talks, _("%(part)s of %(whole)s talks"), silent),
        days_number(_("from registration to the first employer contact"), first.to_employer, first.employer_cases),
        days_number(_("from registration to the first placement day"), first.to_placement, first.placement_cases),
    ]
