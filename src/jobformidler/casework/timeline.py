"""The case's one stream, read from events: what happened, who did it, what was withdrawn or corrected (CIT-20, GOV-11).

Nothing is typed twice: a sentence comes with the event's kind, details from the row the event is about.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from jobformidler.casework import event_kinds as kinds
from jobformidler.casework import words
from jobformidler.casework.enums import CaseRole, CaseStatus, IncidentKind, Outcome, SubGoalStatus
from jobformidler.casework.models import Case
from jobformidler.citizens import event_kinds as citizen_kinds
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
class _Source:
    rows: Callable[[], QuerySet]
    detail: Callable[[Any], Detail]


_sources: dict[str, _Source] = {}


def register_detail(label: str, rows: Callable[[], QuerySet], detail: Callable[[Any], Detail]) -> None:
    """Say what a row of `app.model` adds to its entries; `rows()` is a queryset with everything `detail` reads."""
    _sources[label] = _Source(rows, detail)


def hide(*names: str) -> None:
    """Leave kinds out of the timeline that only repeat what another entry says."""
    _hidden.update(names)


def page(case: Case, *, group: str = "", before: int | None = None, size: int = PAGE) -> Page:
    """A page of the case's timeline, of one group or all, older than the event `before`.

    At most two queries, one more for each kind of row on the page.
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


_CODES = {"role": CaseRole, "status": CaseStatus, "outcome": Outcome, "incident": IncidentKind, "stand": SubGoalStatus}


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


def _subjects(events: list[Event]) -> dict[tuple[str, int], Model]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for event in events:
        wanted[event.subject_type].add(event.subject_id)
    found: dict[tuple[str, int], Model] = {}
    for label, ids in wanted.items():
        source = _sources.get(label)
        rows = source.rows() if source else apps.get_model(label)._meta.default_manager.all()
        for row in rows.filter(pk__in=ids):
            found[label, row.pk] = row
    return found


def _entry(event: Event, row: Model | None, case: Case) -> Entry:
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
