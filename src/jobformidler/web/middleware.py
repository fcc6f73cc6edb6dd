"""Enters the database context of the signed-in user's municipality, once a request."""

from django.db import transaction
from django.http import HttpResponse
from django.template.response import TemplateResponse

from jobformidler.accounts.models import Membership
from jobformidler.accounts.viewer import viewer_for
from jobformidler.core import clock, db
from jobformidler.web.http import OpenRequest


class ContextMiddleware:
    """`request.viewer` is who is looking (None for strangers); every query of the request runs in the tenant.

    The transaction is rolled back when the view raises, since the exception becomes a response before it gets here.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: OpenRequest) -> HttpResponse:
        """Open the context, answer inside it."""
        request.viewer = None
        if not request.user.is_authenticated:
            return self.get_response(request)
        memberships = list(
            Membership.objects.filter(user=request.user).select_related("municipality", "organisation").order_by("pk")
        )
        if not memberships:
            return self.get_response(request)
        municipality = memberships[0].municipality
        with db.enter(municipality, request.user, f"{request.method} {request.path_info}"):
            day = clock.today()
            active = [m for m in memberships if day in m.period]
            request.viewer = viewer_for(request.user, day, active)
            response = self.get_response(request)
            if isinstance(response, TemplateResponse) and not response.is_rendered:
                response.render()
            return response

    def process_exception(self, request: OpenRequest, exception: Exception) -> None:
        """Half-done work is not kept."""
        if transaction.get_connection().in_atomic_block:
            transaction.set_rollback(True)
