"""Whose dates other rules or readings would change: one's own citizens, the unit's, or the whole municipality (RULE-01)."""

import csv
import io
from typing import Any

import polars as pl
from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jobformidler.accounts.enums import CASE_ROLES, Role
from jobformidler.accounts.viewer import Viewer
from jobformidler.casework.enums import OPEN
from jobformidler.casework.models import Case
from jobformidler.casework.querysets import CaseQuerySet
from jobformidler.core.tabular.quarantine import neutralise
from jobformidler.law import ClockRules
from jobformidler.registers.comparing import changes
from jobformidler.registers.enums import RuleFamily
from jobformidler.registers.models import FleksjobApproval, RuleChoice
from jobformidler.web import danish
from jobformidler.web.cases.forms.base import day_field
from jobformidler.web.deadlines.rule_forms import ParameterForm
from jobformidler.web.deadlines.rule_words import sets_of
from jobformidler.web.guards import roles
from jobformidler.web.http import Request

PAGE = 50
MINE, TEAM, ALL = "mine", "teamet", "alle"
#: A date that moves: its column as it is, and as it would be.
MOVES = (("right_on", "right_then"), ("duty_on", "duty_then"))


class WhatIfForm(ParameterForm):
    """Over whom, on which day, and by which readings."""

    side_by_side = ("hos",)
    hos = forms.ChoiceField(label=gettext_lazy("For whom?"), widget=forms.RadioSelect)
    on = day_field(gettext_lazy("As it stands on"))

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("hos", scopes(viewer))
        self.fields["hos"].initial = scopes(viewer)[0][0]
        self.fields["on"].initial = viewer.day
        del self.fields["version"]
        self.fill("hos", "on")


def scopes(viewer: Viewer) -> list[tuple[str, str]]:
    """Over whom the viewer may ask; without a way into cases the answer is numbers alone."""
    found = []
    if viewer.has(Role.CASEWORKER, Role.JOBFORMIDLER):
        found.append((MINE, _("your own citizens")))
    if viewer.whole_municipality:
        found.append((TEAM, _("the whole municipality")))
    elif viewer.roles & CASE_ROLES:
        found.append((TEAM, _("the citizens of your team")))
    if not found:
        found.append((ALL, _("the whole municipality, numbers alone")))
    return found


@roles(*sorted({*CASE_ROLES, Role.ADMINISTRATOR}))
def what_if(request: Request) -> HttpResponse:
    """The question, and below it who would get other dates; the same as a file with case numbers instead of names."""
    viewer = request.viewer
    rows = [row for row in RuleChoice.objects.about(viewer.municipality.pk, RuleFamily.CLOCKS) if not row.period.upper]
    row = rows[-1] if rows else None
    sets = sets_of(RuleFamily.CLOCKS)
    wanted = request.GET.get("rule_set") or (row.rule_set if row else "")
    rules = next((one for one in sets if one.id == wanted), sets[0])
    given = row.parameters if row and row.rule_set == rules.id else None
    asked = "rule_set" in request.GET
    form = WhatIfForm(request.GET if asked else None, rules=rules, given=given, viewer=viewer)
    context: dict[str, Any] = {
        "form": form,
        "title": _("What would it be with other rules?"),
        "rules": rules,
        "sets": sets,
    }
    if asked and form.is_valid():
        scope, day = form.cleaned_data["hos"], form.cleaned_data["on"]
        cases = _cases(viewer, scope)
        people = None if cases is None else list(cases.values_list("citizen_id", flat=True))
        found = changes(ClockRules.of(rules, form.parameters()), day, people)
        of = FleksjobApproval.objects.values("citizen").distinct().count() if people is None else len(people)
        shown = Case.objects.none() if cases is None else _changed(cases, found)
        if request.GET.get("format") == "csv":
            return _file(shown, found, rules.banner)
        context |= _answer(request, shown, found, of) | {"banner": rules.banner, "off": row is None}
    return render(request, "deadlines/what_if.html", context)


def _cases(viewer: Viewer, scope: str) -> CaseQuerySet | None:
    """The open cases that are asked about; None for everybody in the municipality, of whom only numbers are told."""
    if scope == ALL:
        return None
    cases = Case.objects.visible_to(viewer).filter(status__in=OPEN)
    return cases.of_user(viewer.user, viewer.day) if scope == MINE else cases


def _changed(cases: CaseQuerySet, found: pl.DataFrame) -> CaseQuerySet:
    changed = cases.filter(citizen__in=found["citizen_id"].to_list()).select_related("citizen")
    return changed.order_by("citizen__last_name", "citizen__first_name", "pk")


def _answer(request: Request, cases: CaseQuerySet, found: pl.DataFrame, of: int) -> dict[str, Any]:
    """One page of those who would get other dates, and how the dates move."""
    page = Paginator(cases, PAGE).get_page(request.GET.get("page"))
    dates = _dates(found, [case.citizen_id for case in page])
    query = request.GET.copy()
    query["format"] = "csv"
    return {
        "page": page,
        "rows": [
            {"name": case.citizen.full_name, "url": reverse("case_clock", args=[case.pk]), **dates[case.citizen_id]}
            for case in page
        ],
        "moves": _moves(found) if found.height else [],
        "said": ngettext(
            "%(n)s citizen of %(of)s would get another date.",
            "%(n)s citizens of %(of)s would get another date.",
            found.height,
        )
        % {"n": danish.number(found.height), "of": danish.number(of)},
        "file_url": f"?{query.urlencode()}",
    }


def _dates(found: pl.DataFrame, people: list[int]) -> dict[int, dict[str, Any]]:
    return {row["citizen_id"]: row for row in found.filter(pl.col("citizen_id").is_in(people)).iter_rows(named=True)}


def _moves(found: pl.DataFrame) -> list[tuple[str, list[str]]]:
    """How many dates come earlier or later, arise where there was none, or are gone."""
    names = (_("The right"), _("The duty"))
    lines = []
    for name, (now, then) in zip(names, MOVES, strict=True):
        before, after = pl.col(now), pl.col(then)
        counts = found.select(
            earlier=(after < before).sum(),
            later=(after > before).sum(),
            new=(before.is_null() & after.is_not_null()).sum(),
            gone=(before.is_not_null() & after.is_null()).sum(),
        ).row(0)
        lines.append((name, [danish.number(count or 0) for count in counts]))
    return lines


def _file(cases: CaseQuerySet, found: pl.DataFrame, banner: str) -> HttpResponse:
    """Case numbers instead of names, so that it may lie on a desk; each line carries the banner of the rules."""
    numbers = list(cases.values_list("citizen_id", "number"))
    dates = _dates(found, [citizen for citizen, _number in numbers])
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    head = [_("Case"), _("Right now"), _("Right then"), _("Duty now"), _("Duty then"), _("Rule set")]
    writer.writerow([neutralise(cell) for cell in head])
    for citizen, number in numbers:
        days = [dates[citizen][name] for pair in MOVES for name in pair]
        writer.writerow([neutralise(number), *(day.isoformat() if day else "" for day in days), neutralise(banner)])
    answer = HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="hvad-nu-hvis.csv"'
    return answer
