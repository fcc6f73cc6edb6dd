"""What is asked about decisions, hearings and complaints."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobformidler.casework.decision_enums import Answer, ComplaintOutcome, DecisionKind, Delivery
from jobformidler.web.cases.forms.base import CaseForm, day_field, text_field

LONG = 8000


class NewForm(CaseForm):
    """A new decision; without authority it is a recommendation."""

    kind = forms.ChoiceField(label=_("What is to be decided?"), choices=DecisionKind.choices)
    title = text_field(_("What is it about?"), 160, help_text=_("It becomes the heading of the letter."))
    recommendation = text_field(
        _("What do you recommend, and why?"),
        LONG,
        required=False,
        rows=5,
        help_text=_("Without authority you recommend. The caseworker reads it and decides."),
    )


class EditForm(CaseForm):
    """What the decision says."""

    outcome = forms.ChoiceField(
        label=_("What is decided?"), choices=Answer.choices, widget=forms.RadioSelect, required=False
    )
    facts = text_field(
        _("Which facts does it rest on?"), LONG, required=False, rows=6, help_text=_("The citizen reads this.")
    )
    reasons = text_field(_("Why?"), LONG, required=False, rows=6, help_text=_("The citizen reads this."))
    paragraph = text_field(
        _("Which paragraph?"), 80, required=False, wide=False, help_text=_("Check the law in force on the day.")
    )
    title = text_field(_("Heading of the letter"), 160)
    law = text_field(_("Which law?"), 160, required=False)
    no_hearing_reason = text_field(
        _("Why is the citizen not heard first?"),
        300,
        required=False,
        help_text=_("Only when the citizen has given all the facts, or the decision is wholly as asked."),
    )
    more = ("title", "law", "no_hearing_reason")


class HearForm(CaseForm):
    """A hearing."""

    text = text_field(_("What is the citizen asked to answer?"), LONG, rows=5)
    due_on = day_field(_("Answer no later than"), help_text=_("A working day."))


class ExtendForm(CaseForm):
    """More time."""

    due_on = day_field(_("New last day to answer"), help_text=_("A working day."))
    reason = text_field(_("Why?"), 300)


class AnswerForm(CaseForm):
    """The citizen's answer, as it was given."""

    answer = text_field(_("What does the citizen answer?"), LONG, rows=6)


class DeliverForm(CaseForm):
    """How and when the letter reached the citizen."""

    how = forms.ChoiceField(label=_("How was it delivered?"), choices=Delivery.choices, widget=forms.RadioSelect)
    on = day_field(_("On which day did the citizen get it?"))
    receipt = text_field(_("Receipt"), 80, required=False, wide=False)


class ReasonForm(CaseForm):
    """Why."""

    reason = text_field(_("Why?"), 1000, rows=3)


class CorrectForm(CaseForm):
    """An obvious error in a letter that is sent. What was decided cannot be corrected."""

    what = text_field(_("What was wrong?"), 300)
    title = text_field(_("Heading of the letter"), 160)
    paragraph = text_field(_("Which paragraph?"), 80, wide=False)
    facts = text_field(_("Which facts does it rest on?"), LONG, required=False, rows=5)
    reasons = text_field(_("Why?"), LONG, required=False, rows=5)


class ComplaintForm(CaseForm):
    """A complaint, as it was said or written."""

    text = text_field(_("What does the complaint say?"), LONG, rows=6)
    received_on = day_field(_("On which day did we get it?"))
    complainant = text_field(
        _("Who complains?"), 120, required=False, help_text=_("Leave it empty when it is the citizen.")
    )
    late_reason = text_field(
        _("Why is it taken, if the four weeks have passed?"), 300, required=False, help_text=_("Else leave it empty.")
    )


class NoteForm(CaseForm):
    """What was found."""

    note = text_field(_("What did you find?"), 4000, rows=5)


class ForwardForm(CaseForm):
    """The day and the receipt."""

    on = day_field(_("On which day was it sent?"))
    receipt = text_field(_("Receipt"), 80, required=False, wide=False)


class EndForm(NoteForm):
    """How a complaint ended."""

    outcome = forms.ChoiceField(label=_("How did it end?"), choices=ComplaintOutcome.choices, widget=forms.RadioSelect)
    field_order = ("outcome", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)
