"""What the caseworker's list shows: one question to the clocks a group (RULE-05, RULE-08, RULE-09, CIT-23)."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jobformidler.accounts.viewer import Viewer
from jobformidler.casework.decision_enums import Answer, DecisionKind
from jobformidler.casework.enums import OPEN
from jobformidler.casework.models import Case, Decision
from jobformidler.registers.models import Clock, Guidance
from jobformidler.registers.querysets import ClockQuerySet

#: How far ahead a coming date is shown, and how long before it the citizen is to be told.
AHEAD, TELL = dt.timedelta(days=60), dt.timedelta(days=42)


@dataclass(frozen=True)
class Group:
    """A group of the list: its key in the address, its heading, whom it holds, and which date it is sorted by."""

    key: str
    label: str | Promise
    holds: Callable[[dt.date], Q]
    by: str


def _open(**more: object) -> Q:
    return Q(working=False, referred=False, **more)


GROUPS = (
    Group(
        "overskredet",
        _("Past a year, not assessed"),
        lambda day: _open(unemployed=True, unavailable=False, duty_on__lte=day),
        "duty_on",
    ),
    Group("bedt", _("Has asked for referral"), lambda day: _open(asked=True, right_on__lte=day), "right_on"),
    Group("ret", _("The right has arisen, not used"), lambda day: _open(asked=False, right_on__lte=day), "right_on"),
    Group(
        "vejledning",
        _("Not told yet"),
        lambda day: (
            _open(told_right=False, right_on__gt=day, right_on__lte=day + TELL)
            | _open(told_duty=False, duty_on__gt=day, duty_on__lte=day + TELL)
        ),
        "right_on",
    ),
    Group(
        "ret-snart",
        _("The right arises soon"),
        lambda day: _open(right_on__gt=day, right_on__lte=day + AHEAD),
        "right_on",
    ),
    Group("pligt-snart", _("A year is near"), lambda day: _open(duty_on__gt=day, duty_on__lte=day + AHEAD), "duty_on"),
    Group("laesning", _("Depends on the reading"), lambda _day: _open(unemployed=True) & ~Q(readings=[]), "since"),
)


def clocks_of(viewer: Viewer, *, mine: bool) -> ClockQuerySet:
    """The running clocks of citizens with an open case the viewer may see, with every fact a row shows."""
    day = viewer.day
    cases = Case.objects.visible_to(viewer).filter(status__in=OPEN)
    if mine:
        cases = cases.of_user(viewer.user, day)
    told = Guidance.objects.filter(citizen=OuterRef("citizen"), given_on__gte=OuterRef("since"))
    negative = Decision.objects.filter(
        case__citizen=OuterRef("citizen"),
        kind=DecisionKind.AVAILABILITY,
        outcome=Answer.REFUSED,
        decided_at__date__gte=OuterRef("since"),
    )
    return (
        Clock.objects.running_on(day)
        .filter(Q(approval__ended_on=None) | Q(approval__ended_on__gt=day), citizen__in=cases.values("citizen"))
        .with_facts(day)
        .annotate(
            told_right=Exists(told.filter(about="right")),
            told_duty=Exists(told.filter(about="duty")),
            unavailable=Exists(negative),
        )
    )
