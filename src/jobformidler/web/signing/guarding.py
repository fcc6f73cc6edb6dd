"""What every page behind a signed link is wrapped in: no trace, no cache, the tenant of the link."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from jobformidler.citizens.restricted import sharing_stands_still
from jobformidler.core import clock, db
from jobformidler.placements.actions import LinkProblem, open_link
from jobformidler.placements.links import READ, Problem
from jobformidler.placements.models import Placement, SignedLink


def signed_page(view: Callable) -> Callable:
    """The token in the address never leaves in a referrer, a cache or an index.

    A page that asks for no referrer makes the browser send `Origin: null` with its forms. The address itself is the
    secret here, so that origin is taken for our own; the form's own token is still asked for.
    """
    checked = csrf_protect(view)

    @functools.wraps(view)
    def traceless(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.META.get("HTTP_ORIGIN") == "null":
            request.META["HTTP_ORIGIN"] = f"{request.scheme}://{request.get_host()}"
        response = checked(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return csrf_exempt(traceless)


class Opened:
    """A link with its placement, inside the link's tenant; `problem` when it does not open."""

    def __init__(self, token: str, found: SignedLink | LinkProblem, purpose: str):
        self.token = token
        self.problem = found if isinstance(found, LinkProblem) else None
        link = found.link if isinstance(found, LinkProblem) else found
        if link is not None and link.purpose != purpose:
            link, self.problem = None, LinkProblem(Problem.UNKNOWN)
        self.link = link
        self.placement = (
            Placement.objects.select_related(
                "case__citizen", "case__municipality", "case__unit", "workplace", "contact"
            )
            .filter(pk=link.placement_id)
            .first()
            if link
            else None
        )
        reads = self.problem is None and self.placement is not None and purpose in READ
        # Asked by every request: a restriction closes links that were sent long ago (article 18).
        if reads and self.placement and sharing_stands_still(self.placement.case.citizen):
            self.problem = LinkProblem(Problem.HELD, link)

    @property
    def can_renew(self) -> bool:
        """Whether a fresh link would open."""
        return self.link is not None and (self.problem is None or self.problem.problem != Problem.HELD)


@contextmanager
def opened(token: str, purpose: str) -> Iterator[Opened]:
    """Enter the tenant the token belongs to; an unknown token stays outside every tenant and sees nothing."""
    found = open_link(token, clock.now())
    link = found.link if isinstance(found, LinkProblem) else found
    if link is None:
        yield Opened(token, found, purpose)
        return
    with db.enter(link.municipality, None, f"signed link: {link.purpose}"):
        # Product time is the tenant's, so whether the link has expired is asked again in here.
        yield Opened(token, open_link(token, clock.now()), purpose)
