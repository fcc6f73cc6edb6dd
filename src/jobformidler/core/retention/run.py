"""The dry run and the run. One thing at a time, each in its own transaction: a run that is stopped goes on where it was."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.db import DatabaseError, connection

from jobformidler.core import clock, db
from jobformidler.core.actions import ActionError
from jobformidler.core.models import Municipality, RetentionRun
from jobformidler.core.retention.rules import TYPES, Found, cutoff, months


@dataclass(frozen=True)
class Planned:
    """What a run would do about one type of data; nothing, until the municipality has decided the months."""

    name: str
    label: str
    months: int
    decided: bool
    before: dt.date
    found: list[Found]
    held: int

    @property
    def count(self) -> int:
        """How many things."""
        return sum(item.count for item in self.found)


def plan(municipality: Municipality, day: dt.date) -> list[Planned]:
    """What a run on `day` would do, changing nothing. Inside the tenant's context."""
    kept = months(municipality)
    rows = []
    for name, made in TYPES.items():
        number, decided = kept[name]
        before = cutoff(day, number)
        found = list(made.find(before))
        rows.append(Planned(name, str(made.label), number, decided, before, found, made.held(before)))
    return rows


def forget(table: str, ids: list[int]) -> int:
    """Ask the database to forget rows of an append-only table. Only the worker's role may.

    A history table: the rows of these objects go. `core_event`: texts leave the payload. `messaging_letter`: the letters go.
    """
    if not ids:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("select jf_forget(%s, %s)", [table, ids])
        return cursor.fetchone()[0]


def run(
    municipality: Municipality, *, by_id: int | None = None, said: Callable[[str], None] = lambda _line: None
) -> Counter[str]:
    """End everything whose time is up in one municipality. Outside any transaction, as the worker's role.

    A type whose months the municipality has not decided is left alone. What fails is told and left for the next run; it
    does not stop the others. Returns counts by type and table.
    """
    done: Counter[str] = Counter()
    failed = 0
    with db.enter(municipality, reason="retention: begin"):
        started = clock.now()
        log = RetentionRun.objects.create(municipality=municipality, started_at=started, by_id=by_id)
        todo = [row for row in plan(municipality, clock.local_date(started)) if row.decided]
    for row in todo:
        made = TYPES[row.name]
        for item in row.found:
            try:
                with db.enter(municipality, reason=f"retention: {row.name}"):
                    counts = made.end(item, clock.now())
            except (DatabaseError, ActionError) as error:
                failed += 1
                said(f"{row.name} {item.label}: {type(error).__name__}")
                continue
            done.update({f"{row.name}: {what}": number for what, number in counts.items()})
            said(f"{row.name} {item.label}")
    with db.enter(municipality, reason="retention: end"):
        if failed:
            done["failed"] = failed
        log.finished_at, log.counts = clock.now(), dict(done)
        log.error = f"{failed} failed" if failed else ""
        log.save(update_fields=["finished_at", "counts", "error"])
    return done
