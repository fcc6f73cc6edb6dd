"""Placements that ended early or were given up: why, what was tried, and what is taken along (PLC-16, MAT-07)."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jobformidler.accounts.enums import Role
from jobformidler.placements.enums import PlacementStatus as S
from jobformidler.placements.models import Placement
from jobformidler.web import danish
from jobformidler.web.filters import Filter, selected
from jobformidler.web.guards import roles
from jobformidler.web.http import Request

PAGE = 25
#: Code in the address → words, which placements.
KINDS: dict[str, tuple[Any, Q]] = {
    "stoppet": (gettext_lazy("stopped"), Q(status=S.STOPPED)),
    "skiftet": (gettext_lazy("switched"), Q(status=S.SWITCHED)),
    "opgivet": (gettext_lazy("given up before the start"), Q(status=S.DROPPED)),
    "tvivl": (gettext_lazy("given up in doubt about readiness"), Q(status=S.DROPPED, in_doubt=True)),
}
EARLY = (S.STOPPED, S.SWITCHED, S.DROPPED)


@roles(Role.JOBFORMIDLER, Role.CASEWORKER, Role.TEAM_LEADER)
def stopped(request: Request) -> HttpResponse:
    """The list, newest first, with how many of each kind; every number opens its list."""
    seen = Placement.objects.visible_to(request.viewer).filter(status__in=EARLY)
    counts = seen.order_by().aggregate(**{code: Count("pk", filter=rows) for code, (_label, rows) in KINDS.items()})
    kind = Filter(_("What happened"), "hvad", _("all"), [(code, row[0]) for code, row in KINDS.items()])
    chosen = selected([kind], request.GET)["hvad"]
    rows = seen.filter(KINDS[chosen][1]) if chosen else seen
    page = Paginator(rows.select_related("case__citizen", "workplace").order_by("-status_since", "-pk"), PAGE).get_page(
        request.GET.get("page")
    )
    count = page.paginator.count
    context = {
        "title": ngettext("%(n)s placement ended early", "%(n)s placements ended early", count)
        % {"n": danish.number(count)},
        "filters": [kind.shown(chosen)],
        "kept": {"hvad": chosen} if chosen else {},
        "counts": [
            {"label": label, "n": counts[code], "url": f"{reverse('stopped')}?hvad={code}"}
            for code, (label, _rows) in KINDS.items()
        ],
        "rows": [_row(row) for row in page],
        "page": page,
    }
    return render(request, "placements/stopped.html", context)


def _row(placement: Placement) -> dict[str, Any]:
    state = placement.get_status_display()
    return {
        "name": placement.case.citizen.full_name,
        "url": reverse("case_placements", args=[placement.case_id]),
        "where": placement.workplace.name,
        "state": _("%(state)s in doubt about readiness") % {"state": state} if placement.in_doubt else state,
        "on": placement.status_since,
        "lines": [
            (label, text)
            for label, text in (
                (_("Why"), placement.end_reason),
                (_("Tried"), placement.tried),
                (_("Taken along"), placement.learning),
            )
            if text
        ],
    }
