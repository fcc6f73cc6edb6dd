"""The municipality's own words for the groups of the 3-group model (CIT-04)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jobformidler.accounts.enums import Role
from jobformidler.casework import target
from jobformidler.casework.actions import word_group
from jobformidler.casework.models import GroupText
from jobformidler.web.guards import roles
from jobformidler.web.http import Request
from jobformidler.web.saving import save
from jobformidler.web.target.forms import GroupTextForm


@roles(Role.ADMINISTRATOR)
def groups(request: Request) -> HttpResponse:
    """The four groups with the words in use."""
    return render(request, "target/texts.html", {"texts": target.words_of_groups()})


@roles(Role.ADMINISTRATOR)
def group(request: Request, group: str) -> HttpResponse:
    """Change name, status and focus of a group; from then on the lists use them."""
    texts = target.words_of_groups()
    if group not in texts:
        raise Http404
    row = GroupText.objects.filter(group=group).first()
    initial = {**texts[group], "version": row.version if row else None}
    form = GroupTextForm(request.POST or None, initial=initial, label_suffix="")
    form.use_required_attribute = False
    saved = None
    if request.method == "POST":
        if request.POST.get("keep") == "theirs":
            return redirect("group_texts")
        if form.is_valid():
            values = {"municipality": request.viewer.municipality, "group": group, **form.cleaned_data}
            saved = save(form, request, word_group, row=row, **values)
        if saved:
            messages.success(request, _("The words are saved."))
            return redirect("group_texts")
    return render(request, "target/text.html", {"form": form, "saved": saved, "name": texts[group]["name"]})
