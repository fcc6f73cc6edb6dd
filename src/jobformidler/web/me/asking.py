"""A form of its own page on Min side: what stands in the way is told on it, and nothing typed is kept in the browser."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from jobformidler.web.http import Request
from jobformidler.web.me.rooms import ROOMS
from jobformidler.web.saving import save


def asking(
    request: Request,
    form: forms.Form,
    act: Callable[..., Any],
    *,
    title: str,
    submit: str,
    said: str,
    room: str,
    lead: Sequence[str] = (),
    row: Model | None = None,
    **values: Any,
) -> HttpResponse:
    """Show the form; when it is sent and right, run `act` and go back to the room with the sentence `said`."""
    stale: dict[str, Any] = {}
    back = reverse(room)
    if request.method == "POST":
        if request.POST.get("keep") == "theirs":
            return HttpResponseRedirect(back)
        if form.is_valid():
            saved = save(form, request, act, row=row, **values, **form.cleaned_data)
            if saved:
                messages.success(request, said)
                return HttpResponseRedirect(back)
            stale = {"stale": saved.stale, "stale_who": saved.who, "stale_at": saved.at}
    label = next(known.label for known in ROOMS if known.name == room)
    context = {"form": form, "title": title, "submit": submit, "lead": lead, "back": label, "back_url": back, **stale}
    return render(request, "me/form.html", context)
