"""The first page of a case: what waits, the ladder, the plan and the current small step, promises, considerations."""

import datetime as dt
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.http import HttpResponse
from django.utils.translation import gettext as _

from jobformidler.casework import attention, words
from jobformidler.casework.enums import BEFORE_PLACEMENT, CONTACT_MEETING, CaseStatus, SubGoalStatus
from jobformidler.casework.models import Attention, Case, ContactRhythm, Goal, Promise, SubGoal
from jobformidler.citizens import display
from jobformidler.citizens.models import Consideration, Wish
from jobformidler.core import clock
from jobformidler.web import danish, steps
from jobformidler.web.cases import ladder_figure
from jobformidler.web.cases.layout import Around, around, as_json, show
from jobformidler.web.cases.words import day_words, link
from jobformidler.web.deadlines import meetings
from jobformidler.web.deadlines.words import banner_of
from jobformidler.web.guards import case_page
from jobformidler.web.http import Request

STANDS = list(SubGoalStatus.values)


def read(case: Case, now: dt.datetime) -> Around:
    """The case with everything the first page shows beside ladder, plan and reasons, in two queries."""
    promises = Promise.objects.standing().filter(case=OuterRef("pk"), kept_on=None).order_by("due_on", "pk")
    considerations = (
        Consideration.objects.standing()
        .with_sharing(clock.local_date(now))
        .filter(citizen=OuterRef("citizen"))
        .order_by("pk")
    )
    wishes = Wish.objects.standing().filter(citizen=OuterRef("citizen")).order_by("-pk")
    return around(
        case,
        now,
        promises=as_json(promises, pk="pk", what="what", owner_name="owner_name", due_on="due_on"),
        considerations=as_json(considerations, pk="pk", text="text", may_share_on="may_share_on"),
        wishes=as_json(wishes[:1], text="text", author="author"),
        goals=goals_inside(),
        rhythm=as_json(
            ContactRhythm.objects.filter(case=OuterRef("pk"), since__lte=clock.local_date(now)).order_by(
                "-since", "-pk"
            )[:1],
            days="days",
            reason="reason",
        ),
        meeting=as_json(Attention.objects.filter(case=OuterRef("pk"), reason=CONTACT_MEETING), facts="facts"),
    )


def goals_inside() -> ArraySubquery:
    """The goals of a case with their small steps, to be read inside a query of the case."""
    steps = SubGoal.objects.filter(goal=OuterRef("pk"), withdrawn_at=None).order_by("pk")
    return as_json(
        Goal.objects.filter(plan__case=OuterRef("pk")).order_by("letter"),
        pk="pk",
        letter="letter",
        text="text",
        detail="detail",
        wish="wish__text",
        steps=as_json(steps, pk="pk", text="text", status="status", due_on="due_on", measure="measure"),
    )


def goal_words(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The goals for the screen; the current step is the first not yet done alone."""
    for goal in rows:
        for step in goal["steps"]:
            step["position"] = STANDS.index(step["status"])
            step["due_on"] = dt.date.fromisoformat(step["due_on"]) if step["due_on"] else None
        goal["name"] = goal["letter"].upper()
        goal["current"] = next((step for step in goal["steps"] if step["status"] != SubGoalStatus.ALONE), None)
    return rows


def goals_of(case: Case) -> list[dict[str, Any]]:
    """The goals with their small steps, in one query."""
    return goal_words(Case.objects.filter(pk=case.pk).values_list(goals_inside(), flat=True).get())


def waiting(case: Case, now: dt.datetime) -> list[dict[str, Any]]:
    """What waits in the case, as sentences with the step that answers each."""
    rows = list(Attention.objects.filter(case=case).showing_at(now))
    for row in rows:
        row.citizen = case.citizen
    return [
        {"sentence": line.sentence, "label": line.label, "url": steps.address(line.row, line.action)}
        for line in attention.lines(rows, now)
    ]


def promise_words(promise: dict[str, Any], today: dt.date) -> dict[str, Any]:
    """A promise with who and when in words."""
    due = dt.date.fromisoformat(promise["due_on"]) if promise["due_on"] else None
    return {
        **promise,
        "first_name": promise["owner_name"].split(" ")[0],
        "due": day_words(due, today) if due else "",
        "mark": "late" if due and due < today else "due" if due == today else "",
    }


def consideration_words(row: dict[str, Any], name: str) -> dict[str, Any]:
    """Who may read a consideration, and since when."""
    if row["may_share_on"]:
        day = danish.day_near(dt.date.fromisoformat(row["may_share_on"]), weekday=False)
        said = _("The workplace reads this. %(name)s said yes %(day)s.") % {"name": name, "day": day}
    else:
        said = _("Only we read this. %(name)s has not been asked, or has said no.") % {"name": name}
    return {**row, "said": said}


def empty_ladder(seen: Around) -> dict[str, str]:
    """What stands where the ladder will be, and the step that leads to it."""
    case, pk = seen.case, seen.case.pk
    if case.status in (CaseStatus.CREATED, CaseStatus.ASSIGNED):
        return {
            "sentence": _("No hours yet. It begins with the first conversation."),
            "action": _("Register the first conversation"),
            "url": link("case_conversation", pk),
        }
    if seen.placement:
        return {
            "sentence": _("No hours yet at %(place)s: %(state)s.")
            % {"place": seen.placement.workplace.name, "state": seen.placement.get_status_display().lower()},
            "action": _("Open the agreement"),
            "url": link("agreement", seen.placement.pk),
        }
    if case.status in BEFORE_PLACEMENT:
        return {"sentence": _("No hours yet."), "action": _("Find a place"), "url": link("place_match", pk)}
    return {
        "sentence": _("No placement under way right now."),
        "action": _("Find a place"),
        "url": link("place_match", pk),
    }


@case_page("now")
def now_page(request: Request, case: Case) -> HttpResponse:
    """The page of the case that answers what to do now."""
    now = clock.now()
    seen = read(case, now)
    name = case.citizen.short_name
    goals = goal_words(seen.more["goals"])
    wish = next((goal["wish"] for goal in goals if goal["wish"]), "")
    latest = seen.more["wishes"][0]["text"] if seen.more["wishes"] else ""
    figure = ladder_figure.of(seen.placement, seen.today) if seen.placement else None
    context = {
        "waiting": waiting(case, now),
        "ladder": figure,
        "no_ladder": None if figure else empty_ladder(seen),
        "goals": goals,
        "wish": wish or latest,
        "promises": [promise_words(row, seen.today) for row in seen.more["promises"]],
        "considerations": [consideration_words(row, name) for row in seen.more["considerations"]],
        "stands": SubGoalStatus.choices,
        "address": shown_address(case),
        "rhythm": rhythm_words(seen),
        "meeting": meeting_words(seen),
        "next_step_day": day_words(case.next_step_on, seen.today) if case.next_step_on else "",
    }
    return show(request, "cases/now.html", "case", context, seen=seen)


def rhythm_words(seen: Around) -> str:
    """How often the jobformidler and the citizen are in contact, and why when it is agreed otherwise."""
    agreed = next(iter(seen.more["rhythm"]), None)
    if agreed:
        reason = f" {agreed['reason'].rstrip('.')}." if agreed["reason"] else ""
        return _("Contact %(rhythm)s.") % {"rhythm": words.rhythm(agreed["days"])} + reason
    if seen.case.status in BEFORE_PLACEMENT:
        floor = seen.case.municipality.contact_floor_days
        return _("Contact %(rhythm)s until the placement starts.") % {"rhythm": words.rhythm(floor)}
    return _("No rhythm of contact is agreed.")


def meeting_words(seen: Around) -> dict[str, str]:
    """The last day for the next contact meeting, who holds it, and the banner of the rules it rests on (RULE-10)."""
    found = next(iter(seen.more["meeting"]), None)
    if found is None:
        return {}
    facts = found["facts"]
    due = dt.date.fromisoformat(facts["on"])
    return {
        "said": _("Contact meeting no later than %(day)s.") % {"day": day_words(due, seen.today)},
        "mark": "late" if due < seen.today else "",
        "why": " ".join(meetings.sentences(facts, seen.today)),
        "banner": banner_of(facts["rules"]),
    }


def shown_address(case: Case) -> str:
    """The citizen's address, or that it is protected."""
    return display.address(case.citizen)
