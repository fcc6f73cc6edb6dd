"""The case itself: open, close, reopen, rhythm, next step, the citizen's contact data, transfer to the case system."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Unit
from jobformidler.casework import actions
from jobformidler.casework.enums import CaseStatus
from jobformidler.casework.models import Case, ContactRhythm
from jobformidler.casework.perms import may_steer
from jobformidler.citizens.actions import edit_citizen
from jobformidler.citizens.models import Citizen
from jobformidler.core import clock
from jobformidler.registers.rules import contact_rules
from jobformidler.web import danish
from jobformidler.web.cases.formpage import form_page
from jobformidler.web.cases.forms.case import (
    CloseForm,
    HolderForm,
    NextStepForm,
    OpenCaseForm,
    ReopenForm,
    RhythmForm,
    staff,
)
from jobformidler.web.cases.forms.citizen import CitizenWithBenefitForm
from jobformidler.web.cases.guarding import citizen_page
from jobformidler.web.guards import case_page
from jobformidler.web.http import Request

CONTACT_DATA = (
    "preferred_name",
    "phone",
    "email",
    "benefit",
    "benefit_from",
    "address",
    "postal_code",
    "city",
    "protected_address",
)


def only_steerers(request: Request, case: Case) -> None:
    """Raise PermissionDenied for those who may not hand out roles, close and reopen."""
    if not may_steer(request.user, case, clock.today()):
        raise PermissionDenied


@case_page("citizen: edit")
def edit(request: Request, case: Case) -> HttpResponse:
    """Correct how the citizen is reached; a stale save shows both values."""
    citizen = case.citizen
    initial = {name: getattr(citizen, name) for name in (*CONTACT_DATA, "version")}
    form = CitizenWithBenefitForm(request.POST or None, initial=initial)

    def act(sent: Any) -> object:
        changes = {name: sent.cleaned_data[name] for name in CONTACT_DATA if sent.cleaned_data[name] != initial[name]}
        return edit_citizen(
            citizen=citizen, version=sent.cleaned_data["version"], by=request.user, at=clock.now(), **changes
        )

    return form_page(
        request,
        form,
        act,
        title=_("How to reach %(name)s") % {"name": citizen.short_name},
        said=_("The contact data is saved."),
        back=reverse("case", args=[case.pk]),
        submit=_("Save"),
        row=citizen,
    )


@citizen_page("case: open")
def open_case(request: Request, citizen: Citizen) -> HttpResponse:
    """Open a case for a citizen who has none (JF-01)."""
    viewer, now = request.viewer, clock.now()
    if not (viewer.case_units or viewer.whole_municipality):
        raise PermissionDenied
    units = list(Unit.objects.filter(active=True))
    if not viewer.whole_municipality:
        units = [unit for unit in units if unit.pk in viewer.case_units]
    jobformidlere = staff(citizen.municipality_id, (Role.JOBFORMIDLER,), viewer.day)
    initial: dict[str, Any] = {"unit": str(citizen.unit_id or "")}
    if viewer.has(Role.JOBFORMIDLER):
        initial["jobformidler"] = str(viewer.user.pk)
    if viewer.has(Role.CASEWORKER):
        initial["caseworker"] = str(viewer.user.pk)
    form = OpenCaseForm(
        request.POST or None,
        units=units,
        jobformidlere=jobformidlere,
        caseworkers=staff(citizen.municipality_id, (Role.CASEWORKER,), viewer.day),
        initial=initial,
    )
    made: list[Case] = []

    def act(sent: Any) -> object:
        made.append(
            actions.open_case(
                citizen=citizen,
                unit=sent.units[sent.cleaned_data["unit"]],
                jobformidler=sent.chosen("jobformidler"),
                caseworker=sent.chosen("caseworker"),
                effort_model=sent.cleaned_data["effort_model"],
                confirm_over_limit=sent.cleaned_data["confirm"],
                by=request.user,
                at=now,
            )
        )
        return made[0]

    return form_page(
        request,
        form,
        act,
        title=_("Open a case for %(name)s") % {"name": citizen.full_name},
        said=lambda case: _("Case %(number)s is open.") % {"number": case.number},
        back=reverse("caseload") + "?vis=uden-sag",
        submit=_("Open the case"),
        in_case=False,
        context={"back_label": _("Citizens"), "unit_missing": not units},
    )


@case_page("case: close")
def close(request: Request, case: Case) -> HttpResponse:
    """Close the case with an outcome; a job keeps the lifeline open."""
    only_steerers(request, case)
    if case.status == CaseStatus.CLOSED:
        raise Http404

    def act(sent: Any) -> object:
        seen = sent.cleaned_data["seen_as"] or None
        answers = sent.answers("outcome", "note")
        return actions.close_case(case=case, **answers, seen_as=seen, by=request.user, at=clock.now())

    lifeline = case.status == CaseStatus.AFTERCARE
    return form_page(
        request,
        CloseForm(request.POST or None, initial={"seen_as": case.status}),
        act,
        title=_("End the lifeline and close the case") if lifeline else _("Close the case"),
        said=lambda row: (
            _("The case is closed.")
            if row.status == CaseStatus.CLOSED
            else _("Congratulations to %(name)s. The lifeline stays open.") % {"name": case.citizen.short_name}
        ),
        back=reverse("case", args=[case.pk]),
        submit=_("Close the case"),
        context={
            "form_lead": _("The lifeline is open until %(day)s. Closing the case now ends it.")
            % {"day": danish.day_near(case.aftercare_until or clock.today(), year=True)}
            if lifeline
            else _("With a job, fleksjob or education the lifeline stays open: the same jobformidler, the same number.")
        },
    )


@case_page("case: reopen")
def reopen(request: Request, case: Case) -> HttpResponse:
    """Take up a closed case again."""
    only_steerers(request, case)

    def act(sent: Any) -> object:
        return actions.reopen_case(case=case, reason=sent.cleaned_data["reason"], by=request.user, at=clock.now())

    return form_page(
        request,
        ReopenForm(request.POST or None),
        act,
        title=_("Reopen the case"),
        said=_("The case is open again."),
        back=reverse("case", args=[case.pk]),
        submit=_("Reopen the case"),
    )


@case_page("rhythm")
def rhythm(request: Request, case: Case) -> HttpResponse:
    """Agree how often to be in contact; less often than the floor needs a reason (D.1-31)."""
    present = ContactRhythm.objects.filter(case=case).first()
    floor = case.municipality.contact_floor_days
    form = RhythmForm(
        request.POST or None,
        floor=floor,
        initial={"days": present.days if present else floor, "since": clock.today()},
    )

    def act(sent: Any) -> object:
        return actions.agree_rhythm(
            case=case, **sent.answers("days", "since", "reason"), by=request.user, at=clock.now()
        )

    return form_page(
        request,
        form,
        act,
        title=_("How often are you in contact?"),
        said=_("The rhythm is agreed."),
        back=reverse("case", args=[case.pk]),
        submit=_("Save the rhythm"),
    )


@case_page("contact meetings")
def meeting_holder(request: Request, case: Case) -> HttpResponse:
    """Say who holds the contact meetings of this case (CON-13)."""
    usual = contact_rules(case.municipality_id).holder_on(clock.today())
    form = HolderForm(
        request.POST or None, usual=usual, initial={"holder": case.meeting_holder, "version": case.version}
    )

    def act(sent: Any) -> object:
        return actions.agree_meeting_holder(
            case=case, **sent.answers("holder", "version"), by=request.user, at=clock.now()
        )

    return form_page(
        request,
        form,
        act,
        title=_("Who holds the contact meetings?"),
        said=_("It is decided who holds the contact meetings."),
        back=reverse("case", args=[case.pk]),
        submit=_("Save"),
        row=case,
    )


@case_page("next step")
def next_step(request: Request, case: Case) -> HttpResponse:
    """Say what the next step is and when."""
    form = NextStepForm(
        request.POST or None,
        initial={"next_step": case.next_step, "next_step_on": case.next_step_on, "version": case.version},
    )

    def act(sent: Any) -> object:
        return actions.set_next_step(
            case=case,
            text=sent.cleaned_data["next_step"],
            on=sent.cleaned_data["next_step_on"],
            version=sent.cleaned_data["version"],
            by=request.user,
            at=clock.now(),
        )

    return form_page(
        request,
        form,
        act,
        title=_("Next step for %(name)s") % {"name": case.citizen.short_name},
        said=_("The next step is set."),
        back=reverse("case", args=[case.pk]),
        submit=_("Save the step"),
        row=case,
    )
