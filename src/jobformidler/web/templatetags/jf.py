"""Filters and tags of the design system: ``{% load jf %}``."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from jobformidler.web import danish

register = template.Library()

ICON_FILE = Path(__file__).resolve().parent.parent / "icons.json"
BANNER_ICONS = {"info": "info", "warn": "warning", "error": "error", "done": "check"}


# Filters -----------------------------------------------------------------------------------------------------------


@register.filter
def daynear(value: dt.date | None, style: str = "") -> str:
    """ "tirsdag 3. marts"; ``"year"`` adds the year, ``"plain"`` drops the weekday, ``"plain year"`` does both."""
    if not value:
        return ""
    return danish.day_near(value, weekday="plain" not in style, year="year" in style)


@register.filter
def dayshort(value: dt.date | None) -> str:
    """ "3.3.2026", for tables."""
    return danish.day_short(value) if value else ""


@register.filter
def daymonth(value: dt.date | None) -> str:
    """ "3.3.", for axes."""
    return danish.day_month(value) if value else ""


@register.filter
def clock(value: dt.time | dt.datetime | None, style: str = "") -> str:
    """ "kl. 14.10"; ``"short"`` writes whole hours as "kl. 13", ``"bare"`` leaves "kl." out."""
    if value is None:
        return ""
    return danish.hour_minute(value) if style == "bare" else danish.clock(value, short=style == "short")


@register.filter
def hours(value: Decimal | float | int | None) -> str:
    """ "7,5", without empty decimals; a dash for nothing reported yet."""
    return "–" if value is None else danish.hours(value)


@register.filter
def number(value: Decimal | float | int | None, places: int = 0) -> str:
    """ "1.234" with Danish signs."""
    return "–" if value is None else danish.number(value, places=places)


@register.filter
def kroner(oere: int | None) -> str:
    """Øre as "12.000 kr."."""
    return "–" if oere is None else danish.kroner(oere)


@register.filter
def phone(text: str | None) -> str:
    """A text whose phone numbers stay on one line."""
    return danish.phone(str(text or ""))


@register.filter
def percent(share: float | None) -> str:
    """A share between 0 and 1 as "72 %"."""
    return "–" if share is None else danish.percent(share)


@register.filter
def days_unit(count: int | None) -> str:
    """ "1 dag", "9 dage"."""
    return "" if count is None else danish.days(count)


@register.filter
def weeks(count: int | None) -> str:
    """ "1 uge", "6 uger"."""
    return "" if count is None else danish.weeks(count)


@register.filter
def weekname(value: dt.date | None) -> str:
    """ "uge 48"."""
    return danish.week_name(value) if value else ""


@register.filter(name="initials")
def initials_filter(name: str) -> str:
    """ "MH" for "Mona Havtorn"."""
    return danish.initials(name)


@register.filter
def possessive(name: str) -> str:
    """ "Monas", "Jonas'"."""
    return danish.possessive(name)


# Small parts -------------------------------------------------------------------------------------------------------


@cache
def _icons() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = json.loads(ICON_FILE.read_text(encoding="utf-8"))
    return loaded


@register.inclusion_tag("components/icon.html")
def icon(name: str, *, small: bool = False, title: str = "") -> dict[str, object]:
    """One symbol of the design system, drawn inline. Stands beside words, so it is hidden unless ``title`` is given.

    Raises KeyError for a name that is not in icons.json.
    """
    return {**_icons()[name], "small": small, "title": title}


@register.simple_tag
def initials(name: str, text: str = "", *, large: bool = False) -> SafeString:
    """A person drawn as initials in a circle; the name itself stands beside it."""
    return format_html(
        '<span class="initials{}" aria-hidden="true">{}</span>',
        " initials-72" if large else "",
        text or danish.initials(name),
    )


@register.simple_tag
def badge(text: str, kind: str = "") -> SafeString:
    """A state as a word. ``kind``: empty (running), "waiting" or "stalled"."""
    return format_html('<span class="badge{}">{}</span>', f" badge-{kind}" if kind else "", text)


@register.simple_tag
def filter_buttons(name: str, options: Iterable[tuple[str, str, bool]]) -> SafeString:
    """The choices of a filter; a list of hundreds of people is drawn here at a tenth of the template's cost."""
    return format_html_join(
        "",
        '<button type="submit" name="{}" value="{}" aria-pressed="{}">{}</button>',
        ((name, value, "true" if now else "false", text) for value, text, now in options),
    )


@register.simple_tag
def due(text: str) -> SafeString:
    """Words for time that is running, e.g. "i dag kl. 14.10"."""
    return format_html('<strong class="due">{}</strong>', text)


@register.simple_tag
def late(text: str) -> SafeString:
    """Words for a passed deadline, e.g. "22 dage over fristen"."""
    return format_html('<strong class="late">{}</strong>', text)


@register.simple_tag
def v(key: str, value: str = "", *, missing: str = "", opened: bool = False, panel: str = "") -> SafeString:
    """One value in the agreement: a link that opens the panel for ``key``. Without a value ``missing`` is a verb.

    ``panel`` is the address htmx fetches into ``#<key>-panel``; without JavaScript the page itself opens the panel.
    """
    return format_html(
        '<a class="v{}" id="{}" href="?felt={}#{}"{}{}>{}</a>',
        "" if value else " v-missing",
        key,
        key,
        key,
        mark_safe(' aria-expanded="true"') if opened else "",
        format_html(' hx-get="{}" hx-target="#{}-panel"', panel, key) if panel else "",
        value or missing,
    )


@register.inclusion_tag("components/banner.html")
def banner(text: object, kind: str = "info", *, strong: str = "", url: str = "", link: str = "") -> dict[str, object]:
    """One line with icon. ``kind``: "info", "warn", "error" or "done"; ``strong`` is a bold opening."""
    return {"text": text, "kind": kind, "symbol": BANNER_ICONS[kind], "strong": strong, "url": url, "link": link}


@register.inclusion_tag("components/banner.html")
def rules_banner(name: str) -> dict[str, object]:
    """The warning directly under the head of every deadline, list, letter and export that uses a historical rule set."""
    text = _("Historical rule set, used as an example. Check current law.")
    return {"text": text, "kind": "warn", "symbol": "warning", "strong": f"{name}."}


@register.inclusion_tag("components/meter.html")
def meter(value: float, maximum: float) -> dict[str, int]:
    """A 6 px line filled to ``value`` of ``maximum``; decoration under a number that says the same."""
    share = min(max(value / maximum, 0), 1) if maximum else 0
    return {"width": round(248 * share)}


@register.inclusion_tag("components/criterion_bar.html")
def criterion_bar(level: int) -> dict[str, list[dict[str, object]]]:
    """Four parts, ``level`` of them filled (0–4); the fact in words stands beside it."""
    return {"parts": [{"x": 11 * i, "on": i < level} for i in range(4)]}


@register.inclusion_tag("components/bar.html")
def bar(value: float, maximum: float) -> dict[str, float]:
    """A bar in a table, 12 px high, to scale from 0."""
    return {"share": round(100 * min(max(value / maximum, 0), 1), 2) if maximum else 0}


@register.inclusion_tag("components/words_slider.html")
def words_slider(position: int, labels: list[str] | None = None) -> dict[str, object]:
    """ "ikke endnu – med hjælp – alene" with the current word ringed. ``position`` counts from 0."""
    names = labels or [_("not yet"), _("with help"), _("alone")]
    return {
        "steps": [{"label": name, "done": i < position, "here": i == position} for i, name in enumerate(names)],
        "current": names[position],
    }


# Lists -------------------------------------------------------------------------------------------------------------


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: dict[str, Any], page: Page[Any]) -> dict[str, object]:
    """Earlier and later page; filters in the URL are kept."""
    return {"page": page, "request": context["request"]}


@register.inclusion_tag("components/sort_header.html", takes_context=True)
def sort_header(context: dict[str, Any], label: str, key: str, *, num: bool = False) -> dict[str, object]:
    """A ``th`` that sorts by ``?sort=key``, and by ``-key`` when chosen again."""
    current = context["request"].GET.get("sort", "")
    state = {"" + key: "ascending", "-" + key: "descending"}.get(current, "none")
    target = f"-{key}" if current == key else key
    return {"label": label, "state": state, "target": target, "num": num, "request": context["request"]}


# Forms -------------------------------------------------------------------------------------------------------------


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkboxes"
    if isinstance(widget, forms.RadioSelect):
        return "radios"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    return "select" if isinstance(widget, forms.Select) else "input"


def _errors(bound: BoundField) -> list[str]:
    """What is wrong with the answer, as sentences; a bare "required" becomes what to do."""
    kind = _kind(bound)
    what_to_do = {"checkboxes": _("Choose at least one answer."), "input": _("Write an answer.")}.get(
        kind, _("Choose an answer.")
    )
    standard = str(forms.Field.default_error_messages["required"])
    return [what_to_do if text == standard else str(text) for text in bound.errors]


def _draw(bound: BoundField, kind: str) -> SafeString:
    attrs = dict(bound.field.widget.attrs)
    described = [f"{bound.auto_id}-hint"] if bound.help_text and kind != "checkbox" else []
    described += [f"{bound.auto_id}-error"] if bound.errors else []
    given = attrs.get("class", "")
    attrs["class"] = f"{given} {'form-select' if kind == 'select' else 'form-input'}".strip()
    if kind == "checkbox":
        attrs["class"] = "form-checkbox"
    if described:
        attrs["aria-describedby"] = " ".join(described)
    return bound.as_widget(attrs=attrs)


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, *, words: bool = False) -> dict[str, object]:
    """One form field in dkfds markup: question, hint, control, and under it the error that says what to do.

    ``words`` draws a radio group as the slider in words.
    """
    kind = _kind(bound)
    group = kind in {"radios", "checkboxes"}
    return {
        "field": bound,
        "kind": kind,
        "group": group,
        "words": words,
        "errors": _errors(bound),
        "control": "" if group else _draw(bound, kind),
        "optional": not bound.field.required and kind not in {"checkbox", "checkboxes"},
        "choices": list(bound.subwidgets) if group else [],
    }


@register.inclusion_tag("components/form_errors.html")
def form_errors(form: forms.BaseForm) -> dict[str, object]:
    """What is missing, as links to the fields. Draws nothing when the form is in order."""
    lines = [{"target": "", "text": text} for text in form.non_field_errors()]
    for bound in form:
        target = bound.id_for_label or f"{bound.auto_id}_0"
        lines += [{"target": target, "text": f"{bound.label} {text}"} for text in _errors(bound)]
    return {"lines": lines}
