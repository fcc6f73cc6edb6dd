"""The access log: searched by citizen, employee, period and page; taken out in a file; and its seal.

The security officer sees everything. An administrator sees that the log is kept and sealed, without whom it is about.
"""

import csv
import io
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import User
from jobformidler.citizens.access_enums import Outcome
from jobformidler.citizens.actions.audit import verify_log
from jobformidler.citizens.models import AccessLog, AccessSeal, Citizen
from jobformidler.core.crypto import keyed_hash
from jobformidler.core.tabular.quarantine import neutralise
from jobformidler.web import danish
from jobformidler.web.audit.forms import CprForm, LogForm
from jobformidler.web.guards import roles
from jobformidler.web.http import Request
from jobformidler.web.looking import note, note_many
from jobformidler.web.me.looks import relation_words
from jobformidler.web.pagenames import page_words
from jobformidler.web.stepup import step_up

PER_PAGE = 100
#: Most rows of one file; a longer period is taken in parts.
MOST_ROWS = 50_000
#: So many seals are checked while one waits; a longer chain by the command.
MOST_SEALS = 200
OFFICER = (Role.SECURITY_OFFICER,)


def _found(request: Request) -> tuple[LogForm, QuerySet, Citizen | None]:
    """The rows the address asks for, newest first. A citizen is named by key, never by number or name."""
    form = LogForm(request.GET or None, people=_people(request))
    rows = AccessLog.objects.select_related("user", "unit", "citizen").order_by("-at", "-pk")
    citizen = None
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        rows = rows.between(*form.period())
        if asked["medarbejder"]:
            rows = rows.filter(user=asked["medarbejder"])
        if asked["side"]:
            rows = rows.filter(page__startswith=asked["side"])
        if asked["udfald"]:
            rows = rows.filter(outcome=asked["udfald"])
        if asked["borger"]:
            citizen = Citizen.objects.filter(pk=asked["borger"]).first()
            if citizen is None:
                raise Http404
            rows = rows.filter(citizen=citizen)
    return form, rows, citizen


def _people(request: Request) -> QuerySet[User]:
    staff = User.objects.filter(memberships__municipality=request.viewer.municipality)
    return staff.exclude(memberships__role=Role.CITIZEN).distinct().order_by("name", "pk")


@roles(Role.SECURITY_OFFICER, Role.ADMINISTRATOR)
def access_log(request: Request) -> HttpResponse:
    """The log. A CPR number comes by POST, is looked up by its keyed hash and becomes the citizen's key."""
    officer = request.viewer.has(*OFFICER)
    cpr = CprForm(request.POST or None)
    if request.method == "POST" and officer and cpr.is_valid():
        citizen = Citizen.objects.filter(cpr_hash=keyed_hash(cpr.cleaned_data["cpr"])).first()
        if citizen is not None:
            return redirect(f"{reverse('access_log')}?borger={citizen.pk}")
        cpr.add_error("cpr", _("Nobody with this number is registered here."))
    form, rows, citizen = _found(request)
    if citizen is not None and not officer:
        raise Http404
    if citizen is not None:
        note(request, citizen, "access log", Role.SECURITY_OFFICER)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "officer": officer,
        "form": form,
        "cpr": cpr,
        "citizen": citizen,
        "page": page,
        "rows": [_words(row, officer=officer) for row in page],
        "heading": ngettext("%(n)s look", "%(n)s looks", count) % {"n": danish.number(count)},
        "csv_url": f"{reverse('access_log_csv')}?{kept.urlencode()}" if officer else "",
    }
    return render(request, "audit/log.html", context)


def _words(row: AccessLog, *, officer: bool) -> dict[str, Any]:
    """One look as a line."""
    function = str(Role(row.role).label) if row.role in Role.values else ""
    return {
        "at": row.at,
        "who": row.user.name if row.user else row.user_label,
        "user": row.user_id,
        "about": ", ".join(filter(None, (function, row.unit.name if row.unit else ""))),
        "citizen": row.citizen.full_name if officer else _("a citizen"),
        "page": page_words(row.page),
        "relation": relation_words(row),
        "outcome": "" if row.outcome == Outcome.SHOWN else row.get_outcome_display(),
    }


@roles(*OFFICER)
@step_up
def access_log_csv(request: Request) -> HttpResponse:
    """The rows of the page as a file. Each citizen in it is noted as taken out."""
    form, rows, _citizen = _found(request)
    if form.is_bound and not form.is_valid():
        raise Http404
    chosen = list(rows[:MOST_ROWS])
    note_many(request, {row.citizen_id for row in chosen}, "export: access log")
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    head = (_("When"), _("Who"), _("Function"), _("Citizen"), _("Page"), _("Why they could see it"), _("Outcome"))
    writer.writerow([neutralise(word) for word in head])
    for row in chosen:
        line = _words(row, officer=True)
        cells = (
            f"{danish.day_short(row.at)} {danish.hour_minute(row.at)}",
            line["who"],
            line["about"],
            line["citizen"],
            line["page"],
            line["relation"],
            row.get_outcome_display(),
        )
        writer.writerow([neutralise(str(cell)) for cell in cells])
    response = HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="adgangslog.csv"'
    return response


@roles(Role.SECURITY_OFFICER, Role.ADMINISTRATOR)
def access_seal(request: Request) -> HttpResponse:
    """The newest seals, what is not sealed yet, and a check of the chain."""
    seals = AccessSeal.objects.order_by("-number")
    count = seals.count()
    verdict = None
    if request.method == "POST" and count <= MOST_SEALS:
        verdict = verify_log(municipality=request.viewer.municipality)
    context = {
        "seals": seals[:20],
        "count": count,
        "unsealed": AccessLog.objects.unsealed().count(),
        "verdict": verdict,
        "can_check": count <= MOST_SEALS,
    }
    return render(request, "audit/seal.html", context)
