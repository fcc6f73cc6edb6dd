"""What a board page is asked for: the filters of the address, the scope they give, and links that keep them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Unit
from jobformidler.accounts.viewer import Viewer
from jobformidler.core.lists import labels
from jobformidler.steering.scope import Filters, Scope, scope_for
from jobformidler.web import danish
from jobformidler.web.filters import Filter, selected
from jobformidler.web.http import Request

BOARD = (Role.TEAM_LEADER, Role.MANAGEMENT)
YEAR, HALF, QUARTER = "12-maaneder", "6-maaneder", "3-maaneder"
_MONTHS = {YEAR: 365, HALF: 182, QUARTER: 91}


@dataclass(frozen=True)
class Asked:
    """One request to the board: scope, the chosen filters, and how to link on with them."""

    scope: Scope
    chosen: dict[str, str]
    filters: list[Filter]

    @property
    def kept(self) -> dict[str, str]:
        """The filters that are set, as they stand in the address."""
        return {name: value for name, value in self.chosen.items() if value}

    def url(self, name: str, *args: Any, **more: Any) -> str:
        """A page of the board with the same filters."""
        query = urlencode(self.kept | {key: value for key, value in more.items() if value})
        return reverse(name, args=args) + (f"?{query}" if query else "")

    def cases_url(self, name: str, *args: Any, **more: Any) -> str:
        """The list behind a number; empty for somebody who may not see names."""
        return self.url(name, *args, **more) if self.scope.names else ""

    def url_of_case(self, pk: int) -> str:
        """The case itself."""
        return reverse("case", args=[pk])

    @property
    def shown(self) -> list[dict[str, Any]]:
        """The line of filters."""
        return [one.shown(self.chosen[one.name]) for one in self.filters]

    def said(self) -> str:
        """The filters in words, for exports and print."""
        return " · ".join(f"{one['label']}: {one['value']}" for one in self.shown)


def since_of(code: str, day: dt.date) -> dt.date:
    """The first day of the period: 1 January of this year, or so many months back."""
    return day - dt.timedelta(days=_MONTHS[code]) if code in _MONTHS else dt.date(day.year, 1, 1)


Choices = list[tuple[str, str]]


def _units_and_people(viewer: Viewer) -> tuple[Choices, Choices]:
    """Units and their jobformidlere, both by name. One query.

    A leader looks at one caseload at a time, never at a list of who is ahead.
    """
    units = Unit.objects.filter(active=True)
    if viewer.has(Role.TEAM_LEADER) and not viewer.whole_municipality:
        units = units.filter(pk__in=viewer.case_units)
    works = Q(memberships__role=Role.JOBFORMIDLER, memberships__period__contains=viewer.day)
    person = JSONObject(pk="memberships__user", name="memberships__user__name")
    rows = units.annotate(people=ArrayAgg(person, filter=works, default=[])).values_list("pk", "name", "people")
    people: dict[str, str] = {}
    choices = []
    for pk, name, found in rows:
        choices.append((str(pk), name))
        people |= {str(one["pk"]): one["name"] for one in found}
    return choices, sorted(people.items(), key=lambda one: one[1])


def asked_for(request: Request) -> Asked:
    """The filters of the address as a scope. One query."""
    viewer = request.viewer
    units, people = _units_and_people(viewer)
    first = danish.day_near(dt.date(viewer.day.year, 1, 1), weekday=False)
    benefits = list(labels("benefit").items())
    everywhere = viewer.whole_municipality or not viewer.has(Role.TEAM_LEADER)
    filters = [
        Filter(_("Unit"), "enhed", _("the whole municipality") if everywhere else _("all of yours"), units),
        Filter(_("Benefit"), "ydelse", _("all"), benefits),
        Filter(
            _("Period"),
            "periode",
            _("since %(day)s") % {"day": first},
            [(YEAR, _("the last 12 months")), (HALF, _("the last 6 months")), (QUARTER, _("the last 3 months"))],
        ),
    ]
    if viewer.has(Role.TEAM_LEADER):
        filters.insert(2, Filter(_("Jobformidler"), "jobformidler", _("all"), people))
    chosen = selected(filters, request.GET.dict())
    person = chosen.get("jobformidler", "")
    scope = scope_for(
        viewer,
        Filters(
            since=since_of(chosen["periode"], viewer.day),
            unit=int(chosen["enhed"]) if chosen["enhed"] else None,
            benefit=chosen["ydelse"],
            person=int(person) if person else None,
        ),
    )
    return Asked(scope, chosen, filters)
