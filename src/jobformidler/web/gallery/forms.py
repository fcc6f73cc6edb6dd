"""A form with one field of every kind."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PartsForm(forms.Form):
    """Shown with answers that are wrong, so that every kind of error can be seen."""

    start = forms.DateField(
        label=_("When do the 10 paid hours begin?"),
        help_text=_("Suggestion: 22 February, when the deliveries have been tried twice."),
        error_messages={"invalid": _("February 2027 has 28 days. Write another date.")},
        widget=forms.TextInput(attrs={"class": "w-date"}),
    )
    visit = forms.ChoiceField(label=_("Visits"), choices=[("14", _("every 14 days")), ("30", _("every month"))])
    kind = forms.ChoiceField(
        label=_("How did you talk?"),
        choices=[("meet", _("At a meeting")), ("phone", _("By phone"))],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label=_("What did you talk about?"),
        choices=[("hours", _("Ordinary hours")), ("tasks", _("Tasks"))],
        widget=forms.CheckboxSelectMultiple,
    )
    skill = forms.ChoiceField(
        label=_("Can Mona receive the delivery?"),
        choices=[("0", _("not yet")), ("1", _("with help")), ("2", _("alone"))],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label=_("Mona has agreed to the text"), required=False)
    note = forms.CharField(label=_("Anything else?"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
