"""Scoped guards: every view carries exactly one. A test walks the addresses and fails on a view without.

A stranger's object gives 404, a colleague without the right gets 403.
"""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from jobformidler.casework.models import Case
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.looks import kind_of
from jobformidler.citizens.models import Relation
from jobformidler.placements.models import Placement
from jobformidler.web.http import OpenRequest
from jobformidler.web.looking import note, note_refused


def _marked(view: Callable, name: str) -> Callable:
    view.guard = name  # type: ignore[attr-defined]  # read by the test that walks the addresses
    return view


def public(reason: str) -> Callable:
    """Decorator for a view without login; the reason stands in the table of guards."""

    def decorate(view):
        return _marked(login_not_required(view), f"public: {reason}")

    return decorate


def roles(*wanted: str) -> Callable:
    """Decorator: only for viewers with one of these roles (any role, when none is named)."""

    def decorate(view):
        @functools.wraps(view)
        def guarded(request: OpenRequest, *args, **kwargs):
            viewer = request.viewer
            if viewer is None or (wanted and not viewer.has(*wanted)):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return _marked(guarded, f"roles: {', '.join(sorted(wanted)) or 'any'}")

    return decorate


def seen_or_404(request: OpenRequest, rows: QuerySet, pk: int, page: str, *, citizen: str = "citizen_id") -> Any:
    """The row with its `seen_as`: the relation under which the viewer sees its citizen. Two queries only when it is 404.

    A row that exists and is not the viewer's to see is noted as a refused look. `citizen` is the way to the citizen.
    """
    viewer = request.viewer
    assert viewer is not None
    row = rows.annotate(seen_as=kind_of(viewer, citizen)).filter(pk=pk).first()
    if row is None:
        there = rows.model._meta.base_manager.filter(pk=pk)
        note_refused(request, there.values_list(citizen, flat=True).first(), page)
        raise Http404
    row.seen_as = row.seen_as or ""
    return row


def case_page(page: str) -> Callable:
    """Decorator: `pk` becomes `request.case` when the viewer has a relation to its citizen, else 404; the view is logged.

    `page` is the name of the page in the access log (GOV-05).
    """

    def decorate(view):
        @functools.wraps(view)
        def guarded(request: OpenRequest, pk: int, *args, **kwargs):
            if request.viewer is None:
                raise Http404
            rows = Case.objects.visible_to(request.viewer).select_related("citizen__unit", "unit", "municipality")
            case = seen_or_404(request, rows, pk, page)
            request.case = case
            note(request, case.citizen, page, case.seen_as)
            return view(request, case, *args, **kwargs)

        return _marked(guarded, f"case: {page}")

    return decorate


def placement_page(page: str) -> Callable:
    """Decorator: `pk` becomes the placement when the viewer has a relation to its citizen, else 404; the view is logged.

    `page` is the name of the page in the access log (GOV-05).
    """

    def decorate(view):
        @functools.wraps(view)
        def guarded(request: OpenRequest, pk: int, *args, **kwargs):
            if request.viewer is None:
                raise Http404
            rows = Placement.objects.visible_to(request.viewer).select_related(
                "case__citizen__unit", "case__unit", "case__municipality", "workplace", "opening", "contact"
            )
            placement = seen_or_404(request, rows, pk, page, citizen="case__citizen_id")
            request.case = placement.case
            request.case.seen_as = placement.seen_as  # type: ignore[attr-defined]  # an annotation of the queryset
            note(request, placement.case.citizen, page, placement.seen_as)
            return view(request, placement, *args, **kwargs)

        return _marked(guarded, f"placement: {page}")

    return decorate


def own_page(page: str) -> Callable:
    """Decorator: the viewer's own pages as a citizen. The view gets the citizen; without a SELF relation it is 404.

    `page` is the name of the page in the access log (GOV-05).
    """

    def decorate(view):
        @functools.wraps(view)
        def guarded(request: OpenRequest, *args, **kwargs):
            viewer = request.viewer
            if viewer is None:
                raise Http404
            mine = Relation.objects.active_on(viewer.day).filter(user=viewer.user, kind=RelationKind.SELF)
            relation = mine.select_related("citizen__unit", "citizen__municipality").order_by("pk").first()
            if relation is None:
                raise Http404
            note(request, relation.citizen, page, RelationKind.SELF)
            return view(request, relation.citizen, *args, **kwargs)

        return _marked(guarded, f"own: {page}")

    return decorate
