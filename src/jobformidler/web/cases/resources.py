"""The CV and what it is built from: competences, tasks the citizen can do, considerations and wishes."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from jobformidler.casework.models import Case
from jobformidler.citizens import actions
from jobformidler.citizens.enums import Ability, ConsiderationCategory, CvKind
from jobformidler.citizens.models import CV, Competence, Consideration, TaskAbility, Wish
from jobformidler.core import clock, lists
from jobformidler.web.cases.entries import author_words, with_authors
from jobformidler.web.cases.formpage import done, form_page
from jobformidler.web.cases.forms.base import CaseForm
from jobformidler.web.cases.forms.plan import AbilityForm, CompetenceForm, ConsiderationForm, CvForm, WishForm
from jobformidler.web.cases.layout import around, as_json, show
from jobformidler.web.cases.words import capital
from jobformidler.web.guards import case_page
from jobformidler.web.http import Request

Add = Callable[[Request, Case, Any], object]


def cv_help(kind: str) -> str:
    """When to use which CV (CV-08)."""
    return {
        CvKind.JOBNET: _(
            "For companies that search by themselves, and because the law asks for it. It reaches many, and waits."
        ),
        CvKind.PERSONAL: _(
            "For the company we talk to. It shows what the citizen can do there, and is what we prepare the talk with."
        ),
    }[CvKind(kind)]


@case_page("cv")
def cv_page(request: Request, case: Case) -> HttpResponse:
    """Both CVs with their own dates, and what they are built from (CV-02, CV-03)."""
    citizen = case.citizen
    of_case = {"citizen": OuterRef("citizen")}
    seen = around(
        case,
        clock.now(),
        abilities=as_json(TaskAbility.objects.standing().filter(**of_case), pk="pk", text="text", ability="ability"),
        wishes=as_json(
            Wish.objects.standing().with_own().filter(**of_case),
            pk="pk",
            text="text",
            author="author",
            on="registered_on",
            own="own",
            by_name="by__name",
        ),
    )
    cvs = {row.kind: row for row in CV.objects.standing().filter(citizen=citizen)}
    competences = with_authors(
        Competence.objects.standing().with_own().filter(citizen=citizen).select_related("by"), citizen
    )
    considerations = list(Consideration.objects.standing().with_sharing(seen.today).filter(citizen=citizen))
    context = {
        "cvs": [
            {"kind": kind, "label": label, "row": cvs.get(kind), "help": cv_help(kind)}
            for kind, label in CvKind.choices
        ],
        "origins": [
            (label, [row for row in competences if row.origin == code]) for code, label in origin_labels(competences)
        ],
        "abilities": [
            (label, [row for row in seen.more["abilities"] if row["ability"] == code])
            for code, label in Ability.choices
        ],
        "considerations": [
            (label, [row for row in considerations if row.category == code])
            for code, label in ConsiderationCategory.choices
            if any(row.category == code for row in considerations)
        ],
        "wishes": [
            {
                **row,
                "said": author_words(row["own"], row["by_name"] or "", row["author"], citizen),
                "on": dt.date.fromisoformat(row["on"]),
            }
            for row in seen.more["wishes"]
        ],
        "any_competence": bool(competences),
        "any_ability": bool(seen.more["abilities"]),
    }
    return show(request, "cases/cv.html", "case_cv", context, seen=seen)


def origin_labels(competences: list[Competence]) -> list[tuple[str, str]]:
    """The origins in use by the list, and any other a competence still carries."""
    known = lists.choices("competence_origin")
    codes = {code for code, _label in known}
    old = {row.origin for row in competences} - codes
    names = lists.labels("competence_origin") if old else {}
    return [*known, *((code, names.get(code, code)) for code in sorted(old))]


def _add_competence(request: Request, case: Case, form: Any) -> object:
    return actions.add_competence(
        citizen=case.citizen, **form.answers("text", "origin", "kind", "tasks"), by=request.user, at=clock.now()
    )


def _add_consideration(request: Request, case: Case, form: Any) -> object:
    return actions.add_consideration(
        citizen=case.citizen,
        **form.answers("text", "category", "code", "importance", "may_share"),
        by=request.user,
        at=clock.now(),
    )


def _add_ability(request: Request, case: Case, form: Any) -> object:
    return actions.add_ability(citizen=case.citizen, **form.answers("text", "ability"), by=request.user, at=clock.now())


def _add_wish(request: Request, case: Case, form: Any) -> object:
    return actions.add_wish(citizen=case.citizen, **form.answers("text", "author"), by=request.user, at=clock.now())


def kinds() -> dict[str, tuple[str, str, type[CaseForm], Add]]:
    """What can be written down about a citizen: word in the address → label, sentence, form, action."""
    return {
        "kompetence": (_("Competence"), _("The competence is written down."), CompetenceForm, _add_competence),
        "hensyn": (_("Consideration"), _("It is written down."), ConsiderationForm, _add_consideration),
        "opgave": (_("Kind of task"), _("The kind of task is written down."), AbilityForm, _add_ability),
        "oenske": (_("Wish"), _("The wish is written down."), WishForm, _add_wish),
    }


@case_page("resources")
def resources(request: Request, case: Case) -> HttpResponse:
    """Write down a competence, a consideration, a kind of task or a wish."""
    known = kinds()
    chosen = request.GET.get("slags", "kompetence")
    if chosen not in known:
        raise Http404
    _label, said, form_class, add = known[chosen]
    path = reverse("case_resources", args=[case.pk])
    context = {
        "kinds": [
            {"label": label, "url": f"{path}?slags={code}", "current": code == chosen}
            for code, (label, *_rest) in known.items()
        ],
        "action_url": f"{path}?slags={chosen}",
        "draft": f"{path}{chosen}",
    }
    return form_page(
        request,
        form_class(request.POST or None),
        lambda form: add(request, case, form),
        title=_("What %(name)s can, wants and needs") % {"name": case.citizen.short_name},
        said=said,
        back=reverse("case_cv", args=[case.pk]),
        submit=_("Save"),
        template="cases/resources.html",
        tab="case_cv",
        context=context,
    )


REGISTRATIONS = {"kompetence": Competence, "hensyn": Consideration, "opgave": TaskAbility, "oenske": Wish}


@case_page("consideration: sharing")
def share(request: Request, case: Case, row_pk: int) -> HttpResponse:
    """Note that the citizen agrees, or no longer agrees, that the workplace reads a consideration."""
    if request.method != "POST":
        raise Http404
    row = get_object_or_404(Consideration.objects.standing(), pk=row_pk, citizen=case.citizen)
    agrees = request.POST.get("deles") == "ja"
    actions.share_consideration(consideration=row, may_share=agrees, by=request.user, at=clock.now())
    said = _("The workplace may now read it.") if agrees else _("The workplace may no longer read it.")
    return done(request, said, reverse("case_cv", args=[case.pk]))


@case_page("cv: start")
def cv_start(request: Request, case: Case, kind: str) -> HttpResponse:
    """Start one of the two CVs, or note that it was updated today."""
    if kind not in CvKind.values:
        raise Http404
    row = CV.objects.standing().filter(citizen=case.citizen, kind=kind).first()
    initial = {"summary": row.summary, "version": row.version} if row else {}
    now = clock.now()

    def act(form: Any) -> object:
        values = {"on": now.date(), "by": request.user, "at": now, "summary": form.cleaned_data["summary"]}
        if row:
            return actions.update_cv(cv=row, version=form.cleaned_data["version"], **values)
        return actions.start_cv(citizen=case.citizen, kind=kind, **values)

    label = CvKind(kind).label
    return form_page(
        request,
        CvForm(request.POST or None, initial=initial),
        act,
        title=capital(str(label)),
        said=_("The CV is updated.") if row else _("The CV is started."),
        back=reverse("case_cv", args=[case.pk]),
        submit=_("Save the CV") if row else _("Start the CV"),
        row=row,
        tab="case_cv",
        context={"form_lead": cv_help(kind)},
    )
