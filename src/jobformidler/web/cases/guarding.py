"""Guards for addresses that do not carry the key of a case: a message, a citizen without a case."""

import functools
from collections.abc import Callable

from django.http import Http404

from jobformidler.casework.models import Enquiry
from jobformidler.citizens.models import Citizen
from jobformidler.web.guards import seen_or_404
from jobformidler.web.http import OpenRequest
from jobformidler.web.looking import note


def enquiry_page(page: str) -> Callable:
    """Decorator: `pk` becomes the message, when its case is the viewer's to see, else 404; the view is logged."""

    def decorate(view: Callable) -> Callable:
        @functools.wraps(view)
        def guarded(request: OpenRequest, pk: int, *args, **kwargs):
            if request.viewer is None:
                raise Http404
            rows = Enquiry.objects.visible_to(request.viewer).select_related(
                "case__citizen__unit", "case__unit", "case__municipality", "workplace", "answered_by"
            )
            enquiry = seen_or_404(request, rows, pk, page, citizen="case__citizen_id")
            request.case = enquiry.case
            note(request, enquiry.case.citizen, page, enquiry.seen_as)
            return view(request, enquiry, *args, **kwargs)

        guarded.guard = f"case: {page}"  # type: ignore[attr-defined]  # read by the test that walks the addresses
        return guarded

    return decorate


def citizen_page(page: str) -> Callable:
    """Decorator: `pk` becomes a citizen the viewer may see, or may open a case for, else 404; the view is logged."""

    def decorate(view: Callable) -> Callable:
        @functools.wraps(view)
        def guarded(request: OpenRequest, pk: int, *args, **kwargs):
            if request.viewer is None:
                raise Http404
            rows = Citizen.objects.visible_to(request.viewer).select_related("unit")
            citizen = seen_or_404(request, rows, pk, page, citizen="pk")
            note(request, citizen, page, citizen.seen_as)
            return view(request, citizen, *args, **kwargs)

        guarded.guard = f"citizen: {page}"  # type: ignore[attr-defined]  # read by the test that walks the addresses
        return guarded

    return decorate
