"""Contacts with workplaces by purpose: what we call and visit for, and the contacts behind every number (EMP-06)."""

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jobformidler.accounts.enums import EMPLOYER_ROLES
from jobformidler.core import clock, lists
from jobformidler.employers.enums import ContactChannel, ContactLevel
from jobformidler.employers.models import EmployerContact
from jobformidler.employers.purposes import PROPOSED, by_purpose
from jobformidler.web import danish
from jobformidler.web.employers.words import log_entries, purpose_words
from jobformidler.web.filters import Filter, selected
from jobformidler.web.guards import roles
from jobformidler.web.http import Request

PAGE = 25
PERIODS: dict[str, tuple[Any, int]] = {
    "maaned": (gettext_lazy("the last 4 weeks"), 28),
    "kvartal": (gettext_lazy("the last 13 weeks"), 91),
    "aar": (gettext_lazy("the last 52 weeks"), 364),
}
USUAL = "kvartal"


def _fits(code: str) -> str:
    """The form and level that usually fit the purpose, in words."""
    found = PROPOSED.get(code)
    if found is None:
        return ""
    return f"{ContactChannel(found.channel).label}, {ContactLevel(found.level).label}"


@roles(*EMPLOYER_ROLES)
def contacts(request: Request) -> HttpResponse:
    """The purposes with their numbers; with one chosen, its contacts."""
    viewer = request.viewer
    usual = str(PERIODS[USUAL][0])
    period = Filter(_("Period"), "periode", usual, [(code, row[0]) for code, row in PERIODS.items() if code != USUAL])
    chosen = selected([period], request.GET)
    days = PERIODS[chosen["periode"] or USUAL][1]
    since = clock.at_time(viewer.day - dt.timedelta(days=days), 0)
    labels = lists.labels("contact_purpose")
    asked = request.GET.get("formaal", "")
    kept = {"periode": chosen["periode"]} if chosen["periode"] else {}
    context: dict[str, Any] = {"filters": [period.shown(chosen["periode"])], "kept": kept}
    if asked in labels:
        log = EmployerContact.objects.visible_to(viewer).standing().filter(at__gte=since, purpose=asked)
        page = Paginator(log.for_list().select_related("workplace").order_by("-at", "-pk"), PAGE).get_page(
            request.GET.get("page")
        )
        entries = log_entries(list(page), viewer.day)
        for entry, contact in zip(entries, page, strict=True):
            entry["workplace"] = contact.workplace
        title = ngettext("%(n)s contact: %(purpose)s", "%(n)s contacts: %(purpose)s", page.paginator.count)
        context |= {
            "title": title % {"n": danish.number(page.paginator.count), "purpose": purpose_words(asked)},
            "entries": entries,
            "page": page,
            "chosen": asked,
        }
        return render(request, "employers/contacts.html", context)
    rows = by_purpose(since)
    total = sum(int(str(row["n"])) for row in rows)
    context |= {
        "title": ngettext("%(n)s contact with workplaces", "%(n)s contacts with workplaces", total)
        % {"n": danish.number(total)},
        "rows": [
            {**row, "label": labels.get(str(row["purpose"]), row["purpose"]), "fits": _fits(str(row["purpose"]))}
            for row in rows
        ],
    }
    return render(request, "employers/contacts.html", context)
