"""Forms of the access log and of emergency access."""

import datetime as dt
import re

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jobformidler.accounts.models import User
from jobformidler.citizens.access_enums import AlertState, EmergencyReason, Outcome, Review
from jobformidler.citizens.models import AuditPolicy
from jobformidler.core import clock
from jobformidler.web.cases.forms.base import day_field, text_field
from jobformidler.web.saving import Versioned

_CPR = re.compile(r"^(\d{6})[ -]?(\d{4})$")
#: Pages one may look for, by the beginning of the page's name in the log.
PAGES = ("now", "timeline", "cv", "plan", "people", "rights", "documents", "note", "agreement", "search", "export")


class CprForm(forms.Form):
    """Somebody's number; never kept by the browser, never in an address."""

    cpr = forms.CharField(
        label=_("CPR number"),
        max_length=11,
        widget=forms.TextInput(
            attrs={"class": "w-medium", "inputmode": "numeric", "autocomplete": "off", "data-nodraft": ""}
        ),
    )

    def clean_cpr(self) -> str:
        """Ten digits."""
        found = _CPR.match(self.cleaned_data["cpr"].strip())
        if not found:
            raise ValidationError(gettext("Write ten digits."))
        return "".join(found.groups())


class LogForm(forms.Form):
    """What to look for in the log; every value stands in the address, so none of them is a name or a number."""

    medarbejder = forms.ModelChoiceField(
        label=_("Employee"), queryset=User.objects.none(), required=False, empty_label=_("everybody")
    )
    side = forms.ChoiceField(label=_("Page"), required=False)
    udfald = forms.ChoiceField(label=_("Outcome"), required=False)
    fra = day_field(_("From"), required=False)
    til = day_field(_("To"), required=False)
    borger = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=2**62)

    def __init__(self, *args, people: QuerySet[User], **kwargs):
        super().__init__(*args, **kwargs)
        from jobformidler.web.pagenames import page_words

        self.fields["medarbejder"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["side"].choices = [("", gettext("all pages")), *((name, page_words(name)) for name in PAGES)]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["udfald"].choices = [("", gettext("every outcome")), *Outcome.choices]  # type: ignore[attr-defined]  # a ChoiceField

    def period(self) -> tuple[dt.datetime | None, dt.datetime | None]:
        """Both days included, as moments."""
        start, end = self.cleaned_data["fra"], self.cleaned_data["til"]
        return (
            clock.at_time(start, 0) if start else None,
            clock.at_time(end + dt.timedelta(days=1), 0) if end else None,
        )


class AlertForm(Versioned):
    """What came of an alert."""

    state = forms.ChoiceField(
        label=_("What came of it?"),
        choices=[(state.value, state.label) for state in AlertState if state != AlertState.OPEN],
        widget=forms.RadioSelect,
    )
    note = text_field(_("What did you find out?"), 500, rows=3)


class PolicyForm(Versioned, forms.ModelForm):
    """The limits."""

    class Meta:
        model = AuditPolicy
        fields = ["volume_hour", "volume_day", "emergency_hours"]


class PrivacyForm(forms.Form):
    """What is protected about an employee."""

    name_hidden = forms.BooleanField(
        label=_("Citizens do not see the name"),
        required=False,
        help_text=_("Function and unit stand instead, on the page «Who has seen my case»."),
    )
    address = text_field(
        _("Where the employee lives"),
        120,
        required=False,
        help_text=_("Used for one thing: to find looks at people at the same address."),
    )
    postal_code = forms.CharField(
        label=_("Postal code"), max_length=4, required=False, widget=forms.TextInput(attrs={"class": "w-short"})
    )


class EmergencyForm(CprForm):
    """Whose pages, and why."""

    reason_kind = forms.ChoiceField(label=_("Why?"), choices=EmergencyReason.choices, widget=forms.RadioSelect)
    reason = text_field(
        _("What has happened?"), 1000, rows=4, help_text=_("The leader and the security officer read it.")
    )


class ReviewForm(Versioned):
    """What the leader says."""

    review = forms.ChoiceField(
        label=_("Was it right?"),
        choices=[(value.value, value.label) for value in Review if value != Review.WAITING],
        widget=forms.RadioSelect,
    )
    review_note = text_field(_("Note"), 300, rows=3)
