"""Placements, rights and documents of a case: read-only pages with links to where things are done."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from jobformidler.casework.enums import ContactKind
from jobformidler.casework.models import Case, Contact, Plan
from jobformidler.citizens.models import CV
from jobformidler.core import clock, lists
from jobformidler.core.periods import last_day
from jobformidler.placements.enums import BEFORE_START, RUNNING, PlacementStatus
from jobformidler.placements.ladder import grips
from jobformidler.placements.models import AgreementVersion, Placement
from jobformidler.placements.reading import first_days
from jobformidler.registers.enums import RuleFamily
from jobformidler.registers.models import FleksjobApproval, RuleChoice, Spell
from jobformidler.registers.rules import clocks_among
from jobformidler.web import danish
from jobformidler.web.cases import documents
from jobformidler.web.cases.layout import around, show
from jobformidler.web.cases.rights import beside, shown
from jobformidler.web.cases.words import capital, joined, link, since_words
from jobformidler.web.deadlines.courses import course_words
from jobformidler.web.guards import case_page
from jobformidler.web.http import Request

STALLED = frozenset({PlacementStatus.STOPPED, PlacementStatus.SWITCHED})


def placement_row(row: Placement, today: dt.date) -> dict[str, Any]:
    """A placement as a row: where, state, period, and its pages."""
    signing = row.status in BEFORE_START
    running = row.status in RUNNING
    links = [(_("Agreement"), link("agreement", row.pk))]
    if running:
        links += [(_("Hours"), link("hours", row.pk)), (_("Follow-up"), link("follow_up", row.pk))]
    return {
        "row": row,
        "grips": _grips_words(row, today) if running else "",
        "reasons": [text for text in (row.reason_citizen, row.reason_employer) if text],
        "state": since_words(row.get_status_display(), "", row.status_since, today),
        "badge": "waiting" if signing else "stalled" if row.status in STALLED else "",
        "period": period(row.starts_on, last_day(row.ends_on)),
        "links": [(label, url) for label, url in links if url],
        "url": link("agreement", row.pk) or link("hours", row.pk),
    }


def _grips_words(row: Placement, today: dt.date) -> str:
    """ "3 af 4 greb. Mangler: en fast kontaktperson" (PLC-13)."""
    held = grips(row, today)
    text = _("%(n)s of 4 grips in place.") % {"n": held.count}
    lacking = [label for label, there in held.rows if not there]
    return text + (" " + _("Missing: %(what)s.") % {"what": joined(lacking)} if lacking else "")


def period(start: dt.date | None, last: dt.date | None) -> str:
    """A period in a table, the last day included."""
    if not start:
        return "–"
    if not last:
        return _("From %(start)s") % {"start": danish.day_short(start)}
    return _("%(start)s to %(end)s") % {"start": danish.day_short(start), "end": danish.day_short(last)}


def from_day_one(case: Case) -> list[str]:
    """Days from registration to the first contact with a company and to the first day in a placement (PLC-18)."""
    first = first_days(case)

    def said(days: int | None, yes: str, no: str) -> str:
        return no if days is None else yes % {"days": danish.days(days)}

    return [
        said(
            first.to_employer, _("%(days)s to the first contact with a company."), _("No contact with a company yet.")
        ),
        said(first.to_placement, _("%(days)s to the first day in a placement."), _("No day in a placement yet.")),
    ]


@case_page("placements")
def placements_page(request: Request, case: Case) -> HttpResponse:
    """All placements of the case with links to agreement, hours and follow-up."""
    today = clock.today()
    rows = list(Placement.objects.filter(case=case).for_list().order_by("-pk"))
    context = {
        "rows": [placement_row(row, today) for row in rows],
        "from_day_one": from_day_one(case),
        "find_url": link("place_match", case.pk),
        "new_url": link("placement_new", case.pk),
    }
    return show(request, "cases/placements.html", "case_placements", context)


@case_page("rights")
def rights_page(request: Request, case: Case) -> HttpResponse:
    """What is registered about periods and approvals, decisions, how to complain, rights over the data (GOV-10)."""
    seen = around(case, clock.now(), **beside())
    chosen = list(RuleChoice.objects.about(case.municipality_id, RuleFamily.CLOCKS, RuleFamily.COURSES))
    spells = Spell.objects.filter(citizen=case.citizen).order_by("-start", "kind")
    context = {
        "clock_url": link("case_clock", case.pk) if clocks_among(chosen) else "",
        "course": course_words(case, chosen, seen.today),
        "spells": [
            {"pk": row.pk, "kind": row.get_kind_display(), "start": row.start, "last": last_day(row.end)}
            for row in spells
        ],
        "benefit": lists.labels("benefit").get(case.citizen.benefit, case.citizen.benefit),
        "approvals": list(FleksjobApproval.objects.filter(citizen=case.citizen).order_by("-approved_on")),
        **shown(case, seen.more),
    }
    return show(request, "cases/rights.html", "case_rights", context, seen=seen)


@case_page("documents")
def documents_page(request: Request, case: Case) -> HttpResponse:
    """Versions of the agreements, and what is to be carried into the municipality's case system."""
    versions = (
        AgreementVersion.objects.filter(placement__case=case)
        .select_related("placement__workplace")
        .order_by("-placement", "-number")
    )
    contacts = Contact.objects.standing().filter(
        case=case, kind__in=[ContactKind.FIRST_CONVERSATION, ContactKind.CONVERSATION]
    )
    sheets = [
        *(
            {
                "name": f"{row.get_kind_display()} {danish.day_short(row.at)}",
                "row": row,
                "url": link("case_transfer", case.pk, "samtale", row.pk),
            }
            for row in contacts
        ),
        *(
            {"name": _("Plan"), "row": row, "url": link("case_transfer", case.pk, "plan", row.pk)}
            for row in Plan.objects.filter(case=case)
        ),
        *(
            {"name": capital(row.get_kind_display()), "row": row, "url": link("case_transfer", case.pk, "cv", row.pk)}
            for row in CV.objects.standing().filter(citizen=case.citizen)
        ),
    ]
    context = {
        "versions": [
            {
                "row": row,
                "url": link("agreement", row.placement_id),
                "name": _("Agreement with %(place)s, version %(n)s")
                % {"place": row.placement.workplace.name, "n": row.number},
                "sent": row.sent_at,
            }
            for row in versions
        ],
        "sheets": sheets,
        "documents": documents.rows_for(request, case),
    }
    return show(request, "cases/documents.html", "case_documents", context)
