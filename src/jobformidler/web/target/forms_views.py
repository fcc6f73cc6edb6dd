"""Noting something about the target group of a case: one form each. Who may is decided by the action, and said early."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from jobformidler.accounts.models import User
from jobformidler.casework import actions, target
from jobformidler.casework.authority import may_decide
from jobformidler.casework.decision_enums import DecisionKind
from jobformidler.casework.models import Assignment, Case, ChosenEducation
from jobformidler.core import clock
from jobformidler.registers.models import FleksjobApproval
from jobformidler.web.cases.formpage import form_page
from jobformidler.web.cases.forms.contact import ReasonForm
from jobformidler.web.guards import case_page
from jobformidler.web.http import Request
from jobformidler.web.target.forms import EducationForm, EffortForm, GroupForm, MatchForm, PensionForm, ReviewForm

#: Forms whose words no browser keeps.
UNKEPT = "cases/confidential_form.html"


def _form(
    request: Request, case: Case, form: Any, act: Callable[..., object], *, title: str, said: str, **more: Any
) -> HttpResponse:
    def run(sent: Any) -> object:
        return act(**_said(sent), by=request.user, at=clock.now())

    more.setdefault("submit", _("Save"))
    back = reverse("case_target", args=[case.pk])
    return form_page(request, form, run, title=title, said=said, back=back, tab="case_rights", **more)


def _said(form: Any) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def _authority(request: Request, case: Case, kind: str) -> None:
    if not may_decide(request.user, case, kind, clock.today()):
        raise PermissionDenied(_("Only an authority caseworker of the case does this."))


@case_page("target group: group")
def group(request: Request, case: Case) -> HttpResponse:
    """Which group of the 3-group model the citizen is in."""
    _authority(request, case, DecisionKind.REFERRAL)
    form = GroupForm(request.POST or None, initial={"since": clock.today()})
    texts = target.words_of_groups()
    form.offer("group", [(one, f"{text['name']}. {text['status']}") for one, text in texts.items()])
    return _form(
        request,
        case,
        form,
        lambda **values: actions.note_group(case=case, **values),
        title=_("What the effort looks at first"),
        said=_("The group is noted."),
        template=UNKEPT,
    )


@case_page("target group: match category")
def match(request: Request, case: Case) -> HttpResponse:
    """A match category as another system tells it."""
    _authority(request, case, DecisionKind.REFERRAL)
    return _form(
        request,
        case,
        MatchForm(request.POST or None, initial={"since": clock.today()}),
        lambda **values: actions.note_match(case=case, **values),
        title=_("Match category"),
        said=_("The match category is noted."),
        context={"form_lead": _("Information from former rules. It decides nothing, and no workplace reads it.")},
    )


@case_page("target group: own effort")
def effort(request: Request, case: Case) -> HttpResponse:
    """How far the municipality's own effort has come."""
    return _form(
        request,
        case,
        EffortForm(request.POST or None, initial={"on": clock.today()}),
        lambda **values: actions.note_effort(case=case, **values),
        title=_("Our own effort for %(name)s") % {"name": case.citizen.short_name},
        said=_("The own effort is noted."),
    )


@case_page("target group: re-assessment")
def review(request: Request, case: Case) -> HttpResponse:
    """A re-assessment of the approval in force, planned or done."""
    _authority(request, case, DecisionKind.FLEKSJOB_APPROVAL)
    day = clock.today()
    approval = (
        FleksjobApproval.objects.filter(citizen=case.citizen, approved_on__lte=day).order_by("-approved_on").first()
    )
    if approval is None:
        raise Http404
    return _form(
        request,
        case,
        ReviewForm(request.POST or None, initial={"on": day}),
        lambda **values: actions.note_review(case=case, approval=approval, **values),
        title=_("Re-assessment of the approval to fleksjob"),
        said=_("The re-assessment is noted."),
    )


@case_page("target group: papers")
def pension(request: Request, case: Case) -> HttpResponse:
    """Whether førtidspension can be applied for on the papers that are there (CIT-18)."""
    _authority(request, case, DecisionKind.PENSION_CASE)
    return _form(
        request,
        case,
        PensionForm(request.POST or None),
        lambda **values: actions.answer_pension_question(case=case, **values),
        title=_("Are the papers enough?"),
        said=_("The answer is noted with date and your name."),
        template=UNKEPT,
        context={
            "form_lead": _(
                "This is not the decision on førtidspension. Starting that case is decided under Decisions, with hearing."
            )
        },
    )


@case_page("target group: education")
def education(request: Request, case: Case) -> HttpResponse:
    """A course of the six weeks' chosen education."""
    form = EducationForm(request.POST or None)
    people = Assignment.objects.active_on(clock.today()).filter(case=case).order_by("role", "pk")
    names = dict(people.values_list("user", "user__name"))
    form.offer("responsible", names.items())

    def act(*, responsible: str, **values: Any) -> object:
        user = get_object_or_404(User, pk=int(responsible))
        return actions.note_education(case=case, responsible=user, **values)

    return _form(request, case, form, act, title=_("Six weeks' chosen education"), said=_("The education is noted."))


@case_page("target group: education withdrawn")
def education_withdraw(request: Request, case: Case, row_pk: int) -> HttpResponse:
    """Withdraw an education that never was, with the reason."""
    row = get_object_or_404(ChosenEducation.objects.standing(), pk=row_pk, case=case)
    return _form(
        request,
        case,
        ReasonForm(request.POST or None),
        lambda **values: actions.withdraw(row=row, **values),
        title=_("Withdraw an education"),
        said=_("The education is withdrawn."),
        submit=_("Withdraw"),
        context={"form_lead": f"{row.title}."},
    )
