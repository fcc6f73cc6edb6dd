"""Min side: who helps me, when we meet next, my small step, my hours, what is agreed."""

import datetime as dt
from typing import Any

from django.db.models import OuterRef
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jobformidler.casework.enums import CaseStatus
from jobformidler.casework.models import Case, Promise
from jobformidler.citizens.models import Citizen
from jobformidler.core import clock
from jobformidler.placements.enums import RUNNING
from jobformidler.web import danish
from jobformidler.web.cases.layout import Around, around, as_json
from jobformidler.web.cases.now import goal_words, goals_inside
from jobformidler.web.cases.words import capital, moment_words
from jobformidler.web.frame import find
from jobformidler.web.guards import own_page
from jobformidler.web.http import Request
from jobformidler.web.me.helper import helper_of
from jobformidler.web.me.looks import who_has_looked
from jobformidler.web.me.own_case import own_case
from jobformidler.web.me.referral import right_of
from jobformidler.web.me.rooms import ROOMS
from jobformidler.web.me.work import papers_of, stairs_of


@own_page("me")
def me(request: Request, citizen: Citizen) -> HttpResponse:
    """The citizen's first page: who helps, when we meet, the small step, the hours, what is agreed, what to read."""
    now = clock.now()
    today = clock.local_date(now)
    case = own_case(citizen)
    seen = _around(case, now) if case else None
    running = seen.placement if seen and seen.placement and seen.placement.status in RUNNING else None
    meeting = _meeting(seen) if seen else None
    context: dict[str, Any] = {
        "citizen": citizen,
        "municipality": citizen.municipality,
        "over": capital(danish.day_near(now)),
        "helper": helper_of(citizen, case, today, seen.jobformidler if seen else None),
        "caseworker": seen.caseworker if seen else None,
        "lifeline": _lifeline(case, today),
        "meeting": meeting,
        "meets": case is not None and case.status not in (CaseStatus.AFTERCARE, CaseStatus.CLOSED),
        "step": _small_step(seen) if seen else None,
        "agreed": _agreed(seen, citizen) if seen else [],
        "where": running.workplace.name if running else "",
        "stairs": stairs_of(running) if running else None,
        "referral": right_of(citizen, today),
        "papers": papers_of(citizen),
        "rooms": [(room, url) for room in ROOMS if not room.menu and (url := find(room.name))],
        "writes": case is not None and case.status != CaseStatus.CLOSED,
    }
    return render(request, "me/me.html", context)


def _around(case: Case, now: dt.datetime) -> Around:
    """The case with its open promises and its goals, in two queries."""
    promises = Promise.objects.standing().filter(case=OuterRef("pk"), kept_on=None).order_by("due_on", "pk")
    return around(
        case,
        now,
        promises=as_json(promises, what="what", owner="owner_id", owner_name="owner_name", due_on="due_on"),
        goals=goals_inside(),
    )


@own_page("access log")
def my_access(request: Request, citizen: Citizen) -> HttpResponse:
    """Who has opened something about me, when, which page, and why they could."""
    return render(request, "me/looks.html", {"citizen": citizen, **who_has_looked(citizen, request.GET)})


def _meeting(seen: Around) -> dict[str, Any] | None:
    """The next appointment in words."""
    found = seen.next_appointment()
    if found is None or seen.case.status == CaseStatus.CLOSED:
        return None
    return {
        "pk": found["pk"],
        "when": moment_words(found["at"], seen.today),
        "what": found["what"],
        "where": found["where"],
    }


def _small_step(seen: Around) -> dict[str, Any] | None:
    """The first small step that cannot be done alone yet."""
    if seen.case.status == CaseStatus.CLOSED:
        return None
    return next((goal["current"] for goal in goal_words(seen.more["goals"]) if goal["current"]), None)


def _agreed(seen: Around, citizen: Citizen) -> list[dict[str, str]]:
    """What is agreed and by whom: the next step, then open promises, each with its day."""
    case = seen.case
    if case.status == CaseStatus.CLOSED:
        return []
    found = []
    if case.next_step:
        found.append({"who": _("Next step"), "what": case.next_step, "by": _until(case.next_step_on, seen.today)})
    mine = {citizen.full_name, citizen.short_name, citizen.first_name}
    for promise in seen.more["promises"]:
        due = dt.date.fromisoformat(promise["due_on"]) if promise["due_on"] else None
        own = promise["owner"] is None and promise["owner_name"] in mine
        who = _("You") if own else promise["owner_name"].split(" ")[0]
        found.append({"who": who, "what": promise["what"], "by": _until(due, seen.today)})
    return found


def _until(day: dt.date | None, today: dt.date) -> str:
    return _("by %(day)s") % {"day": danish.day_words(day, today)} if day else ""


def _lifeline(case: Case | None, today: dt.date) -> str:
    """After the job: until when the same people answer (CON-25)."""
    if case is None or case.status != CaseStatus.AFTERCARE:
        return ""
    if case.aftercare_until is None:
        return _("The lifeline is open.")
    day = danish.day_near(case.aftercare_until, weekday=False, year=True)
    return _("The lifeline is open until %(day)s.") % {"day": day}
