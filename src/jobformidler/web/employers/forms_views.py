"""Registering contacts with workplaces and the people there."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jobformidler.accounts.enums import EMPLOYER_ROLES
from jobformidler.casework.actions import present_citizen
from jobformidler.casework.models import Case
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.employers import actions
from jobformidler.employers.models import ContactPerson, EmployerContact, Workplace, WorkplaceTies
from jobformidler.employers.purposes import PRESENTING
from jobformidler.web.cases.formpage import form_page
from jobformidler.web.cases.forms.base import moment
from jobformidler.web.employers.forms import (
    ContactForm,
    PersonEditForm,
    PersonForm,
    WithdrawForm,
    WorkplaceEditForm,
    WorkplaceForm,
)
from jobformidler.web.guards import roles
from jobformidler.web.http import Request

CONTACT_ANSWERS = ("channel", "note", "next_step", "next_step_on", "next_level", "next_channel")


def _workplace(request: Request, pk: int) -> Workplace:
    return get_object_or_404(Workplace.objects.visible_to(request.viewer), pk=pk)


def _page(
    request: Request,
    form: Any,
    act: Any,
    workplace: Workplace | None,
    words: dict[str, Any] | None = None,
    **more: Any,
) -> HttpResponse:
    """`words` go to the page; what `act` adds to them when it refuses is shown too."""
    back = reverse("workplace", args=[workplace.pk]) if workplace else reverse("employers")
    shown = words if words is not None else {"back_label": workplace.name if workplace else _("Employers")}
    return form_page(request, form, act, back=back, in_case=False, context=shown, **more)


@roles(*EMPLOYER_ROLES)
def workplace_new(request: Request) -> HttpResponse:
    """Enter a workplace by hand."""
    names = ("name", "cvr", "p_number", "employer_name", *sorted(actions.WORKPLACE_FIELDS))
    form = WorkplaceForm(request.POST or None)
    return _page(
        request,
        form,
        lambda form: actions.register_workplace(**form.answers(*names), by=request.user, at=clock.now()),
        None,
        title=_("New workplace"),
        said=lambda made: _("%(name)s is in the register.") % {"name": made.name},
        submit=_("Save the workplace"),
    )


@roles(*EMPLOYER_ROLES)
def workplace_contact(request: Request, pk: int) -> HttpResponse:
    """Register a contact: purpose first, and it cannot be left out (EMP-06)."""
    workplace = _workplace(request, pk)
    now = clock.now()
    people = list(ContactPerson.objects.visible_to(request.viewer).filter(workplace=workplace, active=True))
    start = {"on": now.date(), "time": now.time().replace(second=0, microsecond=0)}
    if len(people) == 1:
        start["person"] = str(people[0].pk)
    cases = own_cases(request)
    asked = request.GET.get("sag", "")
    if asked in {str(case.pk) for case in cases}:
        start |= {"citizen": asked, "purpose": PRESENTING}
    form = ContactForm(request.POST or None, people=people, cases=cases, initial=start)
    words: dict[str, Any] = {"back_label": workplace.name}

    def act(form: ContactForm) -> EmployerContact:
        case, values = form.chosen_case, form.answers(*CONTACT_ANSWERS)
        values |= {
            "workplace": workplace,
            "person": form.chosen_person,
            "held_at": moment(form.cleaned_data["on"], form.cleaned_data["time"]),
            "by": request.user,
            "at": now,
        }
        if form.cleaned_data["purpose"] != PRESENTING or case is None:
            return actions.log_contact(purpose=form.cleaned_data["purpose"], **values)
        try:
            return present_citizen(case=case, **values)
        except ActionError as error:
            if "citizen" in getattr(error, "error_dict", {}):
                words["form_lead"] = way_out(case)
            raise

    return _page(
        request,
        form,
        act,
        workplace,
        title=_("Register contact with %(name)s") % {"name": workplace.name},
        said=_("The contact is registered. Every colleague can see it."),
        submit=_("Save the contact"),
        words=words,
    )


def own_cases(request: Request) -> list[Case]:
    """The open cases the viewer has a role in: whom they may present. One query."""
    rows = Case.objects.visible_to(request.viewer).open().of_user(request.user, request.viewer.day)
    return list(rows.select_related("citizen").order_by("citizen__first_name", "citizen__last_name", "pk"))


def way_out(case: Case) -> SafeString:
    """The step that makes the presentation possible: the conversation comes first (MAT-05)."""
    return format_html(
        '<a href="{}">{}</a>',
        reverse("case_conversation", args=[case.pk]),
        _("Register the conversation with %(name)s first") % {"name": case.citizen.short_name},
    )


@roles(*EMPLOYER_ROLES)
def workplace_edit(request: Request, pk: int) -> HttpResponse:
    """Change what the register says about a workplace, its networks and agreements (EMP-01)."""
    workplace = _workplace(request, pk)
    ties = WorkplaceTies.objects.visible_to(request.viewer).filter(workplace=workplace).first()
    names = ("name", *sorted(actions.WORKPLACE_FIELDS))
    start = {name: getattr(workplace, name) for name in (*names, "version")}
    for name in ("networks", "agreements"):
        start[name] = "\n".join(getattr(ties, name)) if ties else ""
    return _page(
        request,
        WorkplaceEditForm(request.POST or None, initial=start),
        lambda form: actions.edit_workplace(
            workplace=workplace,
            version=form.cleaned_data["version"],
            by=request.user,
            at=clock.now(),
            **form.answers(*names, "networks", "agreements"),
        ),
        workplace,
        title=_("Change %(name)s") % {"name": workplace.name},
        said=_("The changes are saved."),
        submit=_("Save the changes"),
        row=workplace,
    )


@roles(*EMPLOYER_ROLES)
def person_new(request: Request, pk: int) -> HttpResponse:
    """A new contact person at a workplace."""
    workplace = _workplace(request, pk)
    return _page(
        request,
        PersonForm(request.POST or None),
        lambda form: actions.register_contact_person(
            workplace=workplace,
            by=request.user,
            at=clock.now(),
            **form.answers("name", "level", "title", "phone", "email"),
        ),
        workplace,
        title=_("New contact person at %(name)s") % {"name": workplace.name},
        said=lambda person: _("%(name)s is registered as contact person.") % {"name": person.name},
        submit=_("Save the contact person"),
    )


@roles(*EMPLOYER_ROLES)
def person_edit(request: Request, pk: int) -> HttpResponse:
    """Change what we know about a contact person."""
    people = ContactPerson.objects.visible_to(request.viewer).select_related("workplace")
    person = get_object_or_404(people, pk=pk)
    names = ("name", "level", "title", "phone", "email", "active")
    start = {name: getattr(person, name) for name in (*names, "version")}
    return _page(
        request,
        PersonEditForm(request.POST or None, initial=start),
        lambda form: actions.edit_contact_person(
            person=person, version=form.cleaned_data["version"], by=request.user, at=clock.now(), **form.answers(*names)
        ),
        person.workplace,
        title=_("Change %(name)s") % {"name": person.name},
        said=_("The changes are saved."),
        submit=_("Save the changes"),
        row=person,
    )


@roles(*EMPLOYER_ROLES)
def contact_withdraw(request: Request, pk: int) -> HttpResponse:
    """Withdraw a wrong registration of a contact."""
    log = EmployerContact.objects.visible_to(request.viewer).select_related("workplace")
    contact = get_object_or_404(log, pk=pk)
    return _page(
        request,
        WithdrawForm(request.POST or None),
        lambda form: actions.withdraw_contact(
            contact=contact, reason=form.cleaned_data["reason"], by=request.user, at=clock.now()
        ),
        contact.workplace,
        title=_("Withdraw the contact"),
        said=_("The contact is withdrawn. It stays in the log, struck out."),
        submit=_("Withdraw the contact"),
    )
