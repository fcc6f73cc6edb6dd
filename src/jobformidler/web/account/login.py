"""Logging in and out: password, second step, the second step's first time, and proving again who one is."""

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth import views as auth_views
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from jobformidler.accounts import second_factor, sessions
from jobformidler.accounts.actions import begin_second_factor, check_second_factor, confirm_second_factor
from jobformidler.accounts.backends import may_use_password
from jobformidler.accounts.demo_logins import PASSWORD, demo_logins
from jobformidler.core import clock, db
from jobformidler.web.account import flow, sso
from jobformidler.web.account.factors import codes_page, picture
from jobformidler.web.account.forms import CodeForm, LoginForm, ProveForm
from jobformidler.web.guards import public, roles
from jobformidler.web.http import Request
from jobformidler.web.stepup import safe_path


class _Login(auth_views.LoginView):
    template_name = "account/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """The password is right; the session opens after the second step, where there is one."""
        return flow.after_password(self.request, form.get_user(), self.get_redirect_url())

    def get_context_data(self, **kwargs):
        logins = demo_logins(clock.today())
        return super().get_context_data(
            logins=logins,
            demo_password=PASSWORD if logins else "",
            services=sso.services(),
            was_in=sso.came_with_an_ended_session(self.request),
            **kwargs,
        )


login = public("nobody has a login before logging in")(_Login.as_view())


@public("ending a session takes nothing")
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session; where a login service opened it, end the one there as well."""
    there = sso.logout_address(request)
    answer = auth_views.LogoutView.as_view(next_page="login")(request)
    return sso.onward(request, there) if there else answer


def too_late(request: HttpRequest) -> HttpResponse:
    """The first step was too long ago, in another browser, or never."""
    sentence = _("The first step was too long ago. Begin again with your password.")
    return render(request, "account/sso_refused.html", {"sentence": sentence}, status=410)


@public("second step of a login whose password was right")
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def login_code(request: HttpRequest) -> HttpResponse:
    """Six digits from the app, or a recovery code."""
    user = flow.pending(request)
    if user is None:
        return too_late(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if check_second_factor(user=user, code=form.cleaned_data["code"], shown_at=timezone.now()):
            return flow.finish(request, user)
        form.refuse(user)
    return render(request, "account/login_code.html", {"form": form})


@public("second step of a login whose password was right, set up for the first time")
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def login_enrol(request: HttpRequest) -> HttpResponse:
    """Somebody whose role takes a second step sets it up before anything opens."""
    user = flow.pending(request)
    home = flow.home_of(user) if user else None
    if user is None or home is None or second_factor.factor_of(user) is not None:
        return too_late(request)
    with db.enter(home, user, "second factor at login"):
        form = CodeForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            codes = confirm_second_factor(
                user=user,
                municipality=home,
                code=form.cleaned_data["code"],
                shown_at=timezone.now(),
                by=user,
                at=clock.now(),
            )
            if codes is not None:
                goes_on = flow.finish(request, user)
                return codes_page(request, codes, goes_on["Location"])
            form.refuse(user)
        factor = begin_second_factor(user=user, by=user, at=clock.now())
    context = {"form": form, "secret": factor.secret, "picture": picture(factor, home.name), "required": True}
    return render(request, "account/login_enrol.html", context)


@roles()
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def prove(request: Request) -> HttpResponse:
    """Show again who one is, and go on to where one came from."""
    wanted = safe_path(request, request.POST.get("next") or request.GET.get("next", ""))
    with_password = request.user.has_usable_password() and may_use_password(request.user)
    service = sso.service_of(request.user)
    with_code = second_factor.factor_of(request.user) is not None
    form = ProveForm(request.POST or None, with_code=with_code)
    if request.method == "POST" and with_password and form.is_valid() and _proven(request, form):
        sessions.prove(request.session)
        return HttpResponseRedirect(wanted)
    context = {"form": form, "next": wanted, "with_password": with_password, "service": service}
    return render(request, "account/prove.html", context)


def _proven(request: Request, form: forms.Form) -> bool:
    """Password and, where there is a second factor, code; one refusal for both."""
    found = authenticate(request, username=request.user.email, password=form.cleaned_data["password"])
    code = form.cleaned_data.get("code")
    fits = found == request.user and (
        code is None or check_second_factor(user=request.user, code=code, shown_at=timezone.now())
    )
    if not fits:
        form.add_error(None, _("That did not fit. Try again, or wait ten minutes after several tries."))
    return fits
