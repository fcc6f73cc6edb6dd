"""Min side: who helps me, when we meet next, what comes next, where I am."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jobformidler.casework.enums import CaseStatus
from jobformidler.casework.models import Case
from jobformidler.citizens.models import Citizen
from jobformidler.core import clock
from jobformidler.placements.enums import RUNNING
from jobformidler.web import danish
from jobformidler.web.cases.layout import Around, around
from jobformidler.web.cases.words import capital, moment_words
from jobformidler.web.frame import find
from jobformidler.web.guards import own_page
from jobformidler.web.http import Request
from jobformidler.web.me.looks import who_has_looked
from jobformidler.web.me.placement import placement_words
from jobformidler.web.me.referral import right_of
from jobformidler.web.me.rooms import ROOMS


def own_case(citizen: Citizen) -> Case | None:
    """The citizen's newest case, an open one before a closed one. One query."""
    rows = Case.objects.filter(citizen=citizen).select_related("municipality", "unit")
    found = sorted(rows, key=lambda case: (case.status != CaseStatus.CLOSED, case.opened_on, case.pk))
    if not found:
        return None
    found[-1].citizen = citizen
    return found[-1]


@own_page("me")
def me(request: Request, citizen: Citizen) -> HttpResponse:
    """The citizen's first page."""
    now = clock.now()
    case = own_case(citizen)
    seen = around(case, now) if case else None
    context: dict[str, Any] = {
        "citizen": citizen,
        "municipality": citizen.municipality,
        "over": capital(danish.day_near(now)),
        "person": seen.jobformidler if seen else None,
        "caseworker": seen.caseworker if seen else None,
        "meeting": _meeting(seen) if seen else None,
        "step": _step(seen) if seen else None,
        "placement": placement_words(seen.placement, seen.today)
        if seen and seen.placement and seen.placement.status in RUNNING
        else None,
        "referral": right_of(citizen, clock.local_date(now)),
        "rooms": [(room, url) for room in ROOMS if room.name != "me" and (url := find(room.name))],
    }
    return render(request, "me/me.html", context)


@own_page("access log")
def my_access(request: Request, citizen: Citizen) -> HttpResponse:
    """Who has opened something about me, when, which page, and why they could."""
    return render(request, "me/looks.html", {"citizen": citizen, **who_has_looked(citizen, request.GET)})


def _meeting(seen: Around) -> dict[str, str] | None:
    """The next appointment in words."""
    found = seen.next_appointment()
    if found is None:
        return None
    return {"when": capital(moment_words(found["at"], seen.today)), "what": found["what"], "where": found["where"]}


def _step(seen: Around) -> dict[str, str] | None:
    """The next step and its day, of a case that is open."""
    case = seen.case
    if case.status == CaseStatus.CLOSED or not case.next_step:
        return None
    by = _("by %(day)s") % {"day": danish.day_words(case.next_step_on, seen.today)} if case.next_step_on else ""
    return {"text": case.next_step, "by": by}
