"""The timeline of a case, and putting a wrong registration right: withdraw or correct, with a reason."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jobformidler.casework import actions, timeline
from jobformidler.casework import event_kinds as kinds
from jobformidler.casework.models import Case, Contact, Exemption, Incident, PlanActivity, Promise, SubGoal
from jobformidler.casework.timeline import Entry
from jobformidler.citizens import event_kinds as citizen_kinds
from jobformidler.citizens.models import Competence, Consideration, TaskAbility, Wish
from jobformidler.core import clock
from jobformidler.web import danish
from jobformidler.web.cases.formpage import form_page
from jobformidler.web.cases.forms.base import moment
from jobformidler.web.cases.forms.contact import CorrectContactForm, ReasonForm, raised
from jobformidler.web.cases.layout import around, show
from jobformidler.web.cases.words import day_words
from jobformidler.web.guards import case_page
from jobformidler.web.http import Request

#: Word in the address → what is withdrawn, and how it is found from the case.
WITHDRAWN: dict[str, tuple[Any, str]] = {
    "samtale": (Contact, "case"),
    "fremmoede": (Incident, "case"),
    "loefte": (Promise, "case"),
    "undtagelse": (Exemption, "case"),
    "skridt": (SubGoal, "goal__plan__case"),
    "aktivitet": (PlanActivity, "plan__case"),
    "kompetence": (Competence, "citizen__cases"),
    "hensyn": (Consideration, "citizen__cases"),
    "opgave": (TaskAbility, "citizen__cases"),
    "oenske": (Wish, "citizen__cases"),
}


@case_page("timeline: withdraw")
def withdraw(request: Request, case: Case, word: str, row_pk: int) -> HttpResponse:
    """Withdraw a wrong registration; it stays in the timeline, struck out with the reason."""
    if word not in WITHDRAWN:
        raise Http404
    model, of = WITHDRAWN[word]
    row = get_object_or_404(model, pk=row_pk, withdrawn_at=None, **{of: case})

    def act(sent: Any) -> object:
        return actions.withdraw(row=row, reason=sent.cleaned_data["reason"], by=request.user, at=clock.now())

    return form_page(
        request,
        ReasonForm(request.POST or None),
        act,
        title=_("Withdraw a registration"),
        said=_("The registration is withdrawn."),
        back=reverse("case_timeline", args=[case.pk]),
        submit=_("Withdraw"),
        tab="case_timeline",
        context={"form_lead": named(row)},
    )


def named(row: Any) -> str:
    """What is about to be withdrawn, as a sentence."""
    if isinstance(row, Contact):
        return f"{row.get_kind_display()}, {danish.day_near(row.at, year=True)}"
    if isinstance(row, Incident):
        return f"{row.get_kind_display()}, {danish.day_near(row.on, year=True)}"
    return str(row.what if isinstance(row, Promise) else row.text)


@case_page("timeline: correct")
def correct(request: Request, case: Case, row_pk: int) -> HttpResponse:
    """Correct a wrong conversation or contact, with a reason; a stale save shows both values."""
    row = get_object_or_404(Contact.objects.standing(), pk=row_pk, case=case)
    local = timezone.localtime(row.at)
    form = CorrectContactForm(
        request.POST or None,
        kind=row.kind,
        initial={
            "meeting": row.meeting_holder,
            "agreements": row.agreements,
            "day": local.date(),
            "time": local.time(),
            "hours": {True: "yes", False: "no", None: ""}[row.ordinary_hours_raised],
            "version": row.version,
        },
    )

    def act(sent: Any) -> object:
        typed = sent.cleaned_data
        held_at = moment(typed["day"], typed["time"])
        same_minute = held_at == row.at.replace(second=0, microsecond=0)
        return actions.correct_contact(
            contact=row,
            version=typed["version"],
            reason=typed["reason"],
            at=clock.now(),
            by=request.user,
            agreements=typed["agreements"],
            ordinary_hours_raised=raised(typed["hours"]),
            meeting_holder=typed.get("meeting", ""),
            **({} if same_minute else {"held_at": held_at}),
        )

    return form_page(
        request,
        form,
        act,
        title=_("Correct a registration"),
        said=_("The registration is corrected."),
        back=reverse("case_timeline", args=[case.pk]),
        submit=_("Save the correction"),
        row=row,
        tab="case_timeline",
        context={"form_lead": named(row)},
    )


#: Kinds of events that begin a registration → word of what may be withdrawn.
BEGINS = {
    **dict.fromkeys(kinds.OF_CONTACT.values(), "samtale"),
    kinds.INCIDENT_REPORTED: "fremmoede",
    kinds.PROMISE_MADE: "loefte",
    kinds.SUB_GOAL_ADDED: "skridt",
    kinds.ACTIVITY_ADDED: "aktivitet",
    citizen_kinds.COMPETENCE_ADDED: "kompetence",
    citizen_kinds.CONSIDERATION_ADDED: "hensyn",
    citizen_kinds.ABILITY_ADDED: "opgave",
    citizen_kinds.WISH_ADDED: "oenske",
}
#: What somebody said or wrote is told in full; the rest of the stream is one quiet line each.
SPOKEN = frozenset(
    {
        *kinds.OF_CONTACT.values(),
        kinds.ENQUIRY_RECEIVED,
        kinds.ENQUIRY_ANSWERED,
        kinds.NOTE_WRITTEN,
        kinds.NOTE_CORRECTED,
        kinds.INCIDENT_REPORTED,
        kinds.WITHDRAWN,
        citizen_kinds.REGISTRATION_WITHDRAWN,
    }
)
NOTES = (kinds.NOTE_WRITTEN, kinds.NOTE_CORRECTED)


def group_names() -> dict[str, str]:
    """The filter's groups in words."""
    return {
        "conversation": _("Conversations"),
        "contact": _("Contacts and appointments"),
        "plan": _("Plan and CV"),
        "placement": _("Placements"),
        "hours": _("Hours"),
        "people": _("People"),
        "note": _("Notes"),
        "case": _("The case"),
        "employer": _("Workplaces"),
        "other": _("Other"),
    }


def steps_of(case: Case, entry: Entry) -> list[tuple[str, str]]:
    """What can still be done about an entry: correct it, withdraw it, or write a note that corrects."""
    if entry.struck:
        return []
    found = []
    word = BEGINS.get(entry.kind)
    if word == "samtale":
        found.append((_("Correct"), reverse("contact_correct", args=[case.pk, entry.subject_id])))
        found.append((_("Copy sheet"), reverse("case_transfer", args=[case.pk, "samtale", entry.subject_id])))
    if word:
        found.append((_("Withdraw"), reverse("case_withdraw", args=[case.pk, word, entry.subject_id])))
    if entry.kind in NOTES:
        found.append(
            (_("Write a note that corrects"), f"{reverse('case_note', args=[case.pk])}?retter={entry.subject_id}")
        )
    return found


def entry_words(case: Case, entry: Entry, today: dt.date) -> dict[str, Any]:
    """An entry as the template draws it."""
    happened = entry.happened_at
    day = clock.local_date(happened) if isinstance(happened, dt.datetime) else happened
    at = day_words(day, today) if abs((day - today).days) < 2 else danish.day_short(day)
    if isinstance(happened, dt.datetime):
        at = f"{at} {danish.clock(happened)}"
    flag = ""
    if entry.kind == kinds.FIRST_CONVERSATION_HELD and entry.payload.get("tandem") is False:
        flag = _("One of the tandem was missing at the first conversation.")
    return {
        "entry": entry,
        "at": at,
        "iso": happened.isoformat(),
        "flag": flag,
        "spoken": entry.kind in SPOKEN,
        "steps": steps_of(case, entry),
    }


@case_page("timeline")
def timeline_page(request: Request, case: Case) -> HttpResponse:
    """One stream of what has happened, newest first; the filter and the page stand in the address."""
    names = group_names()
    group = request.GET.get("slags", "")
    group = group if group in names else ""
    before = request.GET.get("foer", "")
    seen = around(case, clock.now())
    page = timeline.page(case, group=group, before=int(before) if before.isdigit() else None)
    counted = timeline.groups(case)
    options = [("", _("Everything"), not group)]
    options += [(code, f"{names[code]} ({danish.number(number)})", code == group) for code, number in counted]
    context = {
        "filters": [
            {"label": _("Show"), "name": "slags", "value": names.get(group) or _("Everything"), "options": options}
        ],
        "entries": [entry_words(case, entry, seen.today) for entry in page.entries],
        "older": f"?{urlencode({'slags': group, 'foer': page.next})}" if page.next else "",
        "first_page": not before,
        "group": group,
    }
    return show(request, "cases/timeline.html", "case_timeline", context, seen=seen)
