"""One search field for people, workplaces, places and case numbers.

The term comes by POST, so that no name and no CPR number stands in an address or a log.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.accounts.enums import CASE_ROLES, Role
from jobformidler.accounts.viewer import Viewer
from jobformidler.casework.models import Case
from jobformidler.citizens import display
from jobformidler.citizens.models import Citizen
from jobformidler.citizens.search import ids as search_ids
from jobformidler.core.crypto import keyed_hash
from jobformidler.employers.models import Workplace
from jobformidler.openings.models import Place
from jobformidler.web.frame import WITHOUT_SEARCH
from jobformidler.web.guards import roles
from jobformidler.web.http import Request
from jobformidler.web.looking import note_many

MOST = 20
SEARCHERS = tuple(role for role in Role if role not in WITHOUT_SEARCH)
CPR = re.compile(r"^(\d{6})[ -]?(\d{4})$")


@dataclass(frozen=True)
class Hit:
    """One thing found: what it is called, where it is, one quiet line about it."""

    name: str
    url: str
    about: str
    citizen: int = 0


def _address(name: str, pk: int) -> str:
    try:
        return reverse(name, args=[pk])
    except NoReverseMatch:
        return ""


def _citizens(viewer: Viewer, term: str) -> list[Hit]:
    visible = Citizen.objects.visible_to(viewer)
    if found := CPR.match(term):
        citizens = visible.filter(cpr_hash=keyed_hash("".join(found.groups())))
    elif re.fullmatch(r"\d\d-\d+", term):
        citizens = visible.filter(cases__number=term)
    else:
        citizens = visible.filter(pk__in=search_ids(term, viewer, MOST + 1))
    people = list(citizens.select_related("unit").order_by("last_name", "first_name", "pk")[: MOST + 1])
    cases: dict[int, Case] = {}
    for case in Case.objects.for_list(viewer.day).filter(citizen__in=people).order_by("opened_on", "pk"):
        cases[case.citizen_id] = case  # the latest wins
    return [_citizen_hit(person, cases.get(person.pk)) for person in people]


def _citizen_hit(person: Citizen, case: Case | None) -> Hit:
    if case is None:
        unit = person.unit.name if person.unit else ""
        return Hit(
            person.full_name,
            _address("case_open", person.pk),
            ", ".join(filter(None, (display.mark(person), _("No case yet"), unit))),
            person.pk,
        )
    helper = getattr(case, "jobformidler_name", "") or _("no jobformidler yet")
    about = ", ".join(filter(None, (display.mark(person), case.get_status_display(), helper, case.number)))
    return Hit(person.full_name, _address("case", case.pk), about, person.pk)


def _workplaces(viewer: Viewer, term: str) -> list[Hit]:
    found = Workplace.objects.visible_to(viewer).matching(term).select_related("employer").order_by("name", "pk")
    return [
        Hit(row.name, _address("workplace", row.pk), ", ".join(filter(None, (row.address, row.postal_code, row.city))))
        for row in found[: MOST + 1]
    ]


def _places(viewer: Viewer, term: str) -> list[Hit]:
    if sum(map(len, term.split())) < 3:
        return []
    found = Place.objects.visible_to(viewer).open_on(viewer.day)
    for word in term.split():
        found = found.filter(title__icontains=word)
    rows = found.select_related("workplace").order_by("title", "pk")[: MOST + 1]
    return [Hit(row.title, _address("place", row.pk), row.workplace.name) for row in rows]


@roles(*SEARCHERS)
def search(request: Request) -> HttpResponse:
    """What the viewer may see and the term fits. A GET shows the empty field and reads nothing from the address."""
    term = " ".join(request.POST.get("q", "").replace("\x00", "").split())[:100]
    groups: list[dict[str, Any]] = []
    if term:
        parts = (
            (_("Citizens"), _citizens(request.viewer, term)),
            (_("Employers"), _workplaces(request.viewer, term)),
            (_("Places"), _places(request.viewer, term)),
        )
        groups = [
            {
                "label": label,
                "hits": hits[:MOST],
                "note": _("There are more. Write more of the name.") if hits[MOST:] else "",
            }
            for label, hits in parts
            if hits
        ]
    if CPR.match(term):
        # A number is looked up for one person: that is a look, whether the hit is opened or not.
        found = [hit.citizen for group in groups for hit in group["hits"] if hit.citizen]
        note_many(request, found, "search: number")
    count = sum(len(group["hits"]) for group in groups)
    shown = "" if CPR.match(term) else term  # a CPR number is not written back into the page
    none = bool(CPR.match(term)) and not any(hit.citizen for group in groups for hit in group["hits"])
    emergency = none and request.viewer.has(*CASE_ROLES) and not request.viewer.from_outside
    context = {
        "emergency": emergency,
        "term": shown,
        "asked": bool(term),
        "groups": groups,
        "count": count,
        "heading": _heading(term, count),
    }
    return render(request, "search/results.html", context)


def _heading(term: str, count: int) -> str:
    if not term:
        return _("Search")
    if not count:
        return _("Nothing found")
    return ngettext("%(n)s hit", "%(n)s hits", count) % {"n": count}
