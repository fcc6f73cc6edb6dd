"""Conversation, contact, note, enquiry, appointment, promise and attendance."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jobformidler.casework.enums import MEETING_KINDS, Channel, ContactKind, IncidentKind, Initiator, Part
from jobformidler.casework.next_steps import to_start_the_cv
from jobformidler.core import clock, lists
from jobformidler.registers.enums import MeetingHolder
from jobformidler.web.cases.forms.base import CaseForm, TimeInput, day_field, moment, text_field
from jobformidler.web.cases.layout import Around, Member
from jobformidler.web.cases.words import capital, joined, moment_words

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
#: The item of the first conversation's checklist that is a question of its own.
ORDINARY_HOURS = "ordinary_hours"
WHOLE_LIST = "whole-list"
#: Whether a conversation was a statutory contact meeting, and who held it (CON-13).
AS_THEY_SAY, NO_MEETING = "", "none"
CITIZEN = "citizen"


class WhenForm(CaseForm):
    """A registration with a day and a time of day, pre-filled with now."""

    day = day_field(_("Day"))
    time = forms.TimeField(
        label=_("Time"), widget=TimeInput(), error_messages={"invalid": _("Write the time as 9.30.")}
    )

    def clean(self) -> dict[str, Any]:
        """Nothing that has happened lies ahead."""
        cleaned = super().clean() or {}
        if cleaned.get("day") and cleaned.get("time") and self.held_at > clock.now():
            self.add_error("day", gettext("This lies ahead. Make an appointment instead."))
        return cleaned

    @property
    def held_at(self) -> dt.datetime:
        """When it took place."""
        return moment(self.cleaned_data["day"], self.cleaned_data["time"])


def participant_choices(seen: Around) -> list[tuple[str, str]]:
    """The citizen and those who fill a role in the case."""
    return [
        (CITIZEN, seen.case.citizen.full_name),
        *((str(person.user_id), person.name) for person in unique(seen.people)),
    ]


def unique(people: list[Member]) -> list[Member]:
    """Each person once, in the order of their roles."""
    found: dict[int, Member] = {}
    for person in people:
        found.setdefault(person.user_id, person)
    return list(found.values())


class ConversationForm(WhenForm):
    """A conversation with the citizen: five questions, the rest is filled in beforehand and unfolds."""

    more: tuple[str, ...] = ("day", "time", "channel", "people", "others", "place", "purpose", "initiator", "meeting")
    more_label = _("Change time, participants or place")
    side_by_side = ("hours",)

    hours = forms.ChoiceField(label=_("Did you talk about ordinary hours?"), choices=YES_NO, widget=forms.RadioSelect)
    ticked = forms.MultipleChoiceField(
        label=_("What did you talk about?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    agreements = text_field(_("What did you agree?"), 4000, required=False, rows=3)
    next_step = text_field(_("Next step"), 160, required=False)
    next_step_on = day_field(_("When is the next step?"), required=False)
    channel = forms.ChoiceField(label=_("How did you meet?"), choices=Channel.choices)
    people = forms.MultipleChoiceField(label=_("Who took part?"), widget=forms.CheckboxSelectMultiple)
    others = text_field(_("Others who took part"), 240, required=False, help_text=_("Names with a comma between."))
    place = text_field(_("Where?"), 120, required=False)
    purpose = text_field(
        _("What was it for?"), 160, required=False, help_text=_("Write why, if the citizen was not there.")
    )
    initiator = forms.ChoiceField(label=_("Who took the initiative?"), choices=Initiator.choices)
    meeting = forms.ChoiceField(
        label=_("Who held it as a contact meeting?"),
        required=False,
        choices=[
            (AS_THEY_SAY, _("As those who took part say")),
            *MeetingHolder.choices,
            (NO_MEETING, _("It was no contact meeting")),
        ],
    )

    def __init__(self, *args: Any, seen: Around, first: bool, **kwargs: Any) -> None:
        self.seen, self.first = seen, first
        now = seen.now
        suggested = {
            "day": seen.today,
            "time": now.time().replace(second=0, microsecond=0),
            "channel": Channel.MEETING,
            "initiator": Initiator.JOBFORMIDLER,
            "people": [CITIZEN, *(str(person.user_id) for person in seen.tandem)],
            "next_step": to_start_the_cv() if first else "",
            "next_step_on": seen.today + dt.timedelta(days=7),
        }
        super().__init__(*args, initial={**suggested, **(kwargs.pop("initial", None) or {})}, **kwargs)
        items = [(code, text) for code, text in lists.choices("first_conversation") if code != ORDINARY_HOURS]
        if first and items:
            self.offer("ticked", [(WHOLE_LIST, gettext("The whole list")), *items])
            self.items = [code for code, _text in items]
        else:
            del self.fields["ticked"]
            self.items = []
        self.offer("people", participant_choices(seen))
        self.fields["next_step"].required = self.fields["next_step_on"].required = first

    def summary(self) -> str:
        """What is filled in beforehand, as a sentence."""
        names = [self.seen.case.citizen.short_name, *(person.first_name for person in self.seen.tandem)]
        return gettext("%(when)s. %(names)s took part.") % {
            "when": capital(moment_words(self.seen.now, self.seen.today)),
            "names": joined(names),
        }

    def clean(self) -> dict[str, Any]:
        """A step has a day; a conversation about the citizen without them says why (CON-14)."""
        cleaned = super().clean() or {}
        if cleaned.get("next_step") and not cleaned.get("next_step_on"):
            self.add_error("next_step_on", gettext("Choose a day for the next step."))
        if "people" in cleaned and CITIZEN not in cleaned["people"] and not cleaned.get("purpose"):
            self.add_error("purpose", gettext("Write why the citizen was not there."))
        return cleaned

    @property
    def meeting_holder(self) -> str | None:
        """Who held it as a contact meeting, empty when it was none, None as those who took part say."""
        return holder_said(self.cleaned_data.get("meeting", AS_THEY_SAY))

    @property
    def codes(self) -> list[str]:
        """What was talked about, as codes of the checklist."""
        ticked = self.cleaned_data.get("ticked", [])
        return self.items if WHOLE_LIST in ticked else ticked


class ContactForm(WhenForm):
    """A call, a text message or an e-mail, logged in one line."""

    more: tuple[str, ...] = ("day", "time", "initiator", "purpose", "hours", "next_step_on")
    more_label = _("Change time or add more")
    side_by_side = ("channel",)

    channel = forms.ChoiceField(
        label=_("How were you in contact?"),
        choices=[choice for choice in Channel.choices if choice[0] not in (Channel.MEETING, Channel.VIDEO)],
        widget=forms.RadioSelect,
    )
    agreements = text_field(_("What was it about?"), 4000, rows=2)
    next_step = text_field(_("Next step"), 160, required=False)
    next_step_on = day_field(_("When is the next step?"), required=False)
    initiator = forms.ChoiceField(label=_("Who took the initiative?"), choices=Initiator.choices)
    purpose = text_field(_("What was it for?"), 160, required=False)
    hours = forms.ChoiceField(
        label=_("Did you talk about ordinary hours?"),
        choices=[("", _("Not relevant")), *YES_NO],
        required=False,
    )

    def __init__(self, *args: Any, seen: Around, **kwargs: Any) -> None:
        suggested = {
            "day": seen.today,
            "time": seen.now.time().replace(second=0, microsecond=0),
            "channel": Channel.PHONE,
            "initiator": Initiator.JOBFORMIDLER,
            "next_step_on": seen.today + dt.timedelta(days=7),
        }
        super().__init__(*args, initial={**suggested, **(kwargs.pop("initial", None) or {})}, **kwargs)


def holder_said(answer: str) -> str | None:
    """The answer of a form about who held a contact meeting, as the action takes it."""
    return {AS_THEY_SAY: None, NO_MEETING: ""}.get(answer, answer)


def raised(answer: str) -> bool | None:
    """ "yes", "no" or nothing said, as a truth value."""
    return {"yes": True, "no": False}.get(answer)


class NoteForm(CaseForm):
    """A journal note: dated, signed and never changed (GOV-11)."""

    text = text_field(
        _("Note"), 4000, rows=6, help_text=_("The note cannot be changed or removed. A new note corrects it.")
    )
    confidential = forms.BooleanField(
        label=_("Confidential"),
        required=False,
        help_text=_("Only the jobformidler and the caseworker can read it. It is kept encrypted."),
    )

    def __init__(self, *args: Any, close: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not close:
            del self.fields["confidential"]


class IncidentForm(CaseForm):
    """An attendance fact, without judgement (CIT-16)."""

    kind = forms.ChoiceField(label=_("What kind?"), choices=IncidentKind.choices, widget=forms.RadioSelect)
    on = day_field(_("Which day?"))
    what = text_field(
        _("What happened?"), 300, required=False, rows=2, help_text=_("Facts only, never why somebody was ill.")
    )
    reporter = text_field(_("Who reported it?"), 120, wide=False)


class PromiseForm(CaseForm):
    """Something somebody promises in the case."""

    what = text_field(_("What is promised?"), 160)
    who = forms.ChoiceField(label=_("Who has promised it?"))
    other = text_field(_("Name"), 120, required=False, wide=False, help_text=_("Only when you chose somebody else."))
    due_on = day_field(_("No later than"), required=False)

    def __init__(self, *args: Any, seen: Around, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(
            "who",
            [
                *participant_choices(seen)[1:],
                (CITIZEN, seen.case.citizen.full_name),
                ("other", gettext("Somebody else")),
            ],
        )

    def clean(self) -> dict[str, Any]:
        """Somebody else has a name."""
        cleaned = super().clean() or {}
        if cleaned.get("who") == "other" and not cleaned.get("other"):
            self.add_error("other", gettext("Write the name."))
        return cleaned


class KeptForm(CaseForm):
    """When a promise was kept."""

    on = day_field(_("When was it kept?"))


class AppointmentForm(CaseForm):
    """Something that is to take place."""

    more: tuple[str, ...] = ("kind", "people", "without_jobformidler_reason")
    more_label = _("Change kind or participants")
    what = text_field(_("What is it about?"), 160)
    day = day_field(_("Day"))
    time = forms.TimeField(
        label=_("Time"), widget=TimeInput(), error_messages={"invalid": _("Write the time as 9.30.")}
    )
    where = text_field(_("Where?"), 120, required=False)
    kind = forms.ChoiceField(label=_("Kind"))
    people = forms.MultipleChoiceField(
        label=_("Which employees take part?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    without_jobformidler_reason = text_field(_("Why the jobformidler does not take part"), 200, required=False)

    def __init__(self, *args: Any, seen: Around, first: bool, **kwargs: Any) -> None:
        suggested = {
            "kind": ContactKind.FIRST_CONVERSATION if first else ContactKind.CONVERSATION,
            "what": gettext("First conversation") if first else "",
            "people": [str(person.user_id) for person in unique(seen.people)],
            "day": seen.today + dt.timedelta(days=7),
            "time": dt.time(10),
        }
        super().__init__(*args, initial={**suggested, **(kwargs.pop("initial", None) or {})}, **kwargs)
        self.offer("people", participant_choices(seen)[1:])
        self.offer(
            "kind", [choice for choice in ContactKind.choices if first or choice[0] != ContactKind.FIRST_CONVERSATION]
        )

    @property
    def at(self) -> dt.datetime:
        """When it is to take place."""
        return moment(self.cleaned_data["day"], self.cleaned_data["time"])


class EnquiryForm(WhenForm):
    """A message that has come in, from the citizen or a workplace (CON-05)."""

    more: tuple[str, ...] = ("day", "time")
    more_label = _("It came at another time")
    side_by_side = ("sender",)
    sender = forms.ChoiceField(
        label=_("Who wrote or called?"),
        choices=[c for c in Part.choices if c[0] in (Part.CITIZEN, Part.EMPLOYER, Part.OTHER)],
        widget=forms.RadioSelect,
    )
    sender_name = text_field(_("Name"), 120, wide=False)
    text = text_field(_("What did they write or say?"), 4000, rows=4)


class AnswerForm(CaseForm):
    """The answer to an enquiry."""

    answer = text_field(_("Your answer"), 4000, rows=4)
    send = forms.BooleanField(label=_("Send it by e-mail too"), required=False, initial=True)

    def __init__(self, *args: Any, to: str, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].label = gettext("Answer to %(name)s") % {"name": to}
        if email:
            self.fields["send"].help_text = gettext("To %(email)s.") % {"email": email}
        else:
            del self.fields["send"]
            self.fields["answer"].help_text = gettext("We know no e-mail. Call or write, and note here what you said.")

    @property
    def sends(self) -> bool:
        """Whether the answer goes out by e-mail."""
        return bool(self.cleaned_data.get("send"))


class ReasonForm(CaseForm):
    """Why a registration is withdrawn."""

    reason = text_field(
        _("Why is it withdrawn?"), 300, help_text=_("It stays in the timeline, crossed out, with your reason.")
    )


class CorrectContactForm(CaseForm):
    """A wrong conversation or contact put right; the old values stay in the history."""

    agreements = text_field(_("What did you agree?"), 4000, required=False, rows=3)
    day = day_field(_("Day"))
    time = forms.TimeField(label=_("Time"), widget=TimeInput())
    hours = forms.ChoiceField(
        label=_("Did you talk about ordinary hours?"), choices=[("", _("Not relevant")), *YES_NO], required=False
    )
    meeting = forms.ChoiceField(
        label=_("Who held it as a contact meeting?"),
        required=False,
        choices=[("", _("It was no contact meeting")), *MeetingHolder.choices],
    )
    reason = text_field(_("Why is it corrected?"), 300)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind not in MEETING_KINDS:
            del self.fields["meeting"]
