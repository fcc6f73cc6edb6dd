""" "Min plan": my wish in my words, the goals with their small steps, my comments and the companies I propose."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from jobformidler.casework import actions
from jobformidler.casework.enums import EntryKind, SubGoalStatus
from jobformidler.casework.models import Case, CitizenEntry, Goal, Plan, PlanActivity
from jobformidler.citizens.enums import Author
from jobformidler.citizens.models import Citizen, OfCitizen, Wish
from jobformidler.core import clock
from jobformidler.web import danish
from jobformidler.web.cases.now import goals_of
from jobformidler.web.guards import own_page
from jobformidler.web.http import Request
from jobformidler.web.me.asking import asking
from jobformidler.web.me.own_case import own_case
from jobformidler.web.me.own_forms import ChangeWishForm, CommentForm, CompanyForm, WishForm

GOAL = "casework.goal"


def progress_words(steps: list[dict[str, Any]]) -> str:
    """How far the small steps are, as a sentence: counted, never in per cent (PLAN-10)."""
    count = len(steps)
    if not count:
        return ""
    alone = sum(step["status"] == SubGoalStatus.ALONE for step in steps)
    helped = sum(step["status"] == SubGoalStatus.WITH_HELP for step in steps)
    values = {"n": danish.number(count), "alone": danish.number(alone), "helped": danish.number(helped)}
    if alone == count:
        return ngettext("You can do the small step alone.", "You can do all %(n)s small steps alone.", count) % values
    if not alone and not helped:
        return ngettext("You have begun on %(n)s small step.", "You have begun on %(n)s small steps.", count) % values
    if not alone:
        return (
            ngettext(
                "You can do %(helped)s of %(n)s small step with help.",
                "You can do %(helped)s of %(n)s small steps with help.",
                count,
            )
            % values
        )
    if not helped:
        return (
            ngettext(
                "You can do %(alone)s of %(n)s small step alone.",
                "You can do %(alone)s of %(n)s small steps alone.",
                count,
            )
            % values
        )
    return (
        ngettext(
            "You can do %(alone)s of %(n)s small step alone, and %(helped)s with help.",
            "You can do %(alone)s of %(n)s small steps alone, and %(helped)s with help.",
            count,
        )
        % values
    )


def author_words(row: OfCitizen, citizen: Citizen, user_id: int, today: dt.date) -> str:
    """Who wrote something down, and when: every item says it (CIT-07, CIT-13)."""
    day = danish.day_near(row.registered_on, weekday=False, year=row.registered_on.year != today.year)
    if row.by_id == user_id:
        return _("Added by you %(day)s") % {"day": day}
    who = row.by.first_name if row.by else citizen.municipality.unit_name
    if row.author == Author.CITIZEN:
        return _("Your words, written down by %(who)s %(day)s") % {"who": who, "day": day}
    return _("Written by %(who)s %(day)s") % {"who": who, "day": day}


def entries_of(case: Case | None, today: dt.date) -> list[dict[str, Any]]:
    """What the citizen has written, newest first, with whether it has been read. One query."""
    if case is None:
        return []
    rows = CitizenEntry.objects.filter(case=case).select_related("read_by")
    return [
        {
            "kind": row.kind,
            "text": str(row.text),
            "about": row.about,
            "about_type": row.about_type,
            "about_id": row.about_id,
            "said": _("Added by you %(day)s.") % {"day": danish.day_words(clock.local_date(row.at), today)},
            "read": _("%(name)s has read it.") % {"name": row.read_by.first_name}
            if row.read_by
            else _("Not read yet."),
        }
        for row in rows
    ]


@own_page("my plan")
def my_plan(request: Request, citizen: Citizen) -> HttpResponse:
    """The whole plan, as everybody who may see it has it (PLAN-01)."""
    today = clock.today()
    case = own_case(citizen)
    plan = Plan.objects.filter(case=case).first() if case else None
    goals = goals_of(case) if case else []
    written = entries_of(case, today)
    for goal in goals:
        goal["progress"] = progress_words(goal["steps"])
        goal["alone"] = sum(step["status"] == SubGoalStatus.ALONE for step in goal["steps"])
        goal["comments"] = [row for row in written if row["about_type"] == GOAL and row["about_id"] == goal["pk"]]
    wishes = Wish.objects.standing().filter(citizen=citizen).select_related("by").order_by("-pk")
    context = {
        "citizen": citizen,
        "case": case,
        "goals": goals,
        "wishes": [
            {
                "row": row,
                "said": author_words(row, citizen, request.user.pk, today),
                "mine": row.author == Author.CITIZEN,
            }
            for row in wishes
        ],
        "companies": [row for row in written if row["kind"] == EntryKind.COMPANY],
        "activities": list(PlanActivity.objects.filter(plan=plan, withdrawn_at=None)) if plan else [],
        "plan": plan,
        "writes": case is not None and case.closed_on is None,
        "today": today,
    }
    return render(request, "me/plan.html", context)


@own_page("my plan: wish")
def my_wish(request: Request, citizen: Citizen, pk: int | None = None) -> HttpResponse:
    """Write a wish, or write one anew."""
    wish = None
    if pk is not None:
        wish = get_object_or_404(Wish.objects.standing(), pk=pk, citizen=citizen, author=Author.CITIZEN)
    sent = request.POST if request.method == "POST" else None
    form = ChangeWishForm(sent, initial={"text": wish.text, "version": wish.version}) if wish else WishForm(sent)
    return asking(
        request,
        form,
        actions.write_own_wish,
        title=_("My wish"),
        submit=_("Save my wish"),
        said=_("Your wish is saved. Your jobformidler can see it."),
        room="my_plan",
        row=wish,
        citizen=citizen,
        wish=wish,
    )


@own_page("my plan: wish")
@require_POST
def my_wish_away(request: Request, citizen: Citizen, pk: int) -> HttpResponse:
    """Take a wish back."""
    wish = get_object_or_404(Wish.objects.standing(), pk=pk, citizen=citizen, author=Author.CITIZEN)
    actions.take_own_away(row=wish, by=request.user, at=clock.now())
    messages.success(request, _("Your wish is taken away."))
    return HttpResponseRedirect(reverse("my_plan"))


@own_page("my plan: comment")
def my_goal_comment(request: Request, citizen: Citizen, pk: int) -> HttpResponse:
    """Say something about a goal."""
    goal = get_object_or_404(Goal, pk=pk, plan__case__citizen=citizen)
    label = _("Goal %(letter)s: %(text)s") % {"letter": goal.letter.upper(), "text": goal.text}
    return asking(
        request,
        CommentForm(request.POST if request.method == "POST" else None),
        actions.comment_own,
        title=_("Your comment on the goal"),
        submit=_("Save the comment"),
        said=_("Your comment is saved. Your jobformidler can see it."),
        room="my_plan",
        lead=[label],
        citizen=citizen,
        about=label,
        row_about=goal,
    )


@own_page("my plan: company")
def my_company(request: Request, citizen: Citizen) -> HttpResponse:
    """Name a company to ask."""
    return asking(
        request,
        CompanyForm(request.POST if request.method == "POST" else None),
        actions.propose_company,
        title=_("Propose a company"),
        submit=_("Save the proposal"),
        said=_("Thank you. Your jobformidler can see your proposal."),
        room="my_plan",
        lead=[_("We talk about it with you before we call anybody.")],
        citizen=citizen,
    )
