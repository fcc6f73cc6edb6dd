"""The target group by length of unemployment and by group; whom we can place ourselves first; what is to be assessed anew."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.accounts.enums import CASE_ROLES, Role
from jobformidler.casework import target
from jobformidler.registers.enums import UnemploymentLength
from jobformidler.registers.rules import clock_rules
from jobformidler.registers.runs import of_length
from jobformidler.web import danish
from jobformidler.web.deadlines.words import banner_of
from jobformidler.web.guards import roles
from jobformidler.web.http import Request
from jobformidler.web.target import words

STAFF = tuple(sorted(CASE_ROLES))
PAGE = 25
LENGTHS = {
    "under-et-halvt": UnemploymentLength.UNDER_HALF,
    "et-halvt-til-et": UnemploymentLength.HALF_TO_YEAR,
    "et-eller-mere": UnemploymentLength.OVER_YEAR,
}
NO_GROUP = "ingen"


def _common(request: Request) -> dict[str, Any]:
    """What the three lists share: the rules' banner, and whose citizens are shown."""
    rules = clock_rules(request.viewer.municipality.pk)
    return {"banner": banner_of(rules.rule_set) if rules else "", "off": rules is None, "here": request.path}


def _mine(request: Request) -> bool:
    return request.GET.get("hos") == "mine"


def _address(**chosen: str) -> str:
    return "?" + urlencode({name: value for name, value in chosen.items() if value})


def _notes(length: str) -> str:
    """What the rules say about a group of the lengths."""
    return {
        UnemploymentLength.UNDER_HALF: _("The municipality can refer on its own decision."),
        UnemploymentLength.HALF_TO_YEAR: _("May be referred: the citizen can ask for it."),
        UnemploymentLength.OVER_YEAR: _(
            "Assess availability; if the conditions are met, the municipality is to refer."
        ),
    }[UnemploymentLength(length)]


@roles(*STAFF)
def unemployed(request: Request) -> HttpResponse:
    """Three numbers that add up to everybody on ledighedsydelse, the groups of the model, and the list behind each."""
    viewer, day = request.viewer, request.viewer.day
    mine = _mine(request)
    citizens = target.target_group(viewer, mine=mine)
    numbers = target.counts(citizens, day)
    texts = target.words_of_groups()
    readable = target.readable_groups(viewer)
    length = LENGTHS.get(request.GET.get("laengde", ""))
    asked = request.GET.get("gruppe", "")
    group = asked if asked in (*readable, NO_GROUP) else ""
    hos = "mine" if mine else ""
    kept = {"laengde": request.GET["laengde"] if length else "", "gruppe": group, "hos": hos}
    if length:
        citizens = citizens.filter(of_length(length, day))
    if group:
        citizens = citizens.filter(target.in_group(target.NO_GROUP if group == NO_GROUP else group))
    page = Paginator(citizens.order_by(F("run_since").asc(nulls_last=True), "pk"), PAGE).get_page(
        request.GET.get("page")
    )
    chips = [(one, texts[one]["name"], numbers[f"group_{one}"]) for one in readable]
    chips.append((NO_GROUP, _("No group noted"), numbers[f"group_{target.NO_GROUP}"]))
    context = {
        **_common(request),
        "title": ngettext("%(n)s citizen on ledighedsydelse", "%(n)s citizens on ledighedsydelse", numbers["all"])
        % {"n": danish.number(numbers["all"])},
        "lengths": [
            {
                "value": danish.number(numbers[one]),
                "what": UnemploymentLength(one).label,
                "url": _address(**kept | {"laengde": "" if length == one else key}),
                "note": _notes(one),
                "chosen": length == one,
            }
            for key, one in LENGTHS.items()
        ],
        "chips": [
            {"label": f"{label} {danish.number(n)}", "value": "" if one == group else one, "pressed": one == group}
            for one, label, n in chips
        ],
        "kept": {name: value for name, value in kept.items() if value and name != "gruppe"},
        "whole": _address(**kept | {"laengde": "", "gruppe": ""}),
        "heading": _heading(length, group, texts),
        "texts": texts.get(group),
        "rows": [_row(one, texts, day) for one in page],
        "page": page,
        "many": viewer.has(Role.CASEWORKER),
        "mine": mine,
        "other_url": _address(**kept | {"hos": "" if mine else "mine"}),
    }
    return render(request, "target/unemployed.html", context)


def _heading(length: str | None, group: str, texts: dict[str, dict[str, str]]) -> str:
    """What the list holds, in words."""
    parts = [str(UnemploymentLength(length).label)] if length else []
    if group:
        parts.append(_("No group noted") if group == NO_GROUP else texts[group]["name"])
    said = ", ".join(parts)
    return said[:1].upper() + said[1:] if said else _("Everybody, longest unemployed first")


def _row(one: Any, texts: dict[str, dict[str, str]], day: dt.date) -> dict[str, Any]:
    figure, unit = words.cutoff(one, day)
    said = [words.run_words(one.run_since, one.half_on, one.year_on, day)]
    if one.group:
        said.append(texts[one.group]["name"] + ".")
    if one.referred:
        said.append(_("It is decided that the citizen is to be referred."))
    row: dict[str, Any] = {"id": f"borger-{one.pk}", "figure": figure, "unit": unit, "name": one.full_name}
    if one.case_pk is None:
        url = reverse("case_open", args=[one.pk])
        return row | {"url": url, "why": " ".join([*said, _("No case is open.")]), "action": "", "pk": None}
    return row | {
        "pk": None if one.referred else one.case_pk,
        "url": reverse("case_target", args=[one.case_pk]),
        "why": " ".join(said),
        "action": "",
    }


@roles(*STAFF)
def own_effort(request: Request) -> HttpResponse:
    """Citizens ready for a job who near half a year or a year: place them ourselves first (CIT-23)."""
    viewer, mine = request.viewer, _mine(request)
    days = viewer.municipality.cutoff_days
    found = target.near_cutoff(target.target_group(viewer, mine=mine), viewer.day, days)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    name = target.words_of_groups()["1"]["name"]
    count = page.paginator.count
    context = {
        **_common(request),
        "title": _("Own effort first"),
        "lead": ngettext(
            "%(n)s citizen in «%(group)s» has at most %(days)s left to half a year or a year.",
            "%(n)s citizens in «%(group)s» have at most %(days)s left to half a year or a year.",
            count,
        )
        % {"n": danish.number(count), "group": name, "days": danish.days(days)},
        "rows": [_effort_row(one, viewer.day, request.get_full_path()) for one in page],
        "page": page,
        "empty": _("Nobody in «%(group)s» is that near a date.") % {"group": name},
        "mine": mine,
        "other_url": "?" if mine else "?hos=mine",
    }
    return render(request, "target/list.html", context)


def _effort_row(one: Any, day: dt.date, here: str) -> dict[str, Any]:
    figure, unit = words.cutoff(one, day)
    said = [
        words.run_words(one.run_since, one.half_on, one.year_on, day),
        words.effort_words(one.effort, one.effort_on),
    ]
    return {
        "id": f"borger-{one.pk}",
        "figure": figure,
        "unit": unit,
        "name": one.full_name,
        "url": reverse("case_target", args=[one.case_pk]),
        "why": " ".join(said),
        "action": _("Note own effort"),
        "action_url": f"{reverse('case_effort', args=[one.case_pk])}?{urlencode({'next': here})}",
        "opens": True,
    }


@roles(*STAFF)
def reviews(request: Request) -> HttpResponse:
    """Approvals to fleksjob that lie far back, oldest first (CIT-17)."""
    viewer, mine = request.viewer, _mine(request)
    months = viewer.municipality.review_months
    found = target.to_review(viewer, months, mine=mine) if months else None
    page = Paginator(found, PAGE).get_page(request.GET.get("page")) if found is not None else None
    lead = ""
    if months and page is not None:
        count = page.paginator.count
        text = ngettext(
            "%(n)s approval to fleksjob is more than %(months)s months old and not assessed anew.",
            "%(n)s approvals to fleksjob are more than %(months)s months old and not assessed anew.",
            count,
        )
        lead = text % {"n": danish.number(count), "months": months}
    context = {
        **_common(request),
        "off": False,
        "banner": "",
        "title": _("Re-assessment"),
        "lead": lead,
        "rows": [_review_row(one, viewer, request.get_full_path()) for one in page or ()],
        "page": page,
        "empty": _("No approval is that old.")
        if months
        else _("An administrator chooses under Setup how old an approval may be before it is to be assessed anew."),
        "mine": mine,
        "other_url": "?" if mine else "?hos=mine",
    }
    return render(request, "target/list.html", context)


def _review_row(one: Any, viewer: Any, here: str) -> dict[str, Any]:
    day = viewer.day
    years = (day - one.approved_on).days // 365
    why = _("Approved to fleksjob on %(day)s.") % {"day": words.long_day(one.approved_on)}
    if one.reviewed_on:
        why += " " + _("Last assessed anew on %(day)s.") % {"day": words.long_day(one.reviewed_on)}
    row = {
        "id": f"godkendelse-{one.pk}",
        "figure": danish.number(years),
        "unit": ngettext("year old", "years old", years),
        "name": one.citizen.full_name,
        "url": reverse("case_target", args=[one.case_pk]),
        "why": why,
        "action": "",
    }
    planned = target.planned(one)
    if planned:
        row["due"] = _("Re-assessment planned for %(day)s") % {"day": danish.day_near(planned)}
        row["due_late"] = planned < day
    if viewer.has(Role.CASEWORKER):
        row |= {
            "action": _("Note re-assessment"),
            "action_url": f"{reverse('case_review', args=[one.case_pk])}?{urlencode({'next': here})}",
            "opens": True,
        }
    return row
