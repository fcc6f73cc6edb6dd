"""Scoped guards: every view carries exactly one. A test walks the addresses and fails on a view without.

A stranger's object gives 404, a colleague without the right gets 403.
"""

import functools
from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from jobformidler.casework.models import Case
from jobformidler.citizens.actions import log_access
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import Relation
from jobformidler.core import clock
from jobformidler.placements.models import Placement
from jobformidler.web.http import OpenRequest


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


def case_page(page: str) -> Callable:
    """Decorator: `pk` becomes `request.case` when the viewer has a relation to its citizen, else 404; the view is logged.

    `page` is the name of the page in the access log (GOV-05).
    """

    def decorate(view):
        @functools.wraps(view)
        def guarded(request: OpenRequest, pk: int, *args, **kwargs):
            if request.viewer is None:
                raise Http404
            case = get_object_or_404(
                Case.objects.visible_to(request.viewer).select_related("citizen__unit", "unit", "municipality"), pk=pk
            )
            request.case = case
            if request.method == "GET":
                log_access(citizen=case.citizen, viewer=request.viewer, page=page, at=clock.now())
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
            placement = get_object_or_404(
                Placement.objects.visible_to(request.viewer).select_related(
                    "case__citizen__unit", "case__unit", "case__municipality", "workplace", "opening", "contact"
                ),
                pk=pk,
            )
            request.case = placement.case
            if request.method == "GET":
                log_access(citizen=placement.case.citizen, viewer=request.viewer, page=page, at=clock.now())
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
            if request.method == "GET":
                log_access(citizen=relation.citizen, viewer=viewer, page=page, at=clock.now(), relation="self")
            return view(request, relation.citizen, *args, **kwargs)

        return _marked(guarded, f"own: {page}")

    return decorate
