"""Forms about workplaces: few questions, most of them may stay empty (EMP-04)."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jobformidler.casework.models import Case
from jobformidler.core import lists
from jobformidler.employers.enums import ContactChannel, ContactLevel, Sector
from jobformidler.employers.models import ContactPerson
from jobformidler.web.cases.forms.base import CaseForm, TimeInput, day_field, text_field


class ContactForm(CaseForm):
    """A contact that has been held. Purpose, day and time must be answered; the rest helps the next one who calls."""

    more = ("channel", "on", "time", "next_step_on", "next_level", "next_channel")
    more_label = _("How and when it was, and who the next contact is for")
    purpose = forms.ChoiceField(label=_("What was the contact for?"), widget=forms.Select)
    citizen = forms.ChoiceField(
        label=_("Whom did you present?"), required=False, help_text=_("Only when the contact was about a citizen.")
    )
    person = forms.ChoiceField(label=_("Who did you talk to?"), required=False)
    note = text_field(_("What was said?"), 2000, required=False, rows=3)
    next_step = text_field(
        _("What is the next step?"), 160, required=False, help_text=_("A promise every colleague can see.")
    )
    next_step_on = day_field(_("When is the next step?"), required=False)
    next_level = forms.ChoiceField(
        label=_("At which level is the next contact?"),
        required=False,
        help_text=_("Without an answer it is the level that usually fits the purpose."),
    )
    next_channel = forms.ChoiceField(label=_("What form does the next contact have?"), required=False)
    channel = forms.ChoiceField(
        label=_("What form did the contact have?"),
        required=False,
        help_text=_("Without an answer it is the form that usually fits the purpose."),
    )
    on = day_field(_("Which day was the contact?"))
    time = forms.TimeField(label=_("What time?"), widget=TimeInput())

    def __init__(self, *args: Any, people: list[ContactPerson], cases: list[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cases = {str(case.pk): case for case in cases}
        self.offer("citizen", [("", _("Nobody"))] + [(pk, case.citizen.full_name) for pk, case in self.cases.items()])
        forms_of = [("", _("the one that fits the purpose")), *ContactChannel.choices]
        self.offer("channel", forms_of)
        self.offer("next_channel", forms_of)
        known: dict[str, list[str]] = {}
        for person in people:
            known.setdefault(person.level, []).append(person.name)
        self.offer(
            "next_level",
            [
                ("", _("the one that fits the purpose")),
                *(
                    (level, f"{label} – {', '.join(known[level])}" if level in known else label)
                    for level, label in ContactLevel.choices
                ),
            ],
        )
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

    @property
    def chosen_case(self) -> Case | None:
        """The case of the citizen who was presented."""
        return self.cases.get(self.cleaned_data["citizen"])


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

    more: tuple[str, ...] = (
        "employer_name",
        "address",
        "postal_code",
        "municipality_code",
        "employees",
        "short_educated_jobs",
        "absence_percent",
        "sector",
        "phone",
        "email",
    )
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
    municipality_code = forms.IntegerField(
        label=_("Municipality code"),
        required=False,
        min_value=101,
        max_value=999,
        help_text=_("Three digits. It says whether the workplace is in our municipality."),
    )
    short_educated_jobs = forms.IntegerField(
        label=_("How many jobs for the short-educated?"), required=False, min_value=0, max_value=200_000
    )
    absence_percent = forms.DecimalField(
        label=_("Sickness absence in per cent"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=4,
        decimal_places=1,
        localize=True,
    )
    sector = forms.ChoiceField(label=_("Sector"), required=False, choices=[("", _("not known")), *Sector.choices])
    phone = text_field(_("Phone"), 20, required=False, wide=False)
    email = forms.EmailField(label=_("E-mail"), required=False)


class WorkplaceEditForm(WorkplaceForm):
    """What the register says about a workplace, and what it is part of (EMP-01)."""

    more = ("address", "postal_code", "city", "industry_code", "phone", "email")
    more_label = _("Address and contact data")
    networks = forms.CharField(
        label=_("Networks"), required=False, help_text=_("One a line."), widget=forms.Textarea(attrs={"rows": 2})
    )
    agreements = forms.CharField(
        label=_("Agreements with us"),
        required=False,
        help_text=_("One a line."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("cvr", "p_number", "employer_name"):
            del self.fields[name]

    def _rows(self, name: str, longest: int) -> list[str]:
        rows: list[str] = [line.strip() for line in self.cleaned_data[name].splitlines() if line.strip()]
        if any(len(row) > longest for row in rows):
            raise forms.ValidationError(gettext("A line is too long. Make it shorter."))
        return rows

    def clean_networks(self) -> list[str]:
        """One network a line."""
        return self._rows("networks", 80)

    def clean_agreements(self) -> list[str]:
        """One agreement a line."""
        return self._rows("agreements", 160)
