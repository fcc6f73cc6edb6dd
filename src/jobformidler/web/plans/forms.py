"""Forms of the employment plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobformidler.steering.enums import PlanStage
from jobformidler.web.cases.forms.base import CaseForm, day_field, text_field


class PlanForm(CaseForm):
    """Strategy, goals and target share of a year (RULE-15)."""

    year = forms.IntegerField(
        label=_("Which year?"), min_value=2007, max_value=2100, widget=forms.NumberInput(attrs={"class": "w-small"})
    )
    strategy = text_field(
        _("Strategy"), 4000, rows=6, help_text=_("What are providers to be used for, and what do we do ourselves?")
    )
    goals = text_field(_("Goals"), 4000, rows=6)
    provider_percent = forms.IntegerField(
        label=_("How much of the effort are providers to do?"),
        help_text=_("In percent of the citizens in the effort."),
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"class": "w-small"}),
    )

    def __init__(self, *args: Any, edits: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if edits:
            del self.fields["year"]


class StepForm(CaseForm):
    """A step of the plan's way to the council (RULE-16)."""

    stage = forms.ChoiceField(label=_("Which step?"), choices=PlanStage.choices, widget=forms.RadioSelect)
    on = day_field(_("Which day?"))
    note = text_field(_("What was said?"), 1000, required=False, rows=4)
