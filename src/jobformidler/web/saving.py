"""Trying an action with what a form holds: what the action refuses is told on the form, nothing typed is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext as _

from jobformidler.core import clock
from jobformidler.core.actions import ActionError, StaleError
from jobformidler.core.models import Event
from jobformidler.web import danish
from jobformidler.web.http import Request


class Versioned(forms.Form):
    """Mixin: carries the version the form was opened with."""

    version = forms.IntegerField(widget=forms.HiddenInput)


@dataclass
class Saved:
    """What came of it: `done`, or the values of both versions for `components/stale.html`."""

    done: bool
    result: Any = None
    stale: list[tuple[str, Any, Any]] | None = None
    who: str = ""
    at: str = ""

    def __bool__(self) -> bool:
        return self.done


def save(
    form: forms.Form, request: Request, act: Callable[..., Any], *, row: Model | None = None, **values: Any
) -> Saved:
    """Run `act(by=…, at=…, **values)`; refusals become errors of the form, a stale save shows both versions."""
    try:
        result = act(by=request.user, at=clock.now(), **values)
    except StaleError as error:
        return _stale(form, error, row)
    except ActionError as error:
        said = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        for name, sentences in said.items():
            for sentence in sentences:
                form.add_error(name if name in form.fields else None, sentence)
        return Saved(done=False)
    return Saved(done=True, result=result)


def _posted(form: forms.Form) -> QueryDict:
    """What was posted, as a copy that can be changed."""
    assert isinstance(form.data, QueryDict)
    return form.data.copy()


def _stale(form: forms.Form, error: StaleError, row: Model | None) -> Saved:
    assert row is not None
    row = type(row)._meta.base_manager.get(pk=row.pk)
    posted = _posted(form)
    posted[form.add_prefix("version")] = str(row.version)  # type: ignore[attr-defined]  # every editable row has one
    form.data = posted
    last = (
        Event.objects.filter(subject_type=row._meta.label_lower, subject_id=row.pk)
        .select_related("actor")
        .order_by("-pk")
        .first()
    )
    differing = [
        (str(form.fields[name].label), error.theirs[name], mine)
        for name, mine in error.mine.items()
        if error.theirs[name] != mine
    ]
    return Saved(
        done=False,
        stale=differing,
        who=last.actor.name if last and last.actor else _("Somebody"),
        at=_moment(last) if last else "",
    )


def _moment(event: Event) -> str:
    local = event.at.astimezone(clock.now().tzinfo)
    day = "" if local.date() == clock.today() else f"{danish.day_near(local.date())} "
    return f"{day}{danish.clock(local)}"
