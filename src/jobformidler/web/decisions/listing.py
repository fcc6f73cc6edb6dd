""" "Til afgørelse": recommendations, placements to approve, decisions on their way and complaints, in one list."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from jobformidler.accounts.enums import Role
from jobformidler.casework.decision_enums import WAITING, Answer, ComplaintStatus, DecisionStatus
from jobformidler.casework.models import Assignment, Complaint, Decision, Hearing
from jobformidler.core import clock
from jobformidler.placements.enums import PlacementStatus
from jobformidler.placements.models import Placement
from jobformidler.web import danish
from jobformidler.web.guards import roles
from jobformidler.web.http import Request

S = DecisionStatus
MOST = 100

GROUPS = {
    "indstillinger": gettext_lazy("Recommendations waiting for an answer"),
    "godkendelse": gettext_lazy("Placements to approve"),
    "klar": gettext_lazy("Ready to be decided"),
    "send": gettext_lazy("Decided, not delivered"),
    "klager": gettext_lazy("Complaints"),
    "hoering": gettext_lazy("Being heard with the citizen"),
    "kladder": gettext_lazy("Being prepared"),
}
#: What waits for the caseworker, and not for somebody else.
OURS = ("indstillinger", "godkendelse", "klar", "send", "klager")


@dataclass(frozen=True)
class Row:
    """One line: whose, why it stands there, since when, and the next step."""

    key: str
    name: str
    why: str
    also: str
    url: str
    action: str
    since: dt.date
    figure: str
    unit: str


@dataclass
class Group:
    """One group of the list."""

    code: str
    label: str
    rows: list[Row] = field(default_factory=list)


def _age(since: dt.date, today: dt.date) -> tuple[str, str]:
    gone = (today - since).days
    if gone < 1:
        return _("today"), ""
    figure, unit = danish.days(gone).split(danish.NBSP)
    return figure, unit


def _decision(row: Any, today: dt.date) -> tuple[str, Row]:
    url = reverse("decision", args=[row.pk])
    what = row.title
    since, also = row.status_since, ""
    if row.status == S.RECOMMENDED:
        code, act = "indstillinger", _("Read and decide")
        also = _("%(name)s recommends it.") % {"name": row.recommended_by.name}
    elif row.status == S.HEARING and row.due_on is not None and today <= row.due_on:
        code, act = "hoering", _("See the hearing")
        also = _("The citizen can answer until %(day)s.") % {"day": danish.day_words(row.due_on, today)}
    elif row.status in (S.HEARING, S.READY, S.REMITTED):
        code, act = "klar", _("Read and decide")
        also = _("The citizen has answered.") if row.answered_at else _("The time to answer has passed.")
        if row.status == S.REMITTED:
            also = _("Ankestyrelsen has sent it back.")
    elif row.status == S.DECIDED:
        code, act = "send", _("Open the letter")
    else:
        code, act = "kladder", _("Write on")
    figure, unit = _age(since, today)
    return code, Row(f"d{row.pk}", row.case.citizen.full_name, what, also, url, act, since, figure, unit)


def _placement(row: Placement, today: dt.date) -> Row:
    why = _("Placement at %(workplace)s") % {"workplace": row.workplace.name}
    also = ""
    if row.starts_on:
        also = _("Both have signed. It begins %(day)s.") % {"day": danish.day_words(row.starts_on, today)}
    figure, unit = _age(row.status_since, today)
    return Row(
        f"p{row.pk}",
        row.case.citizen.full_name,
        why,
        also,
        reverse("agreement", args=[row.pk]),
        _("Read and approve"),
        row.status_since,
        figure,
        unit,
    )


def _complaint(row: Complaint, today: dt.date) -> Row:
    why = row.decision.title if row.decision else _("Complaint about the effort")
    if row.status == ComplaintStatus.FORWARDED:
        also = _("Ankestyrelsen has it.")
    else:
        also = _("Look at it again no later than %(day)s.") % {"day": danish.day_words(row.reassess_by, today)}
    figure, unit = _age(row.received_on, today)
    url = reverse("complaint", args=[row.pk])
    return Row(
        f"k{row.pk}", row.case.citizen.full_name, why, also, url, _("Open the complaint"), row.received_on, figure, unit
    )


@roles(Role.JOBFORMIDLER, Role.CASEWORKER, Role.TEAM_LEADER)
@require_GET
def for_decision(request: Request) -> HttpResponse:
    """Everything that waits for a decision in the cases I may see; the caseworker's own by a filter. Four queries."""
    today = clock.today()
    mine = request.GET.get("hvem", "") == "mine"
    only = Q(case__in=Assignment.objects.active_on(today).filter(user=request.user).values("case")) if mine else Q()
    newest = Hearing.objects.filter(decision=OuterRef("pk")).order_by("-pk")
    decisions = (
        Decision.objects.visible_to(request.viewer)
        .filter(only, status__in=WAITING)
        .exclude(status=S.DECIDED, outcome=Answer.GRANTED, subject_id__isnull=False)
        .annotate(due_on=Subquery(newest.values("due_on")[:1]), answered_at=Subquery(newest.values("answered_at")[:1]))
        .select_related("case__citizen", "recommended_by")
        .defer("facts", "reasons", "recommendation", "rejected_reason", "changed_reason")
        .order_by("status_since", "pk")[:MOST]
    )
    groups = {code: Group(code, str(label)) for code, label in GROUPS.items()}
    recommended = set()
    for row in decisions:
        code, made = _decision(row, today)
        groups[code].rows.append(made)
        if row.status == S.RECOMMENDED and row.subject_type == "placements.placement":
            recommended.add(row.subject_id)
    placements = (
        Placement.objects.visible_to(request.viewer)
        .filter(only, status=PlacementStatus.AWAITING_APPROVAL)
        .select_related("case__citizen", "workplace")
        .order_by("status_since", "pk")[:MOST]
    )
    groups["godkendelse"].rows += [_placement(row, today) for row in placements if row.pk not in recommended]
    complaints = (
        Complaint.objects.visible_to(request.viewer)
        .filter(only)
        .exclude(status=ComplaintStatus.CLOSED)
        .select_related("case__citizen", "decision")
        .defer("text", "note", "decision__facts", "decision__reasons")
        .order_by("reassess_by", "pk")[:MOST]
    )
    groups["klager"].rows += [_complaint(row, today) for row in complaints]
    waiting = sum(len(groups[code].rows) for code in OURS)
    people = [("", _("the team's"), not mine), ("mine", _("mine"), mine)]
    context = {
        "groups": [group for group in groups.values() if group.rows],
        "waiting": waiting,
        "filters": [{"label": _("Cases"), "name": "hvem", "value": people[mine][1], "options": people}],
        "filtered": mine,
    }
    return render(request, "decisions/list.html", context)
