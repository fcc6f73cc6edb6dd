"""The editable lists: what can be chosen on the forms."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobformidler.accounts.actions import add_item, move_item, rename_item, use_item
from jobformidler.accounts.enums import Role
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.core.models import ListItem
from jobformidler.web.guards import roles
from jobformidler.web.http import Request
from jobformidler.web.saving import save
from jobformidler.web.setup.forms import ItemForm

#: What each list is called on the screen, and where its entries are chosen.
NAMES: dict[str, tuple[str | Promise, str | Promise]] = {
    "benefit": (
        gettext_lazy("Benefits"),
        gettext_lazy("What a citizen lives on. Register files are read by these codes."),
    ),
    "competence_origin": (gettext_lazy("Where competences come from"), gettext_lazy("Chosen with each competence.")),
    "accommodation": (
        gettext_lazy("What can be taken into account"),
        gettext_lazy("Chosen for a citizen and for a place; the match compares them."),
    ),
    "first_conversation": (
        gettext_lazy("The first conversation"),
        gettext_lazy("The checklist of the first conversation."),
    ),
    "contact_purpose": (gettext_lazy("Why we contact a company"), gettext_lazy("Chosen with each contact.")),
    "effort_model": (gettext_lazy("Models of the effort"), gettext_lazy("A case can be marked with one of them.")),
    "ladder_task": (
        gettext_lazy("Tasks of the ladder"),
        gettext_lazy("Suggested when the steps of the hours are planned."),
    ),
}


def _name(code: str) -> str:
    return str(NAMES.get(code, (code, ""))[0])


@roles(Role.ADMINISTRATOR)
def lists(request: Request) -> HttpResponse:
    """All lists with how many entries they have."""
    counted = ListItem.objects.values("list").annotate(n=Count("pk", filter=Q(active=True))).order_by("list")
    rows = [(row["list"], _name(row["list"]), NAMES.get(row["list"], ("", ""))[1], row["n"]) for row in counted]
    return render(request, "setup/lists.html", {"rows": sorted(rows, key=lambda row: row[1])})


@roles(Role.ADMINISTRATOR)
def list_items(request: Request, name: str) -> HttpResponse:
    """The entries of one list in their order; a new one under it."""
    items = ListItem.objects.filter(list=name)
    if not items.exists():
        raise Http404
    form = ItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values: dict[str, Any] = {"municipality": request.viewer.municipality, "name": name, **form.cleaned_data}
        if save(form, request, add_item, **values):
            messages.success(request, _("The entry is added."))
            return redirect("list_items", name)
    context = {"form": form, "items": items, "heading": _name(name), "lead": NAMES.get(name, ("", ""))[1]}
    return render(request, "setup/list_items.html", context)


@roles(Role.ADMINISTRATOR)
def list_item(request: Request, pk: int) -> HttpResponse:
    """One entry: rename it, move it (`do=up|down`), take it out of use or back (`do=use`)."""
    item = get_object_or_404(ListItem, pk=pk)
    values: dict[str, Any] = {"municipality": request.viewer.municipality, "item": item}
    do = request.POST.get("do", "")
    if do in ("up", "down", "use"):
        return _do(request, item, do, values)
    form = ItemForm(request.POST or None, initial={"label": item.label})
    if request.method == "POST" and form.is_valid() and save(form, request, rename_item, **values, **form.cleaned_data):
        messages.success(request, _("The entry is saved."))
        return redirect("list_items", item.list)
    return render(request, "setup/list_item.html", {"form": form, "item": item, "list_name": _name(item.list)})


def _do(request: Request, item: ListItem, do: str, values: dict[str, Any]) -> HttpResponse:
    who: dict[str, Any] = {"by": request.user, "at": clock.now()}
    try:
        if do == "use":
            use_item(active=not item.active, **values, **who)
        else:
            move_item(up=do == "up", **values, **who)
    except ActionError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("list_items", item.list)
