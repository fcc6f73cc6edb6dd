"""What an administrator decides about logging in: the policy, the login service, and somebody's lost phone."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from jobformidler.accounts import second_factor
from jobformidler.accounts.actions import change_login_policy, reset_second_factor
from jobformidler.accounts.actions.policy import FIELDS
from jobformidler.accounts.claims import client_secret
from jobformidler.accounts.enums import AssuranceLevel, Role
from jobformidler.accounts.models import LoginPolicy, Membership, User
from jobformidler.web.guards import roles
from jobformidler.web.http import Request
from jobformidler.web.saving import Versioned, save
from jobformidler.web.stepup import step_up


class PairsField(forms.CharField):
    """A table as lines "what the service says = what it is here"."""

    widget = forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})

    def __init__(self, *, words: dict[str, str] | None = None, **kwargs: Any):
        super().__init__(required=False, **kwargs)
        self.words = words or {}

    def prepare_value(self, value: Any) -> Any:
        """The lines; a known value by its Danish word."""
        if not isinstance(value, dict):
            return value
        return "\n".join(f"{said} = {self.words.get(here, here)}" for said, here in sorted(value.items()))

    def clean(self, value: Any) -> dict[str, str]:
        """The table. Raises ValidationError for a line without a sign between."""
        back = {str(word).casefold(): code for code, word in self.words.items()}
        table = {}
        for line in (super().clean(value) or "").splitlines():
            if not line.strip():
                continue
            said, sign, here = line.rpartition("=")
            if not sign or not said.strip() or not here.strip():
                raise forms.ValidationError(_("Write each line as: what the service says = what it is here."))
            table[said.strip()] = back.get(here.strip().casefold(), here.strip())
        return table


class PolicyForm(Versioned, forms.ModelForm):
    """How people log in."""

    second_factor_roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles that must log in in two steps"),
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("At their next login they are led through it. Others may switch it on themselves."),
    )
    role_map = PairsField(
        label=gettext_lazy("Roles: what the service says = role here"),
        words={value: str(label) for value, label in Role.choices},
        help_text=gettext_lazy(
            "One a line, for instance: AD-JOB-FORMIDLER = jobformidler. What is not named gives no role."
        ),
    )
    unit_map = PairsField(
        label=gettext_lazy("Units: what the service says = unit here"),
        help_text=gettext_lazy("Only where the names differ."),
    )
    level_map = PairsField(
        label=gettext_lazy("Levels: what the service says = level here"),
        words={value: str(label) for value, label in AssuranceLevel.choices},
        help_text=gettext_lazy("Low, Substantial and High as NSIS names them are known already."),
    )

    class Meta:
        model = LoginPolicy
        fields = list(FIELDS)
        help_texts = {
            "idle_minutes": gettext_lazy("A warning comes two minutes before, and nothing typed is lost."),
            "session_hours": gettext_lazy("However busy one is. A working day is a good measure."),
            "sso_name": gettext_lazy("Stands on the button of the login page, for instance «kommunens login»."),
            "issuer": gettext_lazy("The address the service calls itself, exactly as it writes it."),
            "scopes": gettext_lazy("What we ask the service to tell."),
            "claim_organisation": gettext_lazy("Empty when everybody at the service is ours."),
            "claim_role": gettext_lazy("Dots lead inside: realm_access.roles."),
            "create_users": gettext_lazy("Otherwise an administrator makes the user first, who then connects it."),
            "password_off": gettext_lazy("Counts for those who are connected with the service."),
        }


@roles(Role.ADMINISTRATOR)
@step_up
@require_http_methods(["GET", "POST"])
def login_policy(request: Request) -> HttpResponse:
    """Second factor, sessions and the login service on one page."""
    municipality = request.viewer.municipality
    row = LoginPolicy.objects.filter(municipality=municipality).select_related("municipality").first()
    row = row or LoginPolicy(municipality=municipality)
    form = PolicyForm(request.POST or None, instance=row, initial={"version": row.version})
    saved = None
    if request.method == "POST":
        if request.POST.get("keep") == "theirs":
            return redirect("login_policy")
        if form.is_valid():
            values = form.cleaned_data
            saved = save(form, request, change_login_policy, row=row, municipality=municipality, **values)
        if saved:
            messages.success(request, _("The rules for logging in are saved."))
            return redirect("setup")
    context = {
        "form": form,
        "saved": saved,
        "back_address": settings.SITE_URL.rstrip("/") + reverse("sso_back"),
        "has_secret": bool(client_secret(row)),
        "code": municipality.code,
    }
    return render(request, "account/login_policy.html", context)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Why is it reset"),
        max_length=200,
        help_text=gettext_lazy("For instance: the phone is lost."),
    )


@roles(Role.ADMINISTRATOR)
@step_up
@require_http_methods(["GET", "POST"])
def user_factor_reset(request: Request, pk: int) -> HttpResponse:
    """Somebody's phone is gone: remove the second step, with a reason."""
    here = Membership.objects.filter(municipality=request.viewer.municipality).values("user")
    person = get_object_or_404(User.objects.filter(pk__in=here), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {"user": person, "municipality": request.viewer.municipality}
        if save(form, request, reset_second_factor, **values, **form.cleaned_data):
            messages.success(request, _("Login in two steps is reset for %(name)s.") % {"name": person.name})
            return redirect("user", pk)
    has_one = second_factor.factor_of(person) is not None
    return render(request, "account/user_factor_reset.html", {"form": form, "person": person, "has_one": has_one})
