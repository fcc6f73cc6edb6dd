"""Forms of the target group."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobformidler.casework.target_enums import Effort, MatchGroup, PensionAnswer, ReviewStep
from jobformidler.web.cases.forms.base import CaseForm, day_field, text_field
from jobformidler.web.saving import Versioned


def _choice(label: Any, choices: Iterable[Any]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(choices), widget=forms.RadioSelect)


class GroupForm(CaseForm):
    """Which group of the 3-group model, from when, and why (CIT-04)."""

    group = _choice(_("What does the effort look at first?"), ())
    since = day_field(_("From which day?"))
    why = text_field(
        _("Why?"), 1000, required=False, rows=3, help_text=_("Kept encrypted. Only the authority reads it.")
    )


class MatchForm(CaseForm):
    """A match category as it was told (CIT-05)."""

    side_by_side = ("category",)
    category = _choice(_("Which match category was told?"), MatchGroup.choices)
    since = day_field(_("From which day?"))
    source = text_field(_("Where does it come from?"), 80, help_text=_("For instance the municipality's case system."))


class EffortForm(CaseForm):
    """How far the municipality's own effort has come (CIT-23)."""

    status = _choice(_("How far has our own effort come?"), Effort.choices)
    on = day_field(_("Which day?"))
    note = text_field(_("What happened?"), 160, required=False)


class ReviewForm(CaseForm):
    """A re-assessment that is planned or done (CIT-17)."""

    step = _choice(_("What is to be noted?"), ReviewStep.choices)
    on = day_field(_("Which day?"))
    note = text_field(_("What was found?"), 200, required=False, help_text=_("Nothing about health."))


class PensionForm(CaseForm):
    """Whether the papers that are there are enough (CIT-18)."""

    answer = _choice(_("Can førtidspension be applied for on the papers that are there?"), PensionAnswer.choices)
    why = text_field(
        _("What does the answer rest on?"), 1000, rows=4, help_text=_("Kept encrypted. Only the authority reads it.")
    )


class EducationForm(CaseForm):
    """A course of the six weeks' chosen education (RULE-14)."""

    title = text_field(_("Which education?"), 120)
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last day"))
    responsible = forms.ChoiceField(label=_("Who is responsible?"))


class GroupTextForm(Versioned):
    """The municipality's own words for a group."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("What do we call the group?"), max_length=60)
    status = forms.CharField(label=_("Who is in it?"), max_length=160)
    focus = forms.CharField(
        label=_("What does the effort look at first?"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )
