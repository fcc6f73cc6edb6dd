"""Registering in a case: conversation, contact, note, attendance, promise, appointment, enquiry."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jobformidler.accounts.models import User
from jobformidler.casework import actions
from jobformidler.casework.actions import Person
from jobformidler.casework.enums import CaseRole, ContactKind, Part
from jobformidler.casework.models import Appointment, Case, Contact, Enquiry, JournalNote, Promise
from jobformidler.casework.reachable import known_email
from jobformidler.citizens.health import is_close
from jobformidler.core import clock
from jobformidler.web import danish
from jobformidler.web.cases.formpage import done, form_page
from jobformidler.web.cases.forms.contact import (
    CITIZEN,
    AnswerForm,
    AppointmentForm,
    EnquiryForm,
    IncidentForm,
    KeptForm,
    NoteForm,
    PromiseForm,
    raised,
    unique,
)
from jobformidler.web.cases.forms.tied import TiedContactForm, TiedConversationForm
from jobformidler.web.cases.guarding import enquiry_page
from jobformidler.web.cases.layout import Around, around
from jobformidler.web.cases.ties import answers_words, ties
from jobformidler.web.cases.words import moment_words
from jobformidler.web.guards import case_page
from jobformidler.web.http import Request

PARTS = {
    CaseRole.JOBFORMIDLER: Part.JOBFORMIDLER,
    CaseRole.COVER: Part.JOBFORMIDLER,
    CaseRole.CASEWORKER: Part.CASEWORKER,
}


def case_url(case: Case) -> str:
    """The first page of the case."""
    return reverse("case", args=[case.pk])


def first_held(case: Case) -> bool:
    """Whether the first conversation is registered."""
    return Contact.objects.standing().filter(case=case, kind=ContactKind.FIRST_CONVERSATION).exists()


def participants(seen: Around, chosen: list[str], others: str = "") -> list[Person]:
    """The people ticked on the form, each as what they took part."""
    members = {str(person.user_id): person for person in unique(seen.people)}
    users = User.objects.in_bulk([int(pk) for pk in chosen if pk in members])
    found = [
        Person(PARTS.get(CaseRole(members[pk].role), Part.OTHER), members[pk].name, users[int(pk)])
        for pk in chosen
        if pk in members
    ]
    if CITIZEN in chosen:
        found.append(Person(Part.CITIZEN, seen.case.citizen.full_name))
    return found + [Person(Part.OTHER, name.strip()[:120]) for name in others.split(",") if name.strip()]


@case_page("conversation")
def conversation(request: Request, case: Case) -> HttpResponse:
    """Register a conversation; the first one with its checklist and the question of ordinary hours (CON-02, JF-11)."""
    now = clock.now()
    seen = around(case, now)
    first = not first_held(case)
    tied = ties(case, request.viewer, now, request.GET.get("aftale", ""))
    form = TiedConversationForm(request.POST or None, seen=seen, first=first, ties=tied)

    def act(sent: Any) -> object:
        values = sent.answers("channel", "initiator", "place", "purpose", "agreements", "next_step")
        return actions.register_contact(
            case=case,
            kind=ContactKind.FIRST_CONVERSATION if first else ContactKind.CONVERSATION,
            held_at=sent.held_at,
            participants=participants(seen, sent.cleaned_data["people"], sent.cleaned_data["others"]),
            ordinary_hours_raised=raised(sent.cleaned_data["hours"]),
            meeting_holder=sent.meeting_holder,
            ticked=sent.codes,
            next_step_on=sent.cleaned_data["next_step_on"] if values["next_step"] else None,
            appointment=sent.chosen_appointment,
            unplanned=sent.unplanned,
            workplace=sent.chosen_workplace,
            by=request.user,
            at=now,
            **values,
        )

    name = case.citizen.short_name
    title = _("First conversation with %(name)s") if first else _("Conversation with %(name)s")
    return form_page(
        request,
        form,
        act,
        title=title % {"name": name},
        said=_("The conversation with %(name)s is registered.") % {"name": name},
        back=case_url(case),
        submit=_("Save the conversation"),
        context={"form_lead": f"{form.summary()} {answers_words(tied.answered(form.kinds), seen.today)}".strip()},
    )


@case_page("contact")
def contact(request: Request, case: Case) -> HttpResponse:
    """Log a call, a text message or an e-mail."""
    now = clock.now()
    seen = around(case, now)
    tied = ties(case, request.viewer, now, request.GET.get("aftale", ""))
    form = TiedContactForm(request.POST or None, seen=seen, ties=tied)

    def act(sent: Any) -> object:
        values = sent.answers("channel", "initiator", "purpose", "agreements", "next_step")
        return actions.register_contact(
            case=case,
            kind=ContactKind.CONTACT,
            held_at=sent.held_at,
            ordinary_hours_raised=raised(sent.cleaned_data["hours"]),
            next_step_on=sent.cleaned_data["next_step_on"] if values["next_step"] else None,
            appointment=sent.chosen_appointment,
            unplanned=sent.unplanned,
            workplace=sent.chosen_workplace,
            by=request.user,
            at=now,
            **values,
        )

    name = case.citizen.short_name
    return form_page(
        request,
        form,
        act,
        title=_("Contact with %(name)s") % {"name": name},
        said=_("The contact with %(name)s is registered.") % {"name": name},
        back=case_url(case),
        submit=_("Save the contact"),
        context={
            "form_lead": format_html(
                '{} <a href="{}">{}</a>',
                answers_words(tied.answered(form.kinds), seen.today),
                reverse("case_visit", args=[case.pk]),
                _("Was it a taster visit?"),
            )
        },
    )


@case_page("note")
def note(request: Request, case: Case) -> HttpResponse:
    """Write a journal note, or one that corrects an earlier one (GOV-11)."""
    asked = request.GET.get("retter") or request.POST.get("retter") or ""
    close = is_close(request.viewer, case.citizen)
    notes = (
        JournalNote.objects.filter(case=case) if close else JournalNote.objects.filter(case=case, confidential=False)
    )
    earlier = get_object_or_404(notes, pk=asked) if asked.isdigit() else None
    secret = earlier is not None and earlier.confidential
    form = NoteForm(
        request.POST or None, close=close and not secret, initial={"confidential": "fortroligt" in request.GET}
    )

    def act(sent: Any) -> object:
        return actions.write_note(
            case=case,
            text=sent.cleaned_data["text"],
            corrects=earlier,
            confidential=sent.cleaned_data.get("confidential", False),
            by=request.user,
            at=clock.now(),
        )

    lead = (
        _("Corrects the note of %(day)s: “%(text)s”")
        % {"day": danish.day_near(earlier.at, year=True), "text": earlier.words[:200]}
        if earlier
        else ""
    )
    return form_page(
        request,
        form,
        act,
        title=_("Note that corrects") if earlier else _("Note about %(name)s") % {"name": case.citizen.short_name},
        said=_("The note is written."),
        back=case_url(case),
        submit=_("Write the note"),
        context={"form_lead": lead, "action_url": request.get_full_path()},
    )


@case_page("incident")
def incident(request: Request, case: Case) -> HttpResponse:
    """Note an attendance fact (CIT-16)."""
    form = IncidentForm(request.POST or None, initial={"on": clock.today(), "reporter": request.user.name})

    def act(sent: Any) -> object:
        return actions.report_incident(
            case=case, **sent.answers("kind", "on", "what", "reporter"), by=request.user, at=clock.now()
        )

    return form_page(
        request,
        form,
        act,
        title=_("Attendance"),
        said=_("The event is noted."),
        back=case_url(case),
        submit=_("Save"),
    )


@case_page("promise")
def promise(request: Request, case: Case) -> HttpResponse:
    """Write down what somebody has promised."""
    now = clock.now()
    seen = around(case, now)
    form = PromiseForm(request.POST or None, seen=seen, initial={"who": str(request.user.pk)})

    def act(sent: Any) -> object:
        who = sent.cleaned_data["who"]
        owner = User.objects.get(pk=int(who)) if who.isdigit() else None
        name = case.citizen.full_name if who == CITIZEN else sent.cleaned_data["other"]
        return actions.add_promise(
            case=case,
            what=sent.cleaned_data["what"],
            due_on=sent.cleaned_data["due_on"],
            owner=owner,
            owner_name=name,
            by=request.user,
            at=now,
        )

    return form_page(
        request,
        form,
        act,
        title=_("Promise"),
        said=_("The promise is written down."),
        back=case_url(case),
        submit=_("Save the promise"),
    )


@case_page("promise: kept")
def keep(request: Request, case: Case, row_pk: int) -> HttpResponse:
    """Note that a promise was kept, today unless another day is said."""
    row = get_object_or_404(Promise.objects.standing(), pk=row_pk, case=case, kept_on=None)
    now = clock.now()
    sent = {"on": now.date().isoformat(), **request.POST.dict()} if request.method == "POST" else None

    def act(form: Any) -> object:
        return actions.keep_promise(promise=row, on=form.cleaned_data["on"], by=request.user, at=now)

    return form_page(
        request,
        KeptForm(sent, initial={"on": now.date()}),
        act,
        title=_("Is the promise kept?"),
        said=_("The promise is kept."),
        back=case_url(case),
        submit=_("It is kept"),
        context={"form_lead": f"{row.what} ({row.owner_name})"},
    )


@case_page("appointment")
def appointment(request: Request, case: Case) -> HttpResponse:
    """Plan something that is to take place; shows what is planned already."""
    now = clock.now()
    seen = around(case, now)
    form = AppointmentForm(request.POST or None, seen=seen, first=not first_held(case))

    def act(sent: Any) -> object:
        chosen = [int(pk) for pk in sent.cleaned_data["people"]]
        return actions.plan_appointment(
            case=case,
            when=sent.at,
            users=list(User.objects.filter(pk__in=chosen)),
            **sent.answers("kind", "what", "where", "without_jobformidler_reason"),
            by=request.user,
            at=now,
        )

    return form_page(
        request,
        form,
        act,
        title=_("Appointment with %(name)s") % {"name": case.citizen.short_name},
        said=_("The appointment is made."),
        back=case_url(case),
        submit=_("Save the appointment"),
        template="cases/appointment.html",
        context={
            "planned": [{**item, "when": moment_words(item["at"], seen.today)} for item in seen.appointments],
        },
    )


@case_page("appointment: cancel")
@require_POST
def cancel(request: Request, case: Case, row_pk: int) -> HttpResponse:
    """Cancel a planned appointment."""
    row = get_object_or_404(Appointment, pk=row_pk, case=case)
    actions.cancel_appointment(appointment=row, by=request.user, at=clock.now())
    return done(request, _("The appointment is cancelled."), case_url(case))


@case_page("enquiry")
def enquiry_new(request: Request, case: Case) -> HttpResponse:
    """Register a message that came in by phone, by mail or in person, with its clock (CON-05)."""
    now = clock.now()
    seen = around(case, now)
    initial: dict[str, Any] = {
        "sender": Part.CITIZEN,
        "sender_name": case.citizen.full_name,
        "day": seen.today,
        "time": now.time().replace(second=0, microsecond=0),
    }
    form = EnquiryForm(request.POST or None, initial=initial)

    def act(sent: Any) -> Enquiry:
        values = sent.answers("sender", "sender_name", "text")
        at_work = seen.placement.workplace if values["sender"] == Part.EMPLOYER and seen.placement else None
        return actions.receive_enquiry(
            case=case, received_at=sent.held_at, workplace=at_work, by=request.user, at=now, **values
        )

    return form_page(
        request,
        form,
        act,
        title=_("A message has come in"),
        said=lambda row: (
            _("The message is registered. Answer no later than %(when)s.")
            % {"when": moment_words(row.due_at, seen.today)}
        ),
        back=case_url(case),
        submit=_("Save the message"),
    )


@enquiry_page("enquiry: answer")
def enquiry_answer(request: Request, enquiry: Enquiry) -> HttpResponse:
    """Answer a message inside the promised time; the answer is also sent by mail to who wrote."""
    case, now = enquiry.case, clock.now()
    first = enquiry.sender_name.split(" ")[0]
    email = known_email(enquiry)
    form = AnswerForm(request.POST or None, to=first, email=email)

    def act(sent: Any) -> object:
        return actions.answer_enquiry(
            enquiry=enquiry, answer=sent.cleaned_data["answer"], send=sent.sends, by=request.user, at=now
        )

    def said(_answered: Any) -> str:
        text = _("The answer is sent to %(name)s.") if form.sends else _("%(name)s is answered.")
        return text % {"name": first}

    today = now.date()
    return form_page(
        request,
        form,
        act,
        title=_("Answer %(name)s") % {"name": first},
        said=said,
        back=case_url(case),
        submit=_("Send the answer") if email else _("Save the answer"),
        template="cases/enquiry.html",
        context={
            "enquiry": enquiry,
            "received": moment_words(enquiry.received_at, today),
            "due": moment_words(enquiry.due_at, today),
            "overdue": enquiry.answered_at is None and enquiry.due_at < now,
            "answered": moment_words(enquiry.answered_at, today) if enquiry.answered_at else "",
        },
    )
