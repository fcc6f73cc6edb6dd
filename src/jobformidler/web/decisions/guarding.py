"""Guards for addresses that carry the key of a decision or a complaint."""

import functools
from collections.abc import Callable

from django.http import Http404

from jobformidler.casework.models import Complaint, Decision
from jobformidler.web.guards import seen_or_404
from jobformidler.web.http import OpenRequest
from jobformidler.web.looking import note

AROUND = ("case__citizen__unit", "case__unit", "case__municipality")


def _page(model: type[Decision] | type[Complaint], page: str, *more: str) -> Callable:
    def decorate(view: Callable) -> Callable:
        @functools.wraps(view)
        def guarded(request: OpenRequest, pk: int, *args, **kwargs):
            if request.viewer is None:
                raise Http404
            rows = model.objects.visible_to(request.viewer).select_related(*AROUND, *more)
            row = seen_or_404(request, rows, pk, page, citizen="case__citizen_id")
            request.case = row.case
            note(request, row.case.citizen, page, row.seen_as)
            return view(request, row, *args, **kwargs)

        guarded.guard = f"case: {page}"  # type: ignore[attr-defined]  # read by the test that walks the addresses
        return guarded

    return decorate


def decision_page(page: str) -> Callable:
    """Decorator: `pk` becomes the decision, when its case is the viewer's to see, else 404; the view is logged."""
    return _page(Decision, page, "recommended_by", "decided_by", "by", "replaces", "municipality")


def complaint_page(page: str) -> Callable:
    """Decorator: `pk` becomes the complaint, when its case is the viewer's to see, else 404; the view is logged."""
    return _page(Complaint, page, "decision", "by")
