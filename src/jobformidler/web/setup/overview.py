"""The first page of the set-up, and the settings of the municipality."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobformidler.accounts.actions import change_settings
from jobformidler.accounts.enums import Role
from jobformidler.accounts.models import Membership, Unit
from jobformidler.core.models import ColumnMapping, FailedHandler, ListItem, Municipality
from jobformidler.messaging.models import OutgoingMail
from jobformidler.web.frame import find
from jobformidler.web.guards import roles
from jobformidler.web.http import Request
from jobformidler.web.saving import save
from jobformidler.web.setup.forms import SettingsForm


@roles(Role.ADMINISTRATOR)
def setup(request: Request) -> HttpResponse:
    """What can be set up, each with where it stands; first what needs somebody."""
    municipality = request.viewer.municipality
    failed = FailedHandler.objects.filter(resolved_at=None).count()
    unsent = OutgoingMail.objects.filter(sent_at=None).exclude(error="").count()
    people = Membership.objects.active_on(request.viewer.day).filter(municipality=municipality)
    users = people.values("user").distinct().count()
    units = Unit.objects.filter(active=True).count()
    lists = ListItem.objects.values("list").distinct().count()
    mappings = ColumnMapping.objects.count()
    entries = [
        (_("The municipality"), find("settings"), _("Names, deadlines and limits")),
        (_("Units"), find("units"), ngettext("%(n)s unit in use", "%(n)s units in use", units) % {"n": units}),
        (
            _("Users and roles"),
            find("users"),
            ngettext("%(n)s user with a role", "%(n)s users with a role", users) % {"n": users},
        ),
        (_("Logging in"), find("login_policy"), _("Two steps, sessions and your own login service")),
        (_("Confidentiality"), find("confidentiality_setup"), _("The text, and who has accepted it")),
        (_("Rule sets"), find("rules"), _("Which rules are used, from when, and how they are read")),
        (_("Groups of the target group"), find("group_texts"), _("The words of the 3-group model")),
        (_("Lists"), find("lists"), ngettext("%(n)s list", "%(n)s lists", lists) % {"n": lists}),
        (_("Register files"), find("ingest"), _("Citizens, periods, employers and places")),
        (_("Column mappings"), find("mappings"), ngettext("%(n)s saved", "%(n)s saved", mappings) % {"n": mappings}),
        (_("How long data is kept"), find("retention"), _("Months by type of data, and what the next run does")),
        (_("Job queue"), find("jobs"), _waiting(failed)),
        (_("Outbox"), find("outbox"), _unsent(unsent)),
        (_("Refused content"), find("csp_reports"), _("What browsers would not load on our pages")),
    ]
    heading = _("Everything runs") if not failed + unsent else _("Something stands still")
    context = {
        "entries": [entry for entry in entries if entry[1]],
        "heading": heading,
        "failed": failed,
        "unsent": unsent,
    }
    return render(request, "setup/setup.html", context)


def _people(count: int) -> str:
    return ngettext("%(n)s user with a role", "%(n)s users with a role", count) % {"n": count}


def _waiting(count: int) -> str:
    if not count:
        return _("Everything has run")
    return ngettext("%(n)s job failed", "%(n)s jobs failed", count) % {"n": count}


def _unsent(count: int) -> str:
    if not count:
        return _("All mail has left")
    return ngettext("%(n)s mail did not leave", "%(n)s mails did not leave", count) % {"n": count}


@roles(Role.ADMINISTRATOR)
def settings(request: Request) -> HttpResponse:
    """Names, deadlines and limits of the municipality."""
    row = Municipality.objects.get(pk=request.viewer.municipality.pk)
    form = SettingsForm(request.POST or None, instance=row, initial={"version": row.version})
    saved = None
    if request.method == "POST":
        if request.POST.get("keep") == "theirs":
            return redirect("settings")
        if form.is_valid():
            saved = save(form, request, change_settings, row=row, municipality=row, **form.cleaned_data)
        if saved:
            messages.success(request, _("The settings are saved."))
            return redirect("setup")
    return render(request, "setup/settings.html", {"form": form, "saved": saved})
