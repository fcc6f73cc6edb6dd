"""Login, logout, the first page by role, one's own account."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jobformidler.accounts.actions import edit_user, set_password
from jobformidler.accounts.demo_logins import PASSWORD, demo_logins
from jobformidler.accounts.models import User
from jobformidler.core import clock
from jobformidler.web.account.forms import LoginForm, PasswordForm, ProfileForm
from jobformidler.web.frame import landing
from jobformidler.web.guards import public, roles
from jobformidler.web.http import Request
from jobformidler.web.saving import save


class _Login(auth_views.LoginView):
    template_name = "account/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs):
        logins = demo_logins(clock.today())
        return super().get_context_data(logins=logins, demo_password=PASSWORD if logins else "", **kwargs)


login = public("nobody has a login before logging in")(_Login.as_view())


@public("ending a session takes nothing")
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session and go to the login page."""
    return auth_views.LogoutView.as_view(next_page="login")(request)


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
    context = {"form": form, "saved": saved, "memberships": roles_now, "email": request.user.email}
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
