"""Unusual look-ups: each with the rule that found it and the looks behind it, handled with a note. Sorted by time alone."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import User
from jobformidler.citizens.access_enums import AlertKind, AlertState
from jobformidler.citizens.actions import change_policy, handle_alert, protect_staff
from jobformidler.citizens.models import AccessAlert, StaffHome, StaffPrivacy
from jobformidler.citizens.watch import policy_of, rows_of
from jobformidler.web import danish
from jobformidler.web.audit.forms import AlertForm, PolicyForm, PrivacyForm
from jobformidler.web.audit.log import OFFICER, _words
from jobformidler.web.guards import roles
from jobformidler.web.http import Request
from jobformidler.web.looking import note
from jobformidler.web.saving import save

PER_PAGE = 50
MOST_ROWS = 200


def why(alert: AccessAlert) -> str:
    """The rule in a sentence, with what it saw."""
    words = {
        "who": alert.user.name,
        "citizen": alert.citizen.full_name if alert.citizen else "",
        "n": danish.number(alert.count),
        "limit": danish.number(alert.limit or 0),
        "hour": alert.hour,
    }
    texts = {
        AlertKind.SURNAME: _("%(who)s opened pages of %(citizen)s, who has the same surname."),
        AlertKind.ADDRESS: _("%(who)s opened pages of %(citizen)s, who lives at the same address."),
        AlertKind.NO_RELATION: _("%(who)s looked for %(citizen)s without a relation to the case."),
        AlertKind.VOLUME_HOUR: _(
            "%(who)s opened pages of %(n)s different citizens between %(hour)s and the next hour. The limit is %(limit)s."
        ),
        AlertKind.VOLUME_DAY: _("%(who)s opened pages of %(n)s different citizens in a day. The limit is %(limit)s."),
    }
    return texts[AlertKind(alert.kind)] % words


@roles(*OFFICER)
def access_alerts(request: Request) -> HttpResponse:
    """The alerts, newest first; those nobody has dealt with unless others are asked for."""
    state = request.GET.get("stand", AlertState.OPEN)
    rows = AccessAlert.objects.select_related("user", "citizen").order_by("-last_at", "-pk")
    if state in AlertState.values:
        rows = rows.filter(state=state)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    options: list[tuple[str, Any, bool]] = [(value, label, value == state) for value, label in AlertState.choices]
    options.append(("alle", _("all"), state not in AlertState.values))
    context = {
        "page": page,
        "rows": [{"alert": alert, "why": why(alert)} for alert in page],
        "heading": ngettext("%(n)s unusual look-up", "%(n)s unusual look-ups", count) % {"n": danish.number(count)},
        "filters": [
            {
                "label": _("State"),
                "name": "stand",
                "value": dict(AlertState.choices).get(state, _("all")),
                "options": options,
            }
        ],
    }
    return render(request, "audit/alerts.html", context)


@roles(*OFFICER)
def access_alert(request: Request, pk: int) -> HttpResponse:
    """One alert: the rule, the looks behind it, and what came of it."""
    alert = get_object_or_404(AccessAlert.objects.select_related("user", "citizen", "municipality"), pk=pk)
    if alert.citizen is not None:
        note(request, alert.citizen, "access log: alert", Role.SECURITY_OFFICER)
    form = AlertForm(request.POST or None, initial={"version": alert.version, "note": alert.note})
    saved = None
    if request.method == "POST" and form.is_valid():
        saved = save(form, request, handle_alert, row=alert, alert=alert, **form.cleaned_data)
        if saved:
            messages.success(request, _("It is noted what came of it."))
            return redirect("access_alerts")
    looks = list(rows_of(alert)[: MOST_ROWS + 1])
    context: dict[str, Any] = {
        "alert": alert,
        "why": why(alert),
        "rows": [_words(row, officer=True) for row in looks[:MOST_ROWS]],
        "more": len(looks) > MOST_ROWS,
        "form": form,
        "saved": saved,
        "own": alert.user_id == request.user.pk,
    }
    return render(request, "audit/alert.html", context)


@roles(*OFFICER)
def audit_policy(request: Request) -> HttpResponse:
    """What counts as many, and how long emergency access lasts."""
    policy = policy_of(request.viewer.municipality)
    form = PolicyForm(request.POST or None, instance=policy, initial={"version": policy.version})
    saved = None
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if not policy.pk:
            values = {**values, "version": None}
        saved = save(form, request, change_policy, row=policy, municipality=request.viewer.municipality, **values)
        if saved:
            messages.success(request, _("The limits are saved."))
            return redirect("access_alerts")
    return render(request, "audit/policy.html", {"form": form, "saved": saved})


@roles(*OFFICER)
def staff_privacy(request: Request, pk: int) -> HttpResponse:
    """What is protected about an employee."""
    here = User.objects.filter(memberships__municipality=request.viewer.municipality)
    person = get_object_or_404(here.exclude(memberships__role=Role.CITIZEN).distinct(), pk=pk)
    present = StaffPrivacy.objects.filter(user=person).first()
    home = StaffHome.objects.filter(user=person).first()
    initial = {
        "name_hidden": bool(present and present.name_hidden),
        "address": str(home.address) if home else "",
        "postal_code": home.postal_code if home else "",
    }
    form = PrivacyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = {"municipality": request.viewer.municipality, "user": person, **form.cleaned_data}
        if save(form, request, protect_staff, **values):
            messages.success(request, _("What is protected about %(name)s is saved.") % {"name": person.name})
            return redirect("access_log")
    return render(request, "audit/privacy.html", {"form": form, "person": person})
