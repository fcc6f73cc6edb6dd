"""A contact tied to the appointment it answers and the workplace it is about (CON-01)."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jobformidler.casework.enums import ContactKind
from jobformidler.casework.models import Appointment
from jobformidler.employers.models import Workplace
from jobformidler.web.cases.forms.base import day_field, text_field
from jobformidler.web.cases.forms.contact import (
    CITIZEN,
    ContactForm,
    ConversationForm,
    WhenForm,
    participant_choices,
)
from jobformidler.web.cases.layout import Around
from jobformidler.web.cases.ties import Ties

#: More workplaces than this are not offered; the search is made narrower instead.
OFFERED = 12
TIES = ("appointment", "workplace", "search")
#: The answer that it was not planned: appointments of the day stay as they are.
UNPLANNED = "none"


class Tied(WhenForm):
    """The two questions and their answers; `kinds` are the appointments the form answers by itself."""

    kinds: frozenset[ContactKind] = frozenset()
    appointment = forms.ChoiceField(label=_("Which appointment does it answer?"), required=False)
    workplace = forms.ChoiceField(label=_("Which workplace is it about?"), required=False)
    search = text_field(
        _("Another workplace"), 80, required=False, help_text=_("Name, CVR number or P-number."), wide=False
    )

    def __init__(self, *args: Any, ties: Ties, **kwargs: Any) -> None:
        self.ties = ties
        answered = ties.answered(self.kinds)
        suggested = {
            "appointment": str(answered.pk) if answered else "",
            "workplace": str(answered.workplace_id or "") if answered else "",
        }
        super().__init__(*args, initial={**suggested, **(kwargs.pop("initial", None) or {})}, **kwargs)
        if ties.appointments:
            of_the_day = ("", gettext("The one planned for the day, if there is one"))
            none = (UNPLANNED, gettext("None of them"))
            self.offer("appointment", [of_the_day, none, *ties.appointment_choices()])
        else:
            del self.fields["appointment"]
        self._offer_workplaces(self._known())

    def _known(self) -> list[Workplace]:
        """The offered workplaces, with one that was found by a search before."""
        sent = self.data.get(self.add_prefix("workplace"), "") or str(self.initial.get("workplace", ""))
        known = list(self.ties.workplaces)
        if sent.isdigit() and int(sent) not in {row.pk for row in known}:
            known += Workplace.objects.visible_to(self.ties.viewer).filter(pk=int(sent))
        return known

    def _offer_workplaces(self, rows: list[Workplace]) -> None:
        self.workplaces = {str(row.pk): row for row in rows}
        self.offer("workplace", [("", gettext("None")), *((pk, row.name) for pk, row in self.workplaces.items())])

    def clean(self) -> dict[str, Any]:
        """A workplace that was searched for is found, or the ones that fit are offered."""
        cleaned = super().clean() or {}
        term = cleaned.get("search", "").strip()
        if term and not cleaned.get("workplace"):
            found = list(Workplace.objects.visible_to(self.ties.viewer).matching(term).order_by("name")[: OFFERED + 1])
            if len(found) == 1:
                self.workplaces[str(found[0].pk)] = found[0]
                cleaned["workplace"] = str(found[0].pk)
            elif not found:
                self.add_error("search", gettext("No workplace fits. Write at least three letters of its name."))
            else:
                self._offer_workplaces([*self.workplaces.values(), *found[:OFFERED]])
                self.add_error("workplace", gettext("More than one workplace fits. Choose it here."))
        return cleaned

    @property
    def chosen_appointment(self) -> Appointment | None:
        """The appointment the contact answers."""
        chosen = self.cleaned_data.get("appointment", "")
        return next((row for row in self.ties.appointments if str(row.pk) == chosen), None)

    @property
    def unplanned(self) -> bool:
        """Whether the contact is said to answer no appointment."""
        return self.cleaned_data.get("appointment", "") == UNPLANNED

    @property
    def chosen_workplace(self) -> Workplace | None:
        """The workplace the contact is about."""
        return self.workplaces.get(self.cleaned_data.get("workplace", ""))


class TiedConversationForm(ConversationForm, Tied):
    """A conversation that may answer an appointment and be about a workplace."""

    more = (*TIES, *ConversationForm.more)
    more_label = _("Change time, participants, workplace or appointment")
    kinds = frozenset({ContactKind.FIRST_CONVERSATION, ContactKind.CONVERSATION})


class TiedContactForm(ContactForm, Tied):
    """A call, a text message or an e-mail that may answer an appointment and be about a workplace."""

    more = (*TIES, *ContactForm.more)
    more_label = _("Change time, workplace or add more")
    kinds = frozenset({ContactKind.CONTACT})


class VisitForm(Tied):
    """A taster visit: where, and what it showed about tasks, sector and size (CON-21)."""

    more = ("search", "appointment", "day", "time", "people", "others", "next_step", "next_step_on")
    more_label = _("Another workplace, time, participants or next step")
    kinds = frozenset({ContactKind.TASTER_VISIT})

    tasks = text_field(_("What did the tasks show?"), 300, rows=2)
    sector = text_field(_("What did the sector show?"), 300, required=False, rows=2)
    size = text_field(_("What did the size of the workplace show?"), 300, required=False, rows=2)
    people = forms.MultipleChoiceField(label=_("Who took part?"), widget=forms.CheckboxSelectMultiple)
    others = text_field(_("Others who took part"), 240, required=False, help_text=_("Names with a comma between."))
    next_step = text_field(_("Next step"), 160, required=False)
    next_step_on = day_field(_("When is the next step?"), required=False)

    def __init__(self, *args: Any, seen: Around, **kwargs: Any) -> None:
        suggested = {
            "day": seen.today,
            "time": seen.now.time().replace(second=0, microsecond=0),
            "people": [CITIZEN, *([str(seen.jobformidler.user_id)] if seen.jobformidler else [])],
            "next_step_on": seen.today + dt.timedelta(days=7),
        }
        super().__init__(*args, initial={**suggested, **(kwargs.pop("initial", None) or {})}, **kwargs)
        self.offer("people", participant_choices(seen))
        self.fields["workplace"].label = gettext("Which workplace did you visit?")

    def clean(self) -> dict[str, Any]:
        """A visit has a workplace, and a step a day."""
        cleaned = super().clean() or {}
        if not cleaned.get("workplace") and not self.errors.keys() & {"workplace", "search"}:
            self.add_error("workplace", gettext("Choose the workplace, or search for it below."))
            self.add_error("search", gettext("Write the name of the workplace here."))
        if cleaned.get("next_step") and not cleaned.get("next_step_on"):
            self.add_error("next_step_on", gettext("Choose a day for the next step."))
        return cleaned
