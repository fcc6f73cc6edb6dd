"""The phone's "Register": choose a citizen, then one of the five verbs."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jobformidler.accounts.enums import Role
from jobformidler.casework.enums import AppointmentStatus
from jobformidler.casework.models import Appointment, Case
from jobformidler.casework.querysets import CaseQuerySet
from jobformidler.citizens.search import ids as search_ids
from jobformidler.core import clock
from jobformidler.placements.enums import RUNNING
from jobformidler.placements.models import Placement
from jobformidler.web.cases.layout import verb_links
from jobformidler.web.cases.words import since_words
from jobformidler.web.guards import roles
from jobformidler.web.http import Request

MOST = 40
#: Most citizens a piece of a name finds before it is looked at which of them have an open case.
FOUND = 200


@roles(Role.JOBFORMIDLER, Role.CASEWORKER, Role.TEAM_LEADER)
def register(request: Request) -> HttpResponse:
    """My citizens with the five verbs, those I meet today first; a search reaches the team's citizens too.

    The name is searched for by POST, so that it never stands in an address.
    """
    viewer = request.viewer
    term = " ".join(request.POST.get("q", "").split())[:60]
    cases = Case.objects.visible_to(viewer).open()
    if term:
        cases = cases.filter(citizen__in=search_ids(term, viewer, FOUND))
    else:
        cases = cases.of_user(viewer.user, viewer.day)
    rows = [_row(case, viewer.day) for case in _read(cases, viewer.day)[: MOST + 1]]
    context = {
        "term": term,
        "rows": rows[:MOST],
        "more": len(rows) > MOST,
        "title": _("Register: for whom?"),
    }
    return render(request, "cases/register.html", context)


def _read(cases: CaseQuerySet, day: dt.date) -> CaseQuerySet:
    """The cases with today's appointment and the placement under way."""
    tonight = clock.at_time(day + dt.timedelta(days=1), 0)
    today = Appointment.objects.filter(
        case=OuterRef("pk"), status=AppointmentStatus.PLANNED, at__gte=clock.at_time(day, 0), at__lt=tonight
    )
    running = Placement.objects.filter(case=OuterRef("pk"), status__in=RUNNING).order_by("-pk").values("pk")[:1]
    return (
        cases.select_related("citizen")
        .annotate(met_today=Exists(today), running=Subquery(running))
        .order_by("-met_today", "citizen__first_name", "citizen__last_name", "pk")
    )


def _row(case: Any, day: dt.date) -> dict[str, Any]:
    return {
        "name": case.citizen.full_name,
        "state": _("You meet today")
        if case.met_today
        else since_words(case.get_status_display(), case.status, case.status_since, day),
        "verbs": verb_links(case.pk, case.running),
    }
