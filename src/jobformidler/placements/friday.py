"""When and whom the Friday question is for (PLC-24)."""

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet

from jobformidler.core import clock
from jobformidler.core.periods import monday
from jobformidler.placements.enums import RUNNING, Party
from jobformidler.placements.links import LinkPurpose
from jobformidler.placements.models import Placement, SignedLink, WeekHours

#: When the workplace is asked: Friday, between these hours of the day.
WEEKDAY, FROM_HOUR, UNTIL_HOUR = 4, 12, 17
#: A workplace that got a link within these days is not asked again.
COOL_DOWN = dt.timedelta(days=3)


def is_time(now: dt.datetime) -> bool:
    """Whether workplaces are asked at this local moment."""
    return now.weekday() == WEEKDAY and FROM_HOUR <= now.hour < UNTIL_HOUR


def to_ask(now: dt.datetime) -> QuerySet[Placement]:
    """Placements under way whose running week nobody has reported and whose workplace was not asked a moment ago."""
    day = clock.local_date(now)
    reported = WeekHours.objects.standing().filter(placement=OuterRef("pk"), week=monday(day))
    asked = SignedLink.objects.filter(
        municipality_id=OuterRef("municipality_id"),
        placement_id=OuterRef("pk"),
        party=Party.EMPLOYER,
        purpose=LinkPurpose.HOURS,
        made_at__gt=now - COOL_DOWN,
    )
    rows = Placement.objects.filter(~Exists(reported), ~Exists(asked), status__in=RUNNING, starts_on__lte=day)
    return rows.select_related("case__citizen", "case__municipality", "contact", "workplace").order_by("pk")
