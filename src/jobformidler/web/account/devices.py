"""Where one is logged in, logging out there, and staying logged in while one writes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jobformidler.accounts import sessions
from jobformidler.web.guards import roles
from jobformidler.web.http import Request


@roles()
@require_http_methods(["GET", "POST"])
def devices(request: Request) -> HttpResponse:
    """One's open sessions. POST `which`: the one to end, or "others"."""
    mine = sessions.of_user(request.user)
    here = sessions.key_hash(request.session.session_key or "")
    if request.method == "POST":
        which = request.POST.get("which", "")
        rows = mine.exclude(session_key=here)
        ended = (rows if which == "others" else rows.filter(session_key=which)).delete()[0]
        if ended:
            messages.success(request, _("Logged out there."))
        return redirect("devices")
    context = {"rows": [(row, row.session_key == here) for row in mine], "now": timezone.now()}
    return render(request, "account/devices.html", context)


@roles()
@require_POST
def stay(request: Request) -> HttpResponse:
    """Somebody is still there: the session goes on. Answers how many seconds it lasts without another sign."""
    return HttpResponse(str(request.session.get_expiry_age()), content_type="text/plain")
