"""A form that is sent twice is taken once: the second one is sent on to where the first one led.

Every form carries a secret that is new with each page. A keyed hash of it, of who sends it, where and with which answers
is written in the request's own transaction before the view runs; a second one waits there until the first has ended. When
the first led on, the second goes to the same page, with a sentence. When the first was shown again to be put right, or
failed, nothing is kept, and the second is tried like it. A fresh page has a fresh secret: doing the same thing again is no
double.
"""

import json
from typing import Any

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from jobformidler.accounts.models import SentForm
from jobformidler.core.crypto import keyed_hash

SECRET = "csrfmiddlewaretoken"  # noqa: S105  the name of a field


def already_taken(request: Any) -> HttpResponse | None:
    """The way to where the same form led before; None for the first one, which `settle` ends. Two queries at most."""
    if request.method != "POST" or not request.POST.get(SECRET):
        return None
    key = _key(request)
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into accounts_sentform (key, target, at) values (%s, '', %s) on conflict (key) do nothing",
            [key, timezone.now()],
        )
        if cursor.rowcount:
            request.sent_form = key
            return None
    target = SentForm.objects.values_list("target", flat=True).get(key=key)
    messages.info(request, _("You pressed twice. Once is enough."))
    return HttpResponseClientRedirect(target) if request.htmx else HttpResponseRedirect(target)


def settle(request: Any, response: HttpResponseBase) -> None:
    """Keep where the form led; forget one that led nowhere, so that it can be put right and sent again. One query."""
    key = getattr(request, "sent_form", None)
    if key is None or connection.needs_rollback:
        return
    target = response.get("HX-Redirect") or (response.get("Location") if 300 <= response.status_code < 400 else "")
    sent = SentForm.objects.filter(key=key)
    if target:
        sent.update(target=target[:1000])
    else:
        sent.delete()


def _key(request: HttpRequest) -> bytes:
    """Who, where and what."""
    answers = [(name, request.POST.getlist(name)) for name in sorted(request.POST)]
    files = [(name, [(file.name, file.size) for file in request.FILES.getlist(name)]) for name in sorted(request.FILES)]
    return keyed_hash(json.dumps([request.user.pk, request.get_full_path(), answers, files]))
