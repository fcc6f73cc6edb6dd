"""Which cases a board counts, and whether the viewer may see names behind the numbers (GOV-12)."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, TextField, Value

from jobformidler.accounts.enums import Role
from jobformidler.accounts.viewer import Viewer
from jobformidler.casework.enums import CaseRole
from jobformidler.casework.models import Assignment, Case

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True)
class Filters:
    """What the board is narrowed to.

    `since`: cases that were open at some time from this day on. `unit` and `person` are primary keys; `person` is the
    jobformidler today. `benefit` is a code of the list of benefits.
    """

    since: dt.date
    unit: int | None = None
    benefit: str = ""
    person: int | None = None


@dataclass(frozen=True)
class Scope:
    """The cases a viewer's board counts on a day.

    `names`: the viewer has the case access that lists of people need. Without it only totals are shown, and none under
    `least` (0: every number is shown).
    """

    cases: "QuerySet[Case]"
    day: dt.date
    since: dt.date
    names: bool
    least: int = 0

    @cached_property
    def rows(self) -> dict[str, list[Any]]:
        """Cases with their state, read once: who may see what is worked out one time for all figures of a page."""
        columns = {"cases": "pk", "states": "status"}
        return self.cases.order_by().aggregate(**{name: ArrayAgg(path, default=[]) for name, path in columns.items()})

    @property
    def ids(self) -> list[int]:
        """The cases by primary key."""
        return self.rows["cases"]

    @cached_property
    def known(self) -> frozenset[int]:
        """The cases as a set: rows of a few weeks are faster held against it here than against a list in the database."""
        return frozenset(self.ids)

    def in_states(self, states: Collection[str]) -> list[int]:
        """The cases that are in one of the states now."""
        return [pk for pk, state in zip(self.ids, self.rows["states"], strict=True) if state in states]

    def shown(self, count: int) -> int | None:
        """The count, or None where it is too small to be shown to somebody without case access."""
        return count if count >= self.least else None


def among(path: str, ids: list[int]) -> Func:
    """Condition: the key at `path` is one of `ids`.

    They are sent as one text and unpacked by the database: thousands of parameters, and a comparison with an array that
    is planned element by element, would both take longer than the question itself.
    """
    array = Value(f"{{{','.join(map(str, ids))}}}", output_field=TextField())
    joined = {"template": "%(expressions)s::bigint[]))", "arg_joiner": " in (select unnest("}
    return Func(F(path), array, output_field=BooleanField(), **joined)


def scope_for(viewer: Viewer, filters: Filters) -> Scope:
    """The board of a viewer on the viewer's day.

    A team leader counts and sees the cases of the own relation (a unit, or all units). Management without that role
    has no relation to citizens: it counts every case of the municipality, sees no names and no small numbers.
    Everybody else counts nothing.
    """
    if viewer.has(Role.TEAM_LEADER):
        cases, names = Case.objects.visible_to(viewer), True
    elif viewer.has(Role.MANAGEMENT):
        cases, names = Case.objects.filter(municipality=viewer.municipality), False
    else:
        cases, names = Case.objects.none(), False
    cases = cases.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=filters.since))
    if filters.unit:
        cases = cases.filter(unit=filters.unit)
    if filters.benefit:
        cases = cases.filter(citizen__benefit=filters.benefit)
    if filters.person and names:
        mine = Assignment.objects.active_on(viewer.day).filter(user=filters.person, role=CaseRole.JOBFORMIDLER)
        cases = cases.filter(Exists(mine.filter(case=OuterRef("pk"))))
    return Scope(cases, viewer.day, filters.since, names, 0 if names else viewer.municipality.small_cell)
