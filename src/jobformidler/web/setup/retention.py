"""How long data is kept: the municipality's months, what the next run would do, what the last one did."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.accounts.actions.keeping import set_retention
from jobformidler.accounts.enums import Role
from jobformidler.core import clock
from jobformidler.core.models import RetentionRun
from jobformidler.core.retention.rules import TYPES
from jobformidler.core.retention.run import Planned, plan
from jobformidler.web.guards import roles
from jobformidler.web.http import Request
from jobformidler.web.saving import save


class MonthsForm(forms.Form):
    """Months of one type of data."""

    months = forms.IntegerField(min_value=1, max_value=360, widget=forms.NumberInput(attrs={"class": "w-small"}))

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.label_suffix = ""
        self.fields["months"].label = label
        self.fields["months"].help_text = _("months")


def _words(row: Planned) -> str:
    """What the next run does about the type, as a sentence."""
    if row.count:
        text = ngettext("%(n)s is older.", "%(n)s are older.", row.count) % {"n": row.count}
        text += " " + (_("The next run ends it.") if row.decided else _("Nothing happens before you have decided."))
    else:
        text = _("Nothing is older.")
        if not row.decided:
            text += " " + _("You have not decided yet; this is a proposal.")
    if row.held:
        text += " " + (ngettext("%(n)s is held back.", "%(n)s are held back.", row.held) % {"n": row.held})
    return text


@roles(Role.ADMINISTRATOR)
def retention(request: Request) -> HttpResponse:
    """The dry run with a field for each type; case numbers only, never names."""
    municipality = request.viewer.municipality
    asked = request.POST.get("type", "") if request.method == "POST" else ""
    rows = plan(municipality, clock.today())
    shown = []
    for row in rows:
        label = str(TYPES[row.name].label)
        mine = row.name == asked
        form = MonthsForm(
            request.POST if mine else None, label=label, initial={"months": row.months}, auto_id=f"id_{row.name}_%s"
        )
        if mine and form.is_valid():
            act = save(form, request, set_retention, municipality=municipality, data_type=row.name, **form.cleaned_data)
            if act:
                messages.success(request, _("Saved. The next run follows it."))
                return redirect("retention")
        shown.append({"row": row, "form": form, "words": _words(row), "cases": [i.label for i in row.found[:20]]})
    waiting = sum(row.count for row in rows if row.decided)
    context = {
        "rows": shown,
        "heading": ngettext("%(n)s thing ends in the next run", "%(n)s things end in the next run", waiting)
        % {"n": waiting}
        if waiting
        else _("Nothing ends in the next run"),
        "last": RetentionRun.objects.order_by("-pk").first(),
    }
    return render(request, "setup/retention.html", context)
