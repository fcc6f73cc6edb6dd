"""Fælles planer: what a professional of another administration may see, as long as the citizen's yes counts (GOV-09).

Goals, small steps, resources and challenges, and of these only what the citizen has said yes to. Nothing else of the
case opens to this role: every other address is a 404 or 403.
"""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jobformidler.accounts.enums import Role
from jobformidler.accounts.viewer import Viewer
from jobformidler.casework.models import Goal, Plan
from jobformidler.citizens.actions import disclose
from jobformidler.citizens.answers import To
from jobformidler.citizens.enums import Ability, RelationKind
from jobformidler.citizens.models import Citizen, Competence, Consent, Consideration, Disclosure, Relation, TaskAbility
from jobformidler.citizens.sharing import Channel, Receiver, ShareField
from jobformidler.core import clock
from jobformidler.core.periods import last_day
from jobformidler.web.guards import roles
from jobformidler.web.http import Request
from jobformidler.web.looking import note
from jobformidler.web.sharing.words import day_words


def _consents(viewer: Viewer) -> QuerySet[Consent]:
    return Consent.objects.counting_on(viewer.day).filter(receiver=Receiver.PROFESSIONAL, user=viewer.user)


def shared_with(viewer: Viewer) -> QuerySet[Citizen]:
    """Citizens with a relation and a yes that both count today."""
    relation = Relation.objects.active_on(viewer.day).filter(
        citizen=OuterRef("pk"), user=viewer.user, kind=RelationKind.PROFESSIONAL
    )
    return Citizen.objects.filter(Exists(relation), Exists(_consents(viewer).filter(citizen=OuterRef("pk"))))


@roles(Role.PROFESSIONAL)
def plans(request: Request) -> HttpResponse:
    """The citizens who share something with me, and until when."""
    viewer = request.viewer
    until: dict[int, dt.date] = {}
    for pk, day in _consents(viewer).exclude(expires_on=None).values_list("citizen", "expires_on"):
        assert day is not None
        until[pk] = max(until.get(pk, day), day)
    rows = [
        {"citizen": row, "until": day_words(last_day(until[row.pk]) or viewer.day, viewer.day)}
        for row in shared_with(viewer).order_by("last_name", "first_name")
    ]
    return render(request, "sharing/plans.html", {"rows": rows})


@roles(Role.PROFESSIONAL)
def plan(request: Request, pk: int) -> HttpResponse:
    """What one citizen shares with me. The view is in the access log and in the citizen's log of what was shared."""
    viewer = request.viewer
    citizen = shared_with(viewer).filter(pk=pk).first()
    if citizen is None:
        return _closed(request, pk)
    now = clock.now()
    fields = set(_consents(viewer).filter(citizen=citizen).values_list("field", flat=True))
    note(request, citizen, "shared plan", RelationKind.PROFESSIONAL)
    parts = _parts(citizen, fields)
    _keep(citizen, viewer, parts, fields, now)
    newest = Plan.objects.filter(case__citizen=citizen).order_by("-pk").first()
    context = {"citizen": citizen, "parts": parts, "plan": newest}
    return render(request, "sharing/plan.html", context)


def _closed(request: Request, pk: int) -> HttpResponse:
    """404; with a kind page for whoever still has a relation, since sharing stands still and may go on later."""
    known = Relation.objects.active_on(request.viewer.day).filter(
        citizen=pk, user=request.user, kind=RelationKind.PROFESSIONAL
    )
    if not known.exists():
        raise Http404
    return render(request, "sharing/plan_closed.html", status=404)


def _parts(citizen: Citizen, fields: set[str]) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    goals = list(Goal.objects.filter(plan__case__citizen=citizen).prefetch_related("sub_goals").order_by("letter"))
    if ShareField.GOALS in fields:
        found.append((_("Goals"), [f"{goal.letter.upper()}: {goal.text}" for goal in goals]))
    if ShareField.SUB_GOALS in fields:
        steps = [step for goal in goals for step in goal.sub_goals.all() if step.withdrawn_at is None]
        found.append((_("Small steps"), [f"{step.text} ({step.get_status_display()})" for step in steps]))
    if ShareField.RESOURCES in fields:
        rows: list[Any] = [*Competence.objects.standing().filter(citizen=citizen)]
        rows += TaskAbility.objects.standing().filter(citizen=citizen).exclude(ability=Ability.CANNOT)
        found.append((_("Resources"), [row.text for row in rows]))
    if ShareField.CHALLENGES in fields:
        rows = [*Consideration.objects.standing().filter(citizen=citizen)]
        rows += TaskAbility.objects.standing().filter(citizen=citizen, ability=Ability.CANNOT)
        found.append((_("Challenges, as they matter for the work"), [row.text for row in rows]))
    return found


def _keep(
    citizen: Citizen, viewer: Viewer, parts: list[tuple[str, list[str]]], fields: set[str], now: dt.datetime
) -> None:
    """The same text is kept once a day for each reader; a new text is a new version."""
    text = "\n\n".join(f"{title}\n" + "\n".join(f"- {line}" for line in lines) for title, lines in parts)
    earlier = Disclosure.objects.filter(citizen=citizen, channel=Channel.SHARED_PLAN, user=viewer.user)
    last = earlier.first()
    if last is not None and str(last.text) == text and clock.local_date(last.shared_at) == viewer.day:
        return
    who = ", ".join(filter(None, (viewer.user.name, viewer.user.title)))
    made = disclose(
        citizen=citizen,
        channel=Channel.SHARED_PLAN,
        to=To(Receiver.PROFESSIONAL, who[:160], user=viewer.user),
        fields=fields,
        text=text,
        version=last.version + 1 if last else 1,
        by=viewer.user,
        at=now,
    )
    Disclosure.objects.filter(pk=made.pk).update(read_at=now)
