"""Find a place for a citizen, and candidates for a place. Places are ranked, people are not."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from jobformidler.accounts.enums import EMPLOYER_ROLES
from jobformidler.casework.models import Case
from jobformidler.citizens.enums import Ability, ConsiderationCategory, Importance
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.matching.engine import told
from jobformidler.matching.search import Candidate, PlacesFound, candidates_for, load_places, places_for
from jobformidler.matching.terms import RELAXABLE, Finding, Match, Reason, Verdict
from jobformidler.openings.models import Place
from jobformidler.placements.actions import propose
from jobformidler.placements.enums import PlacementKind
from jobformidler.web import danish
from jobformidler.web.cases.visit import visits_taken_along
from jobformidler.web.cases.words import ago, capital, joined, link
from jobformidler.web.guards import case_page, roles
from jobformidler.web.http import Request
from jobformidler.web.matching import words
from jobformidler.web.places.words import free_words, hours_words

PAGE = 10
LEFT_OUT = 60
#: What a proposed place becomes; anything else begins as an internship.
KINDS = {
    "wage_subsidy": PlacementKind.WAGE_SUBSIDY,
    "ordinary": PlacementKind.ORDINARY,
    "small_job": PlacementKind.ORDINARY,
}


def chosen_in(request: Request) -> frozenset[Reason]:
    """The "what if" conditions in the address, comma between them; unknown ones are ignored."""
    given = set(request.GET.get("hvis", "").split(","))
    return frozenset(reason for reason in RELAXABLE if str(reason) in given)


def as_value(reasons: Iterable[Reason]) -> str:
    """The conditions as they stand in the address."""
    chosen = set(reasons)
    return ",".join(str(reason) for reason in RELAXABLE if reason in chosen)


def chips(found: PlacesFound, chosen: frozenset[Reason]) -> list[dict[str, Any]]:
    """A chip for each condition that would open places, or that is chosen."""
    made: list[dict[str, Any]] = []
    for reason in RELAXABLE:
        more = found.ranking.effects.get(reason, 0)
        if not more and reason not in chosen:
            continue
        first = (
            ngettext("%(n)s place more", "%(n)s places more", more)
            if not made
            else ngettext("%(n)s more", "%(n)s more", more)
        )
        made.append(
            {
                "label": words.what_if_words(reason, found.known.need, found.parameters),
                "effect": first % {"n": more} if more else _("no more"),
                "value": as_value(chosen ^ {reason}),
                "pressed": reason in chosen,
            }
        )
    return made


def wishes(found: PlacesFound) -> list[dict[str, Any]]:
    """What matters to the citizen at work, the most important first, each with its category (CIT-08)."""
    return [
        {
            "text": capital(row.text),
            "note": f"{Importance(row.importance).label}, {ConsiderationCategory(row.category).label}",
        }
        for row in found.known.considerations
    ]


def abilities(found: PlacesFound) -> list[tuple[str, str]]:
    """What the citizen can do, would like to try and cannot do (CIT-08), and the job goal."""
    phrases = found.known.phrases
    lists = [
        (_("Can do"), [*phrases[Ability.CAN], *phrases["competence"]]),
        (_("Would like to try"), phrases[Ability.WANTS]),
        (_("Cannot do"), phrases[Ability.CANNOT]),
        (_("Job goal"), phrases["goal"]),
    ]
    return [(label, capital(joined([words.lower(text.strip()) for text in texts]))) for label, texts in lists if texts]


def place_row(match: Match, place: Place, rank: int, found: PlacesFound, request: Request) -> dict[str, Any]:
    """A ranked place with its reasons, and the one step that follows."""
    name, today = found.known.case.citizen.short_name, request.viewer.day
    contact = place.contact.name.split(" ")[0] if place.contact else place.workplace.name
    row: dict[str, Any] = {
        "rank": rank,
        "name": place.title,
        "url": reverse("place", args=[place.pk]),
        "place": place.workplace.name,
        "verdict": words.verdict_words(match.findings),
        "reasons": words.reasons(match, name, contact),
        "criteria": words.bars(match.findings),
        "pk": place.pk,
    }
    free = found.free[match.row]
    if match.here:
        row["facts"] = ", ".join((hours_words(place), _("%(name)s is here now") % {"name": name}))
        running = next(p for p in found.known.running if p.opening_id == place.pk)
        row["action"] = _("Talk with %(who)s about hours") % {"who": contact}
        row["action_url"] = link("follow_up", running.pk) or reverse("workplace", args=[place.workplace_id])
        return row
    row["facts"] = ", ".join((hours_words(place), free_words(free, place.starts_on, today)))
    proposed = found.known.proposed.get(place.pk)
    if proposed:
        row["action"] = _("Continue with the agreement")
        row["action_url"] = link("agreement", proposed.pk)
    elif found.met and found.may_propose:
        row["propose"] = _("Propose the place to %(name)s") % {"name": name}
    return row


def left_out(found: PlacesFound) -> list[dict[str, Any]]:
    """The places left out, under the reason, with their names; at most a screenful of each."""
    need, name = found.known.need, found.known.case.citizen.short_name
    filtered = found.ranking.filtered
    named = load_places([pk for ids in filtered.values() for pk in ids[:LEFT_OUT]])
    return [
        {
            "why": capital(words.reason_words(reason, len(ids), need, name, found.parameters)),
            "places": [named[pk] for pk in ids[:LEFT_OUT] if pk in named],
            "more": max(0, len(ids) - LEFT_OUT),
        }
        for reason, ids in filtered.items()
    ]


def lead_words(found: PlacesFound) -> str:
    """ "3 pladser passer. 14 er ikke med: 8 har ingen løntimer i udsigt, …"."""
    need, name = found.known.need, found.known.case.citizen.short_name
    fits = len(found.ranking.matches)
    said = (
        ngettext("%(n)s place fits.", "%(n)s places fit.", fits) % {"n": danish.number(fits)}
        if fits
        else _("No place fits yet.")
    )
    out = found.ranking.filtered_count
    if out:
        counts = {reason: len(ids) for reason, ids in found.ranking.filtered.items()}
        why = words.filtered_words(counts, need, name, found.parameters)
        if len(counts) > 1:
            told_out = ngettext("%(n)s is not included: %(why)s.", "%(n)s are not included: %(why)s.", out)
        else:
            told_out = _("Not included: %(why)s.")
        said += " " + told_out % {"n": danish.number(out), "why": why}
    return said


@case_page("find a place")
def place_match(request: Request, case: Case) -> HttpResponse:
    """Places for one citizen: left what matters, right the places in order of fit with every reason (MAT-01, MAT-02)."""
    chosen = chosen_in(request)
    found = places_for(case, request.viewer, chosen)
    page: Page = Paginator(found.ranking.matches, PAGE).get_page(request.GET.get("page"))
    shown: list[Match] = list(page)
    places = found.page(shown)
    show_out = request.GET.get("vis") == "ikke-med"
    out = found.ranking.filtered_count
    citizen = case.citizen
    return render(
        request,
        "matching/places.html",
        {
            "case": case,
            "citizen": citizen,
            "name": citizen.short_name,
            "lead": lead_words(found),
            "out": out,
            "out_link": _("See the %(n)s") % {"n": danish.number(out)} if out > 1 else _("See it"),
            "chips": chips(found, chosen),
            "kept": {"vis": "ikke-med"} if show_out else {},
            "chosen": as_value(chosen),
            "wishes": wishes(found),
            "abilities": abilities(found),
            "learnings": [*found.known.learnings[:3], *visits_taken_along(case)[:3]],
            "rows": [
                place_row(match, places[match.id], page.start_index() + index, found, request)
                for index, match in enumerate(shown)
            ],
            "page": page,
            "met": found.met,
            "left_out": left_out(found) if show_out else [],
            "show_out": show_out,
        },
    )


def reasons_for_both(match: Match, place: Place, name: str) -> tuple[str, str]:
    """Why the match is good for the citizen and for the workplace, from the facts that speak for it (MAT-06)."""
    speaking = [text for kind, text in words.reasons(match, name) if kind == Verdict.FOR]
    citizen = " ".join(speaking) or _("%(name)s gets the chance to try the place.") % {"name": name}
    tasks: list[Finding] = [group[0] for group in told(match.findings, Verdict.FOR) if group[0].fact == "can"]
    if tasks:
        workplace = _("%(name)s can do: %(what)s.") % {"name": name, "what": words.lower(tasks[0].values[0])}
    else:
        workplace = _("Help with %(title)s, %(hours)s.") % {
            "title": words.lower(place.title),
            "hours": hours_words(place),
        }
    return citizen[:300], workplace[:300]


@case_page("propose a place")
@require_POST
def place_propose(request: Request, case: Case) -> HttpResponse:
    """Propose a place for the citizen: an idea with a reason for both, and on to the agreement."""
    back = reverse("place_match", args=[case.pk])
    given = request.POST.get("plads", "")
    place = get_object_or_404(
        Place.objects.visible_to(request.viewer).for_list(), pk=given if given.isdigit() else None
    )
    found = places_for(case, request.viewer, RELAXABLE)
    match = next((match for match in found.ranking.matches if match.id == place.pk), None)
    if match is None:
        messages.error(request, _("The place no longer fits. See why below."))
        return HttpResponseRedirect(f"{back}?vis=ikke-med")
    good_for_citizen, good_for_workplace = reasons_for_both(match, place, case.citizen.short_name)
    try:
        placement = propose(
            case=case,
            workplace=place.workplace,
            opening=place,
            reason_citizen=good_for_citizen,
            reason_employer=good_for_workplace,
            kind=KINDS.get(place.kind, PlacementKind.INTERNSHIP),
            by=request.user,
            at=clock.now(),
        )
    except ActionError as error:
        messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(back)
    messages.success(
        request, _("%(title)s is proposed to %(name)s.") % {"title": place.title, "name": case.citizen.short_name}
    )
    return HttpResponseRedirect(link("agreement", placement.pk) or back)


def candidate_row(candidate: Candidate, request: Request) -> dict[str, Any]:
    """A citizen the place fits: how long they have waited, and the same reasons as on their own page."""
    case, today = candidate.known.case, request.viewer.day
    days = (today - candidate.waiting_since).days
    name = case.citizen.short_name
    return {
        "id": f"sag-{case.pk}",
        "figure": danish.number(days),
        "unit": danish.days(days).split(danish.NBSP)[-1],
        "name": case.citizen.full_name,
        "short": name,
        "url": reverse("case", args=[case.pk]),
        "since": (
            _("The last placement ended %(ago)s.")
            if candidate.waiting_since > case.opened_on
            else _("The case was opened %(ago)s.")
        )
        % {"ago": ago(candidate.waiting_since, today)},
        "verdict": words.verdict_words(candidate.match.findings),
        "reasons": words.reasons(candidate.match, name),
        "criteria": words.bars(candidate.match.findings),
        "match_url": reverse("place_match", args=[case.pk]),
        "action": _("Find a place for %(name)s") % {"name": name},
    }


@roles(*EMPLOYER_ROLES)
def candidates(request: Request, pk: int) -> HttpResponse:
    """Citizens the viewer works with whom a place fits, the one who has waited longest first (MAT-03)."""
    place = get_object_or_404(Place.objects.visible_to(request.viewer).for_list(), pk=pk)
    found, out = candidates_for(place, request.viewer)
    page: Page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    count = len(found)
    title = (
        ngettext("The place fits %(n)s citizen", "The place fits %(n)s citizens", count) % {"n": danish.number(count)}
        if count
        else _("The place fits nobody you work with right now")
    )
    return render(
        request,
        "matching/candidates.html",
        {
            "place": place,
            "title": title,
            "lead": f"{place.title}, {place.workplace.name}. {capital(hours_words(place))}.",
            "out": words.candidates_out_words(out) if out else "",
            "out_count": sum(out.values()),
            "rows": [candidate_row(candidate, request) for candidate in page],
            "page": page,
        },
    )
