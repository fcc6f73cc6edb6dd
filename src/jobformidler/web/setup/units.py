"""Teams and departments."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from jobformidler.accounts.actions import create_unit, edit_unit
from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Unit
from jobformidler.web.guards import roles
from jobformidler.web.http import Request
from jobformidler.web.saving import save
from jobformidler.web.setup.forms import UnitEditForm, UnitForm


@roles(Role.ADMINISTRATOR)
def units(request: Request) -> HttpResponse:
    """All units with how many people they hold; a new one under the list."""
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {"municipality": request.viewer.municipality, "name": form.cleaned_data["name"]}
        if save(form, request, create_unit, **values):
            messages.success(request, _("The unit is created."))
            return redirect("units")
    inside = Count("memberships__user", filter=Q(memberships__period__contains=request.viewer.day), distinct=True)
    rows = Unit.objects.annotate(people=inside).order_by("-active", "name")
    return render(request, "setup/units.html", {"form": form, "units": rows})


@roles(Role.ADMINISTRATOR)
def unit(request: Request, pk: int) -> HttpResponse:
    """Rename a unit or take it out of use."""
    row = get_object_or_404(Unit, pk=pk)
    form = UnitEditForm(request.POST or None, initial={"name": row.name, "active": row.active})
    if request.method == "POST" and form.is_valid() and save(form, request, edit_unit, unit=row, **form.cleaned_data):
        messages.success(request, _("The unit is saved."))
        return redirect("units")
    return render(request, "setup/unit.html", {"form": form, "unit": row})
