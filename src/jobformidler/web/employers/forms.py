"""Forms about workplaces: few questions, most of them may stay empty (EMP-04)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobformidler.core import lists
from jobformidler.employers.enums import ContactLevel, Sector
from jobformidler.employers.models import ContactPerson
from jobformidler.web.cases.forms.base import CaseForm, TimeInput, day_field, text_field


class ContactForm(CaseForm):
    """A contact that has been held. Purpose, day and time must be answered; the rest helps the next one who calls."""

    more = ("on", "time", "next_step_on")
    more_label = _("When it was, and when the next step is")
    purpose = forms.ChoiceField(label=_("What was the contact for?"), widget=forms.Select)
    person = forms.ChoiceField(label=_("Who did you talk to?"), required=False)
    note = text_field(_("What was said?"), 2000, required=False, rows=3)
    next_step = text_field(
        _("What is the next step?"), 160, required=False, help_text=_("A promise every colleague can see.")
    )
    next_step_on = day_field(_("When is the next step?"), required=False)
    on = day_field(_("Which day was the contact?"))
    time = forms.TimeField(label=_("What time?"), widget=TimeInput())

    def __init__(self, *args: Any, people: list[ContactPerson], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.fields["purpose"].choices = [("", _("Choose")), *lists.choices("contact_purpose")]  # type: ignore[attr-defined]  # a choice field
        self.fields["person"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("", _("Nobody in particular")),
            *((pk, f"{person.name} ({person.get_level_display()})") for pk, person in self.people.items()),
        ]

    @property
    def chosen_person(self) -> ContactPerson | None:
        """Whom the contact was with."""
        return self.people.get(self.cleaned_data["person"])


class PersonForm(CaseForm):
    """A contact person with level (EMP-02)."""

    name = text_field(_("What is the person called?"), 120, wide=False)
    level = forms.ChoiceField(label=_("At which level?"), choices=[("", _("Choose")), *ContactLevel.choices])
    title = text_field(_("Title"), 80, required=False, wide=False)
    phone = text_field(_("Direct phone"), 20, required=False, wide=False)
    email = forms.EmailField(label=_("E-mail"), required=False)


class PersonEditForm(PersonForm):
    """What we know about a contact person, and whether they are still there."""

    active = forms.BooleanField(label=_("The person is still there"), required=False)


class WithdrawForm(CaseForm):
    """Why a registration was wrong."""

    reason = text_field(_("Why is it withdrawn?"), 300)


class WorkplaceForm(CaseForm):
    """A workplace by hand; files do it in bulk (EMP-01)."""

    more = ("employer_name", "address", "postal_code", "employees", "sector", "phone", "email")
    name = text_field(_("What is the workplace called?"), 120)
    cvr = text_field(_("CVR number"), 11, wide=False)
    p_number = text_field(_("P-number"), 12, wide=False)
    city = text_field(_("City"), 60, required=False, wide=False)
    industry_code = text_field(
        _("Industry code"), 10, required=False, wide=False, help_text=_("Six digits, as in the CVR register.")
    )
    employer_name = text_field(_("The company's name, if it is another"), 120, required=False)
    address = text_field(_("Address"), 120, required=False)
    postal_code = forms.RegexField(
        r"^\d{4}$",
        label=_("Postal code"),
        required=False,
        error_messages={"invalid": _("A postal code has four digits.")},
    )
    employees = forms.IntegerField(label=_("How many employees?"), required=False, min_value=0, max_value=200_000)
    sector = forms.ChoiceField(label=_("Sector"), required=False, choices=[("", _("not known")), *Sector.choices])
    phone = text_field(_("Phone"), 20, required=False, wide=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
