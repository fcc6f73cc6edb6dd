"""Forms whose questions are the parameters of a rule set (RULE-01, D.1-15…18)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jobformidler.law import RuleSet
from jobformidler.law.clocks import FAMILY
from jobformidler.law.rulesets import Parameter, Value
from jobformidler.registers.enums import MeetingHolder, RuleFamily
from jobformidler.web.cases.forms.base import CaseForm, day_field, text_field
from jobformidler.web.deadlines.rule_words import group_label, parameter_help, parameter_label, word_of


class ParameterForm(CaseForm):
    """The parameters of one set; a table has a question for each group, named `parameter-group`."""

    more_label = _("The numbers of the rules")

    def __init__(self, *args: Any, rules: RuleSet, given: Mapping[str, object] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules
        values = rules.values(given)
        for name, parameter in rules.parameters.items():
            self._ask(name, parameter, values[name])
        self.fill(*(name for name in self.fields if name.partition("-")[0] in rules.parameters))
        if rules.family == FAMILY:  # readings in view, the months of the law behind them
            self.more = tuple(name for name, parameter in rules.parameters.items() if not parameter.values)

    def fill(self, *names: str) -> None:
        """What was not sent is what the form would have shown, so that an address need not carry every answer."""
        if self.is_bound:
            sent = QueryDict(mutable=True)
            sent.update(self.data)
            for name in names:
                if name not in sent:
                    sent[name] = str(self.get_initial_for_field(self.fields[name], name))
            self.data = sent

    def _ask(self, name: str, parameter: Parameter, value: Value) -> None:
        label, help_text = parameter_label(name), parameter_help(name)
        if isinstance(value, Mapping):
            for group, number in value.items():
                self.fields[f"{name}-{group}"] = _number(f"{label}: {group_label(group)}", parameter, number, help_text)
        elif isinstance(value, str):
            self.fields[name] = forms.ChoiceField(
                label=label,
                initial=value,
                choices=[(word, word_of(name, word)) for word in parameter.values],
                widget=forms.RadioSelect,
            )
        else:
            self.fields[name] = _number(label, parameter, value, help_text)

    def parameters(self) -> dict[str, object]:
        """What is chosen, as the law takes it; what was left out keeps the set's own value."""
        found: dict[str, object] = {}
        for key, value in self.cleaned_data.items():
            name, _dash, group = key.partition("-")
            if name not in self.rules.parameters or value in (None, ""):
                continue
            if group:
                table = found.setdefault(name, {})
                assert isinstance(table, dict)
                table[group] = value
            else:
                found[name] = value
        return found


def _number(label: str, parameter: Parameter, value: int, help_text: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        initial=value,
        min_value=parameter.least,
        max_value=parameter.most,
        help_text=help_text,
        widget=forms.NumberInput(attrs={"class": "w-number"}),
    )


class RulesForm(ParameterForm):
    """A set with its parameters, the day it begins, what happens to old cases, and why."""

    since = day_field(_("From which day?"))
    holder = forms.ChoiceField(
        label=_("Who holds the contact meetings?"),
        choices=MeetingHolder.choices,
        widget=forms.RadioSelect,
        initial=MeetingHolder.CASEWORKER,
        help_text=_("It can be decided otherwise in a case."),
    )
    old_cases_stay = forms.BooleanField(
        label=_("Old cases stay on the former rules"),
        required=False,
        help_text=_("What began before the day goes on by the rules it began under."),
    )
    reason = text_field(
        _("Why?"), 300, required=False, rows=2, help_text=_("Needed when a number differs from the rules' own.")
    )

    def __init__(self, *args: Any, family: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        away = {
            RuleFamily.CLOCKS: ("since", "holder", "old_cases_stay", "reason"),
            RuleFamily.CONTACT: (),
        }.get(RuleFamily(family), ("holder",))
        for name in away:
            del self.fields[name]
        last = [name for name in ("old_cases_stay", "reason", "version") if name in self.fields]
        self.order_fields([*(name for name in self.fields if name not in last), *last])


class OffForm(CaseForm):
    """The day rules stop being used."""

    since = day_field(_("From which day?"))

    @property
    def day(self) -> dt.date:
        """The first day without them."""
        found: dt.date = self.cleaned_data["since"]
        return found
