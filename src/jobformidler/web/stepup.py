"""Showing again who one is before what cannot be undone: emergency access, exports, the second factor itself."""

import functools
from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from jobformidler.accounts import sessions


def safe_path(request: HttpRequest, wanted: str, fallback: str = "home") -> str:
    """`wanted` when it is an address of our own, else the page named `fallback`. Never a way to another site."""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted.startswith("/") and ours else reverse(fallback)


def step_up(view: Callable) -> Callable:
    """Decorator, below the guard: the user must have shown who it is within ten minutes, else is asked to do it now.

    Put it on the page with the form and the form's own POST alike: a form opened in time can be sent for another ten
    minutes, so that nothing typed is lost. Afterwards the user comes back to the same page.

        @roles(Role.SECURITY_OFFICER)
        @step_up
        def export(request): ...
    """

    @functools.wraps(view)
    def recent_only(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        sending = request.method not in ("GET", "HEAD")
        if sessions.is_recent(request.session, form=sending):
            return view(request, *args, **kwargs)
        back = request.get_full_path()
        if sending:
            # A POST cannot be sent again by us: the page it came from is opened, where it can.
            referer = request.META.get("HTTP_REFERER", "")
            start = f"{request.scheme}://{request.get_host()}/"
            back = "/" + referer.removeprefix(start) if referer.startswith(start) else reverse("home")
        target = f"{reverse('prove')}?{urlencode({'next': safe_path(request, back)})}"
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=204, headers={"HX-Redirect": target})
        return HttpResponseRedirect(target)

    recent_only.steps_up = True  # type: ignore[attr-defined]  # read by the test that walks the addresses
    return recent_only
