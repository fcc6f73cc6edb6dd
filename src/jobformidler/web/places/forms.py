"""Forms about places and the tasks in them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from jobformidler.core import lists
from jobformidler.core.periods import day_after, last_day
from jobformidler.employers.models import ContactPerson
from jobformidler.openings.enums import PlaceKind
from jobformidler.openings.models import Place
from jobformidler.web.cases.forms.base import CaseForm, TimeInput, day_field, text_field


def hours_field(label: Any, *, least: float = 0) -> forms.DecimalField:
    """Hours a week, with a comma or a dot."""
    return forms.DecimalField(
        label=label,
        min_value=least,
        max_value=37,
        max_digits=4,
        decimal_places=1,
        localize=True,
        widget=forms.TextInput(attrs={"class": "w-number", "inputmode": "decimal"}),
    )


class PlaceForm(CaseForm):
    """A place in a workplace (JOB-01). Five questions; the rest unfolds."""

    more = (
        "accommodates",
        "accommodates_other",
        "paid_hours_expected",
        "earliest_start",
        "capacity",
        "starts_on",
        "last_day",
        "contact",
        "location",
    )
    more_label = _("When, where, for how many and what can be taken into account")
    kind = forms.ChoiceField(label=_("What kind of place is it?"), choices=PlaceKind.choices)
    title = text_field(
        _("What is the place called?"), 120, help_text=_("Short, as people at the workplace say it: linen store.")
    )
    tasks = text_field(_("What is to be done?"), 1000, required=False, rows=3)
    hours_min = hours_field(_("Hours a week, at least"))
    hours_max = hours_field(_("Hours a week, at most"), least=0.5)
    accommodates = forms.MultipleChoiceField(
        label=_("What can be taken into account?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what the workplace has said. What is not ticked is asked about later."),
    )
    accommodates_other = text_field(_("Anything else that can be taken into account?"), 1000, required=False)
    paid_hours_expected = forms.BooleanField(label=_("The workplace says that paid hours are possible"), required=False)
    earliest_start = forms.TimeField(label=_("When does the day start?"), required=False, widget=TimeInput())
    capacity = forms.IntegerField(label=_("How many places?"), min_value=1, max_value=200, initial=1)
    starts_on = day_field(_("From which day?"))
    last_day = day_field(_("Last day"), required=False)
    contact = forms.ChoiceField(label=_("Who is the contact person at the workplace?"), required=False)
    location = text_field(_("Where at the workplace?"), 120, required=False)

    def __init__(self, *args: Any, people: list[ContactPerson], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.fields["accommodates"].choices = lists.choices("accommodation")  # type: ignore[attr-defined]  # a choice field
        self.fields["contact"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("", say("Not found yet")),
            *((pk, person.name) for pk, person in self.people.items()),
        ]

    def place_values(self) -> dict[str, Any]:
        """The answers as fields of a place."""
        values = dict(self.cleaned_data)
        values.pop("version", None)
        values["ends_on"] = day_after(values.pop("last_day"))
        values["contact"] = self.people.get(values["contact"])
        return values

    @staticmethod
    def of(place: Place) -> dict[str, Any]:
        """The place as first answers."""
        names = ("kind", "title", "tasks", "hours_min", "hours_max", "accommodates", "accommodates_other",
                 "paid_hours_expected",
                 "earliest_start", "capacity", "starts_on", "location", "version")  # fmt: skip
        return {
            **{name: getattr(place, name) for name in names},
            "last_day": last_day(place.ends_on),
            "contact": str(place.contact_id or ""),
        }


class TaskForm(CaseForm):
    """A delimited task that can become ordinary hours (JOB-05)."""

    text = text_field(_("What is the task?"), 120)
    weekly_hours = hours_field(_("How many hours a week?"), least=0.5)
    competence = text_field(_("What does it take?"), 120, required=False)
    pay_condition = text_field(
        _("When is it paid?"), 160, required=False, help_text=_("For instance: when the shelf is filled without help.")
    )


class CloseForm(CaseForm):
    """From when nobody new can come."""

    on = day_field(_("From which day is the place closed?"), help_text=_("Those who are there stay."))
