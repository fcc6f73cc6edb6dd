"""The parts of measuring the clock, each run in a process of its own: `python -m … PART PERSONS` prints one JSON object."""

import contextlib
import datetime as dt
import hashlib
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from jobformidler.config.bench.memory import peak_mb

MODULE = "jobformidler.config.bench.law_parts"
SMALL = 10_000


def _best(work: Callable[[], object], times: int) -> float:
    """Seconds of the quickest of several runs."""
    best = float("inf")
    for _ in range(times):
        begin = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begin)
    return best


def _clock(persons: int) -> dict[str, Any]:
    """The compiled clock with all threads and with one, and the floor; memory is read before anything else is made."""
    from jobformidler.config.bench.law_crowd import HORIZON, crowd, first_people
    from jobformidler.law import ClockRules, compute, rule_set

    rules = ClockRules.of(rule_set("fleksjob-2007"))
    threads = len(os.sched_getaffinity(0))
    spells, approvals = crowd(persons)
    answer = compute(spells, approvals, rules, HORIZON, threads=0)
    peak = peak_mb()
    found = {
        "threads": threads,
        "spells_per_person": round(len(spells) / persons, 1),
        "events_per_person": round(len(answer) / persons, 1),
        "answer": _fingerprint([answer.approval, answer.event, answer.date, answer.cycle, answer.counted_days,
                                answer.window_start, answer.basis]),
        "peak_mb": peak,
    }  # fmt: skip
    del answer
    runs = 5 if persons >= SMALL else 20
    found["clock_ns"] = _ns(_best(lambda: compute(spells, approvals, rules, HORIZON, threads=0), runs), persons)
    found["one_thread_ns"] = _ns(_best(lambda: compute(spells, approvals, rules, HORIZON), runs), persons)
    few = min(persons, SMALL)
    small = first_people(spells, approvals, few)
    found["small_persons"] = few
    found["small_ns"] = _ns(_best(lambda: compute(*small, rules, HORIZON), 20), few)
    columns: list[npt.NDArray[Any]] = [
        spells.person, spells.kind, spells.start, spells.end, approvals.person, approvals.start, approvals.end,
    ]  # fmt: skip
    size = sum(column.nbytes for column in columns)
    found["bytes_per_person"] = round(size / persons)
    found["floor_ns"] = round(_floor(size, threads) / persons * 1e9, 2)
    return found


def _floor(size: int, threads: int) -> float:
    """Seconds to read so many bytes once, all threads together."""
    from jobformidler.config.bench.law_floor import read

    parts = np.array_split(np.arange(size // 8, dtype=np.uint64), threads)
    with ThreadPoolExecutor(threads) as pool:
        return _best(lambda: list(pool.map(read, parts)), 7)


def _numpy(persons: int) -> dict[str, Any]:
    from jobformidler.config.bench import law_numpy
    from jobformidler.config.bench.law_crowd import HORIZON, crowd

    spells, approvals = crowd(persons)
    answer: list[Any] = []
    seconds = _best(lambda: answer.append(law_numpy.compute(spells, approvals, HORIZON.toordinal())), 1)
    return {"clock_ns": _ns(seconds, persons), "answer": _fingerprint(answer[0])}


def _python(persons: int) -> dict[str, Any]:
    """The clock's own code, not compiled, on lists, which plain Python reads faster than arrays."""
    from jobformidler.config.bench.law_crowd import HORIZON, crowd
    from jobformidler.law import kernel
    from jobformidler.law.months import lengths, span

    spells, approvals = crowd(persons)
    low, high = span(int(approvals.start.min()), HORIZON.toordinal())
    table = lengths((6, 9, 12, 9), (9, 18), low, high)
    params = [0, 0, 0, 0, 1, *(int(n) for n in (table[0].min(), table[3].min(), table[4].max(), table[5].max()))]
    offsets = np.searchsorted(spells.person, np.arange(persons + 1)).tolist()
    columns = [column.tolist() for column in (spells.kind, spells.start, spells.end)]
    approved = [column.tolist() for column in (approvals.person, approvals.start, approvals.end)]
    out = np.empty((7, 20 * persons), np.int32)
    room = [[0] * 64 for _ in range(3)]
    count: list[int] = []

    def answer() -> None:
        count.append(
            kernel.people(
                offsets, *columns, *approved, 0, persons, HORIZON.toordinal(), params, _Table(table), low, *room, out
            )
        )

    seconds = _best(answer, 1)
    return {"clock_ns": _ns(seconds, persons), "answer": _fingerprint(out[:, : count[0]])}


class _Table:
    """The table of months as lists."""

    def __init__(self, table: Any) -> None:
        self.rows = table.tolist()

    def __getitem__(self, place: Any) -> Any:
        return self.rows[place[0]][place[1]] if isinstance(place, tuple) else self.rows[place]


def _files(persons: int) -> dict[str, Any]:
    """`jobformidler clocks` on files of the same people, with identifiers of ten letters and rows in no order."""
    from jobformidler.config import clocks
    from jobformidler.config.bench.law_crowd import HORIZON

    with tempfile.TemporaryDirectory() as folder:
        files = {name: Path(folder) / f"{name}.csv" for name in ("spells", "visitations", "out")}
        subprocess.run(
            [sys.executable, "-m", MODULE, "write", str(persons), str(files["spells"]), str(files["visitations"])],
            check=True,
        )
        size = sum(file.stat().st_size for file in files.values() if file.exists())
        words = [word for name, file in files.items() for word in (f"--{name}", str(file))]
        with contextlib.redirect_stdout(io.StringIO()):
            seconds = _best(lambda: clocks.main([*words, "--horizon", HORIZON.isoformat()]), 1)
    return {"seconds": round(seconds, 1), "mb": round(size / 1e6), "peak_mb": peak_mb()}


def _write(persons: int, spells_file: str, approvals_file: str) -> None:
    import polars as pl

    from jobformidler.config.bench.law_crowd import crowd
    from jobformidler.law import KINDS, OPEN

    spells, approvals = crowd(persons)
    order = np.random.default_rng(3).permutation(len(spells))
    epoch = dt.date(1970, 1, 1).toordinal()
    ids = pl.Series([f"P{number * 7919 % 1_000_000_007:09d}" for number in range(persons)])

    def date(column: Any) -> pl.Series:
        days = pl.Series(column)
        return (days - epoch).set(days == OPEN, None).cast(pl.Date)

    pl.DataFrame(
        {
            "person_id": ids.gather(spells.person[order]),
            "kind": pl.Series(sorted(KINDS, key=lambda name: KINDS[name])).gather(spells.kind[order]),
            "start": date(spells.start[order]),
            "end": date(spells.end[order]),
        }
    ).write_csv(spells_file)
    pl.DataFrame({"person_id": ids, "visited_on": date(approvals.start)}).write_csv(approvals_file)


def _ns(seconds: float, persons: int) -> int:
    return round(seconds / persons * 1e9)


def _fingerprint(columns: Any) -> str:
    """The same text for the same events, whatever the types of their columns."""
    found = hashlib.sha256()
    for column in columns:
        found.update(np.ascontiguousarray(column, dtype=np.int32).tobytes())
    return found.hexdigest()


if __name__ == "__main__":
    _part, _persons = sys.argv[1], int(sys.argv[2])
    if _part == "write":
        _write(_persons, sys.argv[3], sys.argv[4])
    else:
        print(json.dumps({"clock": _clock, "numpy": _numpy, "python": _python, "files": _files}[_part](_persons)))
