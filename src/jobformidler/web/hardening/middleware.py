"""What every request passes: headers, size, no CPR number in the address, and the rules of a session."""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from jobformidler.accounts import sessions
from jobformidler.core import logs

Answer = Callable[[HttpRequest], HttpResponse]

#: What a page of ours may not use of the device, whatever is injected into it.
PERMISSIONS = ", ".join(
    f"{name}=()"
    for name in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen",
        "geolocation", "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment",
        "picture-in-picture", "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip


class Headers:
    """Headers of every answer, static files included."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add what the security middleware does not."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Permitted-Cross-Domain-Policies", "none")
        # No page is kept: the next person at the screen cannot go back to it. Static files say otherwise themselves.
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault("Reporting-Endpoints", f'csp="{reverse("csp_report")}"')
        return response


class BodyLimit:
    """A body larger than the address takes is refused before a byte of it is read."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """413 with a page that says how much is allowed."""
        limit = limit_of(request.path_info)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isascii() and length.isdigit() and int(length) <= limit:
            return self.get_response(request)
        return too_large(request, limit)


def limit_of(path: str) -> int:
    """Most bytes a body sent to this address may have."""
    fits = [size for start, size in settings.BODY_LIMITS.items() if path.startswith(start)]
    return max(fits, default=settings.BODY_LIMIT)


def too_large(request: HttpRequest, limit: int) -> HttpResponse:
    """The page for a body that is too large."""
    return render(request, "413.html", {"megabytes": max(limit // 1_000_000, 1)}, status=413)


class NoCprInAddress:
    """An address with something like a CPR number in its query is opened without it, and nothing of it is logged.

    Searches are sent in the body; what stands in an address is kept by browsers, proxies and logs.
    """

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Redirect a GET to the address without the value; refuse anything else."""
        query = request.META.get("QUERY_STRING", "")
        if not query or not logs.has_cpr(query_text(query)):
            return self.get_response(request)
        kept = [(k, v) for k, v in parse_qsl(query, keep_blank_values=True) if not logs.has_cpr(f"{k} {v}")]
        request.META["QUERY_STRING"] = ""
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=400)
        target = request.path + (f"?{urlencode(kept)}" if kept else "")
        return HttpResponseRedirect(re.sub(r"^/+", "/", target))


class PlainAddress:
    """What stands in an address and no column can hold (a letter that is none, a number without end) is a bad request."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """400 for a NUL in the query."""
        if "\x00" in query_text(request.META.get("QUERY_STRING", "")):
            return render(request, "400.html", status=400)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """400 where the database refuses a value a page was asked with; a form's own values are checked by the form."""
        if isinstance(exception, DataError) and request.method in ("GET", "HEAD"):
            return render(request, "400.html", status=400)
        return None


def query_text(query: str) -> str:
    """The query as words, so that no way of escaping it hides a number."""
    return " ".join(f"{key} {value}" for key, value in parse_qsl(query, keep_blank_values=True))


class SessionRules:
    """Ends a session that has lasted its time, notes that one is in use, and sends a partial request to the login page."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Before and after the view."""
        user = request.user
        if user.is_authenticated:
            if sessions.is_over(request.session):
                logout(request)
            else:
                sessions.touch(request.session, user)
        response = self.get_response(request)
        if request.headers.get("HX-Request") == "true" and response.status_code == 302:
            target = response["Location"]
            if target.startswith(reverse("login")):
                # A fragment would put the login page into the middle of the page that asked.
                return HttpResponse(status=204, headers={"HX-Redirect": reverse("login")})
        return response
