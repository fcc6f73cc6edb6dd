"""The person: a new citizen, and how one is reached (CIT-01)."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jobformidler.accounts.models import Unit
from jobformidler.core import lists
from jobformidler.web.cases.forms.base import CaseForm, day_field, text_field
from jobformidler.web.cases.forms.case import CitizenForm


def benefit_choices(present: str = "") -> list[tuple[str, str]]:
    """The benefits in use, and the present one where it is no longer among them."""
    found = lists.choices("benefit")
    if present and present not in dict(found):
        found = [*found, (present, lists.labels("benefit").get(present, present))]
    return [("", gettext("Not chosen")), *found]


class NewCitizenForm(CaseForm):
    """A person who did not come with a file."""

    more = ("birth_date", "unit", "phone", "email")
    more_label = _("Date of birth, unit, phone and e-mail")
    cpr = forms.CharField(
        label=_("CPR number"),
        max_length=11,
        help_text=_("Ten digits. A replacement number is good too; then the date of birth is needed."),
        # Never kept in the browser, neither as a draft nor by its own memory of forms.
        widget=forms.TextInput(
            attrs={"class": "w-medium", "inputmode": "numeric", "autocomplete": "off", "data-nodraft": ""}
        ),
    )
    first_name = text_field(_("First name"), 60, wide=False)
    last_name = text_field(_("Last name"), 60, wide=False)
    benefit = forms.ChoiceField(label=_("What does the citizen live on?"), required=False)
    benefit_from = day_field(_("Since when?"), required=False)
    birth_date = day_field(_("Date of birth"), required=False, help_text=_("Only needed for a replacement number."))
    unit = forms.ChoiceField(label=_("Which unit?"))
    phone = text_field(_("Phone"), 20, required=False, wide=False)
    email = forms.EmailField(
        label=_("E-mail"), required=False, error_messages={"invalid": _("Write the e-mail as name@place.dk.")}
    )

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, initial={"unit": str(units[0].pk)}, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        self.offer("unit", [(pk, unit.name) for pk, unit in self.units.items()])
        self.offer("benefit", benefit_choices())

    @property
    def chosen_unit(self) -> Unit:
        """The chosen unit."""
        return self.units[self.cleaned_data["unit"]]


class CitizenWithBenefitForm(CitizenForm):
    """How to reach the citizen, and the benefit with its date."""

    benefit = forms.ChoiceField(label=_("What does the citizen live on?"), required=False)
    benefit_from = day_field(_("Since when?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("benefit", benefit_choices(str(self.initial.get("benefit", ""))))
