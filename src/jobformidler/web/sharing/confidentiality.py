"""The confidentiality statement before the first page, and its administration (GOV-06)."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobformidler.accounts.actions import accept_confidentiality, write_confidentiality
from jobformidler.accounts.confidentiality import current, standings
from jobformidler.accounts.enums import Role
from jobformidler.core import clock
from jobformidler.core.actions import ActionError
from jobformidler.web.guards import roles
from jobformidler.web.http import Request


@roles()
def confidentiality(request: Request) -> HttpResponse:
    """Read the statement and accept it; then on to the page that was asked for."""
    municipality = request.viewer.municipality
    statement = current(municipality)
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    if request.method == "POST":
        try:
            digest = request.POST.get("digest", "")
            accept_confidentiality(user=request.user, municipality=municipality, digest=digest, at=clock.now())
        except ActionError as error:
            for sentence in error.messages:
                messages.error(request, sentence)
            return HttpResponseRedirect(request.get_full_path())
        return HttpResponseRedirect(wanted if wanted and ours else reverse("home"))
    context = {"statement": statement, "next": wanted if ours else ""}
    return render(request, "sharing/confidentiality.html", context)


class TextForm(forms.Form):
    """A new text."""

    text = forms.CharField(
        label=gettext_lazy("The text"), max_length=8000, widget=forms.Textarea(attrs={"rows": 14}), label_suffix=""
    )


@roles(Role.ADMINISTRATOR)
def confidentiality_setup(request: Request) -> HttpResponse:
    """Who has accepted what is in force; a new text is accepted anew by everybody."""
    municipality, now = request.viewer.municipality, clock.now()
    statement = current(municipality)
    form = TextForm(request.POST or None, initial={"text": statement.text})
    if request.method == "POST" and form.is_valid():
        try:
            write_confidentiality(municipality=municipality, text=form.cleaned_data["text"], by=request.user, at=now)
        except ActionError as error:
            form.add_error("text", error.messages)
        else:
            messages.success(request, _("The new text is in force. Everybody is asked to accept it."))
            return redirect("confidentiality_setup")
    people = standings(municipality, request.viewer.day)
    context = {
        "statement": statement,
        "form": form,
        "people": people,
        "missing": sum(row.accepted_at is None for row in people),
    }
    return render(request, "sharing/confidentiality_setup.html", context)
