"""Forms of right and duty."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jobformidler.casework.enums import ShareOf
from jobformidler.registers.enums import GuidanceWay, ReferralBasis, RequestWay, RightKind
from jobformidler.web.cases.forms.base import CaseForm, TimeInput, day_field, text_field

WAYS = [(way.value, way.label) for way in RequestWay if way is not RequestWay.MY_PAGE]


class AskForm(CaseForm):
    """The citizen asks to be referred, by telling a member of staff (RULE-03)."""

    side_by_side = ("way",)
    asked_on = day_field(_("Which day did the citizen ask?"))
    way = forms.ChoiceField(label=_("How did the citizen ask?"), choices=WAYS, widget=forms.RadioSelect, initial="talk")


class GuideForm(CaseForm):
    """The citizen was told of the right or the duty (RULE-08)."""

    side_by_side = ("about", "way")
    about = forms.ChoiceField(label=_("What was it about?"), choices=RightKind.choices, widget=forms.RadioSelect)
    given_on = day_field(_("Which day?"))
    way = forms.ChoiceField(
        label=_("How was the citizen told?"), choices=GuidanceWay.choices, widget=forms.RadioSelect, initial="talk"
    )


class ExemptForm(CaseForm):
    """The citizen is exempted from a share of the target group, by concrete assessment (RULE-01)."""

    side_by_side = ("about",)
    about = forms.ChoiceField(label=_("Exempted from what?"), choices=ShareOf.choices, widget=forms.RadioSelect)
    reason = text_field(_("Why?"), 300, rows=2, help_text=_("The concrete assessment, so that others can follow it."))
    decided_on = day_field(_("Decided on"))


class ReferForm(CaseForm):
    """On what ground the citizen is to be referred (D.1-36, RULE-17)."""

    side_by_side = ("basis",)
    basis = forms.ChoiceField(label=_("On what ground?"), choices=ReferralBasis.choices, widget=forms.RadioSelect)
    decided_on = day_field(_("Decided on"))
    reason = text_field(
        _("Why?"),
        300,
        required=False,
        help_text=_("Needed when it is the municipality's own decision. The citizen reads it."),
    )
    no_hearing_reason = text_field(
        _("How was the citizen heard?"),
        300,
        required=False,
        help_text=_("Or why it is not needed. Not asked for when the citizen has asked to be referred."),
    )
    legal_basis = text_field(_("Paragraph"), 80, required=False)


class MeetingsForm(CaseForm):
    """Contact meetings with several citizens, one after the other on a day."""

    side_by_side = ("minutes",)
    day = day_field(_("Which day?"))
    first = forms.TimeField(
        label=_("When does the first begin?"),
        widget=TimeInput(),
        input_formats=["%H:%M", "%H.%M"],
        error_messages={"invalid": _("Write the time as 9.00.")},
    )
    minutes = forms.ChoiceField(
        label=_("Minutes each"), choices=[(n, n) for n in (30, 45, 60)], widget=forms.RadioSelect, initial=45
    )
    where = text_field(_("Where?"), 120, required=False)
