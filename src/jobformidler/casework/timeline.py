"""The case's one stream, read from events: what happened, who did it, what was withdrawn or corrected (CIT-20, GOV-11).

Nothing is typed twice: a sentence comes with the event's kind, details from the row the event is about.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import DateField, DateTimeField, Field, Model, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from jobformidler.casework import event_kinds as kinds
from jobformidler.casework import words
from jobformidler.casework.enums import CaseRole, CaseStatus, EntryKind, IncidentKind, Outcome, SubGoalStatus
from jobformidler.casework.models import Case
from jobformidler.citizens import event_kinds as citizen_kinds
from jobformidler.core.crypto import EncryptedTextField, unseal
from jobformidler.core.events import KINDS
from jobformidler.core.models import Event

PAGE = 30
#: Groups of the filter, in the order they are shown.
GROUPS = ("conversation", "contact", "plan", "placement", "hours", "people", "note", "case", "employer", "other")
#: Kinds that only repeat what another entry says.
_hidden = {kinds.REACHED}
_withdrawals = {kinds.WITHDRAWN, citizen_kinds.REGISTRATION_WITHDRAWN}


@dataclass(frozen=True)
class Detail:
    """What a row adds to its entry: labelled lines, when it took place, and why it was corrected."""

    lines: tuple[tuple[str, str], ...] = ()
    happened_at: dt.datetime | dt.date | None = None
    corrected: str = ""


@dataclass(frozen=True)
class Entry:
    """One entry of the timeline. `struck`: withdrawn, with the reason and who did it."""

    event_id: int
    kind: str
    group: str
    at: dt.datetime
    happened_at: dt.datetime | dt.date
    sentence: str
    who: str
    lines: tuple[tuple[str, str], ...] = ()
    corrected: str = ""
    struck: bool = False
    struck_reason: str = ""
    subject_type: str = ""
    subject_id: int = 0
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """Some entries, newest registration first, and where the next page begins (None at the end)."""

    entries: list[Entry]
    next: int | None


@dataclass(frozen=True)
class Row:
    """What a simple row says, whatever its table: all simple rows of a page are read in one query."""

    text: str = ""
    more: str = ""
    other: str = ""
    parts: list[str] = field(default_factory=list)
    on: dt.date | None = None
    moment: dt.datetime | None = None
    withdrawn_at: dt.datetime | None = None
    withdrawn_reason: str = ""


_COLUMNS: dict[str, Field] = {
    "text": TextField(),
    "more": TextField(),
    "other": TextField(),
    "parts": ArrayField(TextField()),
    "on": DateField(),
    "moment": DateTimeField(),
    "withdrawn_at": DateTimeField(),
    "withdrawn_reason": TextField(),
}


@dataclass(frozen=True)
class _Source:
    detail: Callable[[Any], Detail]
    rows: Callable[[], QuerySet] | None = None
    columns: Mapping[str, Any] = field(default_factory=dict)


_sources: dict[str, _Source] = {}


def register_detail(label: str, detail: Callable[[Any], Detail], rows: Callable[[], QuerySet]) -> None:
    """Say what a row of `app.model` adds to its entries; `rows()` is a queryset with everything `detail` reads."""
    _sources[label] = _Source(detail, rows=rows)


def add_lines(label: str, lines: Callable[[Any], tuple[tuple[str, str], ...]], *related: str) -> None:
    """Let a package above add lines to the entries of a registered row; `related` is read with it."""
    source = _sources[label]
    own, rows = source.detail, source.rows
    assert rows is not None, "only a row with a queryset of its own can be added to"

    def detail(row: Any) -> Detail:
        found = own(row)
        return replace(found, lines=(*found.lines, *lines(row)))

    _sources[label] = _Source(detail, rows=lambda: rows().select_related(*related))


def register_row(label: str, detail: Callable[[Row], Detail], **columns: Any) -> None:
    """Say what a simple row adds: `detail` reads a `Row`, `columns` names the field or expression behind each part."""
    _sources[label] = _Source(detail, columns=columns)


def hide(*names: str) -> None:
    """Leave kinds out of the timeline that only repeat what another entry says."""
    _hidden.update(names)


def page(case: Case, *, group: str = "", before: int | None = None, size: int = PAGE) -> Page:
    """A page of the case's timeline, of one group or all, older than the event `before`.

    At most three queries, and two more when there are conversations or contacts on the page.
    """
    names = [kind.name for kind in KINDS.values() if kind.name not in _hidden and group in ("", kind.group)]
    events = Event.objects.filter(citizen_id=case.citizen_id, kind__in=names).order_by("-at", "-pk")
    if before is not None:
        edge = Event.objects.filter(pk=before, citizen_id=case.citizen_id).values_list("at", flat=True).first()
        if edge is not None:
            events = events.filter(Q(at__lt=edge) | Q(at=edge, pk__lt=before))
    found = list(events.select_related("actor")[: size + 1])
    more, found = len(found) > size, found[:size]
    rows = _subjects(found)
    entries = [_entry(event, rows.get((event.subject_type, event.subject_id)), case) for event in found]
    return Page(entries, found[-1].pk if more else None)


def groups(case: Case) -> list[tuple[str, int]]:
    """The groups the case has entries of, with their number, in the order of the filter. One query."""
    counts: dict[str, int] = defaultdict(int)
    for name in Event.objects.filter(citizen_id=case.citizen_id).values_list("kind", flat=True):
        if name in KINDS and name not in _hidden:
            counts[KINDS[name].group] += 1
    return [(group, counts[group]) for group in GROUPS if counts[group]]


def sentence(event: Event, citizen_name: str) -> str:
    """What the event says, in the user's language. Unknown words of the payload stay empty."""
    values: dict[str, Any] = defaultdict(str, {key: _said(event, key, value) for key, value in event.payload.items()})
    values["citizen"] = citizen_name
    values["who"] = values["who"] or _actor(event, short=True)
    values["with"] = values["with"] or citizen_name
    return str(KINDS[event.kind].sentence) % values


_CODES = {
    "entry": EntryKind,
    "role": CaseRole,
    "status": CaseStatus,
    "outcome": Outcome,
    "incident": IncidentKind,
    "stand": SubGoalStatus,
}


def _said(event: Event, key: str, value: Any) -> str:
    if isinstance(value, list):
        return words.together([str(part) for part in value])
    if event.kind.startswith("case."):
        if key in _CODES and value in _CODES[key].values:
            return str(_CODES[key](value).label)
        if key == "what" and event.kind == kinds.TRANSFERRED:
            return _("the plan") if value == "plan" else _("the conversation")
    return "" if value is None else str(value)


def _actor(event: Event, *, short: bool = False) -> str:
    if event.actor:
        return event.actor.first_name if short else event.actor.name
    return event.actor_label or _("The system")


def _subjects(events: list[Event]) -> dict[tuple[str, int], Any]:
    """The rows the events are about: one query for all simple rows, one for each kind with rows of its own."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for event in events:
        wanted[event.subject_type].add(event.subject_id)
    found: dict[tuple[str, int], Any] = {}
    simple = []
    for label, ids in wanted.items():
        source = _sources.get(label)
        if source and source.rows:
            found |= {(label, row.pk): row for row in source.rows().filter(pk__in=ids)}
        elif (rows := _simple(label, source, ids)) is not None:
            simple.append(rows)
    if simple:
        names = [column.name for column in fields(Row)]
        for label, pk, *values in simple[0].union(*simple[1:], all=True):
            said = {name: value for name, value in zip(names, values, strict=True) if value is not None}
            for name, sealed_as in _sealed(label).items():
                if name in said:
                    said[name] = unseal(bytes.fromhex(said[name].removeprefix("\\x")), sealed_as)
            found[label, pk] = Row(**said)
    return found


@cache
def _sealed(label: str) -> dict[str, str]:
    """Parts of `Row` that are encrypted columns of the table, with the name they are sealed for."""
    source, model = _sources.get(label), apps.get_model(label)
    encrypted = {f.name: f.sealed_as() for f in model._meta.local_fields if isinstance(f, EncryptedTextField)}
    columns = source.columns if source else {}
    return {part: encrypted[name] for part, name in columns.items() if isinstance(name, str) and name in encrypted}


def _simple(label: str, source: _Source | None, ids: set[int]) -> QuerySet | None:
    """The rows with these numbers in the columns of `Row`; nothing when the table has nothing to add."""
    model: type[Model] = apps.get_model(label)
    columns = dict(source.columns) if source else {}
    struck = {"withdrawn_at", "withdrawn_reason"}
    if struck <= {each.name for each in model._meta.get_fields()}:  # a yes that is taken back was no wrong registration
        columns |= {name: name for name in struck}
    if not columns:
        return None
    said = {f"row_{name}": Cast(columns.get(name, Value(None)), column) for name, column in _COLUMNS.items()}
    manager = model._meta.default_manager
    assert manager is not None  # only abstract models have none
    rows = manager.filter(pk__in=ids).order_by()
    return rows.annotate(row_label=Value(label, TextField()), **said).values_list("row_label", "pk", *said)


def _entry(event: Event, row: Any, case: Case) -> Entry:
    source = _sources.get(event.subject_type)
    detail = source.detail(row) if source and row is not None else Detail()
    withdraws = event.kind in _withdrawals
    reason = getattr(row, "withdrawn_reason", "")
    return Entry(
        event_id=event.pk,
        kind=event.kind,
        group=KINDS[event.kind].group,
        at=event.at,
        happened_at=(detail.happened_at if not withdraws else None) or event.at,
        sentence=sentence(event, case.citizen.short_name),
        who=_actor(event),
        lines=((_("Why"), reason), *detail.lines[:1]) if withdraws else detail.lines,
        corrected=detail.corrected,
        struck=bool(getattr(row, "withdrawn_at", None)) and not withdraws,
        struck_reason=reason if not withdraws else "",
        subject_type=event.subject_type,
        subject_id=event.subject_id,
        payload=event.payload,
    )
