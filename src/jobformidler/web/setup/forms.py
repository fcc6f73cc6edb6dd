"""Forms of the set-up: labels and help, no rules."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jobformidler.accounts.actions.organisation import SETTINGS
from jobformidler.accounts.enums import Background, Role
from jobformidler.accounts.models import Unit, User
from jobformidler.core.models import Municipality
from jobformidler.web.saving import Versioned

RECOMMENDATION = _(
    "The sources recommend an employer consultant placed with the employer team as jobformidler. You choose freely."
)


class DateInput(forms.DateInput):
    """A date as the browser's own calendar."""

    input_type = "date"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)


class SettingsForm(Versioned, forms.ModelForm):
    """All settings of the municipality."""

    class Meta:
        model = Municipality
        fields = list(SETTINGS)
        help_texts = {
            "unit_name": _("Stands in sentences, for instance «kommunen»."),
            "employer_entry_name": _("What employers meet, for instance «virksomhedsindgangen»."),
            "main_phone": _("Shown where nobody in particular answers."),
            "answer_hours": _(
                "A citizen or a company gets an answer within this time. 24 is what the method promises."
            ),
            "answer_clock": _("With working days, Saturdays, Sundays and holidays do not count."),
            "contact_floor_days": _("After so many days without contact the jobformidler is reminded."),
            "stall_weeks": _("A task is mastered, but paid hours have not come."),
            "step_goal_days": _("Shown on the board beside the real time in each step."),
            "stale_place_days": _("Older places are asked about before they are used."),
            "aftercare_days": _("The citizen can write all that time and gets an answer."),
            "consent_days": _("Then the citizen is asked anew. A shorter time can be agreed with each answer."),
            "cutoff_days": _("Who is ready for a job and that near the date stands on the list «Egen indsats først»."),
            "review_months": _("Older approvals stand on the list of re-assessments. The sources name no number."),
            "hours_reminder": _("A mail to the contact person while nobody has reported the week."),
            "caseload_limit_jobformidler": _("More than this takes a confirmation. The sources name no number."),
            "caseload_limit_caseworker": _("More than this takes a confirmation. The sources name no number."),
            "small_cell": _("Smaller numbers are hidden where figures are shared, so that nobody can be recognised."),
        }


class UnitForm(forms.Form):
    """A unit."""

    name = forms.CharField(label=_("What is the unit called"), max_length=80)


class UnitEditForm(UnitForm):
    """A unit that exists."""

    active = forms.BooleanField(label=_("The unit is in use"), required=False)


class UserForm(forms.ModelForm):
    """Who somebody is."""

    class Meta:
        model = User
        fields = ["name", "email", "phone", "title", "background"]
        help_texts = {
            "email": _("Used to log in. Citizens and workplaces see it."),
            "phone": _("A direct number, no switchboard."),
            "background": RECOMMENDATION,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        background = self.fields["background"]
        assert isinstance(background, forms.TypedChoiceField)
        background.choices = [("", _("not given")), *Background.choices]


class UserEditForm(Versioned, UserForm):
    """Who somebody is, edited."""


class MembershipForm(forms.Form):
    """A role from a day on."""

    role = forms.ChoiceField(label=_("Which role"), choices=[(r.value, r.label) for r in Role if r is not Role.CITIZEN])
    unit = forms.ModelChoiceField(
        label=_("In which unit"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("the whole municipality"),
        help_text=_("A jobformidler and a caseworker always belong to a unit."),
    )
    since = forms.DateField(label=_("From which day"), widget=DateInput())
    last_day = forms.DateField(label=_("Until and including"), widget=DateInput(), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)
        unit.queryset = Unit.objects.filter(active=True)


class FirstRoleForm(UserForm, MembershipForm):
    """A new user with the first role."""


class EndForm(forms.Form):
    """The last day of a role."""

    last_day = forms.DateField(label=_("What is the last day"), widget=DateInput())


class ItemForm(forms.Form):
    """An entry of a list."""

    label = forms.CharField(label=_("What is the entry called"), max_length=160)
