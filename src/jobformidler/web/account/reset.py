"""A forgotten password: asking for the mail, and the page its link opens."""

from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlsafe_base64_decode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from jobformidler.accounts.actions import ask_reset, reset_password
from jobformidler.accounts.backends import address_of
from jobformidler.accounts.models import User
from jobformidler.core import clock, db
from jobformidler.core.actions import ActionError
from jobformidler.web.account import flow
from jobformidler.web.account.forms import NewPasswordForm, ResetForm
from jobformidler.web.guards import public

FOUND = "reset"


@public("whoever has forgotten the password cannot log in")
@require_http_methods(["GET", "POST"])
def reset_ask(request: HttpRequest) -> HttpResponse:
    """The e-mail; the answer is the same whether anybody has it."""
    form = ResetForm(request.POST or None)
    asked = request.method == "POST" and form.is_valid()
    if asked:
        ask_reset(email=form.cleaned_data["email"], address=address_of(request), at=clock.now())
    return render(request, "account/reset_ask.html", {"form": form, "asked": asked})


@public("link from the mail, its token is checked")
@never_cache
@require_GET
def reset_open(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Take the token out of the address at once, so that no later page can hand it on."""
    user = _user(uid)
    if user is None or not default_token_generator.check_token(user, token):
        return render(request, "account/reset_gone.html", status=410)
    request.session.cycle_key()
    request.session[FOUND] = [uid, token]
    return redirect("reset_set")


def _user(uid: str) -> User | None:
    try:
        return User.objects.filter(pk=int(urlsafe_base64_decode(uid)), is_active=True).first()
    except (ValueError, ValidationError):
        return None


@public("opened by the link from the mail")
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def reset_set(request: HttpRequest) -> HttpResponse:
    """The new password. The second step, where there is one, still comes at the next login."""
    uid, token = request.session.get(FOUND, ["", ""])
    user = _user(uid)
    home = flow.home_of(user) if user else None
    if user is None or home is None or not default_token_generator.check_token(user, token):
        return render(request, "account/reset_gone.html", status=410)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with db.enter(home, user, "new password by mail"):
                reset_password(
                    user=user,
                    token=token,
                    password=form.cleaned_data["password"],
                    municipality=home,
                    at=clock.now(),
                )
        except ActionError as error:
            form.add_error("password", " ".join(error.messages))
        else:
            del request.session[FOUND]
            messages.success(request, _("Your password is changed. Log in with it."))
            return redirect("login")
    return render(request, "account/reset_set.html", {"form": form})
