"""Success stories: who is missing, and what may be read by everybody in the municipality (GOV-13)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.placements import actions
from jobformidler.placements.models import Placement, Story
from jobformidler.placements.stories import blocked
from jobformidler.web.cases.formpage import form_page
from jobformidler.web.guards import placement_page, roles
from jobformidler.web.http import Request
from jobformidler.web.sharing.forms import StoryForm, WorkplaceYesForm


@roles()
def stories(request: Request) -> HttpResponse:
    """Published stories with both yeses counting today, and those in the making of citizens I work with."""
    viewer = request.viewer
    shown = list(Story.objects.shown_on(viewer.day).select_related("workplace", "citizen"))
    rows = Story.objects.visible_to(viewer).select_related("citizen__municipality", "workplace")
    making = [{"story": row, "missing": blocked(row, viewer.day)} for row in rows if row not in shown]
    mine = set(rows.values_list("pk", flat=True))
    return render(request, "sharing/stories.html", {"shown": shown, "making": making, "mine": mine})


@placement_page("story")
def story_new(request: Request, placement: Placement) -> HttpResponse:
    """Write a story about a placement."""
    case = placement.case

    def act(form: Any) -> object:
        return actions.write_story(
            citizen=case.citizen,
            workplace=placement.workplace,
            **form.answers("title", "text"),
            by=request.user,
            at=clock.now(),
        )

    return form_page(
        request,
        StoryForm(request.POST or None),
        act,
        title=_("Write a success story"),
        said=_("The story is written. It is published when both have said yes."),
        back=reverse("stories"),
        submit=_("Save the story"),
        tab="case_placements",
        context={
            "form_lead": _("%(name)s and %(workplace)s can be recognised, so both are asked before anybody reads it.")
            % {"name": case.citizen.short_name, "workplace": placement.workplace.name}
        },
    )


def _mine(request: Request, pk: int) -> Story:
    rows = Story.objects.visible_to(request.viewer).select_related("citizen__municipality", "workplace")
    return get_object_or_404(rows, pk=pk)


@roles()
def story_workplace(request: Request, pk: int) -> HttpResponse:
    """Note who said yes for the workplace."""
    story, now = _mine(request, pk), clock.now()

    def act(form: Any) -> object:
        data = form.cleaned_data
        return actions.agree_for_workplace(
            story=story, name=data["workplace_yes_by"], on=data["workplace_yes_on"], by=request.user, at=now
        )

    return form_page(
        request,
        WorkplaceYesForm(request.POST or None, initial={"workplace_yes_on": now.date()}),
        act,
        title=_("The workplace's yes"),
        said=_("The yes is registered."),
        back=reverse("stories"),
        submit=_("Save"),
        in_case=False,
    )


@roles()
@require_POST
def story_publish(request: Request, pk: int) -> HttpResponse:
    """Publish, or take down."""
    story, now = _mine(request, pk), clock.now()
    try:
        if "ned" in request.POST:
            actions.take_down_story(story=story, by=request.user, at=now)
            messages.success(request, _("The story is taken down."))
        else:
            actions.publish_story(story=story, by=request.user, at=now)
            messages.success(request, _("The story is published."))
    except ActionError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    return HttpResponseRedirect(reverse("stories"))
