"""Which file, and what its headers mean."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from jobformidler.core.enums import DeliveryKind
from jobformidler.core.models import ColumnMapping
from jobformidler.core.tabular import Proposal, Spec
from jobformidler.registers.store import LARGEST_FILE

UNUSED = "-"


class UploadForm(forms.Form):
    """A register file and what it holds."""

    kind = forms.ChoiceField(label=_("What does the file hold?"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("Which file?"),
        help_text=_(
            "CSV or Excel, as it comes from the other system. Nothing is read in before you have seen what happens."
        ),
        max_length=255,
        error_messages={"empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,text/csv"}),
    )
    mapping = forms.ModelChoiceField(
        label=_("Saved columns"), queryset=ColumnMapping.objects.none(), required=False, empty_label=_("None")
    )

    def __init__(self, *args, **kwargs):
        """The choices are read now, so that an empty list of saved columns hides the question."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (kind, label.capitalize()) for kind, label in DeliveryKind.choices
        ]
        saved = ColumnMapping.objects.order_by("kind", "name")
        if saved.exists():
            self.fields["mapping"].queryset = saved  # type: ignore[attr-defined]  # a ModelChoiceField
        else:
            del self.fields["mapping"]

    def clean_file(self):
        """Not larger than what we keep."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is too large. Divide it, or save it as CSV."))
        return file

    def clean(self):
        """Saved columns belong to one kind of file."""
        data = super().clean() or {}
        mapping = data.get("mapping")
        if mapping is not None and data.get("kind") not in (None, mapping.kind):
            self.add_error("mapping", _("These columns were saved for another kind of file."))
        return data


class ColumnsForm(forms.Form):
    """For each header of the file the column it means, or nothing."""

    name = forms.CharField(label=_("Save the columns under a name"), max_length=80, required=False)

    def __init__(self, *args, spec: Spec, proposals: Sequence[Proposal], **kwargs):
        """One select for each header."""
        super().__init__(*args, **kwargs)
        self.headers: dict[str, str] = {}
        choices = [(UNUSED, _("Is not used")), *((column.name, column.label) for column in spec.columns)]
        for place, proposal in enumerate(proposals):
            if not proposal.header or proposal.header in self.headers.values():
                continue
            field = f"c{place}"
            self.headers[field] = proposal.header
            self.fields[field] = forms.ChoiceField(
                label=f"«{proposal.header}»", choices=choices, initial=proposal.canonical or UNUSED
            )
        self.order_fields([*self.headers, "name"])

    def clean(self):
        """One header for each column."""
        data = super().clean() or {}
        taken: dict[str, str] = {}
        for field, header in self.headers.items():
            column = data.get(field)
            if column == UNUSED:
                continue
            if column and column in taken:
                self.add_error(field, _("«%(other)s» already means this.") % {"other": taken[column]})
            elif column:
                taken[column] = header
        return data

    @property
    def mapping(self) -> Mapping[str, str]:
        """{header: canonical column, empty where it is left out}."""
        chosen = {header: self.cleaned_data[field] for field, header in self.headers.items()}
        return {header: "" if column == UNUSED else column for header, column in chosen.items()}

    def column_fields(self):
        """The selects, for the template."""
        return [self[field] for field in self.headers]
