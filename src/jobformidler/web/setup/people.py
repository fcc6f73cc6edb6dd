"""Users, what they are, and from when to when."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from jobformidler.accounts.actions import (
    add_membership,
    create_user,
    deactivate,
    edit_user,
    end_membership,
    reactivate,
    set_password,
)
from jobformidler.accounts.actions.people import start_password
from jobformidler.accounts.enums import Background, Role
from jobformidler.accounts.models import Membership, User
from jobformidler.accounts.perms import belongs_only_to
from jobformidler.accounts.viewer import Viewer
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.core.periods import day_after, last_day
from jobformidler.web.account.connections import connection_of
from jobformidler.web.guards import roles
from jobformidler.web.http import Request
from jobformidler.web.saving import save
from jobformidler.web.setup.forms import RECOMMENDATION, EndForm, FirstRoleForm, MembershipForm, UserEditForm

PER_PAGE = 50


def _here(viewer: Viewer) -> QuerySet[User]:
    """Users this municipality has ever given a role. Citizens' own logins are no business of the set-up."""
    given = Membership.objects.filter(user=OuterRef("pk"), municipality=viewer.municipality).exclude(role=Role.CITIZEN)
    return User.objects.filter(Exists(given))


@roles(Role.ADMINISTRATOR)
def users(request: Request) -> HttpResponse:
    """All users with their roles; the search comes by POST, since it is a name."""
    viewer = request.viewer
    term = request.POST.get("q", "").strip()
    role = request.GET.get("rolle", "")
    found = _here(viewer)
    for word in term.split():
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    now = Membership.objects.active_on(viewer.day).filter(municipality=viewer.municipality)
    if role in Role.values:
        found = found.filter(Exists(now.filter(user=OuterRef("pk"), role=role)))
    current = Prefetch("memberships", now.select_related("unit").order_by("pk"), to_attr="current")
    rows = found.prefetch_related(current).order_by("-is_active", "name", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    options = [("", _("all"), not role), *((value, label, value == role) for value, label in Role.choices)]
    context = {
        "page": page,
        "term": term,
        "heading": ngettext("%(n)s user", "%(n)s users", count) % {"n": count},
        "filters": [
            {"label": _("Role"), "name": "rolle", "value": dict(Role.choices).get(role, _("all")), "options": options}
        ],
    }
    return render(request, "setup/users.html", context)


@roles(Role.ADMINISTRATOR)
def user_new(request: Request) -> HttpResponse:
    """A new user with the first role; the start password is shown once, on the next page."""
    form = FirstRoleForm(request.POST or None, initial={"since": request.viewer.day})
    if request.method == "POST" and form.is_valid():
        password = start_password()
        saved = save(
            form, request, _create_with_role, viewer=request.viewer, password=password, values=form.cleaned_data
        )
        if saved:
            return _show_password(request, saved.result, password)
    return render(request, "setup/user_new.html", {"form": form})


def _create_with_role(*, viewer: Viewer, password: str, values: dict[str, Any], by: User, at: Any) -> User:
    values = dict(values)
    role = {name: values.pop(name) for name in ("role", "unit", "since")}
    until = day_after(values.pop("last_day"))
    with transaction.atomic():
        made = create_user(municipality=viewer.municipality, password=password, by=by, at=at, **values)
        add_membership(user=made, municipality=viewer.municipality, until=until, by=by, at=at, **role)
    return made


def _show_password(request: Request, user: User, password: str) -> HttpResponse:
    response = render(request, "setup/password_once.html", {"person": user, "password": password})
    response["Cache-Control"] = "no-store"
    return response


@roles(Role.ADMINISTRATOR)
def user(request: Request, pk: int) -> HttpResponse:
    """One user: who it is, roles now and before."""
    row = get_object_or_404(_here(request.viewer), pk=pk)
    form = UserEditForm(request.POST or None, instance=User.objects.get(pk=pk), initial={"version": row.version})
    saved = None
    if request.method == "POST":
        if request.POST.get("keep") == "theirs":
            return redirect("user", pk)
        if form.is_valid():
            values = form.cleaned_data
            saved = save(
                form, request, edit_user, row=row, user=row, municipality=request.viewer.municipality, **values
            )
        if saved:
            messages.success(request, _("The user is saved."))
            if values["background"] not in ("", Background.EMPLOYER_CONSULTANT):
                messages.info(request, RECOMMENDATION)
            return redirect("user", pk)
    memberships = row.memberships.filter(municipality=request.viewer.municipality).select_related("unit")
    day = request.viewer.day
    context = {
        "person": row,
        "form": form,
        "saved": saved,
        "mine": belongs_only_to(row, request.viewer.municipality),
        "connected": connection_of(row, request) is not None,
        "memberships": [(m, last_day(m.period.upper), _is_over(m, day)) for m in memberships.order_by("-period", "pk")],
    }
    return render(request, "setup/user.html", context)


def _is_over(membership: Membership, day: Any) -> bool:
    return membership.period.upper is not None and membership.period.upper <= day


@roles(Role.ADMINISTRATOR)
@require_POST
def user_password(request: Request, pk: int) -> HttpResponse:
    """A new start password for somebody who cannot get in, shown once."""
    row = get_object_or_404(_here(request.viewer), pk=pk)
    password = start_password()
    set_password(user=row, municipality=request.viewer.municipality, password=password, by=request.user, at=clock.now())
    return _show_password(request, row, password)


@roles(Role.ADMINISTRATOR)
@require_POST
def user_active(request: Request, pk: int) -> HttpResponse:
    """Stop a user's login, or open it again."""
    row = get_object_or_404(_here(request.viewer), pk=pk)
    act = deactivate if row.is_active else reactivate
    said = _("%(name)s can no longer log in.") if row.is_active else _("%(name)s can log in again.")
    try:
        act(user=row, municipality=request.viewer.municipality, by=request.user, at=clock.now())
    except ActionError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said % {"name": row.name})
    return redirect("user", pk)


@roles(Role.ADMINISTRATOR)
def membership_new(request: Request, pk: int) -> HttpResponse:
    """Give a user a further role."""
    row = get_object_or_404(_here(request.viewer), pk=pk)
    form = MembershipForm(request.POST or None, initial={"since": request.viewer.day})
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        values["until"] = day_after(values.pop("last_day"))
        if save(form, request, add_membership, user=row, municipality=request.viewer.municipality, **values):
            messages.success(request, _("The role is given."))
            return redirect("user", pk)
    return render(request, "setup/membership.html", {"form": form, "person": row})


@roles(Role.ADMINISTRATOR)
def membership_end(request: Request, pk: int) -> HttpResponse:
    """End a role on a day."""
    rows = Membership.objects.filter(municipality=request.viewer.municipality).select_related(
        "user", "unit", "municipality"
    )
    row = get_object_or_404(rows, pk=pk)
    form = EndForm(request.POST or None, initial={"last_day": request.viewer.day})
    if request.method == "POST" and form.is_valid():
        on = day_after(form.cleaned_data["last_day"])
        if save(form, request, end_membership, membership=row, on=on):
            messages.success(request, _("The role ends that day."))
            return redirect("user", row.user_id)
    return render(request, "setup/membership_end.html", {"form": form, "membership": row, "person": row.user})
