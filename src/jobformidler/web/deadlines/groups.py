"""The groups of the caseworker's list: what each is called, and the clocks it draws from (RULE-05, RULE-08, RULE-09)."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jobformidler.accounts.viewer import Viewer
from jobformidler.casework.enums import OPEN
from jobformidler.casework.models import Case, Decision
from jobformidler.registers.enums import ClockNeed
from jobformidler.registers.models import Clock
from jobformidler.registers.querysets import ClockQuerySet


@dataclass(frozen=True)
class Group:
    """A group of the list: its key in the address, its heading, what its clocks need, and the date it is sorted by."""

    key: str
    label: str | Promise
    need: str
    by: str


GROUPS = (
    Group("overskredet", _("Past a year, not assessed"), ClockNeed.OVERDUE, "duty_on"),
    Group("bedt", _("Has asked for referral"), ClockNeed.ASKED, "right_on"),
    Group("ret", _("The right has arisen, not used"), ClockNeed.UNUSED, "right_on"),
    Group("vejledning", _("Not told yet"), ClockNeed.TO_TELL, "right_on"),
    Group("ret-snart", _("The right arises soon"), ClockNeed.RIGHT_SOON, "right_on"),
    Group("pligt-snart", _("A year is near"), ClockNeed.DUTY_SOON, "duty_on"),
    Group("laesning", _("Depends on the reading"), ClockNeed.IN_DOUBT, "since"),
)


def clocks_of(viewer: Viewer, *, mine: bool) -> ClockQuerySet:
    """The running clocks of citizens with an open case the viewer may see, with every fact a row shows."""
    day: dt.date = viewer.day
    cases = Case.objects.visible_to(viewer).filter(status__in=OPEN)
    if mine:
        cases = cases.of_user(viewer.user, day)
    negative = Decision.objects.unavailable().filter(
        case__citizen=OuterRef("citizen"), decided_at__date__gte=OuterRef("since")
    )
    return (
        Clock.objects.running_on(day)
        .approved_on(day)
        .filter(citizen__in=cases.values("citizen"))
        .with_facts(day, unavailable=Exists(negative))
    )
