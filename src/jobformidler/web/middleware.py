"""Enters the database context of the signed-in user's municipality, once a request."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse

from jobformidler.accounts.models import Membership
from jobformidler.accounts.viewer import viewer_for
from jobformidler.core import clock, db
from jobformidler.core.models import Municipality


class ContextMiddleware:
    """`request.viewer` is who is looking (None for strangers); every query of the request runs in the tenant.

    The transaction is rolled back when the view raises, since the exception becomes a response before it gets here.
    Somebody signed in whose last role has ended sees a page that says so, and nothing else but public pages.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Open the context, answer inside it."""
        request.viewer = None
        if not request.user.is_authenticated:
            return self.get_response(request)
        memberships = list(
            Membership.objects.filter(user=request.user).select_related("municipality", "organisation").order_by("pk")
        )
        if not memberships:
            return self.get_response(request)
        # A demo's clock may be shifted, so the municipality comes first and the day after it.
        municipality = _municipality_of(memberships)
        with db.enter(municipality, request.user, f"{request.method} {request.path_info}"):
            day = clock.today()
            active = [m for m in memberships if m.municipality_id == municipality.pk and day in m.period]
            request.viewer = viewer_for(request.user, day, active)
            response = self.get_response(request)
            if isinstance(response, TemplateResponse) and not response.is_rendered:
                response.render()
            return response

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        """Without a role in force there is nothing to see: say so."""
        if not request.user.is_authenticated or request.viewer is not None:
            return None
        if getattr(view, "guard", "").startswith("public"):
            return None
        return render(request, "account/no_role.html", status=403)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Half-done work is not kept."""
        if transaction.get_connection().in_atomic_block:
            transaction.set_rollback(True)


def _municipality_of(memberships: list[Membership]) -> Municipality:
    """The tenant of the request: that of a role in force, else of any role the user ever had."""
    today = clock.today()
    in_force = [m for m in memberships if today in m.period]
    return (in_force or memberships)[0].municipality
