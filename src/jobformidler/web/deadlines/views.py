"""Deadlines: whose right or year is near, past or open to doubt, and why (RULE-08, RULE-09, RULE-18, CON-13)."""

import datetime as dt
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.accounts.enums import CASE_ROLES, Role
from jobformidler.accounts.viewer import Viewer
from jobformidler.casework.enums import OPEN
from jobformidler.casework.models import Case
from jobformidler.core import clock
from jobformidler.registers.enums import RuleFamily
from jobformidler.registers.models import Clock, RuleChoice
from jobformidler.registers.querysets import AHEAD, TELL
from jobformidler.registers.rules import clock_rules, clocks_among
from jobformidler.web import danish
from jobformidler.web.cases.layout import show
from jobformidler.web.deadlines import explained, meetings, words
from jobformidler.web.deadlines.groups import GROUPS, clocks_of
from jobformidler.web.guards import case_page, roles
from jobformidler.web.http import Request

STAFF = tuple(sorted(CASE_ROLES))
PAGE = 25
MEETINGS, TEAM = "kontaktsamtale", "teamet"


@roles(*STAFF)
def deadlines(request: Request) -> HttpResponse:
    """Who is near a date, past it, or to be told, one group at a time."""
    viewer = request.viewer
    day, mine = viewer.day, viewer.has(Role.CASEWORKER, Role.JOBFORMIDLER) and request.GET.get("hos") != TEAM
    chosen = list(RuleChoice.objects.about(viewer.municipality.pk, RuleFamily.CLOCKS, RuleFamily.SHARES))
    rules = clocks_among(chosen)
    clocks = clocks_of(viewer, mine=mine)
    due = meetings.near(viewer, mine=mine)
    counts = clocks.count_needs(day)
    numbers = {group.key: counts[group.need] for group in GROUPS} | {MEETINGS: due.count()}
    labels = {group.key: group.label for group in GROUPS} | {MEETINGS: _("Contact meeting due")}
    wanted = request.GET.get("frist", "")
    key = wanted if wanted in labels else next((name for name in labels if numbers[name]), GROUPS[0].key)
    banners = [words.banner_of(rules.rule_set)] if rules else []
    shown: Page[Any]
    if key == MEETINGS:
        shown = Paginator(due, PAGE).get_page(request.GET.get("page"))
        rows = [meetings.row(one, day, request.get_full_path()) for one in shown]
        banners = meetings.banners(shown)
    else:
        group = next(one for one in GROUPS if one.key == key)
        found = clocks.needing(group.need, day).select_related("citizen").order_by(group.by, "pk")
        shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
        cases = dict(
            Case.objects.filter(citizen__in=[one.citizen_id for one in shown], status__in=OPEN).values_list(
                "citizen_id", "pk"
            )
        )
        rows = [_row(one, cases[one.citizen_id], group.by, day) for one in shown if one.citizen_id in cases]
    kept = {"hos": TEAM} if not mine else {}
    context = {
        "title": _title(sum(numbers[name] for name in ("overskredet", "bedt", "vejledning", MEETINGS))),
        "banners": banners,
        "off": rules is None,
        "chips": [
            {"label": f"{label} {danish.number(numbers[name])}", "value": name, "pressed": name == key}
            for name, label in labels.items()
            if rules or name == MEETINGS
        ],
        "kept": kept,
        "rows": rows,
        "page": shown,
        "heading": labels[key],
        "explain": _explain(key),
        "mine": mine,
        "other_url": "?" if not mine else f"?hos={TEAM}",
        "shares": any(row.family == RuleFamily.SHARES and day in row.period for row in chosen),
        "steps": _steps(key, viewer),
        "key": key,
    }
    return render(request, "deadlines/deadlines.html", context)


def _steps(key: str, viewer: Viewer) -> list[dict[str, str]]:
    """What can be done for several of the group at once."""
    steps = []
    if key in ("overskredet", "bedt", "ret") and viewer.has(Role.CASEWORKER):
        steps.append({"url": reverse("refer_many"), "label": _("Refer those chosen")})
    if key in ("overskredet", "ret", "vejledning", "ret-snart", "pligt-snart"):
        steps.append({"url": reverse("letters_many"), "label": _("Send guidance letters")})
    steps.append({"url": reverse("meetings_many"), "label": _("Plan meetings")})
    return steps


def _title(count: int) -> str:
    if not count:
        return _("No deadline needs you today")
    return ngettext("%(n)s deadline needs you", "%(n)s deadlines need you", count) % {"n": danish.number(count)}


def _explain(key: str) -> str:
    tell, ahead = danish.weeks(TELL.days // 7), danish.days(AHEAD.days)
    return {
        "overskredet": _("Unemployed for a year or more, not referred, and no assessment that says no."),
        "bedt": _("The right is there, and the citizen has asked. Referral follows."),
        "ret": _("The right is there. The citizen decides whether to use it."),
        "vejledning": _("The date lies within %(tell)s, and nobody has told the citizen yet.") % {"tell": tell},
        "ret-snart": _("Within %(ahead)s. Here the municipality can still place the citizen itself.")
        % {"ahead": ahead},
        "pligt-snart": _("Within %(ahead)s. Here the municipality can still place the citizen itself.")
        % {"ahead": ahead},
        "laesning": _("Another reading of the rules gives another date. Both are shown."),
        MEETINGS: _(
            "The last day by the rules the municipality has chosen, counted from the last contact meeting or from the"
            " opening of the case."
        ),
    }[key]


def _row(one: Clock, case_pk: int, by: str, day: dt.date) -> dict[str, Any]:
    on = getattr(one, by)
    gone = (day - on).days if on else None
    first = one.citizen.short_name
    row: dict[str, Any] = {
        "id": f"frist-{one.pk}",
        "pk": case_pk,
        "figure": danish.number(abs(gone)) if gone is not None else "–",
        "unit": "",
        "name": one.citizen.full_name,
        "url": reverse("case_clock", args=[case_pk]),
        "why": words.why_words(one, first, day),
        "action": _("See why"),
        "action_url": reverse("case_clock", args=[case_pk]),
    }
    if gone is not None:
        row["unit"] = (
            ngettext("day since", "days since", gone) if gone >= 0 else ngettext("day left", "days left", -gone)
        )
    return row


@case_page("right and duty")
def clock_page(request: Request, case: Case) -> HttpResponse:
    """One citizen's clock: the sentence, the time-line, the days counted, and the next step."""
    rules = clock_rules(case.municipality_id)
    if rules is None:
        raise Http404
    day = clock.today()
    context = explained.context(case, rules, day, request.viewer)
    return show(request, "deadlines/clock.html", "case_rights", context)
