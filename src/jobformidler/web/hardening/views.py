"""Reports of what browsers refused under the content security policy, and the pages of refused requests."""

import json
import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from jobformidler.accounts import reports
from jobformidler.accounts.backends import address_of
from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import PolicyReport
from jobformidler.accounts.throttle import REPORTS
from jobformidler.web.guards import public, roles
from jobformidler.web.hardening.middleware import limit_of, too_large
from jobformidler.web.http import Request

#: Bytes of a report and reports in one message; browsers send far less.
LARGEST = 16_384
MOST = 20
#: Numbers and secrets in an address become a sign.
_PARTS = re.compile(r"/(?:\d+|[A-Za-z0-9_-]{24,})(?=/|$)")


def plain(address: str) -> str:
    """An address without query, fragment, numbers and secrets: enough to find the page, nothing about anybody."""
    parts = urlsplit(address[:2000])
    path = _PARTS.sub("/…", parts.path)
    return path[:200]


def origin(address: str) -> str:
    """Where refused content came from: scheme and host, or the browser's word for it ("inline", "data")."""
    if "://" not in address:
        return re.sub(r"[^a-z-]", "", address.split(":")[0].lower())[:40]
    parts = urlsplit(address[:2000])
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"[:200]


def _read(body: Any) -> list[tuple[str, str, str]]:
    """(directive, origin, page) of each report, in either format of the standard. Anything else is passed over."""
    found = []
    for entry in body if isinstance(body, list) else [body]:
        if not isinstance(entry, dict):
            continue
        said = entry.get("csp-report") or entry.get("body")
        if not isinstance(said, dict):
            continue
        directive = said.get("effective-directive") or said.get("effectiveDirective") or said.get("violated-directive")
        blocked = said.get("blocked-uri") or said.get("blockedURL") or ""
        page = said.get("document-uri") or said.get("documentURL") or ""
        if all(isinstance(text, str) for text in (directive, blocked, page)) and directive:
            word = re.sub(r"[^a-z-]", "", str(directive).split(" ")[0].lower())
            found.append((word[:40], origin(blocked), plain(page)))
    return found[:MOST]


@public("browsers report refused content without login; size and number are limited")
@csrf_exempt
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """Count what a browser refused. The answer is always the same and empty."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if (
        length.isascii()
        and length.isdigit()
        and int(length) <= LARGEST
        and REPORTS.take(address_of(request) or "nowhere")
    ):
        try:
            body = json.loads(request.body)
        except (ValueError, RecursionError):
            body = None
        reports.count(_read(body), timezone.now())
    return HttpResponse(status=204)


@roles(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def csp_reports(request: Request) -> HttpResponse:
    """What was refused, the newest first. POST: looked at, begin again."""
    if request.method == "POST":
        reports.forget()
        messages.success(request, _("The list is empty again."))
        return redirect("csp_reports")
    rows = PolicyReport.objects.order_by("-last_at", "pk")[:200]
    return render(request, "setup/csp_reports.html", {"rows": rows})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 for a form that is too large."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request, min(limit_of(request.path_info), settings.DATA_UPLOAD_MAX_MEMORY_SIZE))
    return render(request, "400.html", status=400)
