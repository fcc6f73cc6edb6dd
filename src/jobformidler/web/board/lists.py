"""The cases behind a number of the board: the same question as the number, answered with names."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from jobformidler.casework.enums import OPEN, CaseRole
from jobformidler.casework.models import Case
from jobformidler.citizens import display
from jobformidler.core import clock
from jobformidler.steering import board, contact, hours
from jobformidler.steering.enums import Step
from jobformidler.web import danish
from jobformidler.web.board.asked import BOARD, Asked, asked_for
from jobformidler.web.board.export import csv_response
from jobformidler.web.board.practice import LACKING, lacking
from jobformidler.web.board.tables import Cell, Table
from jobformidler.web.guards import roles
from jobformidler.web.http import Request
from jobformidler.web.looking import note_many

PAGE = 50


@dataclass(frozen=True)
class Listed:
    """Cases in their order, each with a day, and what the heading and the column of the day are called."""

    name: str
    title: str
    day_head: str
    stands: list[tuple[int, dt.date | None]]
    waiting: bool = False
    lead: str = ""


def _asked(request: Request) -> Asked:
    """Lists carry names: only for those with case access."""
    asked = asked_for(request)
    if not asked.scope.names:
        raise PermissionDenied
    return asked


def _inside(label: str) -> str:
    """A step as it stands inside a sentence; abbreviations keep their capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _step(number: int) -> Step:
    try:
        return Step(number)
    except ValueError:
        raise Http404 from None


@roles(*BOARD)
def step_cases(request: Request, step: int) -> HttpResponse:
    """Everybody who has reached a step."""
    asked, at = _asked(request), _step(step)
    stands: list[tuple[int, dt.date | None]] = list(board.in_step(asked.scope, at))
    text = ngettext("%(n)s citizen has reached %(step)s", "%(n)s citizens have reached %(step)s", len(stands))
    title = text % {
        "n": danish.number(len(stands)) if stands else pgettext("none of", "No"),
        "step": _inside(str(at.label)),
    }
    return _show(request, asked, Listed(f"trin-{at}", title, _("Reached"), stands))


@roles(*BOARD)
def waiting_cases(request: Request, step: int) -> HttpResponse:
    """Everybody who stands in a step; `over` keeps those who have stood there longer than so many days."""
    asked, at = _asked(request), _step(step)
    if at == Step.PROGRESSION:
        raise Http404
    over = request.GET.get("over", "")
    over = over if over.isdecimal() and len(over) <= 4 else ""
    before = asked.scope.day - dt.timedelta(days=int(over)) if over else None
    stands: list[tuple[int, dt.date | None]] = list(board.waiting_in(asked.scope, at, before))
    text = ngettext("%(n)s citizen waits after %(step)s", "%(n)s citizens wait after %(step)s", len(stands))
    title = text % {
        "n": danish.number(len(stands)) if stands else pgettext("none of", "No"),
        "step": _inside(str(at.label)),
    }
    lead = _("They have stood here for more than %(days)s.") % {"days": danish.days(int(over))} if before else ""
    return _show(request, asked, Listed(f"venter-{at}", title, _("Here since"), stands, waiting=True, lead=lead))


def _ordered(cases: "QuerySet[Case]") -> list[tuple[int, dt.date | None]]:
    rows = cases.order_by("citizen__last_name", "citizen__first_name", "pk")
    return list(rows.values_list("pk", "status_since"))


#: The heading for a number of cases, and the cases.
Answer = tuple[Callable[[int], str], "QuerySet[Case]"]


def _hours(request: Request, asked: Asked) -> Answer:
    week = hours.last_week(asked.scope.day)

    def title(n: int) -> str:
        text = ngettext("%(n)s citizen had paid hours in %(week)s", "%(n)s citizens had paid hours in %(week)s", n)
        return text % {"n": danish.number(n), "week": danish.week_name(week)}

    return title, hours.with_paid_hours(asked.scope, week)


def _workplace(request: Request, asked: Asked) -> Answer:
    pk = request.GET.get("arbejdsplads", "")
    if not pk.isdigit():
        raise Http404
    started = hours.running_this_year(asked.scope).filter(workplace=int(pk))
    name = started.values_list("workplace__name", flat=True).first()
    if name is None:
        raise Http404

    def title(n: int) -> str:
        text = ngettext(
            "%(n)s citizen has been at %(workplace)s this year",
            "%(n)s citizens have been at %(workplace)s this year",
            n,
        )
        return text % {"n": danish.number(n), "workplace": name}

    return title, Case.objects.filter(pk__in=started.values("case"))


def _caseload(request: Request, asked: Asked) -> Answer:
    pk, role = request.GET.get("bruger", ""), request.GET.get("rolle", "")
    if not pk.isdigit() or role not in (CaseRole.JOBFORMIDLER, CaseRole.CASEWORKER):
        raise Http404

    def title(n: int) -> str:
        text = ngettext("%(n)s citizen in the caseload", "%(n)s citizens in the caseload", n)
        return text % {"n": danish.number(n)}

    return title, contact.of_person(asked.scope, int(pk), role)


def _without(request: Request, asked: Asked) -> Answer:
    def title(n: int) -> str:
        text = ngettext("%(n)s citizen has no jobformidler", "%(n)s citizens have no jobformidler", n)
        return text % {"n": danish.number(n)}

    return title, contact.without_jobformidler(asked.scope)


def _late_answers(request: Request, asked: Asked) -> Answer:
    def title(n: int) -> str:
        text = ngettext(
            "%(n)s citizen with an enquiry that was not answered in time",
            "%(n)s citizens with an enquiry that was not answered in time",
            n,
        )
        return text % {"n": danish.number(n)}

    return title, contact.answered_late(asked.scope, clock.now())


def _silent_talks(request: Request, asked: Asked) -> Answer:
    def title(n: int) -> str:
        text = ngettext(
            "%(n)s citizen with whom ordinary hours were not raised",
            "%(n)s citizens with whom ordinary hours were not raised",
            n,
        )
        return text % {"n": danish.number(n)}

    return title, contact.hours_not_raised(asked.scope)


def _placed(request: Request, asked: Asked) -> Answer:
    week = hours.last_week(asked.scope.day)

    def title(n: int) -> str:
        text = ngettext(
            "%(n)s citizen was in a placement in %(week)s", "%(n)s citizens were in a placement in %(week)s", n
        )
        return text % {"n": danish.number(n), "week": danish.week_name(week)}

    return title, hours.in_placements(asked.scope, week)


#: Name in the address → heading and cases.
LISTS: dict[str, Callable[[Request, Asked], Answer]] = {
    "loentimer": _hours,
    "arbejdsplads": _workplace,
    "sagsstamme": _caseload,
    "uden-jobformidler": _without,
    "svar": _late_answers,
    "samtaler": _silent_talks,
    "i-forloeb": _placed,
}


@roles(*BOARD)
def cases(request: Request, what: str) -> HttpResponse:
    """The cases behind one of the other numbers."""
    asked = _asked(request)
    if what not in LISTS and what not in LACKING:
        raise Http404
    title, found = LISTS[what](request, asked) if what in LISTS else lacking(asked, what)
    stands = _ordered(found)
    return _show(request, asked, Listed(what, title(len(stands)), _("State since"), stands))


def _table(listed: Listed, stands: list[tuple[int, dt.date | None]], day: dt.date, *, file: bool = False) -> Table:
    found = {case.pk: case for case in board.with_owner(Case.objects.filter(pk__in=[pk for pk, _on in stands]), day)}
    head = [(_("Citizen"), False), (_("State"), False), (_("Jobformidler"), False), (_("Unit"), False)]
    head.append((listed.day_head, True))
    if listed.waiting:
        head.append((_("Days"), True))
    rows = []
    for pk, on in stands:
        case: Any = found[pk]
        row = [
            Cell(display.exported_name(case.citizen) if file else case.citizen.full_name, reverse("case", args=[pk])),
            Cell(case.get_status_display()),
            Cell(
                case.owner or (_("nobody yet") if case.status in OPEN else "–"),
                late=not case.owner and case.status in OPEN,
            ),
            Cell(case.unit.name),
            Cell(danish.day_short(on) if on else "–", number=True),
        ]
        if listed.waiting and on:
            row.append(Cell(danish.number(max(0, (day - on).days)), number=True))
        rows.append(row)
    return Table(listed.name, listed.title, head, rows)


def _show(request: Request, asked: Asked, listed: Listed) -> HttpResponse:
    """The list on screen, page by page, or the whole of it as a file."""
    day = asked.scope.day
    if request.GET.get("format") == "csv":
        cases = Case.objects.filter(pk__in=[pk for pk, _on in listed.stands])
        note_many(request, cases.values_list("citizen_id", flat=True), "export: list")
        return csv_response(_table(listed, listed.stands, day, file=True))
    page = Paginator(listed.stands, PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    query["format"] = "csv"
    context = {
        "title": listed.title,
        "lead": listed.lead,
        "back_url": asked.url("board"),
        "table": _table(listed, list(page), day),
        "page": page,
        "csv_url": f"?{query.urlencode()}",
    }
    return render(request, "board/cases.html", context)
