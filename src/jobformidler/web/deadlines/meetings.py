"""The contact meetings of the list: whose last day is near or over, and who holds them (RULE-10, CON-13)."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.accounts.viewer import Viewer
from jobformidler.casework.meetings import SHOWN_BEFORE
from jobformidler.casework.models import Attention, Case
from jobformidler.law import rule_set
from jobformidler.registers.enums import MeetingHolder
from jobformidler.web import danish


def near(viewer: Viewer, *, mine: bool) -> QuerySet[Attention]:
    """What the work list says of meetings to be held within a fortnight, the first to be held first."""
    cases = Case.objects.visible_to(viewer)
    if mine:
        cases = cases.of_user(viewer.user, viewer.day)
    rows = Attention.objects.filter(case__in=cases.values("pk"))
    return rows.meetings_by(viewer.day + SHOWN_BEFORE).select_related("citizen")


def banners(rows: Iterable[Attention]) -> list[str]:
    """The sentences that stand wherever results of these rules show."""
    return [rule_set(name).banner for name in sorted({row.facts["rules"] for row in rows})]


def row(one: Attention, day: dt.date, back: str) -> dict[str, Any]:
    """A row of the list: how late, why, who holds it, and the step that plans it."""
    last = dt.date.fromisoformat(one.facts["on"])
    late = (day - last).days
    plan = f"{reverse('case_appointment', args=[one.case_id])}?next={quote(back, safe='/')}"
    return {
        "id": f"moede-{one.case_id}",
        "pk": one.case_id,
        "figure": danish.number(abs(late)),
        "unit": ngettext("day late", "days late", late) if late > 0 else ngettext("day left", "days left", -late),
        "name": one.citizen.full_name,
        "url": reverse("case", args=[one.case_id]),
        "why": " ".join(sentences(one.facts, day)),
        "action": _("Open the case") if one.facts["planned"] else _("Plan the meeting"),
        "action_url": reverse("case", args=[one.case_id]) if one.facts["planned"] else plan,
    }


def sentences(facts: dict[str, Any], day: dt.date) -> list[str]:
    """From when a meeting is counted, who holds the next one, and whether it is planned."""
    since = danish.day_words(dt.date.fromisoformat(facts["from"]), day)
    if facts["last_by"]:
        said = [
            _("The last contact meeting was held %(day)s by %(holder)s.")
            % {"day": since, "holder": MeetingHolder(facts["last_by"]).label}
        ]
    elif facts["number"]:
        said = [
            _("Meeting %(number)s of %(of)s after the case was opened %(day)s.")
            % {"number": facts["number"], "of": facts["of"], "day": since}
        ]
    else:
        said = [_("No contact meeting held since the case was opened %(day)s.") % {"day": since}]
    holder = MeetingHolder(facts["holder"]).label
    if facts["planned"]:
        planned = danish.day_words(dt.date.fromisoformat(facts["planned"]), day)
        return [
            *said,
            _("The next one is planned for %(day)s; %(holder)s holds it.") % {"day": planned, "holder": holder},
        ]
    return [*said, _("The next one is held by %(holder)s.") % {"holder": holder}]
