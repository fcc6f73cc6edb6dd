"""Right, duty and re-arm of many citizens or one: the door to the compiled clock. Meaning: docs/law.md, RULE-02…07."""

import datetime as dt
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from jobformidler.law.columns import Approval, Approvals, EventRow, Events, Spell, Spells
from jobformidler.law.months import lengths, span
from jobformidler.law.rulesets import RuleError, RuleSet, Value

FAMILY = "fleksjob-clocks"

# Approvals answered by one thread at a time: small enough that memory does not grow with the number of citizens.
_CHUNK = 8_192


@dataclass(frozen=True)
class ClockRules:
    """The parameters of one reading of a fleksjob rule set, checked. Months are calendar months.

    window: "literal" or "rolling" · duty_counting: "continuous" or "accumulated" · rearm_duty: "new_year" or "immediate" ·
    other_benefit: "counts" or "ignored" · gap_days: other days in a row that still leave a run unbroken · alternatives:
    the readings (parameter, value) an explanation compares with.
    """

    rule_set: str
    valid_from: dt.date
    window: str
    gap_days: int
    duty_counting: str
    rearm_duty: str
    other_benefit: str
    right_months: int
    right_window_months: int
    duty_months: int
    rearm_months: int
    rearm_window_months: int
    alternatives: tuple[tuple[str, str | int], ...] = ()

    @classmethod
    def of(cls, rules: RuleSet, given: Mapping[str, object] | None = None, *, municipality: str = "") -> "ClockRules":
        """The set's defaults, the municipality's own values, then what is given. Raises RuleError if not allowed."""
        if rules.family != FAMILY:
            raise RuleError(f"{rules.id} is no set of fleksjob clocks.")
        values: Mapping[str, Value] = rules.values(given, municipality=municipality)
        names = [name for name in cls.__dataclass_fields__ if name not in ("rule_set", "valid_from", "alternatives")]
        if missing := [name for name in names if name not in values]:
            raise RuleError(f"{rules.id} has no parameter {missing[0]}.")
        chosen: dict[str, Any] = {name: values[name] for name in names}
        others = [(name, other) for name in names for other in rules.parameters[name].alternatives]
        return cls(rule_set=rules.id, valid_from=rules.valid_from, alternatives=tuple(others), **chosen)

    def readings(self) -> Iterator[tuple[str, str | int, "ClockRules"]]:
        """Every other reading that differs from this one in a single parameter: (parameter, value, rules)."""
        for name, value in self.alternatives:
            if getattr(self, name) != value:
                yield name, value, replace(self, **{name: value})  # type: ignore[arg-type] # the set has checked them


def compute(spells: Spells, approvals: Approvals, rules: ClockRules, horizon: dt.date, *, threads: int = 1) -> Events:
    """Everything that arises up to and including the horizon, for every approval.

    Open spells run to the horizon, so with a horizon in the future the dates after today are what will arise if nothing
    changes. Rows may come in any order; a citizen without an approval gets nothing. Threads share the work and give the
    same answer; 0 means one for each core this process may use. Raises ValueError for a person's number below 0.
    """
    from jobformidler.law import grouping, kernel  # they load the compiler, which takes half a second

    if not len(approvals):
        return _no_events()
    if min(int(approvals.person.min()), int(spells.person.min(initial=0))) < 0:
        raise ValueError("People are numbered from 0.")
    last = horizon.toordinal()
    people = 1 + max(int(approvals.person.max()), int(spells.person.max(initial=0)))
    offsets = np.empty(people + 1, np.int64)
    most = int(grouping.boundaries(spells.person, spells.start, offsets))
    if most < 0:
        order = np.lexsort((spells.start, spells.person))
        spells = Spells(spells.person[order], spells.kind[order], spells.start[order], spells.end[order])
        most = int(grouping.boundaries(spells.person, spells.start, offsets))
    low, high = span(min(int(approvals.start.min()), last), last)
    months = (rules.right_months, rules.right_window_months, rules.duty_months, rules.rearm_months)
    table = lengths(months, (rules.right_window_months, rules.rearm_window_months), low, high)
    params = np.array(
        [
            rules.gap_days,
            rules.window == "rolling",
            rules.duty_counting == "accumulated",
            rules.rearm_duty == "immediate",
            rules.other_benefit == "counts",
            table[kernel.RIGHT].min(),
            table[kernel.REARM].min(),
            table[kernel.RIGHT_BACK].max(),
            table[kernel.REARM_BACK].max(),
        ],
        np.int64,
    )

    def answer(first: int) -> npt.NDArray[np.int32]:
        stop = min(first + _CHUNK, len(approvals))
        scratch = [np.empty(2 * most + 2, kind) for kind in (np.int32, np.int32, np.uint8)]
        room = 8 * (stop - first) + 16
        while True:
            out = np.empty((7, room), np.int32)
            needed = kernel.people(
                offsets, spells.kind, spells.start, spells.end, approvals.person, approvals.start, approvals.end,
                first, stop, last, params, table, low, *scratch, out,
            )  # fmt: skip
            if needed <= room:
                return out[:, :needed]
            room = needed

    tasks = [partial(answer, first) for first in range(0, len(approvals), _CHUNK)]
    parts = _in_order(tasks, threads or len(os.sched_getaffinity(0)))
    return _collected(parts, len(tasks), rules.valid_from.toordinal())


def timeline(spells: Sequence[Spell], approval: Approval, rules: ClockRules, horizon: dt.date) -> list[EventRow]:
    """The events of one citizen and one approval, as objects with dates. The same code as for a million."""
    columns = Spells.of((0, spell) for spell in spells)
    return compute(columns, Approvals.of([(0, approval)]), rules, horizon).rows()


def _in_order(tasks: Sequence[Callable[[], npt.NDArray[np.int32]]], threads: int) -> Iterator[npt.NDArray[np.int32]]:
    """Results in the order of the tasks, with few of them waiting, so that memory stays bounded."""
    if threads == 1 or len(tasks) == 1:
        for task in tasks:
            yield task()
        return
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[npt.NDArray[np.int32]]] = deque()
        for task in tasks:
            waiting.append(pool.submit(task))
            if len(waiting) > threads + 1:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _collected(parts: Iterable[npt.NDArray[np.int32]], number: int, valid_from: int) -> Events:
    """Put so many parts together, guessing from the first how much room all will take."""
    wide: list[npt.NDArray[np.int32]] = [np.empty(0, np.int32)] * 5  # approval, date, cycle, counted days, window start
    narrow: list[npt.NDArray[np.uint8]] = [np.empty(0, np.uint8)] * 2  # event, basis
    count = 0
    for done, part in enumerate(parts, 1):
        stop = count + part.shape[1]
        if stop > len(wide[0]):
            room = stop + stop // done * (number - done) * 21 // 20 + 1
            wide = [_longer(column, count, room) for column in wide]
            narrow = [_longer(column, count, room) for column in narrow]
        for column, row in zip(wide, (0, 2, 3, 4, 5), strict=True):
            column[count:stop] = part[row]
        for short, row in zip(narrow, (1, 6), strict=True):
            short[count:stop] = part[row]
        count = stop
    wide, narrow = [column[:count] for column in wide], [column[:count] for column in narrow]
    approval, date, cycle, counted, window_start = wide
    event, basis = narrow
    return Events(
        approval=approval, event=event, date=date, effective_date=np.maximum(date, np.int32(valid_from)), cycle=cycle,
        counted_days=counted, window_start=window_start, basis=basis,
    )  # fmt: skip


def _longer(column: npt.NDArray[Any], count: int, room: int) -> npt.NDArray[Any]:
    longer = np.empty(room, column.dtype)
    longer[:count] = column[:count]
    return longer


def _no_events() -> Events:
    return _collected([], 0, 0)
