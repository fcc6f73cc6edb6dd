"""What the citizen wrote on the own pages: read by somebody on the case, then it no longer waits (CIT-13)."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from jobformidler.casework import actions
from jobformidler.casework.models import Case, CitizenEntry
from jobformidler.citizens.enums import Author
from jobformidler.citizens.models import Citizen, OfCitizen
from jobformidler.core import clock
from jobformidler.web import danish
from jobformidler.web.cases.formpage import done
from jobformidler.web.cases.layout import show
from jobformidler.web.cases.words import capital, moment_words
from jobformidler.web.guards import case_page
from jobformidler.web.http import Request


def entry_rows(case: Case) -> list[dict[str, Any]]:
    """The entries, newest first, as the screens of the case show them. One query."""
    today = clock.today()
    return [
        {
            "pk": row.pk,
            "kind": capital(str(row.get_kind_display())),
            "kind_code": row.kind,
            "text": str(row.text),
            "about": row.about,
            "about_type": row.about_type,
            "about_id": row.about_id,
            "added": _("Added by %(name)s %(moment)s")
            % {"name": case.citizen.short_name, "moment": moment_words(row.at, today)},
            "read": _("read by %(name)s") % {"name": row.read_by.first_name} if row.read_by else "",
        }
        for row in CitizenEntry.objects.filter(case=case).select_related("read_by")
    ]


def with_authors(rows: Iterable[OfCitizen], citizen: Citizen) -> list[Any]:
    """Each row (`with_own`) with `said`: who wrote it, and whose words it is (CIT-07, CIT-13)."""
    found: list[Any] = list(rows)
    for row in found:
        row.said = author_words(row.own, row.by.name if row.by else "", row.author, citizen)
    return found


def author_words(own: bool, by_name: str, author: str, citizen: Citizen) -> str:
    """ "Tilføjet af Mona", "Monas egne ord, skrevet af Line", "Skrevet af Line"."""
    name = citizen.short_name
    if own:
        return _("Added by %(name)s") % {"name": name}
    who = by_name.split(" ")[0] or _("the system")
    if author == Author.CITIZEN:
        return _("%(name)s own words, written down by %(who)s") % {"name": danish.possessive(name), "who": who}
    return _("Written by %(who)s") % {"who": who}


@case_page("from the citizen")
def entries(request: Request, case: Case) -> HttpResponse:
    """Everything the citizen wrote; sending says that what waits has been read."""
    if request.method == "POST":
        actions.read_entries(case=case, by=request.user, at=clock.now())
        return done(request, _("It is noted that you have read it."), reverse("case_plan", args=[case.pk]))
    rows = entry_rows(case)
    context = {"entries": rows, "unread": any(not row["read"] for row in rows), "next": request.GET.get("next", "")}
    return show(request, "cases/entries.html", "case_plan", context)
