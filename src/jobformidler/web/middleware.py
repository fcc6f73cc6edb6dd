"""Enters the database context of the signed-in user's municipality, once a request."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from jobformidler.accounts.confidentiality import must_accept, with_accepted
from jobformidler.accounts.models import Membership
from jobformidler.accounts.viewer import viewer_for, within_bounds
from jobformidler.core import clock, db
from jobformidler.core.models import Municipality
from jobformidler.web import once
from jobformidler.web.http import OpenRequest
from jobformidler.web.looking import settle

#: Modules whose pages open before the confidentiality statement is accepted.
BEFORE_STATEMENT = ("jobformidler.web.account.", "jobformidler.web.sharing.confidentiality")


class ContextMiddleware:
    """`request.viewer` is who is looking (None for strangers); every query of the request runs in the tenant.

    What was looked at is written to the access log after that transaction and before the answer leaves (`looking`).
    The transaction is rolled back when the view raises, since the exception becomes a response before it gets here.
    Somebody signed in whose last role has ended sees a page that says so, and nothing else but public pages.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: OpenRequest) -> HttpResponseBase:
        """Open the context, answer inside it. No page is kept: the next person at the screen cannot go back to it."""
        request.looks = []
        response = settle(request, self._answer(request))
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    def _answer(self, request: OpenRequest) -> HttpResponse:
        request.viewer, request.in_context, request.must_accept = None, False, False
        if not request.user.is_authenticated:
            return self.get_response(request)
        memberships = list(
            with_accepted(Membership.objects.filter(user=request.user))
            .select_related("municipality", "organisation")
            .order_by("pk")
        )
        if not memberships:
            return self.get_response(request)
        # A demo's clock may be shifted, so the municipality comes first and the day after it.
        municipality = _municipality_of(memberships)
        with db.enter(municipality, request.user, f"{request.method} {_shown(request.path_info)}"):
            request.in_context = True
            day = clock.today()
            active = [m for m in memberships if m.municipality_id == municipality.pk and day in m.period]
            request.viewer = viewer_for(request.user, day, active, clock.now())
            request.must_accept = must_accept(active)
            with within_bounds(request.viewer, day):
                response = self.get_response(request)
                if isinstance(response, TemplateResponse) and not response.is_rendered:
                    response.render()
                once.settle(request, response)
            return response

    def process_view(self, request: OpenRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        """Without a role in force there is nothing to see: say so. With one, the confidentiality statement comes first.

        A form that was taken a moment ago is not taken again (`once`).
        """
        if not request.user.is_authenticated or getattr(view, "guard", "").startswith("public"):
            return None
        if request.viewer is not None:
            return (_statement(request, view) if request.must_accept else None) or once.already_taken(request)
        return render(request, "account/no_role.html", status=403)

    def process_exception(self, request: OpenRequest, exception: Exception) -> None:
        """Half-done work is not kept. A page without login opens its own context and ends it itself."""
        if request.in_context:
            transaction.set_rollback(True)


def _municipality_of(memberships: list[Membership]) -> Municipality:
    """The tenant of the request: that of a role in force, else of any role the user ever had."""
    today = clock.today()
    in_force = [m for m in memberships if today in m.period]
    return (in_force or memberships)[0].municipality


def _statement(request: OpenRequest, view: Callable) -> HttpResponse | None:
    """The way to the statement, from anything but the statement itself and one's own login (GOV-06)."""
    if view.__module__.startswith(BEFORE_STATEMENT):
        return None
    wanted = f"?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else ""
    target = reverse("confidentiality") + wanted
    return HttpResponseClientRedirect(target) if request.headers.get("HX-Request") else HttpResponseRedirect(target)


def _shown(path: str) -> str:
    """The address as history may keep it: the secret of a signed link is left out."""
    return f"{path[:3]}…" if path.startswith(("/a/", "/t/", "/v/", "/k/")) else path
