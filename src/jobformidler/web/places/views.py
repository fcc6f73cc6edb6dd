"""Open places and delimited tasks: kept fresh, and never more than two clicks from a case (JOB-06)."""

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.db.models import OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jobformidler.accounts.enums import EMPLOYER_ROLES
from jobformidler.accounts.viewer import Viewer
from jobformidler.core.lists import choices
from jobformidler.core.periods import last_day
from jobformidler.matching.search import paid_before
from jobformidler.openings.enums import PlaceKind
from jobformidler.openings.models import Place
from jobformidler.openings.querysets import PlaceQuerySet
from jobformidler.placements.models import Placement
from jobformidler.web import danish
from jobformidler.web.employers.register import counted
from jobformidler.web.filters import Filter, selected
from jobformidler.web.guards import roles
from jobformidler.web.http import Request
from jobformidler.web.places.words import (
    accommodated,
    free_words,
    hours_words,
    period_words,
    place_line,
    stale_days,
    stale_words,
)

PAGE = 25
HOURS = ("5", "10", "15", "20")
ORDERS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "virksomhed": (gettext_lazy("workplace"), ("workplace__name", "title", "pk")),
    "bekraeftet": (gettext_lazy("longest since confirmed"), ("confirmed_on", "pk")),
    "start": (gettext_lazy("first to open"), ("starts_on", "title", "pk")),
}


def open_places(viewer: Viewer) -> PlaceQuerySet:
    """Open places with how many of them are taken."""
    taken = Placement.objects.taking_a_place().filter(opening=OuterRef("pk"))
    return Place.objects.visible_to(viewer).open_on(viewer.day).annotate(taken=counted(taken, "opening"))


def filters() -> list[Filter]:
    """The filters of the list; their values stand in the address."""
    at_most = [(hours, _("at most %(n)s a week") % {"n": hours}) for hours in HOURS]
    return [
        Filter(_("Kind"), "art", _("all"), list(PlaceKind.choices)),
        Filter(_("Hours"), "timer", _("all"), at_most),
        Filter(_("Can take into account"), "hensyn", _("anything"), choices("accommodation")),
        Filter(_("Paid hours"), "loentimer", _("all"), [("ja", _("possible"))]),
        Filter(_("Confirmed"), "frisk", _("all"), [("nej", _("must be confirmed")), ("ja", _("recently"))]),
        Filter(
            _("Order"),
            "orden",
            _("workplace"),
            [(code, label) for code, (label, _by) in ORDERS.items() if code != "virksomhed"],
        ),
    ]


def narrowed(rows: PlaceQuerySet, chosen: dict[str, str], day: dt.date, stale_limit: int) -> PlaceQuerySet:
    """The places that fit the chosen filters."""
    if chosen["art"]:
        rows = rows.filter(kind=chosen["art"])
    if chosen["timer"]:
        rows = rows.within_hours(float(chosen["timer"]))
    if chosen["hensyn"]:
        rows = rows.accommodating(chosen["hensyn"])
    if chosen["loentimer"]:
        rows = rows.filter(paid_hours_expected=True)
    oldest = day - dt.timedelta(days=stale_limit)
    if chosen["frisk"]:
        rows = (
            rows.filter(confirmed_on__gte=oldest) if chosen["frisk"] == "ja" else rows.filter(confirmed_on__lt=oldest)
        )
    return rows


@roles(*EMPLOYER_ROLES)
def places(request: Request) -> HttpResponse:
    """All open places; those the workplace has not confirmed for long are greyed and confirmed with one tap."""
    viewer, today = request.viewer, request.viewer.day
    limit = viewer.municipality.stale_place_days
    line = filters()
    chosen = selected(line, request.GET)
    rows = narrowed(open_places(viewer), chosen, today, limit)
    _label, order = ORDERS[chosen["orden"] or "virksomhed"]
    page = Paginator(rows.select_related("workplace").order_by(*order), PAGE).get_page(request.GET.get("page"))
    total = page.paginator.count
    filtered = any(value for name, value in chosen.items() if name != "orden")
    number = {"n": danish.number(total)}
    title = ngettext("%(n)s open place", "%(n)s open places", total) % number
    if filtered:
        title = ngettext("%(n)s place fits", "%(n)s places fit", total) % number
    stale = Place.objects.visible_to(viewer).stale_on(today, limit).count()
    return render(
        request,
        "places/list.html",
        {
            "title": title,
            "rows": [{**place_line(row, today, limit), "workplace": row.workplace} for row in page],
            "page": page,
            "filters": [one.shown(chosen[one.name]) for one in line],
            "kept": {name: value for name, value in chosen.items() if value},
            "filtered": filtered,
            "stale": stale,
            "stale_chosen": chosen["frisk"] == "nej",
        },
    )


def prospect_words(place: Place, day: dt.date) -> str:
    """What is known about paid hours: earlier placements at the workplace, and what the workplace says."""
    begun, gave = paid_before(place.workplace, day)
    said = _("The workplace says that paid hours are possible.") if place.paid_hours_expected else ""
    if not begun:
        return said or _("Nobody has been here yet, and paid hours have not been discussed.")
    before = ngettext(
        "%(gave)s of %(n)s placement here has given paid hours.",
        "%(gave)s of %(n)s placements here have given paid hours.",
        begun,
    ) % {"gave": gave, "n": begun}
    return f"{before} {said}".strip()


def facts(place: Any, today: dt.date) -> list[tuple[str, Any]]:
    """When, where, for how many and who to ask."""
    free = free_words(place.capacity - place.taken, place.starts_on, today)
    start = danish.clock(place.earliest_start, short=True) if place.earliest_start else _("not known")
    contact: Any = _("Not found yet")
    if place.contact:
        who = ", ".join(filter(None, (place.contact.title or place.contact.get_level_display(), place.contact.phone)))
        contact = format_html('{}<br><span class="help">{}</span>', place.contact.name, who)
    return [
        (_("Hours"), hours_words(place)),
        (_("The day starts"), start),
        (_("Period"), period_words(place, today)),
        (_("Room"), _("%(free)s of %(all)s") % {"free": free, "all": place.capacity} if place.capacity > 1 else free),
        (_("Where"), place.location or _("not known")),
        (_("Contact person"), contact),
    ]


@roles(*EMPLOYER_ROLES)
def place(request: Request, pk: int) -> HttpResponse:
    """One place: what must be done, when, where, what can be taken into account, and the prospect of paid hours."""
    viewer, today = request.viewer, request.viewer.day
    taken = Placement.objects.taking_a_place().filter(opening=OuterRef("pk"))
    rows = Place.objects.visible_to(viewer).for_list().annotate(taken=counted(taken, "opening"))
    row: Any = get_object_or_404(rows, pk=pk)
    closed = row.closed_on is not None and row.closed_on <= today
    over = row.ends_on is not None and row.ends_on <= today
    stale = 0 if closed or over else stale_days(row, today, viewer.municipality.stale_place_days)
    state = (
        _("Closed")
        if closed
        else _("Over since %(day)s") % {"day": danish.day_near(last_day(row.ends_on) or today, weekday=False)}
        if over
        else ""
    )
    tasks = list(row.task_list.all())
    return render(
        request,
        "places/place.html",
        {
            "place": row,
            "kind": row.get_kind_display(),
            "facts": facts(row, today),
            "accommodates": accommodated(row),
            "tasks": tasks,
            "task_hours": sum(task.weekly_hours for task in tasks),
            "prospect": prospect_words(row, today),
            "state": state,
            "open": not closed,
            "confirmed": danish.day_near(row.confirmed_on, weekday=False, year=row.confirmed_on.year != today.year),
            "stale": stale_words(stale),
        },
    )
