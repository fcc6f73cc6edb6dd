"""What stands beside the work list: my day, my caseload, and the way to ordinary hours. Four queries."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import User
from jobformidler.accounts.viewer import Viewer
from jobformidler.casework.caseload import limit_for
from jobformidler.casework.enums import AppointmentStatus, CaseRole, CaseStatus
from jobformidler.casework.models import Appointment, Assignment, Case
from jobformidler.core import clock
from jobformidler.core.periods import monday
from jobformidler.placements.models import WeekHours
from jobformidler.web import danish

#: How many of "all the others" the page shows before the link to the whole caseload.
OTHERS = 5


@dataclass
class Mine:
    """The open cases somebody works on, the next step first."""

    cases: list[Any]
    role: str

    @property
    def in_role(self) -> list[Any]:
        """Those that count against the limit."""
        return [case for case in self.cases if case.in_role]

    @property
    def with_hours(self) -> int:
        """Cases in the state "has ordinary hours"."""
        return sum(case.status == CaseStatus.ORDINARY_HOURS for case in self.cases)


def mine(viewer: Viewer, user: User) -> Mine:
    """The open cases of a user that the viewer may see. One query."""
    role = CaseRole.JOBFORMIDLER if viewer.has(Role.JOBFORMIDLER) else CaseRole.CASEWORKER
    holds = Assignment.objects.active_on(viewer.day).filter(user=user, role=role, case=OuterRef("pk"))
    cases = (
        Case.objects.visible_to(viewer)
        .open()
        .of_user(user, viewer.day)
        .select_related("citizen")
        .annotate(in_role=Exists(holds))
        .order_by(F("next_step_on").asc(nulls_last=True), "citizen__last_name", "pk")
    )
    return Mine(list(cases), role)


def others(mine: Mine, shown: set[int], today: dt.date) -> dict[str, Any]:
    """Everybody who does not wait for anything, by next step."""
    rest = [case for case in mine.cases if case.pk not in shown]
    rows = [
        {
            "name": case.citizen.full_name,
            "url": reverse("case", args=[case.pk]),
            "step": case.next_step,
            "state": case.get_status_display(),
            "on": case.next_step_on,
        }
        for case in rest[:OTHERS]
    ]
    return {"rows": rows, "count": len(rest), "all_url": f"{reverse('caseload')}?vis=mine"}


def appointments_between(viewer: Viewer, first: dt.date, until: dt.date) -> "QuerySet[Appointment]":
    """Appointments of visible cases from `first` to the day before `until`, in their order."""
    return (
        Appointment.objects.visible_to(viewer)
        .exclude(status=AppointmentStatus.CANCELLED)
        .filter(at__gte=clock.at_time(first, 0), at__lt=clock.at_time(until, 0))
        .select_related("case__citizen", "workplace")
        .order_by("at", "pk")
    )


def day_of(viewer: Viewer, user: User) -> list[dict[str, Any]]:
    """My appointments today. One query."""
    rows = appointments_between(viewer, viewer.day, viewer.day + dt.timedelta(days=1))
    return [
        {"at": row.at, "what": row.what, "name": name_unless_said(row), "url": reverse("case", args=[row.case_id])}
        for row in rows.filter(users__user=user)
    ]


def name_unless_said(row: Appointment) -> str:
    """The citizen's name, where what is to happen does not say it already."""
    citizen = row.case.citizen
    return "" if citizen.short_name in row.what else citizen.full_name


def load(mine: Mine, viewer: Viewer) -> dict[str, Any]:
    """My citizens against the limit the municipality has set (JF-07)."""
    count, limit = len(mine.in_role), limit_for(mine.role, viewer.municipality)
    found: dict[str, Any] = {"value": count, "url": f"{reverse('caseload')}?vis=mine", "goal": ""}
    if limit:
        room = limit - count
        left = (
            ngettext("There is room for %(n)s more.", "There is room for %(n)s more.", room) % {"n": room}
            if room > 0
            else _("There is no room for more.")
            if room == 0
            else _("That is %(n)s over.") % {"n": -room}
        )
        found |= {"maximum": limit, "goal": _("The limit is %(limit)s.") % {"limit": limit} + " " + left}
    return found


def hours_rows(mine: Mine, today: dt.date) -> "QuerySet[WeekHours]":
    """Reports of paid hours in the last whole week of these cases."""
    return WeekHours.objects.filter(
        placement__case__in=[case.pk for case in mine.cases],
        withdrawn_at=None,
        paid__gt=0,
        week=monday(today) - dt.timedelta(weeks=1),
    )


def way_to_hours(mine: Mine, today: dt.date) -> dict[str, Any]:
    """Citizens with ordinary hours, and paid hours in the last whole week. One query."""
    week = monday(today) - dt.timedelta(weeks=1)
    paid = hours_rows(mine, today).aggregate(hours=Sum("paid"))["hours"] or Decimal(0)
    return {
        "citizens": mine.with_hours,
        "citizens_url": f"{reverse('caseload')}?vis=mine&tilstand={CaseStatus.ORDINARY_HOURS}",
        "hours": danish.hours(paid),
        "hours_what": ngettext("paid hour in %(week)s", "paid hours in %(week)s", 1 if paid == 1 else 2)
        % {"week": danish.week_name(week)},
        "hours_url": reverse("today_hours"),
    }
