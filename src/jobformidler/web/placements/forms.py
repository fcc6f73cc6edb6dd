"""Forms of placements. They ask; the actions decide."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jobformidler.casework.enums import SubGoalStatus
from jobformidler.placements.enums import VitasStatus
from jobformidler.web.cases.forms.base import CaseForm, TimeInput, day_field, text_field


class PlainForm(forms.Form):
    """A form without a colon after its questions and without the browser's own refusals."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False


class ReasonForm(PlainForm):
    """Why."""

    reason = text_field(_("Why?"), 300, rows=2)


class DropForm(ReasonForm):
    """Why an idea is given up; doubt about readiness is told apart (MAT-07)."""

    in_doubt = forms.BooleanField(
        label=_("It is because we doubt whether the citizen is ready"),
        required=False,
        help_text=_("Doubt is to benefit the citizen. The team leader can see the reason."),
    )


class RecommendForm(PlainForm):
    """What somebody without authority tells the caseworker."""

    recommendation = text_field(_("What do you recommend, and why?"), 1000, rows=3)


class VitasForm(PlainForm):
    """Number and status in VITAS."""

    number = text_field(_("VITAS number"), 20, required=False, wide=False)
    status = forms.ChoiceField(label=_("Status in VITAS"), choices=VitasStatus.choices)


class TransferForm(PlainForm):
    """Registered in the municipality's case system too."""

    on = day_field(_("Transferred on"))
    receipt = text_field(_("Receipt"), 60, required=False, wide=False)


class SignHereForm(PlainForm):
    """A signature given at a meeting."""

    name = text_field(_("Name of the one who signs"), 120, wide=False)


class HoursForm(PlainForm):
    """Real hours of one week."""

    paid = forms.DecimalField(
        label=_("Paid hours"),
        min_value=0,
        max_value=60,
        max_digits=4,
        decimal_places=1,
        localize=True,
        widget=forms.TextInput(attrs={"class": "w-number", "inputmode": "decimal", "autocomplete": "off"}),
    )
    unpaid = forms.DecimalField(
        label=_("Internship hours"),
        min_value=0,
        max_value=60,
        max_digits=4,
        decimal_places=1,
        localize=True,
        widget=forms.TextInput(attrs={"class": "w-number", "inputmode": "decimal", "autocomplete": "off"}),
    )
    absence = forms.BooleanField(
        label=_("There was absence"),
        required=False,
        help_text=_("Never write why. The reason is nobody's but the citizen's."),
    )


class CorrectHoursForm(HoursForm):
    """A correction, with the reason and the version it was made from."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = text_field(_("Why is it corrected?"), 300)


class FollowUpForm(CaseForm):
    """Follow-up at the workplace: one thumb, ordinary hours as a fixed item."""

    more = ("tasks_adjusted", "time_adjusted", "considerations_adjusted", "agreements", "held_on", "held_time")
    more_label = _("Adjust tasks, time or considerations")

    at_workplace = forms.TypedChoiceField(
        label=_("Where are you?"),
        choices=[("1", _("at the workplace")), ("0", _("somewhere else"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        initial="1",
    )
    hours_answer = forms.ChoiceField(
        label=_("Ordinary hours: what did you say?"),
        choices=[],
        widget=forms.RadioSelect,
        error_messages={"required": _("Write what was said about ordinary hours, or choose an answer.")},
    )
    hours_said = text_field(_("In your own words"), 300, required=False, rows=2)
    decision = text_field(
        _("Decided here and now"),
        300,
        required=False,
        help_text=_("What you may decide yourself. It stands with the time."),
    )
    visit_on = day_field(_("Next visit"), required=False)
    visit_at = forms.TimeField(label=_("At what time?"), required=False, widget=TimeInput())
    tasks_adjusted = text_field(_("Tasks that change"), 300, required=False)
    time_adjusted = text_field(_("Working time that changes"), 300, required=False)
    considerations_adjusted = text_field(_("Considerations that change"), 300, required=False)
    agreements = text_field(_("What else did you agree?"), 1000, required=False, rows=2)
    held_on = day_field(_("Day of the visit"))
    held_time = forms.TimeField(label=_("Time of the visit"), widget=TimeInput())

    def __init__(self, *args: Any, sub_goals: Any = (), steps: Any = (), said: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sub_goal_names: list[str] = []
        self.step_names: list[tuple[str, str, Any]] = []
        if self.is_bound and self.data.get("hours_said", "").strip() and not self.data.get("hours_answer"):
            # Own words are an answer without choosing "something else" first.
            posted = QueryDict(mutable=True)
            posted.update(self.data)
            posted["hours_answer"] = "own"
            self.data = posted
        self.said = [*said, ("own", _("something else"))]
        cast(forms.ChoiceField, self.fields["hours_answer"]).choices = self.said
        for goal in sub_goals:
            name = f"goal_{goal.pk}"
            self.sub_goal_names.append(name)
            self.fields[name] = forms.ChoiceField(
                label=goal.text, choices=SubGoalStatus.choices, initial=goal.status, widget=forms.RadioSelect
            )
        for step in steps:
            name = f"step_{step.pk}"
            self.step_names.append((name, f"date_{step.pk}", step))
            self.fields[name] = forms.BooleanField(
                label=_("Masters it now"), required=False, initial=step.mastered_on is not None
            )
            self.fields[f"date_{step.pk}"] = day_field(_("Paid from"), required=False)
            self.initial.setdefault(f"date_{step.pk}", step.planned_on)

    def goal_fields(self) -> list[forms.BoundField]:
        """The small steps as sliders in words."""
        return [self[name] for name in self.sub_goal_names]

    def step_fields(self) -> list[tuple[forms.BoundField, forms.BoundField, Any]]:
        """Each step of the ladder: whether it is mastered, and from when it is paid."""
        return [(self[name], self[date], step) for name, date, step in self.step_names]

    def clean(self) -> dict[str, Any]:
        """Ordinary hours is a fixed item: a sentence or one of the answers (CON-16)."""
        cleaned = super().clean() or self.cleaned_data
        answer, own = cleaned.get("hours_answer") or "", (cleaned.get("hours_said") or "").strip()
        labels = dict(self.said)
        chosen = str(labels.get(answer, "")) if answer and answer != "own" else ""
        cleaned["said"] = " ".join(part for part in (f"{chosen}." if chosen else "", own) if part)
        if answer and not cleaned["said"]:
            self.add_error("hours_said", _("Write what was said about ordinary hours, or choose an answer."))
        if cleaned.get("visit_at") and not cleaned.get("visit_on"):
            self.add_error("visit_on", _("Choose the day of the next visit too."))
        return cleaned


class EndForm(CaseForm):
    """How a placement goes on or ends."""

    on = day_field(_("First day without the placement"))
    reason = text_field(_("Why?"), 300, rows=2)
    tried = text_field(_("What was tried before it ended?"), 300, rows=2)
    learning = text_field(
        _("What do we take with us?"),
        300,
        rows=2,
        help_text=_("For example: too many in the room – we take that with us."),
    )
    what_next = text_field(_("What now?"), 160)


class ExtendForm(CaseForm):
    """A longer placement."""

    last_on = day_field(_("New last day"))
    decision = text_field(_("The decision, in a few words"), 300, rows=2)
