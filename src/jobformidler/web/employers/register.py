"""The register of workplaces: shared by all, with who was in contact last and for what (EMP-01, EMP-03)."""

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.db.models import CharField, Count, Exists, F, Func, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jobformidler.accounts.enums import EMPLOYER_ROLES
from jobformidler.core import clock
from jobformidler.employers.enums import Sector
from jobformidler.employers.industries import INDUSTRIES
from jobformidler.employers.models import Workplace, WorkplaceTies
from jobformidler.employers.querysets import WorkplaceQuerySet
from jobformidler.openings.models import Place
from jobformidler.placements.enums import RUNNING
from jobformidler.placements.models import Placement
from jobformidler.web import danish
from jobformidler.web.cases.words import day_words
from jobformidler.web.employers.words import facts_of, purpose_words, step_words
from jobformidler.web.filters import Filter, selected
from jobformidler.web.guards import roles
from jobformidler.web.http import Request

PAGE = 25
SIZES: dict[str, tuple[Any, int, int | None]] = {
    "1-9": (gettext_lazy("1–9 employees"), 1, 9),
    "10-49": (gettext_lazy("10–49 employees"), 10, 49),
    "50-249": (gettext_lazy("50–249 employees"), 50, 249),
    "250": (gettext_lazy("250 employees or more"), 250, None),
}
SORTS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "navn": (gettext_lazy("name"), ("name", "pk")),
    "kontakt": (gettext_lazy("longest since contact"), (F("last_at").asc(nulls_first=True), "name", "pk")),
    "ansatte": (gettext_lazy("most employees"), (F("employees").desc(nulls_last=True), "name", "pk")),
}


def counted(rows: QuerySet, of: str) -> Coalesce:
    """How many of `rows` belong to the outer row, as a column; 0 for none."""
    return Coalesce(Subquery(rows.order_by().values(of).annotate(n=Count("pk")).values("n")), 0)


SHORT: dict[str, tuple[Any, int, int | None]] = {
    "1-9": (gettext_lazy("1–9 jobs"), 1, 9),
    "10": (gettext_lazy("10 jobs or more"), 10, None),
}
ABSENCE: dict[str, tuple[Any, int, int]] = {
    "0-4": (gettext_lazy("up to 4 per cent"), 0, 4),
    "4-7": (gettext_lazy("4–7 per cent"), 4, 7),
    "7": (gettext_lazy("7 per cent or more"), 7, 101),
}


def filters_for(cities: list[str], networks: list[str]) -> list[Filter]:
    """The filters of the register; their values stand in the address."""
    return [
        Filter(_("Sector"), "sektor", _("both"), list(Sector.choices)),
        Filter(_("Industry"), "branche", _("all"), [(i.code, i.name) for i in INDUSTRIES]),
        Filter(_("Size"), "ansatte", _("all"), [(code, label) for code, (label, *_rest) in SIZES.items()]),
        Filter(_("Places"), "pladser", _("all"), [("ja", _("with open places"))]),
        Filter(
            _("Where"), "hvor", _("all"), [("inde", _("in our municipality")), ("ude", _("in another municipality"))]
        ),
        Filter(
            _("Jobs for the short-educated"), "kortuddannede", _("all"), [(code, row[0]) for code, row in SHORT.items()]
        ),
        Filter(_("Sickness absence"), "fravaer", _("all"), [(code, row[0]) for code, row in ABSENCE.items()]),
        Filter(_("Network"), "netvaerk", _("all"), [(name, name) for name in networks]),
        Filter(_("Agreement"), "aftale", _("all"), [("ja", _("with an agreement"))]),
        Filter(_("City"), "by", _("all"), [(city, city) for city in cities]),
        Filter(
            _("Order"), "orden", _("name"), [(code, label) for code, (label, _by) in SORTS.items() if code != "navn"]
        ),
    ]


def narrowed(
    rows: WorkplaceQuerySet, chosen: dict[str, str], open_places: QuerySet[Place], code: int
) -> WorkplaceQuerySet:
    """The workplaces that fit the chosen filters; `code` is our municipality's."""
    if chosen["sektor"]:
        rows = rows.filter(sector=chosen["sektor"])
    if chosen["branche"]:
        rows = rows.in_industry(chosen["branche"])
    if chosen["ansatte"]:
        _label, least, most = SIZES[chosen["ansatte"]]
        rows = rows.with_employees(least, most)
    if chosen["pladser"]:
        rows = rows.filter(Exists(open_places))
    if chosen["hvor"]:
        rows = rows.inside(code) if chosen["hvor"] == "inde" else rows.outside(code)
    if chosen["kortuddannede"]:
        _label, least, most = SHORT[chosen["kortuddannede"]]
        rows = rows.filter(short_educated_jobs__gte=least)
        rows = rows if most is None else rows.filter(short_educated_jobs__lte=most)
    if chosen["fravaer"]:
        _label, from_percent, below = ABSENCE[chosen["fravaer"]]
        rows = rows.filter(absence_percent__gte=from_percent, absence_percent__lt=below)
    if chosen["netvaerk"]:
        rows = rows.in_network(chosen["netvaerk"])
    if chosen["aftale"]:
        rows = rows.with_agreement()
    if chosen["by"]:
        rows = rows.filter(city=chosen["by"])
    return rows


def row_of(workplace: Any, today: dt.date) -> dict[str, Any]:
    """A workplace as a row: what it is, who was there last and for what, what is open and under way."""
    last = clock.local_date(workplace.last_at) if workplace.last_at else None
    days = (today - last).days if last else None
    if last:
        said = _("%(who)s %(day)s: %(purpose)s.") % {
            "who": workplace.last_by,
            "day": day_words(last, today),
            "purpose": purpose_words(workplace.last_purpose),
        }
    else:
        said = _("No contact registered yet.")
    now = []
    if workplace.open_places:
        now.append(
            ngettext("%(n)s open place", "%(n)s open places", workplace.open_places) % {"n": workplace.open_places}
        )
    if workplace.running:
        now.append(
            ngettext("%(n)s citizen there now", "%(n)s citizens there now", workplace.running)
            % {"n": workplace.running}
        )
    return {
        "id": f"arbejdsplads-{workplace.pk}",
        "figure": danish.number(days) if days is not None else "–",
        "unit": danish.days(days).split(danish.NBSP)[-1] if days is not None else "",
        "name": workplace.name,
        "url": reverse("workplace", args=[workplace.pk]),
        "what": ". ".join(filter(None, (workplace.city, facts_of(workplace)))),
        "why": said,
        "next": step_words(workplace.next_step, workplace.next_step_on, today, workplace.next_person_name or "")
        if workplace.next_step
        else "",
        "now": ", ".join(now),
        "contact_url": f"{reverse('workplace_contact', args=[workplace.pk])}",
    }


@roles(*EMPLOYER_ROLES)
def employers(request: Request) -> HttpResponse:
    """The register with search, filters and order in the address."""
    viewer, today = request.viewer, request.viewer.day
    everything = Workplace.objects.visible_to(viewer)
    cities = list(everything.exclude(city="").order_by("city").values_list("city", flat=True).distinct()[:60])
    known = WorkplaceTies.objects.visible_to(viewer).annotate(
        one=Func(F("networks"), function="unnest", output_field=CharField())
    )
    filters = filters_for(cities, list(known.order_by("one").values_list("one", flat=True).distinct()[:60]))
    chosen = selected(filters, request.GET)
    term = request.GET.get("q", "").strip()
    here = Place.objects.visible_to(viewer).open_on(today).filter(workplace=OuterRef("pk"))
    rows = narrowed(everything.matching(term) if term else everything, chosen, here, viewer.municipality.code)
    rows = rows.with_last_contact().annotate(
        open_places=counted(here, "workplace"),
        running=counted(Placement.objects.filter(workplace=OuterRef("pk"), status__in=RUNNING), "workplace"),
    )
    _label, order = SORTS[chosen["orden"] or "navn"]
    page = Paginator(rows.order_by(*order), PAGE).get_page(request.GET.get("page"))
    total = page.paginator.count
    filtered = bool(term) or any(value for name, value in chosen.items() if name != "orden")
    title = ngettext("%(n)s workplace", "%(n)s workplaces", total) % {"n": danish.number(total)}
    if filtered:
        title = ngettext("%(n)s workplace fits", "%(n)s workplaces fit", total) % {"n": danish.number(total)}
    return render(
        request,
        "employers/register.html",
        {
            "title": title,
            "rows": [row_of(row, today) for row in page],
            "page": page,
            "filters": [one.shown(chosen[one.name]) for one in filters],
            "kept": {name: value for name, value in {**chosen, "q": term}.items() if value},
            "term": term,
            "short": bool(term) and not term.isdigit() and len(term.replace(" ", "")) < 3,
            "filtered": filtered,
        },
    )
