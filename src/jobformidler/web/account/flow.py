"""The steps of a login between the first proof and the open session."""

from typing import Any

from django.contrib.auth import login as open_session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from jobformidler.accounts import second_factor
from jobformidler.accounts.models import Membership, User
from jobformidler.core import clock
from jobformidler.core.models import Municipality
from jobformidler.web.stepup import safe_path

PENDING = "pending_login"
#: How long the second step may wait for the first, in seconds.
PATIENCE = 600
BACKEND = "jobformidler.accounts.backends.ThrottledBackend"


def after_password(request: HttpRequest, user: User, wanted: str) -> HttpResponse:
    """The password was right: open the session, or ask for the second step first."""
    has_factor = second_factor.factor_of(user) is not None
    if not has_factor and not second_factor.is_required(user, clock.today()):
        return finish(request, user, wanted)
    request.session.cycle_key()
    request.session[PENDING] = {"user": user.pk, "next": wanted, "at": timezone.now().timestamp()}
    return HttpResponseRedirect(reverse("login_code" if has_factor else "login_enrol"))


def pending(request: HttpRequest) -> User | None:
    """Whose password was right a short while ago in this browser; None when nobody's or too long ago."""
    waiting: dict[str, Any] = request.session.get(PENDING, {})
    if not waiting or timezone.now().timestamp() - waiting["at"] > PATIENCE:
        return None
    return User.objects.filter(pk=waiting["user"], is_active=True).first()


def finish(request: HttpRequest, user: User, wanted: str = "") -> HttpResponse:
    """Open the session and go to the wanted page of our own, else to the first page of the role."""
    wanted = wanted or request.session.get(PENDING, {}).get("next", "")
    request.session.pop(PENDING, None)
    open_session(request, user, backend=BACKEND)
    return HttpResponseRedirect(safe_path(request, wanted))


def home_of(user: User) -> Municipality | None:
    """The municipality of a role in force, in whose context events before login are kept."""
    row = (
        Membership.objects.active_on(clock.today())
        .filter(user=user)
        .select_related("municipality")
        .order_by("pk")
        .first()
    )
    return row.municipality if row else None
