"""The board: where citizens wait on the way to ordinary hours, and where the hours arise (STEER-03–06, 13, 18; GOV-12)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.steering import board as chain_figures
from jobformidler.steering import contact, hours
from jobformidler.steering.board import Chain
from jobformidler.steering.enums import Step
from jobformidler.steering.hours import WeekFigure
from jobformidler.steering.practice import practice
from jobformidler.web import danish
from jobformidler.web.board import tables
from jobformidler.web.board.asked import BOARD, Asked, asked_for
from jobformidler.web.board.explain import SECTIONS, sections
from jobformidler.web.board.practice import practice_numbers
from jobformidler.web.cases.words import joined
from jobformidler.web.figures.bars import bars
from jobformidler.web.figures.funnel import Funnel, FunnelStep, funnel
from jobformidler.web.figures.trend import Trend, trend
from jobformidler.web.guards import roles
from jobformidler.web.http import Request

#: Workplaces on the board itself; the others are one click away.
PLACES = 6


def _head(asked: Asked, chain: Chain) -> dict[str, str]:
    """The answer as heading: how many wait for a workplace, since when, and with whom."""
    late, goal = chain.waiting_for_employer, danish.days(chain.goal_days)
    if late is None:
        least = {"n": danish.number(asked.scope.least)}
        return {"title": _("Fewer than %(n)s citizens wait for a workplace") % least, "lead": ""}
    count = {"n": danish.number(late)}
    title = ngettext("%(n)s citizen waits for a workplace", "%(n)s citizens wait for a workplace", late) % count
    if not late:
        return {
            "title": _("Nobody waits for a workplace"),
            "lead": _("Nobody has had a CV without going on for more than %(days)s.") % {"days": goal},
        }
    lead = _("They have a CV, but no placement after %(days)s.") % {"days": goal}
    longest = [one for one in chain.steps[0].waiting if one.days > chain.goal_days]
    owners = sorted({one.owner for one in longest if one.owner})
    if owners:
        text = ngettext(
            "The one who has waited longest belongs to %(names)s.",
            "The %(n)s who have waited longest belong to %(names)s.",
            len(longest),
        )
        lead += " " + text % {"n": len(longest), "names": joined(owners)}
    return {"title": title, "lead": lead, "lead_url": asked.cases_url("board_waiting", Step.CV, over=chain.goal_days)}


def _funnel(asked: Asked, chain: Chain) -> Funnel:
    steps = [
        FunnelStep(
            label=str(figure.step.label),
            count=figure.count,
            url=asked.cases_url("board_step", figure.step) if figure.count else "",
            share=figure.onward,
            median_days=figure.median_days,
            goal_days=chain.goal_days,
        )
        for figure in chain.steps
    ]
    return funnel(title=_("The way to ordinary hours"), steps=steps)


def _waits(asked: Asked, chain: Chain) -> list[dict[str, Any]]:
    """Who has waited longest in each step, in the columns of the figure."""
    return [
        {
            "step": figure.step.label,
            "people": [
                {
                    "name": one.citizen,
                    "url": asked.url_of_case(one.case_id),
                    "days": danish.days(one.days),
                    "owner": one.owner,
                }
                for one in figure.waiting
            ],
            "more": max(0, (figure.waiting_count or 0) - len(figure.waiting)),
            "all_url": asked.cases_url("board_waiting", figure.step),
            "last": figure.step == Step.PROGRESSION,
        }
        for figure in chain.steps
    ]


def _trends(asked: Asked, weeks: list[WeekFigure]) -> list[Trend]:
    """Three lines; none where a week is too small to be shown."""
    if any(week.citizens is None or week.placed is None for week in weeks):
        return []
    url = asked.cases_url("board_cases", "loentimer")
    return [
        trend(
            points=[(danish.week_name(week.week), float(week.placed or 0)) for week in weeks],
            title=_("Citizens in placements"),
            url=asked.cases_url("board_cases", "i-forloeb"),
            uid="trend-placements",
        ),
        trend(
            points=[(danish.week_name(week.week), float(week.citizens or 0)) for week in weeks],
            title=_("Citizens with ordinary hours"),
            url=url,
            uid="trend-citizens",
        ),
        trend(
            points=[(danish.week_name(week.week), float(week.hours or 0)) for week in weeks],
            title=_("Paid hours a week"),
            url=url,
            uid="trend-hours",
        ),
    ]


@roles(*BOARD)
def board(request: Request) -> HttpResponse:
    """The five steps, the development, and where the hours arise."""
    asked = asked_for(request)
    viewer = request.viewer
    chain = chain_figures.chain(asked.scope, viewer.municipality.step_goal_days)
    weeks = hours.trend(asked.scope)
    places, number = hours.places_with_hours(asked.scope, PLACES)
    week = danish.week_name(hours.last_week(viewer.day))
    context = {
        **_head(asked, chain),
        "over": _("The board, %(day)s") % {"day": danish.day_near(viewer.day)},
        "filters": asked.shown,
        "kept": asked.kept,
        "asked": asked,
        "least": asked.scope.least,
        "names": asked.scope.names,
        "funnel": _funnel(asked, chain),
        "waits": _waits(asked, chain),
        "chain_table": tables.chain_table(asked, chain),
        "trends": _trends(asked, weeks),
        "trend_table": tables.trend_table(asked, weeks),
        "bars": bars(
            (
                place.name,
                float(place.paid),
                asked.cases_url("board_cases", "arbejdsplads", arbejdsplads=place.workplace_id),
                tables.with_hours_words(place),
            )
            for place in places
        ),
        "value_head": _("Paid hours in %(week)s") % {"week": week},
        "number": number,
        "week": week,
        "urls": _urls(asked, "vejen", "udvikling", "virksomheder"),
    }
    return render(request, "board/board.html", context)


def _urls(asked: Asked, *sections: str) -> dict[str, Any]:
    """Where each section is explained and where its table is fetched, with the filters kept."""
    return {
        "places": asked.url("board_places"),
        "caseloads": asked.url("caseloads"),
        "board": asked.url("board"),
        **{
            name: {"explain": asked.url("board_explain", name), "csv": asked.url("board_csv", name)}
            for name in sections
        },
    }


@roles(*BOARD)
def places(request: Request) -> HttpResponse:
    """Every workplace with a placement this year, industries and functions (STEER-05)."""
    asked = asked_for(request)
    found = hours.all_places(asked.scope)
    gave = sum(place.paid > 0 for place in found)
    text = ngettext("%(n)s workplace gave paid hours in %(week)s", "%(n)s workplaces gave paid hours in %(week)s", gave)
    context = {
        "title": text % {"n": danish.number(gave), "week": danish.week_name(hours.last_week(request.viewer.day))},
        "filters": asked.shown,
        "kept": asked.kept,
        "least": asked.scope.least,
        "table": tables.places_table(asked, found),
        "industries": tables.industry_table(asked),
        "functions": tables.function_table(asked),
        "urls": _urls(asked, "virksomheder", "brancher", "funktioner"),
    }
    return render(request, "board/places.html", context)


@roles(*BOARD)
def caseloads(request: Request) -> HttpResponse:
    """Caseloads against the limit, citizens without jobformidler, promises and first days (STEER-13, CON-05, PLC-18)."""
    asked = asked_for(request)
    loads = contact.caseloads(asked.scope, request.viewer.municipality)
    missing = contact.missing_jobformidler(asked.scope, loads)
    shares = practice(asked.scope)
    visible = asked.scope.shown(missing)
    if not missing:
        title = _("Every citizen has a jobformidler")
    elif visible is None:
        title = _("Fewer than %(n)s citizens have no jobformidler") % {"n": asked.scope.least}
    else:
        text = ngettext("%(n)s citizen has no jobformidler", "%(n)s citizens have no jobformidler", missing)
        title = text % {"n": danish.number(missing)}
    context = {
        "title": title,
        "missing_url": asked.cases_url("board_cases", "uden-jobformidler") if missing else "",
        "filters": asked.shown,
        "kept": asked.kept,
        "table": tables.caseload_table(asked, loads),
        "numbers": tables.key_numbers(asked, shares),
        "practice": practice_numbers(asked, shares),
        "urls": _urls(asked, "sagsstammer", "noegletal", "praksis"),
    }
    return render(request, "board/caseloads.html", context)


@roles(*BOARD)
def explain(request: Request, section: str) -> HttpResponse:
    """What the figures of a section mean, and how to come to the same ones."""
    if section not in SECTIONS:
        raise Http404
    asked = asked_for(request)
    context = {
        "section": sections(request.viewer.municipality)[section],
        "back_url": asked.url("board" if section in ("vejen", "udvikling", "virksomheder") else "caseloads"),
        "filters_said": asked.said(),
        "csv_url": asked.url("board_csv", section),
        "least": asked.scope.least,
    }
    return render(request, "board/explain.html", context)
