"""What is asked about the citizen's rights over the data."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jobformidler.citizens.enums import CorrectionStatus, RestrictedUse
from jobformidler.web.cases.forms.base import CaseForm, day_field, text_field

LONG = 4000


class CorrectionForm(CaseForm):
    """Something is wrong."""

    what = text_field(_("What is wrong?"), LONG, rows=3)
    why = text_field(_("What should stand instead, and why?"), LONG, rows=4)


class CorrectionAnswerForm(CaseForm):
    """The answer, with its reason."""

    status = forms.ChoiceField(
        label=_("Is it corrected?"),
        choices=[
            (CorrectionStatus.CORRECTED, _("Yes, it is corrected where it stands")),
            (CorrectionStatus.NOT_CORRECTED, _("No, the citizen's note stays with the case")),
        ],
        widget=forms.RadioSelect,
    )
    answer = text_field(_("What do you answer, and why?"), LONG, rows=4)
    note = text_field(
        _("The citizen's own note"),
        LONG,
        required=False,
        rows=3,
        help_text=_("When it is not corrected. Empty: what the citizen asked for."),
    )


class RestrictForm(CaseForm):
    """Why, from when, and what the data may still be used for."""

    reason = text_field(_("Why is the use restricted?"), 1000, rows=3)
    since = day_field(_("From"))
    uses = forms.MultipleChoiceField(
        label=_("What may the data still be used for?"),
        choices=[choice for choice in RestrictedUse.choices if choice[0] != RestrictedUse.STORAGE],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Keeping it is always allowed."),
    )


class WhyForm(CaseForm):
    """Why."""

    reason = text_field(_("Why?"), 1000, rows=3)
