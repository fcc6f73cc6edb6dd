""" "Skriv til os": a message with a promise of when the answer comes, and the answers (CON-05, CIT-13)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobformidler.casework import actions, words
from jobformidler.casework.enums import CaseStatus, Part
from jobformidler.casework.models import Appointment, Case, Enquiry
from jobformidler.citizens.models import Citizen
from jobformidler.core import clock
from jobformidler.web.cases.words import capital
from jobformidler.web.guards import own_page
from jobformidler.web.http import Request
from jobformidler.web.me.helper import helper_of
from jobformidler.web.me.own_case import own_case
from jobformidler.web.me.own_forms import MessageForm
from jobformidler.web.saving import save

#: So many of the citizen's own messages are shown.
LATEST = 10


@own_page("write to us")
def write_to_us(request: Request, citizen: Citizen) -> HttpResponse:
    """Write, and read the answers."""
    now = clock.now()
    case = own_case(citizen)
    writes = case is not None and case.status != CaseStatus.CLOSED
    form = MessageForm(request.POST if request.method == "POST" else None, initial=_about(request, case))
    if request.method == "POST" and case is not None and form.is_valid():
        saved = save(
            form,
            request,
            actions.receive_enquiry,
            case=case,
            sender=Part.CITIZEN,
            sender_name=citizen.full_name,
            received_at=now,
            **form.cleaned_data,
        )
        if saved:
            said = _("Thank you. You get an answer no later than %(moment)s.")
            messages.success(request, said % {"moment": words.exact_moment(saved.result.due_at)})
            return HttpResponseRedirect(reverse("write_to_us"))
    context = {
        "citizen": citizen,
        "municipality": citizen.municipality,
        "form": form,
        "writes": writes,
        "helper": helper_of(citizen, case, clock.local_date(now)),
        "messages_sent": [_message(row, now) for row in _mine(case)] if case else [],
    }
    return render(request, "me/write.html", context)


def _mine(case: Case) -> list[Enquiry]:
    rows = Enquiry.objects.filter(case=case, sender=Part.CITIZEN).select_related("answered_by")
    return list(rows.order_by("-received_at", "-pk")[:LATEST])


def _message(row: Enquiry, now: Any) -> dict[str, str]:
    """A message and what came of it, in words."""
    if row.answered_at and row.answered_by:
        state = _("%(name)s answered %(moment)s:") % {
            "name": row.answered_by.first_name,
            "moment": words.moment_name(row.answered_at, now),
        }
    else:
        state = _("You get an answer no later than %(moment)s.") % {"moment": words.moment_name(row.due_at, now)}
    return {
        "when": capital(words.moment_name(row.received_at, now)),
        "text": str(row.text),
        "state": state,
        "answer": str(row.answer or ""),
    }


def _about(request: Request, case: Case | None) -> dict[str, str]:
    """The first words of a message about an appointment that does not suit."""
    asked = request.GET.get("moede", "")
    if case is None or not asked.isdigit():
        return {}
    found = Appointment.objects.filter(pk=int(asked), case=case).first()
    if found is None:
        return {}
    return {"text": _("%(moment)s does not suit me.") % {"moment": capital(words.exact_moment(found.at))} + " "}
