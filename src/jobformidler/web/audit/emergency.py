"""Emergency access: opened with a reason and a fresh proof of who one is, ended early, reviewed by the leader."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from jobformidler.accounts.enums import CASE_ROLES, Role
from jobformidler.casework.models import Case
from jobformidler.citizens.access_enums import Review
from jobformidler.citizens.actions import end_emergency, open_emergency, review_emergency
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import Citizen, EmergencyAccess
from jobformidler.citizens.watch import leads, policy_of
from jobformidler.core import clock
from jobformidler.core.crypto import keyed_hash
from jobformidler.web import danish
from jobformidler.web.audit.forms import EmergencyForm, ReviewForm
from jobformidler.web.guards import roles
from jobformidler.web.http import Request
from jobformidler.web.looking import note
from jobformidler.web.saving import save
from jobformidler.web.stepup import step_up

PER_PAGE = 50


@roles(*CASE_ROLES)
@step_up
def emergency_new(request: Request) -> HttpResponse:
    """Whose pages, and why. The number comes by POST and is found by its keyed hash alone."""
    if request.viewer.from_outside:
        raise PermissionDenied
    form = EmergencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        citizen = Citizen.objects.filter(cpr_hash=keyed_hash(values.pop("cpr"))).first()
        if citizen is None:
            form.add_error("cpr", _("Nobody with this number is registered here."))
        elif saved := save(form, request, open_emergency, citizen=citizen, **values):
            messages.success(
                request, _("You have emergency access. The leader and the security officer have been told.")
            )
            return redirect("emergency", saved.result.pk)
    hours = policy_of(request.viewer.municipality).emergency_hours
    return render(request, "audit/emergency_new.html", {"form": form, "hours": hours})


def _mine(request: Request):
    """Emergency accesses the viewer has to do with: own ones, those of the unit one leads, all for the officer."""
    rows = EmergencyAccess.objects.select_related("citizen", "user", "unit", "municipality", "reviewed_by")
    viewer = request.viewer
    if viewer.has(Role.SECURITY_OFFICER) or viewer.whole_municipality:
        return rows
    wanted = Q(user=viewer.user)
    if viewer.has(Role.TEAM_LEADER):
        wanted |= Q(citizen__unit__in=viewer.case_units)
    return rows.filter(wanted)


@roles(*CASE_ROLES, Role.SECURITY_OFFICER)
def emergency(request: Request, pk: int) -> HttpResponse:
    """One emergency access: whose, why, until when; how it ends and what the leader says."""
    access = get_object_or_404(_mine(request), pk=pk)
    now = clock.now()
    own = access.user_id == request.user.pk
    note(request, access.citizen, "emergency", RelationKind.BREAK_GLASS if own else request.viewer.function)
    is_open = access.ended_at is None and access.expires_at > now
    reviews = not own and access.review == Review.WAITING and leads(request.user, access.citizen, now.date())
    form = ReviewForm(request.POST or None, initial={"version": access.version}) if reviews else None
    saved = None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            values = {"review": form.cleaned_data["review"], "note": form.cleaned_data["review_note"]}
            version = form.cleaned_data["version"]
            saved = save(form, request, review_emergency, row=access, access=access, version=version, **values)
            if saved:
                messages.success(request, _("Your review is saved."))
                return redirect("emergency", pk)
    context = {
        "access": access,
        "own": own,
        "is_open": is_open,
        "cases": Case.objects.filter(citizen=access.citizen).order_by("-opened_on") if own and is_open else (),
        "form": form,
        "saved": saved,
        "today": now.date(),
    }
    return render(request, "audit/emergency.html", context)


@roles(*CASE_ROLES)
def emergency_mine(request: Request) -> HttpResponse:
    """The way to the emergency access one has right now."""
    access = EmergencyAccess.objects.open_at(clock.now()).filter(user=request.user).order_by("-opened_at").first()
    if access is None:
        raise Http404
    return redirect("emergency", access.pk)


@roles(*CASE_ROLES, Role.SECURITY_OFFICER)
@require_POST
def emergency_end(request: Request, pk: int) -> HttpResponse:
    """End it before its time."""
    access = get_object_or_404(_mine(request), pk=pk)
    end_emergency(access=access, by=request.user, at=clock.now())
    messages.success(request, _("The emergency access has ended."))
    return redirect("emergency", pk)


@roles(Role.SECURITY_OFFICER, Role.TEAM_LEADER)
def emergency_list(request: Request) -> HttpResponse:
    """Emergency accesses, newest first."""
    page = Paginator(_mine(request).order_by("-opened_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    heading = ngettext("%(n)s emergency access", "%(n)s emergency accesses", count) % {"n": danish.number(count)}
    return render(request, "audit/emergencies.html", {"page": page, "heading": heading})
