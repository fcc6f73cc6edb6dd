"""The agreements of the cases I may see: who has not signed, what awaits approval, drafts, under way."""

import datetime as dt
from dataclasses import dataclass, field

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from jobformidler.accounts.enums import Role
from jobformidler.casework.models import Assignment
from jobformidler.core import clock
from jobformidler.placements.enums import RUNNING, PlacementStatus
from jobformidler.placements.models import Placement
from jobformidler.placements.querysets import PlacementQuerySet
from jobformidler.web.guards import roles
from jobformidler.web.http import Request
from jobformidler.web.placements.rows import Row, rows_of

S = PlacementStatus
PER_GROUP, PER_PAGE = 5, 25

#: Code in the address → heading, states.
GROUPS = {
    "underskrift": (gettext_lazy("Waiting for signature"), (S.AWAITING_SIGNATURE,)),
    "godkendelse": (gettext_lazy("Waiting for the municipality's approval"), (S.AWAITING_APPROVAL,)),
    "kladder": (gettext_lazy("Drafts"), (S.IDEA, S.DIALOGUE, S.DRAFT)),
    "godkendt": (gettext_lazy("Approved, not begun"), (S.APPROVED,)),
    "i-gang": (gettext_lazy("Under way"), RUNNING),
}


@dataclass
class Group:
    """One group of the list."""

    code: str
    label: str
    count: int
    rows: list[Row] = field(default_factory=list)

    @property
    def more(self) -> bool:
        """Whether there are more than shown."""
        return self.count > len(self.rows)


def _order(request: Request) -> list[str]:
    """A caseworker meets the approvals first."""
    codes = list(GROUPS)
    if request.viewer.has(Role.CASEWORKER):
        codes.remove("godkendelse")
        codes.insert(0, "godkendelse")
    return codes


def _wanted(request: Request, day: dt.date) -> PlacementQuerySet:
    found = Placement.objects.visible_to(request.viewer)
    if request.GET.get("hvem", "") == "mine":
        mine = Assignment.objects.active_on(day).filter(user=request.user)
        found = found.filter(case__in=mine.values("case"))
    term = request.GET.get("virksomhed", "").strip()
    if term:
        found = found.filter(workplace__search__contains=term.lower())
    return found


@roles(Role.JOBFORMIDLER, Role.CASEWORKER, Role.TEAM_LEADER)
@require_GET
def agreements(request: Request) -> HttpResponse:
    """Groups with the first of each, or one group in pages; filters stand in the address."""
    now = clock.now()
    wanted = _wanted(request, clock.local_date(now))
    states = {code: Q(status__in=GROUPS[code][1]) for code in GROUPS}
    counts = wanted.aggregate(**{code.replace("-", "_"): Count("pk", filter=states[code]) for code in GROUPS})
    chosen = request.GET.get("vis", "")
    codes = [chosen] if chosen in GROUPS else _order(request)
    groups = [Group(code, str(GROUPS[code][0]), counts[code.replace("-", "_")]) for code in codes]
    page = None
    shown: list[tuple[Group, list[Placement]]] = []
    for group in groups:
        rows = wanted.filter(states[group.code]).for_list().order_by("status_since", "pk")
        if chosen in GROUPS:
            paginator = Paginator(rows, PER_PAGE)
            paginator.count = group.count  # known already, one query less
            page = paginator.get_page(request.GET.get("page"))
            shown.append((group, list(page.object_list)))
        elif group.count:
            shown.append((group, list(rows[:PER_GROUP])))
    found = rows_of([p for __, rows in shown for p in rows], now, decides=request.viewer.has(Role.CASEWORKER))
    drawn = {row.placement.pk: row for row in found}
    for group, rows in shown:
        group.rows = [drawn[placement.pk] for placement in rows]
    waiting = counts["underskrift"] + counts["godkendelse"]
    context = {
        "groups": [group for group in groups if group.count or chosen],
        "page": page,
        "chosen": chosen if chosen in GROUPS else "",
        "waiting": waiting,
        "filters": _filters(request),
        "kept": {key: value for key, value in request.GET.items() if key != "page" and value},
        "term": request.GET.get("virksomhed", ""),
        "filtered": bool(request.GET.get("virksomhed") or request.GET.get("hvem")),
    }
    return render(request, "placements/agreements.html", context)


def _filters(request: Request) -> list[dict[str, object]]:
    who, show = request.GET.get("hvem", ""), request.GET.get("vis", "")
    people = [("", _("the team's"), who != "mine"), ("mine", _("mine"), who == "mine")]
    parts = [("", _("all"), show not in GROUPS)]
    parts += [(code, str(GROUPS[code][0]), show == code) for code in GROUPS]
    return [
        {"label": _("Agreements"), "name": "hvem", "value": people[who == "mine"][1], "options": people},
        {
            "label": _("State"),
            "name": "vis",
            "value": str(GROUPS[show][0]) if show in GROUPS else _("all"),
            "options": parts,
        },
    ]
