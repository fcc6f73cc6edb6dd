"""Guards for addresses that do not carry the key of a case: a message, a citizen without a case."""

import functools
from collections.abc import Callable

from django.http import Http404
from django.shortcuts import get_object_or_404

from jobformidler.casework.models import Enquiry
from jobformidler.citizens.actions import log_access
from jobformidler.citizens.models import Citizen
from jobformidler.core import clock
from jobformidler.web.http import OpenRequest


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
            enquiry = get_object_or_404(rows, pk=pk)
            request.case = enquiry.case
            if request.method == "GET":
                log_access(citizen=enquiry.case.citizen, viewer=request.viewer, page=page, at=clock.now())
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
            citizen = get_object_or_404(Citizen.objects.visible_to(request.viewer).select_related("unit"), pk=pk)
            if request.method == "GET":
                log_access(citizen=citizen, viewer=request.viewer, page=page, at=clock.now())
            return view(request, citizen, *args, **kwargs)

        guarded.guard = f"citizen: {page}"  # type: ignore[attr-defined]  # read by the test that walks the addresses
        return guarded

    return decorate
