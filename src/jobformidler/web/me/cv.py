""" "Mit CV": the two CVs and when to use which, and what I can, with who wrote it down (CV-08, CIT-13)."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jobformidler.casework import actions
from jobformidler.citizens.enums import Author, CvKind
from jobformidler.citizens.models import CV, Citizen, Competence
from jobformidler.core import clock, lists
from jobformidler.web.guards import own_page
from jobformidler.web.http import Request
from jobformidler.web.me.asking import asking
from jobformidler.web.me.own_forms import CompetenceForm
from jobformidler.web.me.plan import author_words


def cv_help(kind: str) -> str:
    """When to use which CV, said to the citizen (CV-08)."""
    return {
        CvKind.JOBNET: _(
            "Companies can find it by themselves. Use it when you look for a job on Jobnet, and because the law asks for it."
        ),
        CvKind.PERSONAL: _(
            "We show it to the company we talk to. Use it when you know where you want to work. It says what you can do"
            " there."
        ),
    }[CvKind(kind)]


@own_page("my cv")
def my_cv(request: Request, citizen: Citizen) -> HttpResponse:
    """The CVs and what they are built from."""
    today = clock.today()
    cvs = {row.kind: row for row in CV.objects.standing().filter(citizen=citizen)}
    origins = lists.labels("competence_origin")
    rows = Competence.objects.standing().filter(citizen=citizen).select_related("by").order_by("-pk")
    context = {
        "citizen": citizen,
        "cvs": [
            {"label": label, "row": cvs.get(kind), "help": cv_help(kind)} for kind, label in reversed(CvKind.choices)
        ],
        "competences": [
            {
                "row": row,
                "origin": origins.get(row.origin, row.origin),
                "said": author_words(row, citizen, request.user.pk, today),
                "mine": row.author == Author.CITIZEN and row.by_id == request.user.pk,
            }
            for row in rows
        ],
    }
    return render(request, "me/cv.html", context)


@own_page("my cv: competence")
def my_competence(request: Request, citizen: Citizen) -> HttpResponse:
    """Add something I can."""
    return asking(
        request,
        CompetenceForm(request.POST if request.method == "POST" else None),
        actions.add_own_competence,
        title=_("Something you can do"),
        submit=_("Save it"),
        said=_("It is saved. Your jobformidler can see it."),
        room="my_cv",
        citizen=citizen,
    )


@own_page("my cv: competence")
@require_POST
def my_competence_away(request: Request, citizen: Citizen, pk: int) -> HttpResponse:
    """Take something back that I added."""
    row = get_object_or_404(
        Competence.objects.standing(), pk=pk, citizen=citizen, author=Author.CITIZEN, by=request.user
    )
    actions.take_own_away(row=row, by=request.user, at=clock.now())
    messages.success(request, _("It is taken away."))
    return HttpResponseRedirect(reverse("my_cv"))
