"""One way to show a form, try its action, and tell what stood in the way; as a page or inside a list row."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Model
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from jobformidler.core import clock
from jobformidler.core.actions import ActionError, StaleError
from jobformidler.core.models import Event
from jobformidler.web import danish
from jobformidler.web.cases.forms.base import CaseForm
from jobformidler.web.cases.layout import show
from jobformidler.web.cases.words import moment_words, said_by
from jobformidler.web.http import Request

#: What an action calls a value, where the form asks for it under another name.
ASKED_AS = {
    "held_at": "day",
    "when": "day",
    "received_at": "day",
    "at": "day",
    "ordinary_hours_raised": "hours",
    "owner_name": "other",
}


def way_back(request: Request, default: str) -> str:
    """The page the form was opened from, when it is one of ours; else `default`."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and ours else default


def done(request: Request, sentence: str, default: str) -> HttpResponse:
    """Go back where the form was opened, with a sentence that says what is now registered."""
    messages.success(request, sentence)
    target = way_back(request, default)
    return HttpResponseClientRedirect(target) if request.htmx else HttpResponseRedirect(target)


def refused(form: CaseForm, error: ActionError) -> None:
    """Put what the action said on the fields it named, the rest above the form."""
    said = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for name, sentences in said.items():
        field = name if name in form.fields else ASKED_AS.get(name, "")
        for sentence in sentences:
            form.add_error(field if field in form.fields else None, sentence)


def label_of(form: CaseForm, name: str) -> str:
    """What the form calls a column of the row."""
    field = form.fields.get(name.removesuffix("_id"))
    return str(field.label) if field else name


def in_words(form: CaseForm, name: str, value: Any) -> str:
    """A value as the form's own choices, days and yes or no would say it."""
    field = form.fields.get(name.removesuffix("_id"))
    choices = dict(getattr(field, "choices", ()))
    if choices:
        return str(choices.get(value if value in choices else str(value), value or ""))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Decimal):
        return danish.hours(value)
    return danish.day_near(value, year=True) if isinstance(value, dt.date) else str(value or "")


def stale_context(form: CaseForm, error: StaleError, row: Model) -> dict[str, Any]:
    """Both versions side by side, and the form carrying the newer version number so that "Keep mine" goes through."""
    row.refresh_from_db()
    sent = QueryDict(mutable=True)
    sent.update(form.data)
    sent[form.add_prefix("version")] = str(getattr(row, "version", ""))
    form.data = sent
    last = (
        Event.objects.filter(subject_type=row._meta.label_lower, subject_id=row.pk)
        .select_related("actor")
        .order_by("-pk")
        .first()
    )
    now = clock.now()
    return {
        "stale": [
            (label_of(form, name), in_words(form, name, error.theirs[name]), in_words(form, name, mine))
            for name, mine in error.mine.items()
            if error.theirs[name] != mine
        ],
        "stale_who": said_by(last.actor if last else None),
        "stale_at": moment_words(last.at, now.date()) if last else "",
    }


def form_page(
    request: Request,
    form: CaseForm,
    act: Callable[[Any], object],
    *,
    title: str,
    said: "str | Callable[[Any], str]",
    back: str,
    submit: str,
    row: Model | None = None,
    template: str = "cases/form.html",
    tab: str = "",
    context: Mapping[str, Any] | None = None,
    in_case: bool = True,
) -> HttpResponse:
    """Show the form; when it is sent and right, run `act(form)` and go back with the sentence `said`.

    `row` is the versioned row the form edits. A refusal of the action is shown on the form with everything typed kept.
    """
    more: dict[str, Any] = {}
    if request.method == "POST":
        if request.POST.get("keep") == "theirs":
            return HttpResponseRedirect(way_back(request, back))
        if form.is_valid():
            try:
                result = act(form)
            except StaleError as error:
                assert row is not None
                more = stale_context(form, error, row)
            except ActionError as error:
                refused(form, error)
            else:
                return done(request, said(result) if callable(said) else said, back)
    shown = {
        "form": form,
        "title": title,
        "submit": submit,
        "back_url": way_back(request, back),
        "action_url": request.path,
        "draft": request.path,
        **(context or {}),
        **more,
    }
    if request.htmx:
        return render(request, "cases/form_fragment.html", shown)
    if in_case:
        return show(request, template, tab, shown)
    return render(request, "cases/form_alone.html", shown)
