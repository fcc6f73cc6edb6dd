"""How a placement goes on or ends: extended, a job, completed, another workplace, stopped."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.placements import actions
from jobformidler.placements.agreement_texts import PROSPECTS
from jobformidler.placements.models import Placement
from jobformidler.web.cases.forms.base import CaseForm
from jobformidler.web.guards import placement_page
from jobformidler.web.http import Request
from jobformidler.web.placements.advice import extension_words
from jobformidler.web.placements.forms import EndForm, ExtendForm
from jobformidler.web.placements.views.hours import refuse, works


@dataclass(frozen=True)
class Way:
    """One way to go on or end."""

    code: str
    label: str | Promise
    note: str | Promise
    submit: str | Promise
    act: Callable[..., Any]
    asks: tuple[str, ...]
    optional: tuple[str, ...] = ()


WAYS = {
    way.code: way
    for way in (
        Way(
            "forlaeng",
            gettext_lazy("Extend"),
            gettext_lazy("The agreement gets a new last day, which both sign. The placement goes on meanwhile."),
            gettext_lazy("Extend and send for signature"),
            actions.extend,
            ("last_on", "decision"),
        ),
        Way(
            "job",
            gettext_lazy("It became a job"),
            gettext_lazy("Ordinary job, fleksjob or wage subsidy. The lifeline stays open."),
            gettext_lazy("Register the job"),
            actions.convert,
            ("on", "what_next", "learning"),
            ("learning",),
        ),
        Way(
            "gennemfoert",
            gettext_lazy("Complete"),
            gettext_lazy("The placement has reached its end."),
            gettext_lazy("Complete the placement"),
            actions.complete,
            ("on", "what_next", "learning"),
            ("learning",),
        ),
        Way(
            "skift",
            gettext_lazy("Switch workplace"),
            gettext_lazy("For example when the task is mastered, and there are no paid hours here."),
            gettext_lazy("End here, and find another place"),
            actions.switch,
            ("on", "reason", "tried", "learning", "what_next"),
            ("tried",),
        ),
        Way(
            "stop",
            gettext_lazy("Stop"),
            gettext_lazy("Early. What you learned comes along to the next place."),
            gettext_lazy("Stop the placement"),
            actions.stop,
            ("on", "reason", "tried", "learning", "what_next"),
            ("tried",),
        ),
    )
}


def _form(way: Way, request: Request, placement: Placement) -> CaseForm:
    kind = ExtendForm if way.code == "forlaeng" else EndForm
    if request.method == "POST":
        form: CaseForm = kind(request.POST)
    else:
        version = placement.sent_version
        known = version.content.get("prospects") if version and way.code == "gennemfoert" else ""
        form = kind(initial={"on": clock.today(), "what_next": str(PROSPECTS[known]) if known in PROSPECTS else ""})
    for name in [name for name in form.fields if name not in (*way.asks, "version")]:
        del form.fields[name]
    for name in way.optional:
        form.fields[name].required = False
    form.order_fields([*way.asks, "version"])
    return form


@placement_page("end placement")
@require_http_methods(["GET", "POST"])
def placement_end(request: Request, placement: Placement) -> HttpResponse:
    """Choose a way (`?maade=`), answer what it asks, and go on to the CV."""
    if not works(request, placement):
        raise PermissionDenied
    if not placement.is_running:
        return HttpResponseRedirect(reverse("agreement", args=[placement.pk]))
    way = WAYS.get(request.POST.get("maade") or request.GET.get("maade", ""))
    form = _form(way, request, placement) if way else None
    if request.method == "POST" and way and form is not None and form.is_valid():
        answers = {name: form.cleaned_data[name] for name in way.asks}
        try:
            way.act(placement=placement, by=request.user, at=clock.now(), **answers)
        except ActionError as error:
            refuse(form, error)
        else:
            return _after(request, placement, way)
    context = {
        "placement": placement,
        "citizen": placement.case.citizen,
        "ways": WAYS.values(),
        "way": way,
        "form": form,
        "advice": extension_words(placement, clock.today()) if way and way.code == "forlaeng" else "",
        "back_url": reverse("agreement", args=[placement.pk]),
    }
    return render(request, "placements/end.html", context)


def _after(request: Request, placement: Placement, way: Way) -> HttpResponse:
    if way.code == "forlaeng":
        messages.success(request, _("The new last day is sent for signature."))
        return HttpResponseRedirect(reverse("agreement", args=[placement.pk]))
    name = placement.case.citizen.short_name
    messages.success(
        request,
        _("The placement is ended. Now the CV: what can %(name)s do now that was not there before?") % {"name": name},
    )
    return HttpResponseRedirect(reverse("case_cv", args=[placement.case_id]))
