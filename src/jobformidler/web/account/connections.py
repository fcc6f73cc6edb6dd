"""Ending the connection with the municipality's login service: one's own, or somebody's, as administrator."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jobformidler.accounts.actions import unlink_identity
from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import ExternalIdentity, LoginPolicy, Membership, User
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.web.guards import roles
from jobformidler.web.http import Request
from jobformidler.web.stepup import step_up


def service_name(request: Request) -> str:
    """What the municipality calls its login service."""
    found = LoginPolicy.objects.filter(municipality=request.viewer.municipality).values_list("sso_name", flat=True)
    return found.first() or request.viewer.municipality.name


def connection_of(user: User, request: Request) -> ExternalIdentity | None:
    """The user's connection with the municipality's login service. One query."""
    return ExternalIdentity.objects.filter(user=user, municipality=request.viewer.municipality).first()


@roles()
@step_up
@require_http_methods(["GET", "POST"])
def sso_disconnect(request: Request) -> HttpResponse:
    """End one's own connection."""
    return _page(request, request.user, reverse("account"))


@roles(Role.ADMINISTRATOR)
@step_up
@require_http_methods(["GET", "POST"])
def user_disconnect(request: Request, pk: int) -> HttpResponse:
    """End somebody's connection: it is the wrong person's, or the phone behind it is gone."""
    here = Membership.objects.filter(municipality=request.viewer.municipality).values("user")
    return _page(request, get_object_or_404(User.objects.filter(pk__in=here), pk=pk), reverse("user", args=[pk]))


def _page(request: Request, person: User, back: str) -> HttpResponse:
    found = connection_of(person, request)
    if found is None:
        raise Http404
    context = {
        "person": person,
        "own": person == request.user,
        "service": service_name(request),
        "connection": found,
        "back_url": back,
        "errors": [],
    }
    if request.method == "POST":
        tenant = request.viewer.municipality
        try:
            unlink_identity(user=person, municipality=tenant, by=request.user, at=clock.now())
        except ActionError as error:
            context["errors"] = error.messages
        else:
            messages.success(request, _("The connection is ended."))
            return redirect(back)
    return render(request, "account/disconnect.html", context)
