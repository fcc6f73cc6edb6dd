"""Forms of the citizen's own pages."""

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

NEW = {"autocomplete": "new-password"}


class ChooseForm(forms.Form):
    """A first password, written twice."""

    password = forms.CharField(label=_("Choose a password"), strip=False, widget=forms.PasswordInput(attrs=NEW))
    once_more = forms.CharField(label=_("Write it once more"), strip=False, widget=forms.PasswordInput(attrs=NEW))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean_once_more(self) -> str:
        """Both must be the same."""
        if self.cleaned_data["once_more"] != self.cleaned_data.get("password", self.cleaned_data["once_more"]):
            raise ValidationError(_("The two passwords are not the same."))
        return self.cleaned_data["once_more"]
