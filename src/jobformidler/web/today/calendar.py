"""The calendar: a week of appointments, mine or the team's, to read and to print."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.accounts.enums import Role
from jobformidler.core import clock
from jobformidler.core.periods import monday
from jobformidler.web import danish
from jobformidler.web.guards import roles
from jobformidler.web.http import Request
from jobformidler.web.today.mine import appointments_between, name_unless_said
from jobformidler.web.today.views import STAFF, TEAM

_WEEK = dt.timedelta(weeks=1)
#: More than this in one week is not read as a list; the rest is told as a number.
MOST = 200


def week_of(text: str, today: dt.date) -> dt.date:
    """The Monday of "2026-48"; of this week for anything else."""
    year, _dash, week = text.partition("-")
    try:
        return dt.date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        return monday(today)


def _week_code(day: dt.date) -> str:
    year, week, _day = day.isocalendar()
    return f"{year}-{week:02d}"


@roles(*STAFF)
def calendar(request: Request) -> HttpResponse:
    """The appointments of a week, day by day."""
    viewer = request.viewer
    own = viewer.has(Role.JOBFORMIDLER, Role.CASEWORKER)
    whole_team = request.GET.get("hos") == TEAM or not own
    first = week_of(request.GET.get("uge", ""), viewer.day)
    rows = appointments_between(viewer, first, first + _WEEK)
    if not whole_team:
        rows = rows.filter(users__user=viewer.user)
    found = list(rows.prefetch_related("users__user")[: MOST + 1])
    days: list[dict[str, Any]] = []
    for row in found[:MOST]:
        day = clock.local_date(row.at)
        if not days or days[-1]["day"] != day:
            days.append({"day": day, "is_today": day == viewer.day, "rows": []})
        with_whom = [invited.user.first_name for invited in row.users.all() if invited.user_id != viewer.user.pk]
        days[-1]["rows"].append(
            {
                "at": row.at,
                "what": row.what,
                "name": name_unless_said(row),
                "url": reverse("case", args=[row.case_id]),
                "where": row.where or (row.workplace.name if row.workplace else ""),
                "with": ", ".join(sorted(with_whom)),
                "held": row.status == "held",
            }
        )
    count = min(len(found), MOST)
    keep = f"&hos={TEAM}" if whole_team and own else ""
    context = {
        "title": _title(count, whole_team, danish.week_name(first)),
        "days": days,
        "more": len(found) > MOST,
        "whole_team": whole_team,
        "tabs": [
            {"label": _("My appointments"), "url": f"?uge={_week_code(first)}", "current": not whole_team},
            {"label": _("The team's"), "url": f"?uge={_week_code(first)}&hos={TEAM}", "current": whole_team},
        ]
        if own
        else [],
        "period": danish.day_range(first, first + dt.timedelta(days=6)),
        "before": {"url": f"?uge={_week_code(first - _WEEK)}{keep}", "label": danish.week_name(first - _WEEK)},
        "after": {"url": f"?uge={_week_code(first + _WEEK)}{keep}", "label": danish.week_name(first + _WEEK)},
        "this": "" if first == monday(viewer.day) else f"?{keep.lstrip('&')}",
    }
    return render(request, "today/calendar.html", context)


def _title(count: int, whole_team: bool, week: str) -> str:
    values = {"n": danish.number(count), "week": week}
    if whole_team:
        text = ngettext(
            "The team has %(n)s appointment in %(week)s", "The team has %(n)s appointments in %(week)s", count
        )
    elif not count:
        text = _("You have no appointments in %(week)s")
    else:
        text = ngettext("You have %(n)s appointment in %(week)s", "You have %(n)s appointments in %(week)s", count)
    return text % values
