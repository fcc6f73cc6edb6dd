"""The target group of one case: how long unemployed, which group, what was done, what is to be assessed (CIT-03…23)."""

import datetime as dt
from typing import Any

from django.db.models import OuterRef
from django.http import HttpResponse
from django.utils.translation import gettext as _

from jobformidler.accounts.viewer import Viewer
from jobformidler.casework import education, target
from jobformidler.casework.models import (
    Case,
    ChosenEducation,
    EffortNote,
    GroupNote,
    MatchNote,
    PensionQuestion,
    Review,
)
from jobformidler.casework.target_enums import Effort, MatchGroup, ReviewStep
from jobformidler.casework.target_querysets import is_authority
from jobformidler.citizens.models import Citizen
from jobformidler.core import clock
from jobformidler.law.months import add_months
from jobformidler.registers.models import FleksjobApproval
from jobformidler.registers.runs import on_ledighedsydelse
from jobformidler.registers.support import support
from jobformidler.web import danish
from jobformidler.web.cases.layout import Around, around, as_json, show
from jobformidler.web.guards import case_page
from jobformidler.web.http import Request
from jobformidler.web.target import words


def _beside(viewer: Viewer, day: dt.date) -> dict[str, Any]:
    """The lists without encrypted words, read in the query that reads what stands around the page."""
    efforts = EffortNote.objects.visible_to(viewer).filter(case=OuterRef("pk")).order_by("-on", "-pk")
    courses = ChosenEducation.objects.standing().filter(case=OuterRef("pk")).order_by("starts_on", "pk")
    approvals = FleksjobApproval.objects.filter(citizen=OuterRef("citizen"), approved_on__lte=day)
    reviews = Review.objects.filter(case=OuterRef("pk")).order_by("-pk")
    matches = MatchNote.objects.visible_to(viewer).filter(case=OuterRef("pk")).order_by("-since", "-pk")
    return {
        "efforts": as_json(efforts, status="status", on="on", note="note", who="by__name"),
        "courses": as_json(
            courses, pk="pk", title="title", starts_on="starts_on", ends_on="ends_on", who="responsible__name"
        ),
        "approvals": as_json(approvals.order_by("-approved_on"), pk="pk", on="approved_on", ended_on="ended_on"),
        "reviews": as_json(reviews, approval="approval_id", step="step", on="on", note="note", who="by__name"),
        "matches": as_json(matches, category="category", since="since", source="source"),
    }


def _dated(row: dict[str, Any], *names: str, **labels: Any) -> dict[str, Any]:
    """The row with its dates as dates and its choices in words."""
    dates = {name: dt.date.fromisoformat(row[name]) for name in names}
    return {**row, **dates, **{name: choices(row[name]).label for name, choices in labels.items()}}


@case_page("target group")
def case_target(request: Request, case: Case) -> HttpResponse:
    """Everything about the target group of the case, each part only for those who may read it."""
    viewer, now = request.viewer, clock.now()
    authority = is_authority(viewer)
    seen = around(case, now, **_beside(viewer, clock.local_date(now)))
    groups = list(GroupNote.objects.visible_to(viewer).filter(case=case).select_related("by"))
    answers = PensionQuestion.objects.visible_to(viewer).filter(case=case).select_related("by")
    courses = [_dated(row, "starts_on", "ends_on") for row in seen.more["courses"]]
    texts = target.words_of_groups()
    context = {
        "authority": authority,
        "unemployed": _unemployed(case, seen.today),
        "group": groups[0] if groups else None,
        "words": texts[groups[0].group] if groups else None,
        "earlier": [(row, texts[row.group]["name"]) for row in groups[1:]] if authority else [],
        "efforts": [_dated(row, "on", status=Effort) for row in seen.more["efforts"]],
        "approval": _approval(seen),
        "courses": courses,
        "education": education.used([(one["starts_on"], one["ends_on"]) for one in courses], seen.today),
        "six_weeks": education.DAYS,
        "support": support(case.citizen, seen.today),
        "matches": [_dated(row, "since", category=MatchGroup) for row in seen.more["matches"] or ()],
        "answers": list(answers) if authority else [],
    }
    return show(request, "target/case_target.html", "case_rights", context, seen=seen)


def _unemployed(case: Case, day: dt.date) -> str:
    """How long without a break, for somebody on ledighedsydelse today whose days are counted; else empty."""
    one: Any = on_ledighedsydelse(Citizen.objects.filter(pk=case.citizen_id), day).first()
    return words.run_words(one.run_since, one.half_on, one.year_on, day) if one and one.run_since else ""


def _approval(seen: Around) -> dict[str, Any] | None:
    """The approval in force with its re-assessments, and when one is due."""
    row, day = next(iter(seen.more["approvals"]), None), seen.today
    if row is None or (row["ended_on"] and row["ended_on"] <= day.isoformat()):
        return None
    steps = [one for one in seen.more["reviews"] if one["approval"] == row["pk"]]
    done = [dt.date.fromisoformat(one["on"]) for one in steps if one["step"] in target.REVIEWED]
    approved_on = dt.date.fromisoformat(row["on"])
    months = seen.case.municipality.review_months
    said = ""
    if months:
        due = dt.date.fromordinal(add_months(max([approved_on, *done]).toordinal(), months))
        said = _("To be assessed anew since %(day)s.") if due <= day else _("To be assessed anew on %(day)s.")
        said %= {"day": danish.day_near(due, weekday=False, year=True)}
    return {"on": approved_on, "reviews": [_dated(one, "on", step=ReviewStep) for one in steps], "due": said}
