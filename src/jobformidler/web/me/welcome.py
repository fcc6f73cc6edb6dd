"""The link a citizen is invited with: choose a password, and a fresh link to the known address when it has expired."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Membership
from jobformidler.citizens.actions import choose_own_password, send_own_link
from jobformidler.citizens.enums import RelationKind
from jobformidler.citizens.models import Relation
from jobformidler.citizens.welcome import Opened, read_token
from jobformidler.core import clock, db
from jobformidler.core.actions import ActionError
from jobformidler.web.guards import public
from jobformidler.web.http import OpenRequest
from jobformidler.web.me.forms import ChooseForm


def _membership(opened: Opened) -> Membership | None:
    """The role the link is about; it tells which municipality to enter."""
    if opened.user is None:
        return None
    rows = Membership.objects.active_on(clock.today()).filter(user=opened.user, role=Role.CITIZEN)
    return rows.select_related("municipality").first()


@public("the secret in the address, sent to the citizen's own mail, is the key")
def welcome(request: OpenRequest, token: str) -> HttpResponse:
    """Choose the password of the own pages."""
    opened = read_token(token)
    membership = _membership(opened)
    if membership is None or opened.user is None:
        return render(request, "me/link_closed.html", {"known": False}, status=404)
    if opened.expired:
        used = opened.user.has_usable_password()
        return render(request, "me/link_closed.html", {"known": True, "used": used, "token": token}, status=410)
    form = ChooseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with db.enter(membership.municipality, opened.user, "POST /v/…"):
            try:
                choose_own_password(
                    user=opened.user, token=token, password=form.cleaned_data["password"], at=clock.now()
                )
            except ActionError as error:
                said = error.message_dict if hasattr(error, "error_dict") else {"password": error.messages}
                for sentence in said["password"]:
                    form.add_error("password", sentence)
            else:
                messages.success(request, _("Your password is saved. You can log in now."))
                return redirect("login")
    context = {"form": form, "email": opened.user.email, "municipality_name": membership.municipality.name}
    return render(request, "me/welcome.html", context)


@public("whoever holds an expired link may have a new one sent to the address we know")
@require_POST
def again(request: OpenRequest, token: str) -> HttpResponse:
    """Send a fresh link to the known address. The answer is the same whatever comes of it."""
    opened = read_token(token)
    membership = _membership(opened)
    if membership is not None and opened.expired:
        with db.enter(membership.municipality, None, "POST /v/…/ny/"):
            day = clock.today()
            relation = Relation.objects.active_on(day).filter(user=opened.user, kind=RelationKind.SELF).first()
            if relation is not None:
                send_own_link(citizen=relation.citizen, by=None, at=clock.now())
    return render(request, "me/link_sent.html")
