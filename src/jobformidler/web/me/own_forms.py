"""Forms of Min side: one question, perhaps two, in plain words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobformidler.core import lists
from jobformidler.web.cases.forms.base import text_field
from jobformidler.web.saving import Versioned


class OwnForm(forms.Form):
    """Without the colon after labels; what must be answered is said when it is missing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False


class WishForm(OwnForm):
    """A wish in one's own words (CIT-07)."""

    text = text_field(_("What do you wish for?"), 300, rows=3, help_text=_("Write it the way you would say it."))


class ChangeWishForm(WishForm, Versioned):
    """A wish that is changed."""


class CompetenceForm(OwnForm):
    """Something one can (CIT-13)."""

    text = text_field(
        _("What can you do?"), 200, help_text=_("For example: keep accounts, cook for many, repair bikes.")
    )
    origin = forms.ChoiceField(label=_("Where did you learn it?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["origin"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = lists.choices("competence_origin")


class CommentForm(OwnForm):
    """A comment on a goal or an agreement (CIT-13)."""

    text = text_field(_("What do you want to say?"), 2000, rows=5)


class CompanyForm(OwnForm):
    """A company to ask (CIT-13)."""

    text = text_field(
        _("Which company, and why?"), 500, rows=3, help_text=_("Perhaps you know somebody who works there.")
    )


class MessageForm(OwnForm):
    """A message to those who help."""

    text = text_field(_("What do you want to write?"), 4000, rows=6)


class SignForm(OwnForm):
    """The name as signature on the version that was read."""

    name = text_field(
        _("Write your name to sign"), 120, wide=False, help_text=_("It counts as your signature on this version.")
    )
    digest = forms.CharField(widget=forms.HiddenInput)
