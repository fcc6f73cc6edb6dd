"""The case itself: people in it, rhythm, next step, opening, closing, the citizen's contact data."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Membership, Unit, User
from jobformidler.casework.enums import CaseRole, Outcome
from jobformidler.core import lists
from jobformidler.registers.enums import MeetingHolder
from jobformidler.web.cases.forms.base import CaseForm, day_field, text_field

#: Whose names a role can be given to.
CAN_FILL = {
    CaseRole.JOBFORMIDLER: (Role.JOBFORMIDLER,),
    CaseRole.CASEWORKER: (Role.CASEWORKER,),
    CaseRole.EMPLOYER_CONSULTANT: (Role.EMPLOYER_CONSULTANT, Role.JOBFORMIDLER),
    CaseRole.MENTOR: (Role.JOBFORMIDLER, Role.CASEWORKER),
    CaseRole.COVER: (Role.JOBFORMIDLER, Role.CASEWORKER),
}


def staff(municipality_id: int, roles: tuple[str, ...], day: dt.date) -> list[User]:
    """Users with one of the roles in the municipality on the day, by name."""
    of_role = Membership.objects.active_on(day).with_roles(*roles).filter(municipality=municipality_id)
    return list(User.objects.filter(pk__in=of_role.values("user"), is_active=True).order_by("name"))


class AssignForm(CaseForm):
    """Who fills a role from a day on; a change of jobformidler needs a reason (JF-02)."""

    user = forms.ChoiceField(label=_("Who?"))
    since = day_field(_("From"))
    reason = text_field(_("Why?"), 300, required=False, rows=2)
    confirm = forms.BooleanField(label=_("Yes, assign over the limit"), required=False)

    def __init__(
        self, *args: Any, people: list[User], needs_reason: bool, over_limit: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in people}
        self.offer(
            "user",
            [
                ("", gettext("Choose a name")),
                *((pk, user.name) for pk, user in self.people.items()),
            ],
        )
        self.fields["reason"].required = needs_reason
        if not (over_limit or self.data.get("confirm")):
            self.fields["confirm"].widget = forms.HiddenInput()

    def ask_to_confirm(self) -> None:
        """Show the question whether to go over the limit."""
        self.fields["confirm"].widget = forms.CheckboxInput()

    @property
    def person(self) -> User:
        """The chosen user."""
        return self.people[self.cleaned_data["user"]]


class CoverForm(CaseForm):
    """Somebody who covers for a period."""

    user = forms.ChoiceField(label=_("Who covers?"))
    since = day_field(_("From"))
    until = day_field(_("Last day"))
    reason = text_field(_("Why?"), 300)

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in people}
        self.offer(
            "user",
            [
                ("", gettext("Choose a name")),
                *((pk, user.name) for pk, user in self.people.items()),
            ],
        )

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        cleaned = super().clean() or {}
        if cleaned.get("since") and cleaned.get("until") and cleaned["until"] < cleaned["since"]:
            self.add_error("until", gettext("The last day must not be before the first."))
        return cleaned

    @property
    def person(self) -> User:
        """The chosen user."""
        return self.people[self.cleaned_data["user"]]


class OpenCaseForm(CaseForm):
    """A new case for a citizen: unit and tandem."""

    more: tuple[str, ...] = ("effort_model", "confirm")
    more_label = _("More details")
    unit = forms.ChoiceField(label=_("Which unit?"))
    jobformidler = forms.ChoiceField(label=_("Who is the jobformidler?"), required=False)
    caseworker = forms.ChoiceField(label=_("Who is the caseworker?"), required=False)
    effort_model = forms.ChoiceField(label=_("Model of the effort"), required=False)
    confirm = forms.BooleanField(label=_("Assign even if it is over the limit"), required=False)

    def __init__(
        self, *args: Any, units: list[Unit], jobformidlere: list[User], caseworkers: list[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        self.people = {str(user.pk): user for user in [*jobformidlere, *caseworkers]}
        nobody = ("", gettext("Nobody yet"))
        self.offer("unit", [(pk, unit.name) for pk, unit in self.units.items()])
        self.offer("jobformidler", [nobody, *((str(u.pk), u.name) for u in jobformidlere)])
        self.offer("caseworker", [nobody, *((str(u.pk), u.name) for u in caseworkers)])
        models = lists.choices("effort_model")
        self.offer("effort_model", [("", gettext("Not chosen")), *models])

    def chosen(self, role: str) -> User | None:
        """The user chosen for a role."""
        return self.people.get(self.cleaned_data[role])


class CloseForm(CaseForm):
    """Closing with an outcome (CIT-21)."""

    outcome = forms.ChoiceField(label=_("How does it end?"), choices=Outcome.choices, widget=forms.RadioSelect)
    note = text_field(_("About the outcome"), 300, required=False, rows=2)
    seen_as = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput)


class ReopenForm(CaseForm):
    """Opening a closed case again."""

    reason = text_field(_("Why is the case opened again?"), 300)


class RhythmForm(CaseForm):
    """How often the jobformidler and the citizen have agreed to be in contact."""

    days = forms.IntegerField(
        label=_("How many days at most between contacts?"),
        min_value=1,
        max_value=90,
        widget=forms.NumberInput(attrs={"class": "w-number"}),
    )
    since = day_field(_("From"))
    reason = text_field(_("Why another rhythm?"), 300, required=False, rows=2)

    def __init__(self, *args: Any, floor: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.floor = floor
        self.fields["reason"].help_text = gettext("Needed when there are more than %(days)s days between contacts.") % {
            "days": floor
        }


class HolderForm(CaseForm):
    """Who holds the contact meetings of this case (CON-13)."""

    holder = forms.ChoiceField(
        label=_("Who holds the contact meetings?"), required=False, widget=forms.RadioSelect, choices=()
    )

    def __init__(self, *args: Any, usual: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = gettext("As the municipality has chosen: %(holder)s") % {"holder": MeetingHolder(usual).label}
        self.offer("holder", [("", said), *MeetingHolder.choices])


class NextStepForm(CaseForm):
    """The next step of the case."""

    next_step = text_field(_("Next step"), 160)
    next_step_on = day_field(_("When?"))


class CitizenForm(CaseForm):
    """How to reach the citizen."""

    more: tuple[str, ...] = ("address", "postal_code", "city", "protected_address")
    more_label = _("Address")
    preferred_name = text_field(_("Name the citizen prefers"), 60, required=False, wide=False)
    phone = text_field(_("Phone"), 20, required=False, wide=False)
    email = forms.EmailField(
        label=_("E-mail"), required=False, error_messages={"invalid": _("Write the e-mail as name@place.dk.")}
    )
    address = text_field(_("Street and number"), 120, required=False, wide=False)
    postal_code = forms.RegexField(
        r"^\d{4}$",
        label=_("Postal code"),
        required=False,
        error_messages={"invalid": _("A postal code has four digits.")},
        widget=forms.TextInput(attrs={"class": "w-number", "inputmode": "numeric"}),
    )
    city = text_field(_("Town"), 60, required=False, wide=False)
    protected_address = forms.BooleanField(label=_("The citizen has name and address protection"), required=False)
