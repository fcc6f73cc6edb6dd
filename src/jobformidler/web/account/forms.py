"""Login and one's own account."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jobformidler.accounts.backends import is_throttled
from jobformidler.accounts.models import User
from jobformidler.accounts.throttle import CODES
from jobformidler.web.saving import Versioned


class LoginForm(AuthenticationForm):
    """E-mail and password. The answer to a wrong pair is the same whether the e-mail is known or not."""

    username = forms.EmailField(
        label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def get_invalid_login_error(self) -> ValidationError:
        """What to do now, also when there have been too many tries."""
        if is_throttled(self.cleaned_data.get("username", "")):
            text = _(
                "There have been several tries. Wait ten minutes and try again, or ask your administrator for help."
            )
            return ValidationError(text, code="throttled")
        return ValidationError(_("E-mail and password do not fit together. Try again."), code="invalid_login")

    def confirm_login_allowed(self, user) -> None:
        """The backend has refused inactive users already, with the same answer as for a wrong pair."""


class CodeForm(forms.Form):
    """A code from the app or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
    )

    def refuse(self, user: User) -> None:
        """Say that the code did not fit, and what to do."""
        if CODES.is_used_up(str(user.pk)):
            self.add_error("code", _("There have been several tries. Wait ten minutes and try again."))
        else:
            self.add_error("code", _("The code does not fit. Wait for the next one in the app and try again."))


class ProveForm(forms.Form):
    """The password again, and a code where there is a second factor."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    code = forms.CharField(
        label=_("Code from the app"),
        max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )

    def __init__(self, *args, with_code: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not with_code:
            del self.fields["code"]


class ProfileForm(Versioned, forms.ModelForm):
    """What people change about themselves."""

    class Meta:
        model = User
        fields = ["name", "phone"]
        help_texts = {"phone": _("Citizens and workplaces see your direct number and your e-mail.")}


class PasswordForm(forms.Form):
    """A new password, with the present one as proof."""

    present = forms.CharField(
        label=_("Your present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label=_("Your new password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean_present(self) -> str:
        """The present password must be right."""
        if not self.user.check_password(self.cleaned_data["present"]):
            raise ValidationError(_("This is not your present password."))
        return self.cleaned_data["present"]


class ResetForm(forms.Form):
    """Whose password is forgotten."""

    email = forms.EmailField(
        label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True})
    )


class NewPasswordForm(forms.Form):
    """A new password after the link from the mail."""

    password = forms.CharField(
        label=_("Your new password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = " ".join(password_validators_help_texts())
