"""My caseload and the team's: one person, one row; citizens without a case, who need one."""

import datetime as dt
from typing import Any
from urllib.parse import quote

from django.core.paginator import Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Unit
from jobformidler.accounts.viewer import Viewer
from jobformidler.casework.enums import OPEN, CaseRole, CaseStatus
from jobformidler.casework.models import Case, Contact
from jobformidler.casework.querysets import CaseQuerySet
from jobformidler.citizens import display
from jobformidler.citizens.models import Citizen, Relation
from jobformidler.core import clock
from jobformidler.web import danish
from jobformidler.web.cases.words import ago, day_words, since_words
from jobformidler.web.guards import roles
from jobformidler.web.http import Request

PAGE = 25
STAFF = (Role.JOBFORMIDLER, Role.CASEWORKER, Role.TEAM_LEADER)
SORTS: dict[str, tuple[str | Promise, tuple[Any, ...]]] = {
    "naeste": (gettext_lazy("next step"), (F("next_step_on").asc(nulls_last=True), "citizen__last_name", "pk")),
    "kontakt": (gettext_lazy("longest since contact"), (F("last_contact").asc(nulls_first=True), "pk")),
    "tilstand": (gettext_lazy("longest in the state"), ("status_since", "pk")),
}
MINE, TEAM, NO_JOBFORMIDLER, NO_CASE = "mine", "teamet", "uden-jobformidler", "uden-sag"


def with_last_contact(cases: CaseQuerySet) -> CaseQuerySet:
    """Each case with the moment of its last standing contact."""
    last = Contact.objects.standing().filter(case=OuterRef("pk")).order_by("-at").values("at")[:1]
    return cases.annotate(last_contact=Subquery(last))


def selected(viewer: Viewer, view: str) -> CaseQuerySet:
    """The cases of one of the views."""
    cases = Case.objects.visible_to(viewer).open()
    if view == MINE:
        return cases.of_user(viewer.user, viewer.day)
    if view == NO_JOBFORMIDLER:
        return cases.without_role(viewer.day, CaseRole.JOBFORMIDLER)
    return cases


def citizens_without_case(viewer: Viewer) -> QuerySet[Citizen]:
    """Citizens the viewer may see who have no open case (JF-01)."""
    having = Case.objects.filter(citizen=OuterRef("pk"), status__in=OPEN)
    return Citizen.objects.visible_to(viewer).filter(~Exists(having))


def count_without_case(viewer: Viewer) -> int:
    """How many they are, counted from the viewer's relations: every page of the caseload says it."""
    having = Case.objects.open().values("citizen")
    found = Relation.objects.of(viewer).order_by().filter(~Q(citizen__in=having))
    return found.aggregate(n=Count("citizen", distinct=True))["n"]


def case_row(case: Any, today: dt.date, here: str) -> dict[str, Any]:
    """A case as a row of the work list."""
    citizen = case.citizen
    last = clock.local_date(case.last_contact) if case.last_contact else None
    gone = (today - last).days if last else None
    marked = display.mark(citizen)
    sentences = [f"{marked}."] if marked else []
    sentences.append(since_words(case.get_status_display(), case.status, case.status_since, today) + ".")
    sentences.append(
        _("Last contact %(ago)s.") % {"ago": ago(last, today)} if last else _("No contact registered yet.")
    )
    step = case.next_step_on
    row: dict[str, Any] = {
        "id": f"sag-{case.pk}",
        "figure": danish.number(gone) if gone is not None else "–",
        "unit": danish.days(gone or 0).split(danish.NBSP)[-1] if gone is not None else "",
        "name": citizen.full_name,
        "url": reverse("case", args=[case.pk]),
        "why": " ".join(sentences),
        "action": _("Register conversation"),
        "action_label": _("Register conversation with %(name)s") % {"name": citizen.full_name},
        "action_url": f"{reverse('case_conversation', args=[case.pk])}?next={here}",
        "opens": True,
        "team": "" if case.jobformidler_name else _("No jobformidler"),
        "owner": case.jobformidler_name,
    }
    if case.next_step:
        row["step"] = case.next_step
        row["step_on"] = day_words(step, today) if step else ""
        row["step_late"] = step is not None and step < today
        row["step_today"] = step == today
    return row


def citizen_row(citizen: Citizen) -> dict[str, Any]:
    """A citizen without a case as a row of the same list."""
    return {
        "id": f"borger-{citizen.pk}",
        "name": citizen.full_name,
        "plain": True,
        "why": _("Registered in %(unit)s, but has no case.") % {"unit": citizen.unit.name}
        if citizen.unit
        else _("Registered, but has no case."),
        "action": _("Open a case"),
        "action_label": _("Open a case for %(name)s") % {"name": citizen.full_name},
        "action_url": reverse("case_open", args=[citizen.pk]),
    }


def load_of(viewer: Viewer, mine: int) -> dict[str, Any]:
    """My number of cases against the limit the municipality has set."""
    municipality = viewer.municipality
    limit = (
        municipality.caseload_limit_jobformidler
        if viewer.has(Role.JOBFORMIDLER)
        else municipality.caseload_limit_caseworker
    )
    if not limit:
        return {"value": mine, "goal": ""}
    room = limit - mine
    left = (
        ngettext("There is room for %(n)s more.", "There is room for %(n)s more.", room) % {"n": room}
        if room > 0
        else _("There is no room for more.")
        if room == 0
        else _("That is %(n)s over.") % {"n": -room}
    )
    return {"value": mine, "maximum": limit, "goal": _("The limit is %(limit)s.") % {"limit": limit} + " " + left}


def choice(label: str, name: str, options: list[tuple[str, Any]], current: str) -> dict[str, Any]:
    """One filter of the line of filters."""
    value = next((text for code, text in options if code == current), options[0][1])
    return {
        "label": label,
        "name": name,
        "value": value,
        "options": [(code, text, code == current) for code, text in options],
    }


@roles(*STAFF)
def caseload(request: Request) -> HttpResponse:
    """Who I work with: last contact, next step, and the form for a conversation in the row."""
    viewer, today = request.viewer, request.viewer.day
    default = MINE if viewer.has(Role.JOBFORMIDLER, Role.CASEWORKER) else TEAM
    view = request.GET.get("vis", default)
    state, unit, sort = (request.GET.get(name, "") for name in ("tilstand", "enhed", "sort"))
    sort = sort if sort in SORTS else "naeste"
    number_without = count_without_case(viewer)
    rows: QuerySet[Any]
    if view == NO_CASE:
        rows = citizens_without_case(viewer).select_related("unit").order_by("last_name", "first_name", "pk")
        rows = rows.filter(unit_id=int(unit)) if unit.isdigit() else rows
    else:
        rows = with_last_contact(selected(viewer, view)).for_list(today)
        rows = rows.filter(status=state) if state in CaseStatus.values else rows
        rows = rows.filter(unit_id=int(unit)) if unit.isdigit() else rows
        rows = rows.order_by(*SORTS[sort][1])
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    here = quote(request.get_full_path(), safe="/")
    drawn = [citizen_row(row) if view == NO_CASE else case_row(row, today, here) for row in page]
    mine = page.paginator.count if view == MINE and not state and not unit else None
    if mine is None:
        mine = selected(viewer, MINE).count()
    units = [("", _("All units")), *((str(u.pk), u.name) for u in Unit.objects.filter(active=True))]
    filters = []
    if view != NO_CASE:
        states = [(code, label) for code, label in CaseStatus.choices if code in OPEN]
        filters.append(choice(_("State"), "tilstand", [("", _("All")), *states], state))
    if len(units) > 2:
        filters.append(choice(_("Unit"), "enhed", units, unit))
    if view != NO_CASE:
        filters.append(choice(_("First"), "sort", [(code, text) for code, (text, _o) in SORTS.items()], sort))
    context = {
        "title": title(view, page.paginator.count),
        "tabs": [
            {"label": label, "url": f"?vis={code}", "current": view == code}
            for code, label in (
                (MINE, _("My citizens")),
                (TEAM, _("The team's citizens")),
                (NO_JOBFORMIDLER, _("Without jobformidler")),
                (NO_CASE, _("Without case")),
            )
        ],
        "rows": drawn,
        "page": page,
        "view": view,
        "filters": filters,
        "kept": {
            name: value for name, value in request.GET.items() if name in ("vis", "tilstand", "enhed", "sort") and value
        },
        "filtered": bool(state or unit),
        "load": load_of(viewer, mine),
        "without_case": number_without,
    }
    return render(request, "cases/caseload.html", context)


def title(view: str, number: int) -> str:
    """The answer of the page as its heading."""
    count = danish.number(number)
    if view == NO_CASE:
        return ngettext("%(n)s citizen has no case", "%(n)s citizens have no case", number) % {"n": count}
    if view == NO_JOBFORMIDLER:
        return ngettext("%(n)s citizen has no jobformidler", "%(n)s citizens have no jobformidler", number) % {
            "n": count
        }
    if view == TEAM:
        return ngettext("The team has %(n)s citizen", "The team has %(n)s citizens", number) % {"n": count}
    return ngettext("You have %(n)s citizen", "You have %(n)s citizens", number) % {"n": count}
