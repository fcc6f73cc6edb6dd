"""A taster visit: what the citizen saw of tasks, sector and size of the workplace (CON-21), for the next match (MAT-08)."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from jobformidler.casework import actions
from jobformidler.casework.enums import Channel, ContactKind, Initiator
from jobformidler.casework.models import Case, Contact
from jobformidler.core import clock
from jobformidler.web.cases.formpage import form_page
from jobformidler.web.cases.forms.tied import VisitForm
from jobformidler.web.cases.layout import around
from jobformidler.web.cases.register import participants
from jobformidler.web.cases.ties import answers_words, ties
from jobformidler.web.guards import case_page
from jobformidler.web.http import Request


def outcome_text(tasks: str, sector: str, size: str) -> str:
    """The three parts of the outcome as they stand in the log: one line each, empty parts left out."""
    parts = ((_("Tasks"), tasks), (_("Line of business"), sector), (_("Size"), size))
    return "\n".join(f"{label}: {text.strip()}" for label, text in parts if text.strip())


def visits_taken_along(case: Case) -> list[str]:
    """What the citizen took home from each taster visit, the newest first, with the workplace's name."""
    rows = (
        Contact.objects.standing()
        .filter(case=case, kind=ContactKind.TASTER_VISIT)
        .exclude(agreements="")
        .select_related("workplace")
        .order_by("-at", "-pk")
    )
    return [
        ". ".join(filter(None, (row.workplace.name if row.workplace else "", *row.agreements.splitlines())))
        for row in rows
    ]


@case_page("taster visit")
def visit(request: Request, case: Case) -> HttpResponse:
    """Register a taster visit with its workplace and the three-part outcome."""
    now = clock.now()
    seen = around(case, now)
    tied = ties(case, request.viewer, now, request.GET.get("aftale", ""))
    form = VisitForm(request.POST or None, seen=seen, ties=tied)

    def act(sent: Any) -> object:
        values = sent.answers("next_step")
        return actions.register_contact(
            case=case,
            kind=ContactKind.TASTER_VISIT,
            held_at=sent.held_at,
            channel=Channel.MEETING,
            initiator=Initiator.JOBFORMIDLER,
            participants=participants(seen, sent.cleaned_data["people"], sent.cleaned_data["others"]),
            workplace=sent.chosen_workplace,
            appointment=sent.chosen_appointment,
            unplanned=sent.unplanned,
            agreements=outcome_text(**sent.answers("tasks", "sector", "size")),
            next_step_on=sent.cleaned_data["next_step_on"] if values["next_step"] else None,
            by=request.user,
            at=now,
            **values,
        )

    name = case.citizen.short_name
    return form_page(
        request,
        form,
        act,
        title=_("Taster visit with %(name)s") % {"name": name},
        said=_("The taster visit is registered."),
        back=reverse("case", args=[case.pk]),
        submit=_("Save the visit"),
        context={"form_lead": answers_words(tied.answered(form.kinds), seen.today)},
    )
