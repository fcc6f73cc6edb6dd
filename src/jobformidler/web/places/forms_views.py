"""Registering, changing, confirming and closing places, and the tasks in them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jobformidler.accounts.enums import EMPLOYER_ROLES
from jobformidler.core import clock
from jobformidler.core.actions import ActionError, StaleError
from jobformidler.employers.models import ContactPerson, Workplace
from jobformidler.openings import actions
from jobformidler.openings.models import Place, PlaceTask
from jobformidler.web import danish
from jobformidler.web.cases.formpage import form_page, way_back
from jobformidler.web.cases.forms.base import CaseForm
from jobformidler.web.guards import roles
from jobformidler.web.http import Request
from jobformidler.web.places.forms import CloseForm, PlaceForm, TaskForm
from jobformidler.web.places.words import accommodation_words


def _place(request: Request, pk: int) -> Place:
    return get_object_or_404(Place.objects.visible_to(request.viewer).for_list(), pk=pk)


def _people(request: Request, workplace: Workplace, also: int | None = None) -> list[ContactPerson]:
    people = ContactPerson.objects.visible_to(request.viewer).filter(workplace=workplace)
    return [person for person in people if person.active or person.pk == also]


def _words(values: dict[str, Any]) -> dict[str, Any]:
    """Values of a place as people read them, for showing two versions side by side."""
    said = {}
    for name, value in values.items():
        if name == "accommodates":
            value = ", ".join(accommodation_words(value))
        elif isinstance(value, bool):
            value = _("yes") if value else _("no")
        elif name == "contact":
            value = value.name if value else ""
        elif name in ("hours_min", "hours_max"):
            value = danish.hours(value)
        said[name] = value
    return said


@roles(*EMPLOYER_ROLES)
def place_new(request: Request) -> HttpResponse:
    """A new place in a workplace; the workplace is chosen in the register."""
    chosen = request.GET.get("virksomhed", "")
    if not chosen.isdigit():
        messages.info(request, _("Choose the workplace first, then register the place there."))
        return HttpResponseRedirect(reverse("employers"))
    workplace = get_object_or_404(Workplace.objects.visible_to(request.viewer), pk=chosen)
    people = _people(request, workplace)
    start: dict[str, Any] = {"starts_on": request.viewer.day, "capacity": 1}
    if len(people) == 1:
        start["contact"] = str(people[0].pk)
    address = reverse("workplace", args=[workplace.pk])
    return form_page(
        request,
        PlaceForm(request.POST or None, people=people, initial=start),
        lambda form: actions.register_place(
            workplace=workplace, by=request.user, at=clock.now(), **form.place_values()
        ),
        title=_("New place at %(name)s") % {"name": workplace.name},
        said=lambda place: _("%(title)s is registered.") % {"title": place.title},
        back=address,
        submit=_("Save the place"),
        in_case=False,
        context={"back_label": workplace.name, "action_url": request.get_full_path()},
    )


@roles(*EMPLOYER_ROLES)
def place_edit(request: Request, pk: int) -> HttpResponse:
    """Change a place; a stale save shows both values."""
    place = _place(request, pk)
    people = _people(request, place.workplace, place.contact_id)

    def act(form: PlaceForm) -> Place:
        try:
            return actions.edit_place(
                place=place,
                version=form.cleaned_data["version"],
                by=request.user,
                at=clock.now(),
                **form.place_values(),
            )
        except StaleError as error:
            raise StaleError(mine=_words(error.mine), theirs=_words(error.theirs)) from error

    return form_page(
        request,
        PlaceForm(request.POST or None, people=people, initial=PlaceForm.of(place)),
        act,
        title=_("Change the place"),
        said=_("The changes are saved."),
        back=reverse("place", args=[place.pk]),
        submit=_("Save the changes"),
        row=place,
        in_case=False,
        context={"back_label": place.title},
    )


@roles(*EMPLOYER_ROLES)
@require_POST
def place_confirm(request: Request, pk: int) -> HttpResponse:
    """One tap: the workplace has said that the place is still there (JOB-06)."""
    place = _place(request, pk)
    try:
        actions.confirm_place(place=place, by=request.user, at=clock.now())
        messages.success(request, _("%(title)s is confirmed today.") % {"title": place.title})
    except ActionError as error:
        messages.error(request, " ".join(error.messages))
    return HttpResponseRedirect(way_back(request, reverse("place", args=[place.pk])))


@roles(*EMPLOYER_ROLES)
def place_close(request: Request, pk: int) -> HttpResponse:
    """Nobody new from a day on."""
    place = _place(request, pk)
    return form_page(
        request,
        CloseForm(request.POST or None, initial={"on": request.viewer.day}),
        lambda form: actions.close_place(place=place, on=form.cleaned_data["on"], by=request.user, at=clock.now()),
        title=_("Close %(title)s") % {"title": place.title},
        said=_("The place is closed."),
        back=reverse("place", args=[place.pk]),
        submit=_("Close the place"),
        in_case=False,
        context={"back_label": place.title, "leave": _("Keep it open")},
    )


@roles(*EMPLOYER_ROLES)
def task_new(request: Request, pk: int) -> HttpResponse:
    """A task in a place that can become paid hours."""
    place = _place(request, pk)
    names = ("text", "weekly_hours", "competence", "pay_condition")
    return form_page(
        request,
        TaskForm(request.POST or None),
        lambda form: actions.add_task(place=place, by=request.user, at=clock.now(), **form.answers(*names)),
        title=_("New task in %(title)s") % {"title": place.title},
        said=_("The task is added."),
        back=reverse("place", args=[place.pk]),
        submit=_("Save the task"),
        in_case=False,
        context={"back_label": place.title},
    )


def _task(request: Request, pk: int) -> PlaceTask:
    mine = Place.objects.visible_to(request.viewer).values("pk")
    return get_object_or_404(PlaceTask.objects.filter(place__in=mine).select_related("place"), pk=pk)


@roles(*EMPLOYER_ROLES)
def task_edit(request: Request, pk: int) -> HttpResponse:
    """Change a task."""
    task = _task(request, pk)
    names = ("text", "weekly_hours", "competence", "pay_condition")
    return form_page(
        request,
        TaskForm(request.POST or None, initial={name: getattr(task, name) for name in (*names, "version")}),
        lambda form: actions.edit_task(
            task=task, version=form.cleaned_data["version"], by=request.user, at=clock.now(), **form.answers(*names)
        ),
        title=_("Change the task"),
        said=_("The changes are saved."),
        back=reverse("place", args=[task.place_id]),
        submit=_("Save the changes"),
        row=task,
        in_case=False,
        context={"back_label": task.place.title},
    )


@roles(*EMPLOYER_ROLES)
def task_remove(request: Request, pk: int) -> HttpResponse:
    """The task is no longer there: asked once, then gone from the place."""
    task = _task(request, pk)
    return form_page(
        request,
        CaseForm(request.POST if request.method == "POST" else None),
        lambda _form: actions.remove_task(task=task, by=request.user, at=clock.now()),
        title=_("Remove the task %(name)s?") % {"name": task.text},
        said=_("The task is removed."),
        back=reverse("place", args=[task.place_id]),
        submit=_("Remove the task"),
        in_case=False,
        context={"back_label": task.place.title},
    )
