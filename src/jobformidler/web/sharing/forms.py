"""The form that registers what a citizen answers, and the one that composes a card."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobformidler.accounts.enums import OrganisationKind, Role
from jobformidler.accounts.models import Membership, Organisation
from jobformidler.citizens.answers import Basis, Said, To, What
from jobformidler.citizens.models import Citizen, Consideration
from jobformidler.citizens.sharing import CATALOGUE, LINE_BY_LINE, Answer, AnsweredHow, LegalBasis, Receiver, ShareField
from jobformidler.core.periods import day_after
from jobformidler.placements.enums import Purpose
from jobformidler.placements.models import Placement
from jobformidler.web.cases.forms.base import CaseForm, day_field, text_field
from jobformidler.web.cases.words import capital


def receivers(citizen: Citizen, day: dt.date) -> dict[str, tuple[str, To]]:
    """Who something of this citizen can be shared with: code → label and receiver."""
    found = {Receiver.WORKPLACE.value: (str(_("The workplaces we look for together")), To(Receiver.WORKPLACE))}
    places = {
        placement.workplace_id: placement.workplace.name
        for placement in Placement.objects.filter(case__citizen=citizen).select_related("workplace")
        if not placement.is_over
    }
    for pk, name in places.items():
        found[f"{Receiver.WORKPLACE}:{pk}"] = name, To(Receiver.WORKPLACE, name, pk)
    people = (
        Membership.objects.active_on(day)
        .filter(role=Role.PROFESSIONAL, municipality=citizen.municipality_id)
        .select_related("user")
    )
    for row in people:
        name = ", ".join(filter(None, (row.user.name, row.user.title)))
        found[f"{Receiver.PROFESSIONAL}:{row.user_id}"] = name, To(Receiver.PROFESSIONAL, name, user=row.user)
    for organisation in Organisation.objects.filter(kind=OrganisationKind.PROVIDER).order_by("name"):
        to = To(Receiver.PROVIDER, organisation.name, organisation=organisation)
        found[f"{Receiver.PROVIDER}:{organisation.pk}"] = organisation.name, to
    for kind in (Receiver.EVALUATOR, Receiver.PUBLIC):
        found[kind.value] = capital(str(kind.label)), To(kind)
    return found


class AnswerForm(CaseForm):
    """What the citizen said: to what, to whom, what for, and until when."""

    to = forms.ChoiceField(label=_("Who may read it"), widget=forms.HiddenInput)
    what = forms.MultipleChoiceField(
        label=_("What it is about"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ask about one thing at a time. What is not chosen is not shared."),
        error_messages={"required": _("Choose what the answer is about.")},
    )
    purpose = text_field(_("What it is for"), 200, help_text=_("In words the citizen would use."))
    answer = forms.ChoiceField(
        label=_("The citizen says"),
        choices=Answer.choices,
        widget=forms.RadioSelect,
        initial=Answer.YES,
        help_text=_("A no costs nothing. It is kept so that nobody asks again."),
    )
    on = day_field(_("When"))
    how = forms.ChoiceField(
        label=_("How"),
        choices=[choice for choice in AnsweredHow.choices if choice[0] != AnsweredHow.OWN_PAGE],
        widget=forms.RadioSelect,
        initial=AnsweredHow.CONVERSATION,
    )
    until = day_field(
        _("Counts until"), required=False, help_text=_("Empty: as long as the municipality's setting says.")
    )
    basis = forms.ChoiceField(label=_("Legal basis"), choices=LegalBasis.choices, initial=LegalBasis.PUBLIC_TASK)
    basis_note = text_field(_("More about the basis"), 200, required=False)
    more = ("how", "until", "basis", "basis_note")
    more_label = _("How, until when and on what legal basis")

    def __init__(self, *args: Any, citizen: Citizen, day: dt.date, chosen: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = receivers(citizen, day)
        code = chosen if chosen in self.known else next(iter(self.known))
        self.initial["to"] = code
        self.chosen_label, to = self.known[code]
        # What was sent is looked at whole, so that the refusal can name what this receiver cannot be given.
        given = set(ShareField.values) if self.is_bound else set(CATALOGUE[to.kind])
        self.lines = {f"line:{row.pk}": row for row in Consideration.objects.standing().filter(citizen=citizen)}
        self.offer("to", [(code, label) for code, (label, _to) in self.known.items()])
        fields = [(f.value, capital(str(f.label))) for f in ShareField if f not in LINE_BY_LINE and f in given]
        lines = [(key, f"«{row.text}»") for key, row in self.lines.items()] if given & LINE_BY_LINE else []
        self.offer("what", [*fields, *lines])

    def clean(self) -> dict[str, Any]:
        """Only what the receiver can be given; the sentence names what cannot."""
        data = super().clean() or self.cleaned_data
        to = self.receiver()
        if to is not None:
            given = CATALOGUE[to.kind]
            wrong = [name for name in data.get("what", ()) if name not in self.lines and name not in given]
            if wrong:
                labels = ", ".join(str(ShareField(name).label) for name in wrong)
                self.add_error("what", _("This receiver cannot be given: %(what)s.") % {"what": labels})
        return data

    def receiver(self) -> To | None:
        """The receiver that was chosen."""
        found = self.known.get(self.cleaned_data.get("to", ""))
        return found[1] if found else None

    def sent(self) -> dict[str, Any]:
        """The arguments of the action."""
        data = self.cleaned_data
        chosen: Sequence[str] = data["what"]
        return {
            "what": What(
                [name for name in chosen if name not in self.lines],
                [self.lines[name] for name in chosen if name in self.lines],
            ),
            "to": self.receiver(),
            "purpose": data["purpose"],
            "said": Said(data["answer"], data["how"], data["on"], day_after(data["until"]) if data["until"] else None),
            "basis": Basis(data["basis"], data["basis_note"]),
        }


class CardForm(forms.Form):
    """A card: what the stay is for, who gets it, and the lines."""

    purpose = forms.ChoiceField(label=_("What the stay is for"), choices=Purpose.choices, widget=forms.RadioSelect)
    contact: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Who gets the card"), queryset=None, error_messages={"required": _("Choose somebody at the workplace.")}
    )
    lines = forms.MultipleChoiceField(
        label=_("What stands on the card"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one line.")},
    )

    def __init__(self, *args: Any, contacts: Any, lines: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        contact, choices = self.fields["contact"], self.fields["lines"]
        assert isinstance(contact, forms.ModelChoiceField)
        assert isinstance(choices, forms.MultipleChoiceField)
        contact.queryset = contacts
        choices.choices = list(lines)


class StoryForm(CaseForm):
    """A success story."""

    title = text_field(_("Headline"), 120)
    text = text_field(_("Story"), 4000, rows=8)


class WorkplaceYesForm(CaseForm):
    """Who said yes for the workplace."""

    workplace_yes_by = text_field(_("Who said yes for the workplace"), 120)
    workplace_yes_on = day_field(_("When"))
