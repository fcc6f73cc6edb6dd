"""Forms about what is closest to the citizen: health and documents."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobformidler.casework.documents import DocumentKind
from jobformidler.core.files import ALLOWED
from jobformidler.web.cases.forms.base import CaseForm, text_field


class ImpairmentForm(CaseForm):
    """An impairment by its meaning for the work; the diagnosis unfolds and may stay unsaid (CIT-09)."""

    more = ("diagnosis",)
    more_label = _("Diagnosis, if it is needed")
    meaning = text_field(
        _("What does it mean for the work?"),
        2000,
        rows=4,
        help_text=_(
            "What happens at work, not what it is called: say what the citizen can do, for how long, and when."
        ),
    )
    options = text_field(_("What is possible all the same?"), 2000, required=False, rows=3)
    diagnosis = text_field(
        _("Diagnosis"), 2000, required=False, rows=2, help_text=_("No workplace and no provider ever reads it.")
    )


class DocumentForm(CaseForm):
    """A file for the case."""

    upload = forms.FileField(
        label=_("File"),
        help_text=_("PDF, PNG, JPG, DOCX, XLSX or TXT, at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ",".join(end for kind in ALLOWED.values() for end in kind.endings)}),
        max_length=4000,
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )
    kind = forms.ChoiceField(label=_("What is it?"), choices=DocumentKind.choices, widget=forms.RadioSelect)
    confidential = forms.BooleanField(
        label=_("Confidential"),
        required=False,
        help_text=_("Only the jobformidler and the caseworker can open it. Papers about health always are."),
    )

    def __init__(self, *args: Any, close: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not close:
            del self.fields["confidential"]
