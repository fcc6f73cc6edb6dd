"""Periods and approvals to fleksjob, the last day included as people say it (CIT-02)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobformidler.registers.enums import SpellKind
from jobformidler.web.cases.forms.base import CaseForm, day_field, text_field

#: Stands for the reason while the dates are only looked at.
NOT_YET = "–"


class EditForm(CaseForm):
    """A change of the registers that is seen before it is saved; the reason is asked for when it is saved.

    `stamp` says what was seen: who changes an answer afterwards sees the dates again.
    """

    reason = text_field(_("Why is it corrected?"), 300)

    def __init__(self, sent: Mapping[str, Any] | None = None, *, saves: bool, reason: Any = "", **kwargs: Any) -> None:
        super().__init__(sent, **kwargs)
        if reason is None:
            del self.fields["reason"]
            return
        self.fields["reason"].label = reason or self.fields["reason"].label
        self.saves = saves
        self.order_fields([name for name in self.fields if name != "reason"])

    def full_clean(self) -> None:
        """The reason is a required question all along; its answer may wait until the change is saved."""
        reason = self.fields.get("reason")
        if reason is not None:
            reason.required = self.saves
        super().full_clean()
        if reason is not None:
            reason.required = True

    @property
    def why(self) -> str:
        """The reason, or what stands for it while the dates are only looked at."""
        return self.cleaned_data.get("reason") or NOT_YET

    @property
    def stamp(self) -> str:
        """The answers as one text, without reason and version."""
        shown = [(name, value) for name, value in self.cleaned_data.items() if name not in ("reason", "version")]
        return "|".join(f"{value.isoformat() if isinstance(value, dt.date) else value or ''}" for _n, value in shown)


class PeriodForm(EditForm):
    """A period; without a last day it still lasts."""

    kind = forms.ChoiceField(label=_("What kind?"), choices=SpellKind.choices, widget=forms.RadioSelect)
    start = day_field(_("First day"))
    end = day_field(_("Last day"), required=False, help_text=_("Leave it empty while the period lasts."))


class RemoveForm(EditForm):
    """Why something never was."""


class ApproveForm(EditForm):
    """The day of the approval."""

    approved_on = day_field(_("Approved on"))


class EndApprovalForm(EditForm):
    """From when the approval no longer holds."""

    ended_on = day_field(_("From which day does it no longer hold?"))


class ApprovalForm(EditForm):
    """The days of an approval."""

    approved_on = day_field(_("Approved on"))
    ended_on = day_field(
        _("From which day does it no longer hold?"), required=False, help_text=_("Leave it empty while it holds.")
    )
