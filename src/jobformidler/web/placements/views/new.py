"""From a match to an agreement in one step: an idea already there, an open place, or a workplace."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, F, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jobformidler.casework.models import Case
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.employers.models import Workplace
from jobformidler.openings.models import Place
from jobformidler.placements import actions
from jobformidler.placements.enums import BEFORE_START, RUNNING, PlacementStatus
from jobformidler.placements.models import AgreementVersion, Placement
from jobformidler.placements.perms import WORK, powers_on
from jobformidler.web.guards import case_page
from jobformidler.web.http import Request
from jobformidler.web.placements.advice import of_new
from jobformidler.web.placements.sheet import Sheet, dom_id

MOST = 12
TAKES = Q(placements__status__in=[*BEFORE_START[3:], *RUNNING])
BEGUN = (PlacementStatus.IDEA, PlacementStatus.DIALOGUE, PlacementStatus.DRAFT)
DISCUSSED = {"yes": True, "no": False}


def agreement_url(version: AgreementVersion) -> str:
    """The agreement's page, with the first missing value open."""
    key = Sheet(version.content).first_missing
    url = reverse("agreement", args=[version.placement_id])
    return f"{url}?felt={key}#{dom_id(key)}" if key else url


@case_page("new placement")
@require_http_methods(["GET", "POST"])
def placement_new(request: Request, case: Case) -> HttpResponse:
    """Choose where, and land on an agreement filled from what is known. POST takes `placement`, `opening` or `workplace`."""
    if not powers_on(request.user, case, clock.today()) & WORK:
        raise PermissionDenied
    errors: list[str] = []
    if request.method == "POST":
        try:
            version = _begin(request, case)
        except ActionError as error:
            errors = error.messages
        else:
            messages.success(request, _("The agreement is filled in. Read it through, and send it."))
            return HttpResponseRedirect(agreement_url(version))
    return render(request, "placements/new.html", {**_offers(request, case), "errors": errors})


@transaction.atomic
def _begin(request: Request, case: Case) -> AgreementVersion:
    """The agreement of an idea, or a new one. Choosing the same place twice, also at once, leaves one."""
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    rows = Placement.objects.visible_to(request.viewer).filter(case=case)
    if request.POST.get("placement"):
        return _continue(request, get_object_or_404(rows.for_list(), pk=_key(request, "placement")))
    opening = None
    if request.POST.get("opening"):
        places = Place.objects.visible_to(request.viewer).open_on(request.viewer.day).select_related("workplace")
        opening = get_object_or_404(places, pk=_key(request, "opening"))
        workplace = opening.workplace
    else:
        workplace = get_object_or_404(Workplace.objects.visible_to(request.viewer), pk=_key(request, "workplace"))
    begun = rows.for_list().filter(workplace=workplace, opening=opening, status__in=BEGUN).first()
    if begun is not None:
        return _continue(request, begun)
    return actions.new_agreement(
        case=case,
        workplace=workplace,
        opening=opening,
        hours_discussed=DISCUSSED.get(request.POST.get("discussed", "")),
        reason_citizen=request.POST.get("reason_citizen", "")[:300],
        reason_employer=request.POST.get("reason_employer", "")[:300],
        by=request.user,
        at=clock.now(),
    )


def _continue(request: Request, placement: Placement) -> AgreementVersion:
    """The agreement of a placement already begun, written now when it is not."""
    newest = placement.versions.first()
    if newest is not None:
        return newest
    discussed = DISCUSSED.get(request.POST.get("discussed", ""))
    if placement.status == PlacementStatus.IDEA:
        actions.open_dialogue(placement=placement, hours_discussed=discussed, by=request.user, at=clock.now())
    return actions.draft_agreement(placement=placement, by=request.user, at=clock.now())


def _key(request: Request, name: str) -> int:
    value = request.POST.get(name, "")
    return int(value) if value.isdigit() and len(value) < 16 else 0


def _offers(request: Request, case: Case) -> dict[str, Any]:
    term = request.GET.get("q", "").strip()
    begun = Placement.objects.filter(case=case, status__in=BEGUN).select_related("workplace", "opening")
    places = (
        Place.objects.visible_to(request.viewer)
        .open_on(request.viewer.day)
        .for_list()
        .annotate(taken=Count("placements", filter=TAKES))
        .filter(taken__lt=F("capacity"))
        .order_by("-paid_hours_expected", "starts_on", "pk")
    )
    workplaces = Workplace.objects.none()
    offered: dict[str, list[Any]]
    if term:
        workplaces = Workplace.objects.visible_to(request.viewer).matching(term).order_by("name")[:MOST]
        places = places.filter(Q(workplace__in=workplaces.values("pk")) | Q(title__icontains=term))
    offered = {"begun": list(begun), "places": list(places[:MOST]), "workplaces": list(workplaces)}
    at = {row.workplace for row in (*offered["begun"], *offered["places"])} | {*offered["workplaces"]}
    words, first = of_new(case, sorted(at, key=lambda one: one.pk), request.viewer.day)
    for row in (*offered["begun"], *offered["places"]):
        row.room = words.get(row.workplace_id, "")
    for workplace in offered["workplaces"]:
        workplace.room = words.get(workplace.pk, "")
    return {
        "case": case,
        "citizen": case.citizen,
        "back_url": reverse("case", args=[case.pk]),
        "term": term,
        **offered,
        "first": first,
        "discussed": request.POST.get("discussed", ""),
        "reason_citizen": request.POST.get("reason_citizen", ""),
        "reason_employer": request.POST.get("reason_employer", ""),
    }
