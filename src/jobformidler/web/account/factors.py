"""Login in two steps on one's own account: switching on, recovery codes, switching off."""

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from jobformidler.accounts import second_factor as rules
from jobformidler.accounts.actions import (
    begin_second_factor,
    confirm_second_factor,
    remove_second_factor,
    renew_recovery_codes,
)
from jobformidler.accounts.models import SecondFactor
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.web.account.forms import CodeForm
from jobformidler.web.guards import roles
from jobformidler.web.http import Request
from jobformidler.web.stepup import step_up


def picture(factor: SecondFactor, issuer: str) -> SafeString:
    """The QR code as an SVG in the page: no address of its own that a cache could keep, no inline style."""
    address = rules.app_address(str(factor.secret), factor.user, f"Jobformidler {issuer}")
    code = segno.make_qr(address, error="m")
    # Black on white in both colour schemes, with the quiet zone readers need. Segno's output holds no text of ours.
    drawn = code.svg_inline(scale=5, border=4, light="#fff", svgclass="qr", lineclass=None, omitsize=False)
    return mark_safe(drawn)  # noqa: S308  drawn by the library from an address it encodes as dots


def codes_page(request: HttpRequest, codes: list[str], onward: str) -> HttpResponse:
    """The recovery codes, shown this once."""
    return render(request, "account/recovery_codes.html", {"codes": codes, "onward": onward})


@roles()
@step_up
@never_cache
@require_http_methods(["GET", "POST"])
def second_factor(request: Request) -> HttpResponse:
    """What stands, or the picture for the app and the first code."""
    user, municipality = request.user, request.viewer.municipality
    if rules.factor_of(user) is not None:
        stands = {"left": rules.codes_left(user), "required": rules.is_required(user, request.viewer.day)}
        return render(request, "account/second_factor.html", stands)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        codes = confirm_second_factor(
            user=user,
            municipality=municipality,
            code=form.cleaned_data["code"],
            shown_at=timezone.now(),
            by=user,
            at=clock.now(),
        )
        if codes is not None:
            return codes_page(request, codes, "")
        form.refuse(user)
    factor = begin_second_factor(user=user, by=user, at=clock.now())
    context = {"form": form, "secret": factor.secret, "picture": picture(factor, municipality.name)}
    return render(request, "account/second_factor_on.html", context)


@roles()
@step_up
@require_POST
def recovery_codes(request: Request) -> HttpResponse:
    """Ten new codes; the old ones stop working."""
    user = request.user
    try:
        codes = renew_recovery_codes(user=user, municipality=request.viewer.municipality, by=user, at=clock.now())
    except ActionError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("second_factor")
    return codes_page(request, codes, "")


@roles()
@step_up
@require_POST
def second_factor_off(request: Request) -> HttpResponse:
    """Log in with the password alone from now on, where the municipality allows it."""
    user = request.user
    try:
        remove_second_factor(user=user, municipality=request.viewer.municipality, by=user, at=clock.now())
    except ActionError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("second_factor")
    messages.success(request, _("You log in with your password alone now."))
    return redirect("account")
