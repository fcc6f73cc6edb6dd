"""A citizen registered by hand (CIT-01). The CPR number is typed and posted; it stands in no address and no message."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Unit
from jobformidler.citizens.actions import register_citizen
from jobformidler.core import clock
from jobformidler.web.cases.formpage import form_page
from jobformidler.web.cases.forms.citizen import NewCitizenForm
from jobformidler.web.guards import roles
from jobformidler.web.http import Request


@roles(Role.JOBFORMIDLER, Role.CASEWORKER, Role.TEAM_LEADER)
def new(request: Request) -> HttpResponse:
    """Register one person in a unit the user works in; the case is opened from the list of those without one."""
    viewer = request.viewer
    units = list(Unit.objects.filter(active=True).order_by("name", "pk"))
    if not viewer.whole_municipality:
        units = [unit for unit in units if unit.pk in viewer.case_units]
    if not units:
        raise PermissionDenied
    form = NewCitizenForm(request.POST or None, units=units)

    def act(sent: Any) -> object:
        values = sent.answers(
            "cpr", "first_name", "last_name", "birth_date", "benefit", "benefit_from", "phone", "email"
        )
        return register_citizen(unit=sent.chosen_unit, by=request.user, at=clock.now(), **values)

    return form_page(
        request,
        form,
        act,
        title=_("Register a citizen"),
        said=lambda row: _("%(name)s is registered and has no case yet.") % {"name": row.full_name},
        back=reverse("caseload") + "?vis=uden-sag",
        submit=_("Register the citizen"),
        in_case=False,
        context={"back_label": _("Citizens")},
    )
