"""What all forms of a case share."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobformidler.core import clock


class DayInput(forms.DateInput):
    """A day, typed or picked."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"class": "w-date", **(attrs or {})}, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """A time of day."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A question about a day."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=DayInput(),
        error_messages={"invalid": _("Write the day as 24-11-2026.")},
    )


def text_field(
    label: Any, length: int, *, required: bool = True, rows: int = 0, help_text: Any = "", wide: bool = True
) -> forms.CharField:
    """A question answered in words; `rows` makes it a larger box."""
    widget: forms.Widget = (
        forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs={} if wide else {"class": "w-medium"})
    )
    return forms.CharField(label=label, max_length=length, required=required, help_text=help_text, widget=widget)


class CaseForm(forms.Form):
    """A form that shows at most five fields; those in `more` unfold under `more_label`.

    `version` is the version of the row when the form was opened, so that a stale save can be told.
    """

    more: tuple[str, ...] = ()
    #: Radio groups whose few short answers stand on one line, and the one drawn as the slider in words.
    side_by_side: tuple[str, ...] = ()
    words_field = ""
    more_label: Any = _("More details")
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False

    def offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        """Give a choice field its answers."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)

    def shown(self) -> list[forms.BoundField]:
        """The fields always in view."""
        return [bound for bound in self if not bound.is_hidden and bound.name not in self.more]

    def folded(self) -> list[forms.BoundField]:
        """The fields that unfold."""
        return [bound for bound in self if bound.name in self.more]

    def unfolded(self) -> bool:
        """Whether a folded field has an error, so that it must be seen."""
        return any(name in self.errors for name in self.more) if self.is_bound else False

    def answers(self, *names: str) -> dict[str, Any]:
        """The cleaned answers of these fields."""
        return {name: self.cleaned_data[name] for name in names}


def moment(day: dt.date, time: dt.time) -> dt.datetime:
    """A day and a time of day as a moment, local time."""
    return clock.at_time(day, time.hour, time.minute)
