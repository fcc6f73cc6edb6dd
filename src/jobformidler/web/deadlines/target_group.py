"""The share of the target group that has had talks and an offer: every number opens its cases (RULE-01)."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.accounts.enums import CASE_ROLES
from jobformidler.casework import actions
from jobformidler.casework.enums import ShareOf
from jobformidler.casework.models import Case, Exemption
from jobformidler.core import clock
from jobformidler.law.rulesets import whole
from jobformidler.steering.target_group import (
    EXEMPTED,
    OUTSIDE,
    REACHED,
    UNANSWERED,
    Measure,
    TargetGroup,
    rules_on,
    target_group,
)
from jobformidler.web import danish
from jobformidler.web.cases.formpage import form_page
from jobformidler.web.deadlines.forms import ExemptForm
from jobformidler.web.guards import case_page, roles
from jobformidler.web.http import Request

PAGE = 25
WORDS = {"naaet": REACHED, "undtaget": EXEMPTED, "mangler": UNANSWERED, "udenfor": OUTSIDE}
ABOUT = {"samtaler": ShareOf.TALKS, "tilbud": ShareOf.OFFERS}


@roles(*sorted(CASE_ROLES))
def page(request: Request) -> HttpResponse:
    """Two shares with their numbers; below, the cases of the number that was opened."""
    viewer = request.viewer
    choice = rules_on(viewer.municipality.pk, viewer.day)
    context: dict[str, Any] = {"title": _("Share of the target group"), "off": choice is None, "lead": "", "banner": ""}
    if choice is not None:
        over = request.GET.get("periode") == "afsluttet"
        group = target_group(Case.objects.visible_to(viewer), choice, viewer.day, over=over)
        context |= {
            "banner": choice.rules.banner,
            "lead": _lead(group, over=over),
            "chips": [
                {"label": _("In their first months now"), "value": "", "pressed": not over},
                {"label": _("First months over"), "value": "afsluttet", "pressed": over},
            ],
            "measures": [_shown(group, one, over=over) for one in group.measures],
            **_opened(request, group),
        }
    return render(request, "deadlines/target_group.html", context)


def _lead(group: TargetGroup, *, over: bool) -> str:
    values = {
        "first": danish.day_near(group.first, weekday=False, year=True),
        "last": danish.day_near(group.end - dt.timedelta(days=1), weekday=False, year=True),
        "months": group.months,
    }
    if over:
        return _("Cases opened from %(first)s to %(last)s, whose first %(months)s months are over.") % values
    return _("Cases opened since %(first)s, who are in their first %(months)s months.") % values


def _shown(group: TargetGroup, one: Measure, *, over: bool) -> dict[str, Any]:
    """The numbers of a share, each with the address of its cases."""
    values = group.choice.values()
    word = next(word for word, about in ABOUT.items() if about == one.about)
    labels = {
        "naaet": _("Reached"),
        "undtaget": _("Exempted with a reason"),
        "mangler": _("Neither yet"),
        "udenfor": _("Not in the target group"),
    }
    period = {"periode": "afsluttet"} if over else {}
    return {
        "id": word,
        "label": {ShareOf.TALKS: _("Talks"), ShareOf.OFFERS: _("An offer")}[ShareOf(one.about)],
        "said": _sentence(one, whole(values, "required_percent"), whole(values, "exempt_percent")),
        "numbers": [
            {
                "label": labels[name],
                "n": danish.number(len(one.cases[key])),
                "url": "?" + urlencode({**period, "om": word, "hvem": name}) + "#sager",
            }
            for name, key in WORDS.items()
        ],
    }


def _sentence(one: Measure, required: int, exempt: int) -> str:
    """How far it is: how many are to be reached, and how many are still missing."""
    share = one.share
    if not share.population:
        return _("Nobody is in the target group.")
    said = _("%(reached)s of %(of)s reached; %(needed)s are needed (%(percent)s percent).") % {
        "reached": danish.number(share.reached),
        "of": danish.number(share.population),
        "needed": danish.number(share.needed),
        "percent": required,
    }
    if share.missing:
        said += " " + ngettext("%(n)s is missing.", "%(n)s are missing.", share.missing) % {
            "n": danish.number(share.missing)
        }
    if share.over_exempted:
        said += " " + _("More than %(percent)s percent are exempted.") % {"percent": exempt}
    return said


def _opened(request: Request, group: TargetGroup) -> dict[str, Any]:
    """The cases behind the number that was opened; those without talk or offer until then."""
    om = request.GET.get("om") if request.GET.get("om") in ABOUT else "samtaler"
    hvem = request.GET.get("hvem") if request.GET.get("hvem") in WORDS else "mangler"
    assert om is not None
    assert hvem is not None
    measure = next(one for one in group.measures if one.about == ABOUT[om])
    cases = Case.objects.filter(pk__in=measure.cases[WORDS[hvem]]).select_related("citizen").order_by("opened_on", "pk")
    shown = Paginator(cases, PAGE).get_page(request.GET.get("page"))
    reasons = dict(
        Exemption.objects.standing()
        .filter(case__in=[case.pk for case in shown], about=ABOUT[om])
        .values_list("case", "reason")
    )
    back = f"{reverse('target_group')}?{request.GET.urlencode()}"
    return {
        "page": shown,
        "heading": {
            ("samtaler", "naaet"): _("Have had a talk"),
            ("samtaler", "undtaget"): _("Exempted from talks"),
            ("samtaler", "mangler"): _("No talk yet"),
            ("tilbud", "naaet"): _("Have had an offer"),
            ("tilbud", "undtaget"): _("Exempted from an offer"),
            ("tilbud", "mangler"): _("No offer yet"),
        }.get((om, hvem), _("Not in the target group")),
        "rows": [
            {
                "name": case.citizen.full_name,
                "url": reverse("case", args=[case.pk]),
                "opened": case.opened_on,
                "reason": reasons.get(case.pk, ""),
                "exempt_url": f"{reverse('case_exempt', args=[case.pk])}?{urlencode({'om': om, 'next': back})}"
                if hvem == "mangler"
                else "",
            }
            for case in shown
        ],
        "with_reasons": hvem == "undtaget",
    }


@case_page("target group: exemption")
def exempt(request: Request, case: Case) -> HttpResponse:
    """Exempt the citizen, with the reason; the caseworker's to decide."""
    about = ABOUT.get(request.GET.get("om", ""), ShareOf.TALKS)
    form = ExemptForm(request.POST or None, initial={"about": about, "decided_on": clock.today()})
    return form_page(
        request,
        form,
        lambda sent: actions.exempt(
            case=case, **sent.answers("about", "reason", "decided_on"), by=request.user, at=clock.now()
        ),
        title=_("Exempt %(name)s") % {"name": case.citizen.short_name},
        said=_("The exemption is registered with its reason."),
        back=reverse("target_group"),
        submit=_("Save the exemption"),
        tab="case_rights",
    )
