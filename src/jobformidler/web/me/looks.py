""" "Hvem har set min sag": the access log as a person reads it, day by day (GOV-04)."""

import datetime as dt
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobformidler.accounts.enums import Role
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import AccessLog, Citizen, EmergencyAccess
from jobformidler.core import clock
from jobformidler.web.cases.forms.base import day_field
from jobformidler.web.looking import SIGNED_LINK
from jobformidler.web.pagenames import page_words

PER_PAGE = 200


class PeriodForm(forms.Form):
    """From and to, both included."""

    fra = day_field(gettext_lazy("From"), required=False)
    til = day_field(gettext_lazy("To"), required=False)


@dataclass
class Line:
    """One person on one day: name or function, unit, on what relation, which pages, between when."""

    who: str
    about: str
    relation: str
    first: dt.datetime
    last: dt.datetime
    emergency: bool = False
    pages: list[str] = field(default_factory=list)

    @property
    def seen(self) -> str:
        """The pages in words."""
        return ", ".join(self.pages)


def relation_words(look: AccessLog) -> str:
    """On what ground somebody looked, in plain words."""
    if look.relation == SIGNED_LINK:
        return _("through a link that was sent")
    if look.relation == RelationKind.TEAM:
        return _("works in the unit that has the case")
    if look.relation == RelationKind.BREAK_GLASS:
        return _("emergency access")
    for words in (RelationKind, Role):
        if look.relation in words.values:
            return str(words(look.relation).label)
    return _("no relation")


def _who(look: AccessLog, *, full: bool) -> tuple[str, str]:
    """The name, unless the employee is protected, and function with unit."""
    function = str(Role(look.role).label) if look.role in Role.values else ""
    about = ", ".join(filter(None, (function, look.unit.name if look.unit else "")))
    if look.user is None:
        return look.user_label, about
    hidden = not full and getattr(getattr(look.user, "privacy", None), "name_hidden", False)
    return (_("An employee") if hidden else look.user.name), about


def who_has_looked(citizen: Citizen, asked: Any, *, full: bool = False) -> dict[str, Any]:
    """What the page shows. `full` tells staff the names of protected employees too."""
    form = PeriodForm(asked or None)
    period = form.cleaned_data if form.is_bound and form.is_valid() else {}
    start = clock.at_time(period["fra"], 0) if period.get("fra") else None
    end = clock.at_time(period["til"] + dt.timedelta(days=1), 0) if period.get("til") else None
    found = AccessLog.objects.shown().by_others().of_citizen(citizen).between(start, end)
    page = Paginator(found.select_related("user__privacy"), PER_PAGE).get_page(asked.get("page"))
    days = [
        {"day": day, "lines": _lines(list(looks), full=full)}
        for day, looks in groupby(page, key=lambda look: clock.local_date(look.at))
    ]
    emergencies = EmergencyAccess.objects.filter(citizen=citizen).select_related("user__privacy", "unit")
    return {
        "form": form if form.is_bound else PeriodForm(),
        "days": days,
        "page": page,
        "filtered": bool(start or end),
        "emergencies": [
            {
                "who": _("An employee")
                if not full and getattr(getattr(row.user, "privacy", None), "name_hidden", False)
                else row.user.name,
                "unit": row.unit.name if row.unit else "",
                "why": row.get_reason_kind_display(),
                "at": row.opened_at,
            }
            for row in emergencies.order_by("-opened_at")[:20]
        ],
    }


def _lines(looks: list[AccessLog], *, full: bool) -> list[Line]:
    """The looks of a day, newest first, one line for each person and relation."""
    lines: dict[tuple[Any, ...], Line] = {}
    for look in looks:
        who, about = _who(look, full=full)
        key = (look.user_id, look.user_label, about, look.relation)
        line = lines.get(key)
        if line is None:
            emergency = look.relation == RelationKind.BREAK_GLASS
            line = lines[key] = Line(who, about, relation_words(look), look.at, look.at, emergency)
        line.first = look.at
        name = page_words(look.page)
        if name not in line.pages:
            line.pages.append(name)
    return list(lines.values())
