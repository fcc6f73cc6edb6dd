"""The first page by role, and one's own account."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jobformidler.accounts import second_factor, sessions
from jobformidler.accounts.actions import edit_user, set_password
from jobformidler.accounts.backends import may_use_password
from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Portrait, User
from jobformidler.web.account import sso
from jobformidler.web.account.forms import PasswordForm, ProfileForm
from jobformidler.web.frame import landing
from jobformidler.web.guards import roles
from jobformidler.web.http import Request
from jobformidler.web.saving import save


@roles()
def home(request: Request) -> HttpResponse:
    """Each role has its own first page."""
    return redirect(landing(request.viewer))


@roles()
def account(request: Request) -> HttpResponse:
    """My name and direct phone."""
    mine = User.objects.get(pk=request.user.pk)
    form = ProfileForm(request.POST or None, instance=mine, initial={"version": mine.version})
    saved = None
    if request.method == "POST":
        if request.POST.get("keep") == "theirs":
            return redirect("account")
        if form.is_valid():
            saved = save(
                form,
                request,
                edit_user,
                row=mine,
                user=request.user,
                municipality=request.viewer.municipality,
                **form.cleaned_data,
            )
        if saved:
            messages.success(request, _("Your account is saved."))
            return redirect("account")
    roles_now = mine.memberships.active_on(request.viewer.day).select_related("unit").order_by("pk")
    offered = [row for row in sso.services() if row.municipality_id == request.viewer.municipality.pk]
    context = {
        "form": form,
        "saved": saved,
        "memberships": roles_now,
        "shows_portrait": bool(request.viewer.roles - {Role.CITIZEN}),
        "has_portrait": Portrait.objects.filter(user=request.user).exists(),
        "email": request.user.email,
        "two_steps": second_factor.factor_of(request.user) is not None,
        "with_password": may_use_password(request.user),
        "sessions": sessions.of_user(request.user).count(),
        "service": offered[0] if offered else None,
        "connected": mine.identities.filter(municipality=request.viewer.municipality).exists(),
    }
    return render(request, "account/account.html", context)


@roles()
def change_password(request: Request) -> HttpResponse:
    """A new password; other sessions end, this one goes on."""
    form = PasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        values = {"user": request.user, "municipality": request.viewer.municipality}
        if save(form, request, set_password, password=form.cleaned_data["password"], **values):
            request.user.refresh_from_db()
            update_session_auth_hash(request, request.user)
            messages.success(request, _("Your password is changed."))
            return redirect("account")
    return render(request, "account/password.html", {"form": form})
