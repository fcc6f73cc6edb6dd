# ruff: noqa: S608, S610  # statements are made of names of tables and columns of the models, and of whole numbers
"""The large municipality: the small one copied set by set, under the same row policies as everybody else.

Tables, their order and their keys follow from the models: every key of a copy is the original's plus one number for the
table, and every foreign key to a copied table moves with it. A copy is one transaction and ends with an event that
says what it did, so that a broken run goes on where it stopped. Read models are built anew at the end; history is
written by its triggers.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models

from jobformidler.casework.enums import OPEN
from jobformidler.casework.models import Case
from jobformidler.citizens.models import Citizen
from jobformidler.core import clock, db, events
from jobformidler.core.models import Event, Municipality, TenantModel
from jobformidler.demo import copies, event_kinds
from jobformidler.demo.copies import Offsets
from jobformidler.demo.load import Say, settle

Model = type[models.Model]
#: Copies of everything, then copies of what is shared or over: closed cases, citizens without a case, firms, places.
LARGE = (23, 38)
#: Citizens in all, as in a large municipality.
CITIZENS = 40_000
#: Not copied: read models (built anew), the traces of files, mail, handlers and looks at a page, and the municipality's
#: own settings, of which it has one each.
LEFT_OUT = {
    "casework.Attention",
    "steering.ChainStep",
    "core.HandledEvent",
    "core.FailedHandler",
    "core.ColumnMapping",
    "core.Delivery",
    "core.QuarantinedRow",
    "messaging.OutgoingMail",
    "casework.Document",
    "citizens.AccessLog",
    "citizens.AccessSeal",
    "citizens.SealedLook",
    "citizens.AccessAlert",
    "citizens.EmergencyAccess",
    "citizens.AuditPolicy",
    "citizens.StaffHome",
    "citizens.StaffPrivacy",
    "registers.RuleChoice",
    "registers.Clock",
    "registers.UnemploymentRun",
    "casework.GroupText",
    "steering.EmploymentPlan",
    "steering.PlanStep",
    "citizens.Disclosure",
    "placements.DisclosureCard",
    "placements.Story",
}
#: Copied although they carry no municipality of their own, or are no tenant's.
SHARED = ("accounts.User", "accounts.Membership", "employers.Employer", "employers.Workplace")
#: Staff: copied only with everything.
STAFF = ("accounts.User", "accounts.Unit", "accounts.Membership")
#: Keys without a foreign key.
SOFT = {
    ("core.Event", "citizen_id"): "citizens.Citizen",
    ("core.Event", "workplace_id"): "employers.Workplace",
    ("citizens.Relation", "event_id"): "core.Event",
    ("citizens.Consent", "workplace_id"): "employers.Workplace",
    ("messaging.Letter", "citizen_id"): "citizens.Citizen",
}


def copied() -> list[Model]:
    """Every model that is copied, parents before children. Raises ValueError when foreign keys go in a circle."""
    found = [apps.get_model(label) for label in SHARED]
    found += [
        model
        for model in apps.get_models()
        if issubclass(model, TenantModel)
        and model._meta.managed
        and model._meta.label not in LEFT_OUT
        and not hasattr(model, "pgh_tracked_model")
    ]
    waiting, order = dict.fromkeys(found), []
    while waiting:
        ready = [
            model for model in waiting if not (set(_references(model, waiting).values()) - {model}) & waiting.keys()
        ]
        if not ready:
            raise ValueError(f"foreign keys in a circle: {', '.join(sorted(m._meta.label for m in waiting))}")
        order += ready
        for model in ready:
            del waiting[model]
    return order


def _parents(model: Model) -> dict[str, Model]:
    """Column → model it points to, for real foreign keys."""
    return {
        field.column: field.remote_field.model
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.ForeignKey)
    }


def _references(model: Model, among: Iterable[Model]) -> dict[str, Model]:
    """Column → copied model, foreign keys and those without a constraint."""
    known = set(among)
    found = {column: target for column, target in _parents(model).items() if target in known}
    for (label, column), target in SOFT.items():
        if label == model._meta.label:
            found[column] = apps.get_model(target)
    return found


@dataclass(frozen=True)
class Original:
    """The rows copies are made of: from the first to the last key of each table."""

    spans: dict[Model, tuple[int, int]]

    @classmethod
    def read(cls, order: list[Model]) -> "Original":
        """As it is now."""
        spans = {}
        for model in order:
            first, last = model._meta.base_manager.aggregate(a=models.Min("pk"), b=models.Max("pk")).values()
            if first is not None:
                spans[model] = (first, last)
        return cls(spans)

    def told(self) -> dict[str, list[int]]:
        """For the event."""
        return {model._meta.label: list(span) for model, span in self.spans.items()}

    @classmethod
    def of(cls, told: dict[str, list[int]]) -> "Original":
        """From the event."""
        return cls({apps.get_model(label): (first, last) for label, (first, last) in told.items()})


def multiply(municipality: Municipality, *, say: Say, full: int = LARGE[0], register: int = LARGE[1]) -> int:
    """Make the copies that are still missing, then the read models; returns how many were made.

    `full` copies of everything, `register` copies of firms, places and what is over. Progress is said for each.
    """
    began, made = time.monotonic(), 0
    order = copied()
    for number in range(1, full + register + 1):
        with db.enter(municipality, reason="demo: multiply"):
            done = {event.payload["copy"]: event.payload for event in Event.objects.filter(kind=event_kinds.MULTIPLIED)}
            if number in done:
                continue
            original = Original.of(done[1]["original"]) if done else Original.read(order)
            staff = done.get(1 + (number - 1) % full, {}).get("offsets", {}) if number > full else {}
            offsets = _copy(order, original, number, staff, register=number > full)
            events.record(
                event_kinds.MULTIPLIED,
                municipality,
                by=None,
                at=clock.now(),
                copy=number,
                original=original.told() if not done else None,
                offsets={model._meta.label: offset for model, offset in offsets.items()},
            )
        made += 1
        say(f"  copy {number} of {full + register} ({time.monotonic() - began:.0f} s)")
    if made:
        with db.as_owner(), connection.cursor() as cursor:
            cursor.execute("analyze")
        with db.enter(municipality, reason="demo"):
            now = clock.now()
        settle(municipality, now)
        say(f"  work lists and board ({time.monotonic() - began:.0f} s)")
    return made


def _copy(
    order: list[Model], original: Original, number: int, staff: dict[str, int], *, register: bool
) -> dict[Model, int]:
    """Insert one copy; returns what the keys of each table were moved by."""
    there = [model for model in order if model in original.spans]
    mine = [model for model in there if not register or model._meta.label not in STAFF]
    offsets = {model: _reserve(model, *original.spans[model]) for model in mine}
    offsets |= {model: staff[model._meta.label] for model in there if model not in offsets}
    _run("create temp table jf_renamed (old text primary key, new text) on commit drop")
    _fill("jf_renamed (old, new)", copies.renamed(number).items())
    for model in mine:
        _choose(model, mine, original, register=register)
    for model in mine:
        _insert(model, there, offsets, number, register=register)
    for model in mine:
        _run(f"drop table jf_chosen_{model._meta.db_table}")
    return offsets


def _reserve(model: Model, first: int, last: int) -> int:
    """Draw as many keys as the original spans, in one piece; returns the distance from old to new."""
    span = last - first + 1
    sequence = f"pg_get_serial_sequence('{model._meta.db_table}', '{model._meta.pk.column}')"
    while True:  # somebody else may draw in between; then the next piece is tried
        with connection.cursor() as cursor:
            cursor.execute(
                f"select min(n), max(n) from (select nextval({sequence}) n from generate_series(1, %s)) drawn", [span]
            )
            low, high = cursor.fetchone()
        if high - low + 1 == span:
            return low - first


def _choose(model: Model, mine: list[Model], original: Original, *, register: bool) -> None:
    """The keys of the rows that are copied: those whose parents are. Without a register copy that is every row."""
    first, last = original.spans[model]
    conditions = [f"b.id between {first} and {last}"]
    for column, target in _references(model, mine).items():
        if target is model:
            continue
        conditions.append(f"(b.{column} is null or b.{column} in (select id from jf_chosen_{target._meta.db_table}))")
    if model is Event:
        conditions.append("(b.citizen_id is not null or b.workplace_id is not null)")
    if model is Citizen and register:
        states = ", ".join(f"'{state}'" for state in OPEN)
        conditions.append(f"b.id not in (select citizen_id from {Case._meta.db_table} where status in ({states}))")
        room = CITIZENS - Citizen.objects.count()
        conditions.append("true" if room > 0 else "false")
    name = f"jf_chosen_{model._meta.db_table}"
    _run(
        f"create temp table {name} on commit drop as"
        f" select b.id from {model._meta.db_table} b where {' and '.join(conditions)}"
    )
    _run(f"create unique index on {name} (id)")
    _run(f"analyze {name}")


def _insert(model: Model, there: list[Model], offsets: Offsets, number: int, *, register: bool) -> None:
    """One INSERT … SELECT: keys moved, own values from their expressions, the rest as it is."""
    label, table = model._meta.label, model._meta.db_table
    references = _references(model, there)
    columns, values = [], []
    for field in model._meta.local_concrete_fields:
        if field.generated or field.column is None:
            continue
        columns.append(f'"{field.column}"')
        expression = copies.COLUMNS.get((label, field.column))
        if field.primary_key:
            values.append(f"b.id + {offsets[model]}")
        elif expression:
            values.append(_filled(expression, offsets, number).replace("{register}", str(register).lower()))
        elif field.column in references:
            values.append(f"b.{field.column} + {offsets[references[field.column]]}")
        elif field.column == "subject_id":
            values.append(_subject(offsets))
        else:
            values.append(f'b."{field.column}"')
    joined = ""
    if model in copies.MADE:
        types, make = copies.MADE[model]
        own = f"jf_made_{table}"
        _run(f"create temp table {own} (id bigint primary key, {types}) on commit drop")
        chosen = model._meta.base_manager.extra(where=[f"{table}.id in (select id from jf_chosen_{table})"])
        _fill(own, make(chosen, number, offsets))
        joined = f" join {own} o on o.id = b.id"
    _run(
        f"insert into {table} ({', '.join(columns)}) select {', '.join(values)}"
        f" from {table} b join jf_chosen_{table} c on c.id = b.id{joined} order by b.id"
    )


def _filled(expression: str, offsets: Offsets, number: int) -> str:
    by_label = {f"off:{model._meta.label}": str(offset) for model, offset in offsets.items()}
    text = expression.replace("{k}", str(number))
    for key, value in by_label.items():
        text = text.replace(f"{{{key}}}", value)
    return text.replace("{{", "{").replace("}}", "}")


def _subject(offsets: Offsets) -> str:
    """What an event, a letter or a decision is about has a key of another table, named in the row."""
    whens = " ".join(
        f"when '{model._meta.label_lower}' then b.subject_id + {offset}" for model, offset in offsets.items()
    )
    return f"case b.subject_type {whens} else b.subject_id end"


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _fill(target: str, rows: Iterable[tuple]) -> None:
    made = list(rows)  # they are read from the same connection
    with connection.cursor() as cursor, cursor.copy(f"copy {target} from stdin") as copy:
        for row in made:
            copy.write_row(row)
