"""The rule set in use, and what another one, or another reading, would change (RULE-01, D.1-15…18)."""

import csv
import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jobformidler.accounts.enums import CASE_ROLES, Role
from jobformidler.casework.enums import OPEN
from jobformidler.casework.models import Case
from jobformidler.core import clock
from jobformidler.law import ClockRules, RuleSet, rule_set, rule_sets
from jobformidler.law.clocks import FAMILY
from jobformidler.registers import actions
from jobformidler.registers.clocks import what_if as computed
from jobformidler.registers.enums import RuleFamily
from jobformidler.registers.models import Clock, RuleChoice
from jobformidler.web import danish
from jobformidler.web.cases.formpage import form_page
from jobformidler.web.cases.forms.base import CaseForm
from jobformidler.web.deadlines.words import reading_words
from jobformidler.web.guards import roles
from jobformidler.web.http import Request

PAGE = 50
READINGS = ("window", "duty_counting", "rearm_duty", "other_benefit", "gap_days")


def clock_sets() -> list[RuleSet]:
    """The rule sets of the clock, by name."""
    return [one for one in rule_sets().values() if one.family == FAMILY]


class RulesForm(CaseForm):
    """A rule set and its readings; `off` adds the choice of none."""

    rule_set = forms.ChoiceField(label=gettext_lazy("Which rule set?"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, off: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sets = clock_sets()
        none = [("", _("None. Right and duty are not calculated."))] if off else []
        field = self.fields["rule_set"]
        field.choices = [*none, *((one.id, one.title) for one in sets)]  # type: ignore[attr-defined]
        for name in READINGS:
            values = [str(value) for value in sets[0].parameters[name].alternatives]
            self.fields[name] = forms.ChoiceField(
                label={
                    "window": _("The window of the first right"),
                    "duty_counting": _("How the year is counted"),
                    "rearm_duty": _("The duty after a job"),
                    "other_benefit": _("Unemployment on another benefit"),
                    "gap_days": _("Short breaks"),
                }[name],
                required=False,
                choices=[(value, reading_words(name, value)) for value in values],
                initial=str(sets[0].parameters[name].default),
            )

    def parameters(self) -> dict[str, object]:
        """The chosen readings as the law takes them."""
        chosen = {name: self.cleaned_data[name] for name in READINGS if self.cleaned_data.get(name)}
        return {name: int(value) if value.isdigit() else value for name, value in chosen.items()}


@roles(Role.ADMINISTRATOR)
def choose(request: Request) -> HttpResponse:
    """Which rules the municipality counts by."""
    municipality = request.viewer.municipality
    row = RuleChoice.objects.filter(municipality=municipality, family=RuleFamily.CLOCKS).first()
    initial = {"rule_set": row.rule_set, **{k: str(v) for k, v in row.parameters.items()}} if row else {"rule_set": ""}

    def act(sent: RulesForm) -> object:
        return actions.choose_rules(
            municipality=municipality,
            family=RuleFamily.CLOCKS,
            chosen=sent.cleaned_data["rule_set"],
            parameters=sent.parameters() if sent.cleaned_data["rule_set"] else {},
            by=request.user,
            at=clock.now(),
        )

    return form_page(
        request,
        RulesForm(request.POST or None, off=True, initial=initial),
        act,
        title=_("Rule set for right and duty"),
        said=_("The rule set is chosen. The dates are being calculated."),
        back=reverse("setup"),
        submit=_("Save the rule set"),
        in_case=False,
        context={"back_label": _("Setup")},
    )


@roles(*sorted({*CASE_ROLES, Role.ADMINISTRATOR}))
def what_if(request: Request) -> HttpResponse:
    """Whose dates would change with other rules or readings, over one's own citizens or the whole unit; and as a file."""
    form = RulesForm(
        request.GET if "rule_set" in request.GET else None, off=False, initial={"rule_set": clock_sets()[0].id}
    )
    context: dict[str, Any] = {
        "form": form,
        "title": _("What would it be with other rules?"),
        "mine": request.GET.get("hos") != "teamet",
        "sees_citizens": bool(request.viewer.roles & CASE_ROLES),
    }
    if form.is_bound and form.is_valid():
        rules = ClockRules.of(rule_set(form.cleaned_data["rule_set"] or clock_sets()[0].id), form.parameters())
        cases = Case.objects.visible_to(request.viewer).filter(status__in=OPEN)
        if context["mine"]:
            cases = cases.of_user(request.viewer.user, request.viewer.day)
        names = {case.citizen_id: case for case in cases.select_related("citizen").order_by("pk")}
        changed = list(_changes(rules, names, request.viewer.day))
        if request.GET.get("format") == "csv":
            return _file(changed)
        page = Paginator(changed, PAGE).get_page(request.GET.get("page"))
        query = request.GET.copy()
        query["format"] = "csv"
        context |= {
            "page": page,
            "rows": list(page),
            "banner": rule_set(rules.rule_set).banner,
            "said": ngettext(
                "%(n)s citizen of %(of)s would get another date.",
                "%(n)s citizens of %(of)s would get another date.",
                len(changed),
            )
            % {"n": danish.number(len(changed)), "of": danish.number(len(names))},
            "file_url": f"?{query.urlencode()}",
        }
    return render(request, "deadlines/what_if.html", context)


def _changes(rules: ClockRules, cases: dict[int, Case], day: dt.date) -> Iterable[dict[str, Any]]:
    """Citizens whose right or duty of the running cycle gets another date, by name."""
    kept = {
        (row.approval_id, row.cycle): (row.right_on, row.duty_on)
        for row in Clock.objects.running_on(day).filter(citizen__in=list(cases))
    }
    found = []
    for row in computed(rules, cases).iter_rows(named=True):
        if row["since"] > day or (row["until"] is not None and row["until"] <= day):
            continue
        now = kept.get((row["approval_id"], row["cycle"]), (None, None))
        other = (row["right_on"], row["duty_on"])
        if now != other:
            case = cases[row["citizen_id"]]
            found.append(
                {
                    "name": case.citizen.full_name,
                    "url": reverse("case_clock", args=[case.pk]),
                    "number": case.number,
                    "right_now": now[0],
                    "right_then": other[0],
                    "duty_now": now[1],
                    "duty_then": other[1],
                }
            )
    return sorted(found, key=lambda row: (row["name"], row["number"]))


def _file(rows: list[dict[str, Any]]) -> HttpResponse:
    """The same as a file; case numbers instead of names, so that it may lie on a desk."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="hvad-nu-hvis.csv"'
    answer.write("\ufeff")
    out = csv.writer(answer, delimiter=";")
    out.writerow([_("Case"), _("Right now"), _("Right then"), _("Duty now"), _("Duty then")])
    for row in rows:
        days = (row["right_now"], row["right_then"], row["duty_now"], row["duty_then"])
        out.writerow([row["number"], *(day.isoformat() if day else "" for day in days)])
    return answer
