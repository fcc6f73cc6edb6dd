"""Plan, CV and resources."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jobformidler.casework.enums import GoalLetter, SubGoalStatus
from jobformidler.casework.models import Case
from jobformidler.citizens.enums import Ability, Author, CompetenceKind, ConsiderationCategory, Importance
from jobformidler.citizens.models import Wish
from jobformidler.core import lists
from jobformidler.web.cases.forms.base import CaseForm, day_field, text_field


class GoalForm(CaseForm):
    """A job goal, starting from a wish of the citizen (PLAN-02, PLAN-04)."""

    text = text_field(_("Job goal"), 160)
    wish = forms.ChoiceField(label=_("Which wish does it start from?"), required=False)
    detail = text_field(_("More about it"), 300, required=False, rows=2)

    def __init__(self, *args: Any, wishes: list[Wish], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wishes = {str(wish.pk): wish for wish in wishes}
        self.offer(
            "wish",
            [
                ("", gettext("No wish chosen")),
                *((pk, f"«{wish.text}»") for pk, wish in self.wishes.items()),
            ],
        )

    @property
    def chosen_wish(self) -> Wish | None:
        """The wish the goal starts from."""
        return self.wishes.get(self.cleaned_data["wish"])


class SubGoalForm(CaseForm):
    """A small step: something that can be done soon (PLAN-10)."""

    text = text_field(_("What is the small step?"), 160, help_text=_("Something the citizen can nearly do already."))
    measure = text_field(_("How do we see that it is reached?"), 160, required=False)
    due_on = day_field(_("By when?"), required=False)


class MoveForm(CaseForm):
    """The slider in words."""

    words_field = "status"
    status = forms.ChoiceField(label=_("How far?"), choices=SubGoalStatus.choices, widget=forms.RadioSelect)


class ActivityForm(CaseForm):
    """An activity in the plan."""

    text = text_field(_("Activity"), 160)
    starts_on = day_field(_("From"))
    ends_on = day_field(_("To"), required=False, help_text=_("The last day, if it is known."))


class CompetenceForm(CaseForm):
    """A competence from one of five origins and the tasks it can become (CIT-06, CV-03)."""

    side_by_side = ("kind",)
    text = text_field(_("What can the citizen?"), 200)
    origin = forms.ChoiceField(label=_("Where does it come from?"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("Kind"), choices=CompetenceKind.choices, widget=forms.RadioSelect)
    tasks = forms.CharField(
        label=_("Which tasks can it become?"),
        required=False,
        help_text=_("One task a line, as a workplace would say it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"kind": CompetenceKind.PROFESSIONAL, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.offer("origin", lists.choices("competence_origin"))

    def clean_tasks(self) -> list[str]:
        """One task a line; none longer than a line of the list."""
        tasks = [line.strip() for line in self.cleaned_data["tasks"].splitlines() if line.strip()]
        if any(len(task) > 120 for task in tasks):
            raise forms.ValidationError(gettext("A task can have 120 characters. Make it shorter."))
        return tasks


class ConsiderationForm(CaseForm):
    """What has to be taken into account, as its effect at work, and whether the workplace may read it (CIT-08)."""

    more: tuple[str, ...] = ("code", "importance")
    more_label = _("Choose a known consideration")
    text = text_field(
        _("What must be taken into account?"),
        200,
        help_text=_("Write what it means for the work, never why. The workplace reads this text."),
    )
    category = forms.ChoiceField(
        label=_("What is it about?"), choices=ConsiderationCategory.choices, widget=forms.RadioSelect
    )
    may_share = forms.BooleanField(label=_("The citizen has said yes to the workplace reading this"), required=False)
    code = forms.ChoiceField(
        label=_("Known consideration"),
        required=False,
        help_text=_("Then the search for a place takes it into account."),
    )
    importance = forms.ChoiceField(label=_("How important is it to the citizen?"), choices=Importance.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"importance": Importance.MUCH, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.offer("code", [("", gettext("None")), *lists.choices("accommodation")])


class AbilityForm(CaseForm):
    """A task the citizen can do, would like to try, or cannot do."""

    side_by_side = ("ability",)
    text = text_field(_("Task"), 120)
    ability = forms.ChoiceField(
        label=_("What does the citizen say?"), choices=Ability.choices, widget=forms.RadioSelect
    )


class WishForm(CaseForm):
    """A wish in the citizen's own words (CIT-07)."""

    side_by_side = ("author",)
    text = text_field(_("The wish, in the citizen's own words"), 300, rows=2)
    author = forms.ChoiceField(label=_("Whose words are they?"), choices=Author.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"author": Author.CITIZEN, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class CvForm(CaseForm):
    """The text of a CV; saving sets the day it was updated."""

    summary = forms.CharField(
        label=_("In short"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )


class TransferForm(CaseForm):
    """When something was also registered in the municipality's case system, and its receipt."""

    on = day_field(_("When was it transferred?"))
    receipt = text_field(_("Receipt or number"), 60, required=False, wide=False)


def letter_label(letter: str) -> str:
    """ "A – første mål" for a letter."""
    return str(GoalLetter(letter).label)


def wishes_of(case: Case) -> list[Wish]:
    """Standing wishes of the citizen."""
    return list(Wish.objects.standing().with_own().filter(citizen=case.citizen).select_related("by"))


class EffortModelForm(CaseForm):
    """The model of the effort, from the list the administrator keeps; one out of use stays while it is chosen."""

    code = forms.ChoiceField(label=_("Which model?"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, present: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = lists.choices("effort_model")
        if present and present not in dict(found):
            found = [*found, (present, lists.labels("effort_model").get(present, present))]
        self.offer("code", [("", gettext("Not chosen")), *found])
