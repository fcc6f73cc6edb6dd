"""Today: who needs me, why, and the next step (issue path 9; CON-03, CON-05, JF-01)."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, Min, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.accounts.enums import CASE_ROLES, Role
from jobformidler.accounts.models import User
from jobformidler.accounts.viewer import Viewer
from jobformidler.casework.attention import REASONS
from jobformidler.casework.models import Attention
from jobformidler.core import clock
from jobformidler.web import danish
from jobformidler.web.filters import Filter, selected
from jobformidler.web.guards import roles
from jobformidler.web.http import Request
from jobformidler.web.today import mine as my
from jobformidler.web.today import rows

STAFF = tuple(sorted(CASE_ROLES))
TEAM = "teamet"
#: People on one page of a list that is not one's own.
PAGE = 40


def _colleagues(viewer: Viewer) -> list[tuple[str, str]]:
    """Those who work on the same units' cases, by name. One query."""
    people = User.objects.filter(
        memberships__period__contains=viewer.day,
        memberships__municipality=viewer.municipality,
        memberships__role__in=[Role.JOBFORMIDLER, Role.CASEWORKER],
        is_active=True,
    ).exclude(pk=viewer.user.pk)
    if not viewer.whole_municipality:
        people = people.filter(memberships__unit__in=viewer.case_units)
    return [(str(pk), name) for pk, name in people.order_by("name").distinct().values_list("pk", "name")]


def _filters(viewer: Viewer) -> list[Filter]:
    own = viewer.has(Role.JOBFORMIDLER, Role.CASEWORKER)
    whose = [(TEAM, _("the team"))] if own else []
    return [
        Filter(_("Waits for"), "hos", _("you") if own else _("the team"), [*whose, *_colleagues(viewer)]),
        Filter(_("Because of"), "grund", _("everything"), list(rows.group_labels(viewer.municipality).items())),
    ]


def _waiting(viewer: Viewer, whose: str, group: str) -> "QuerySet[Attention]":
    """What shows now: mine, a colleague's or the team's; only of cases the viewer may see."""
    found = Attention.objects.visible_to(viewer).showing_at(clock.now())
    if whose.isdigit():
        found = found.filter(owner=whose)
    elif whose != TEAM and viewer.has(Role.JOBFORMIDLER, Role.CASEWORKER):
        found = found.owned_by(viewer.user)
    if group:
        found = found.filter(reason__in=[name for name, reason in REASONS.items() if reason.group == group])
    return found


def _title(count: int, whose: str, filters: list[Filter], *, own: bool) -> str:
    n = {"n": danish.number(count)}
    if whose.isdigit():
        name = str(dict(filters[0].options)[whose]).split(" ")[0]
        text = ngettext("%(n)s citizen waits for %(name)s today", "%(n)s citizens wait for %(name)s today", count)
        return text % {**n, "name": name}
    if whose == TEAM or not own:
        return ngettext("%(n)s citizen in the team waits today", "%(n)s citizens in the team wait today", count) % n
    if not count:
        return _("Nobody waits for you today")
    return ngettext("%(n)s citizen waits for you today", "%(n)s citizens wait for you today", count) % n


@roles(*STAFF)
def today(request: Request) -> HttpResponse:
    """Who needs me today, and why; each row with the form that answers it."""
    viewer, now = request.viewer, clock.now()
    own = viewer.has(Role.JOBFORMIDLER, Role.CASEWORKER)
    filters = _filters(viewer)
    chosen = selected(filters, request.GET.dict())
    whose, group = chosen["hos"], chosen["grund"]
    is_mine = own and not whose
    waiting = _waiting(viewer, whose, group)
    page = None
    if is_mine:
        found = list(waiting.select_related("citizen", "case", "owner"))
        count = len({row.case_id for row in found})
    else:
        # Lists of whole teams are read in pages of people; the one who has waited longest for an answer comes first.
        people = waiting.values("case").annotate(first=Min("due")).order_by(F("first").asc(nulls_last=True), "case")
        page = Paginator(people, PAGE).get_page(request.GET.get("page"))
        count = page.paginator.count
        found = list(waiting.filter(case__in=[row["case"] for row in page]).select_related("citizen", "case", "owner"))
    groups = rows.groups_of(found, now, viewer.municipality, request.get_full_path(), owners=not is_mine)
    context: dict[str, Any] = {
        "title": _title(count, whose, filters, own=own),
        "over": f"{danish.day_near(viewer.day).capitalize()}, {danish.week_name(viewer.day)}",
        "lead": rows.lead(groups, now),
        "groups": groups,
        "filters": [one.shown(chosen[one.name]) for one in filters],
        "kept": {name: value for name, value in chosen.items() if value},
        "page": page,
        "is_mine": is_mine,
        "team_url": f"?hos={TEAM}" if own else "",
    }
    if is_mine:
        cases = my.mine(viewer, viewer.user)
        context |= {
            "day": my.day_of(viewer, viewer.user),
            "load": my.load(cases, viewer),
            "way": my.way_to_hours(cases, viewer.day),
        }
        if not group:
            context["others"] = my.others(cases, {row.case_id for row in found}, viewer.day)
    return render(request, "today/today.html", context)


@roles(*STAFF)
def tasks(request: Request) -> HttpResponse:
    """The tasks of the top bar are the list of today."""
    return redirect(reverse("today"))


@roles(*STAFF)
def my_hours(request: Request) -> HttpResponse:
    """The paid hours of my citizens in the last whole week, report by report."""
    viewer = request.viewer
    cases = my.mine(viewer, viewer.user)
    way = my.way_to_hours(cases, viewer.day)
    reports = my.hours_rows(cases, viewer.day).select_related("placement__case__citizen", "placement__workplace")
    context = {
        "title": f"{way['hours']} {way['hours_what']}",
        "back_url": reverse("today"),
        "reports": [
            {
                "name": row.placement.case.citizen.full_name,
                "url": reverse("case", args=[row.placement.case_id]),
                "workplace": row.placement.workplace.name,
                "paid": row.paid,
            }
            for row in reports.order_by("-paid", "placement__case__citizen__last_name", "pk")
        ],
    }
    return render(request, "today/hours.html", context)
