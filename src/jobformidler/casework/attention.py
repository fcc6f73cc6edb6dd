"""Who needs what next: the registry of reasons, and keeping `Attention` in step with the facts.

A reason says, for any number of cases in a bounded number of queries, which rows there are. Rows do not depend on
the time of day: each carries the moment it begins to show, so handlers keep them and no nightly job is needed. The
sentence is made when it is read. Higher packages register reasons and refresh on their own events.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from jobformidler.casework.enums import OPEN, CaseRole
from jobformidler.casework.models import Assignment, Attention, Case
from jobformidler.core import clock
from jobformidler.core.events import handles_together
from jobformidler.core.models import Event, Municipality
from jobformidler.core.rebuild import register_rebuild

#: Groups of the work list in the order they are shown.
GROUPS = ("promises", "no_contact", "follow_up", "stalled", "signature", "other")
BATCH = 1000
T = TypeVar("T")
_FIELDS = ("citizen_id", "owner_id", "since", "visible_from", "due", "facts")


@dataclass(frozen=True)
class Item:
    """One thing that needs somebody: for which case, since when, from when it shows, when it is due.

    `owner` is a role of the case (its holder is looked up), a user's id, or None for nobody. `facts` are what the
    sentence needs beyond citizen and dates, as plain JSON values. One row per (case, reason, subject).
    """

    case_id: int
    since: dt.datetime
    visible_from: dt.datetime
    due: dt.datetime | None = None
    subject_id: int = 0
    owner: str | int | None = CaseRole.JOBFORMIDLER
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Scope:
    """The open cases a refresh looks at on `day`, read once for all reasons."""

    municipality: Municipality
    day: dt.date
    cases: dict[int, Case]
    holders: dict[tuple[int, str], int]
    shared: dict[str, Any] = field(default_factory=dict)

    def once(self, key: str, read: Callable[["Scope"], T]) -> T:
        """What `read(scope)` gives, read once for all reasons of this refresh that ask for `key`."""
        if key not in self.shared:
            self.shared[key] = read(self)
        return self.shared[key]

    @property
    def case_ids(self) -> list[int]:
        """Primary keys of the cases."""
        return list(self.cases)

    def holder(self, case_id: int, role: str) -> int | None:
        """The id of the user who fills the role in the case on the day."""
        return self.holders.get((case_id, str(role)))


Action = tuple[str, str]


@dataclass(frozen=True)
class Reason:
    """A kind of row: its group, its place within it, where rows come from, and how one reads."""

    name: str
    group: str
    order: int
    source: Callable[[Scope], Iterable[Item]]
    sentence: Callable[[Attention, dt.datetime], str]
    action: Callable[[Attention, dt.datetime], Action]


REASONS: dict[str, Reason] = {}


def register_reason(
    name: str,
    *,
    group: str,
    order: int,
    source: Callable[[Scope], Iterable[Item]],
    sentence: Callable[[Attention, dt.datetime], str],
    action: Callable[[Attention, dt.datetime], Action],
) -> None:
    """Make a reason known. `sentence(row, now)` and `action(row, now)` → (code, label) get the row with its citizen.

    Raises ValueError for an unknown group or a name that is taken.
    """
    if group not in GROUPS or name in REASONS:
        raise ValueError(f"attention reason {name}: group {group}")
    REASONS[name] = Reason(name, group, order, source, sentence, action)


def refresh_on(*kinds: str) -> None:
    """Look at the cases of the citizens of these kinds of events again, once at the end of each outermost action."""
    handles_together(*kinds)(refresh_cases_of_events)


def refresh_cases_of_events(events: Sequence[Event]) -> None:
    """Handler: refresh the cases of the events' citizens as of the day of the last event."""
    citizens = {event.citizen_id for event in events if event.citizen_id is not None}
    if citizens:
        case_ids = list(Case.objects.filter(citizen__in=citizens).order_by("pk").values_list("pk", flat=True))
        refresh(case_ids, clock.local_date(max(event.at for event in events)))


def refresh(case_ids: Sequence[int], day: dt.date) -> int:
    """Make the rows of these cases what the facts say; returns how many were made, changed or removed.

    The number of queries does not depend on the number of cases (per thousand).
    """
    differed = 0
    for start in range(0, len(case_ids), BATCH):
        differed += _refresh_batch(case_ids[start : start + BATCH], day)
    return differed


def rebuild(day: dt.date) -> int:
    """Refresh every case of the tenant; returns how many rows differed from what the handlers kept."""
    return refresh(list(Case.objects.order_by("pk").values_list("pk", flat=True)), day)


def _scope(case_ids: Sequence[int], day: dt.date) -> Scope | None:
    rows = Case.objects.filter(pk__in=case_ids).order_by("pk").select_for_update(of=("self",))
    cases = {case.pk: case for case in rows.select_related("citizen", "municipality")}
    if not cases:
        return None
    standing = {pk: case for pk, case in cases.items() if case.status in OPEN}
    holders = {
        (case_id, role): user_id
        for case_id, role, user_id in Assignment.objects.active_on(day)
        .filter(case__in=list(standing))
        .order_by("-pk")
        .values_list("case", "role", "user")
    }
    return Scope(next(iter(cases.values())).municipality, day, standing, holders)


def _refresh_batch(case_ids: Sequence[int], day: dt.date) -> int:
    scope = _scope(case_ids, day)
    if scope is None:
        return 0
    wanted: dict[tuple[int, str, int], dict[str, Any]] = {}
    if scope.cases:
        for reason in REASONS.values():
            for item in reason.source(scope):
                wanted[item.case_id, reason.name, item.subject_id] = _values(item, scope)
    kept = {(row.case_id, row.reason, row.subject_id): row for row in Attention.objects.filter(case__in=case_ids)}
    gone = [row.pk for key, row in kept.items() if key not in wanted]
    new, changed = [], []
    for key, values in wanted.items():
        row = kept.get(key)
        if row is None:
            case_id, name, subject_id = key
            new.append(
                Attention(
                    municipality_id=scope.municipality.pk,
                    case_id=case_id,
                    reason=name,
                    subject_id=subject_id,
                    **values,
                )
            )
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
    if gone:
        Attention.objects.filter(pk__in=gone).delete()
    Attention.objects.bulk_create(new, batch_size=BATCH)
    if changed:
        Attention.objects.bulk_update(changed, _FIELDS, batch_size=BATCH)
    return len(gone) + len(new) + len(changed)


def _values(item: Item, scope: Scope) -> dict[str, Any]:
    owner = scope.holder(item.case_id, item.owner) if isinstance(item.owner, str) else item.owner
    return {
        "citizen_id": scope.cases[item.case_id].citizen_id,
        "owner_id": owner,
        "since": item.since,
        "visible_from": item.visible_from,
        "due": item.due,
        "facts": item.facts,
    }


# --- reading ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """A row as the work list shows it."""

    row: Attention
    group: str
    sentence: str
    action: str
    label: str
    age: int


def sentence(row: Attention, now: dt.datetime) -> str:
    """Who, why and what to do, in the user's language. `row` with its citizen."""
    return REASONS[row.reason].sentence(row, now)


def action(row: Attention, now: dt.datetime) -> Action:
    """Code and label of the next step; the screen turns the code into an address."""
    return REASONS[row.reason].action(row, now)


def group(row: Attention) -> str:
    """The group of the work list the row belongs to."""
    return REASONS[row.reason].group


def lines(rows: Iterable[Attention], now: dt.datetime) -> list[Line]:
    """The rows as the work list shows them, in its order: group, place of the reason, what is due first."""
    far = dt.datetime.max.replace(tzinfo=dt.UTC)

    def place(row: Attention) -> tuple:
        reason = REASONS[row.reason]
        return GROUPS.index(reason.group), reason.order, row.due or far, row.since, row.pk

    found = []
    for row in sorted((row for row in rows if row.reason in REASONS), key=place):
        code, label = action(row, now)
        age = (clock.local_date(now) - clock.local_date(row.since)).days
        found.append(Line(row, group(row), sentence(row, now), code, label, max(age, 0)))
    return found


register_rebuild("attention", lambda: rebuild(clock.today()), needs=("clocks",))
