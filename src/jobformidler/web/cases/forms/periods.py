"""Periods and approvals to fleksjob, the last day included as people say it (CIT-02)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobformidler.registers.enums import SpellKind
from jobformidler.web.cases.forms.base import CaseForm, day_field, text_field


class PeriodForm(CaseForm):
    """A period; without a last day it still lasts. A correction says why."""

    kind = forms.ChoiceField(label=_("What kind?"), choices=SpellKind.choices, widget=forms.RadioSelect)
    start = day_field(_("First day"))
    end = day_field(_("Last day"), required=False, help_text=_("Leave it empty while the period lasts."))
    reason = text_field(_("Why is it corrected?"), 300)

    def __init__(self, *args: Any, corrects: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not corrects:
            del self.fields["reason"]


class RemovePeriodForm(CaseForm):
    """Why a period never was."""

    reason = text_field(_("Why is it removed?"), 300, help_text=_("The period and the reason stay in the history."))


class ApproveForm(CaseForm):
    """The day of the approval."""

    approved_on = day_field(_("Approved on"))


class EndApprovalForm(CaseForm):
    """From when the approval no longer holds, and why."""

    ended_on = day_field(_("From which day does it no longer hold?"))
    reason = text_field(_("Why?"), 300)
