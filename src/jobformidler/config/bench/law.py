"""The clock of the law against the bytes it reads, numpy and plain Python, in one run.

Measured is the whole of `jobformidler.law.compute`: columns of spells and approvals in, columns of every event from 2007 to
2026 out. The floor is reading the same columns once with as many threads. Numpy answers the same question for the same
people, plain Python is the very code of the clock without the compiler on the first of them; both answers are compared.
The files of `jobformidler clocks` are measured beside it. Each part runs in a process of its own, so that its peak of
memory is its own.
"""

import json
import os
import subprocess
import sys
from typing import Any

PARTS = "jobformidler.config.bench.law_parts"

PERSONS = 1_000_000
IN_PYTHON = 2_000

# The aims hold for a million people; fewer are measured without them.
AIMS = {"times_numpy": 20, "over_floor": 60, "peak_mb": 500, "slower_per_person": 1.5}


def run(persons: int = PERSONS) -> dict[str, Any]:
    """Measure with so many people and return times in nanoseconds a person. Needs no database; a million take a minute."""
    clock = _child("clock", persons)
    numpy = _child("numpy", persons)
    python = _child("python", min(persons, IN_PYTHON), NUMBA_DISABLE_JIT="1")
    reference = _child("clock", min(persons, IN_PYTHON))
    files = _child("files", persons)
    return {
        "persons": persons,
        "threads": clock["threads"],
        "spells_per_person": clock["spells_per_person"],
        "events_per_person": clock["events_per_person"],
        "bytes_per_person": clock["bytes_per_person"],
        "floor_ns": clock["floor_ns"],
        "clock_ns": clock["clock_ns"],
        "clock_one_thread_ns": clock["one_thread_ns"],
        "numpy_ns": numpy["clock_ns"],
        "python_ns": python["clock_ns"],
        "over_floor": round(clock["clock_ns"] / clock["floor_ns"], 1),
        "times_numpy": round(numpy["clock_ns"] / clock["clock_ns"], 1),
        "times_python": round(python["clock_ns"] / clock["clock_ns"]),
        "small_persons": clock["small_persons"],
        "small_ns": clock["small_ns"],
        "slower_per_person": round(clock["one_thread_ns"] / clock["small_ns"], 2),
        "peak_mb": clock["peak_mb"],
        "same_as_numpy": clock["answer"] == numpy["answer"],
        "same_as_python": reference["answer"] == python["answer"],
        "files_seconds": files["seconds"],
        "files_mb": files["mb"],
        "files_peak_mb": files["peak_mb"],
    }


def missed(result: dict[str, Any]) -> list[str]:
    """The aims the result does not meet, as sentences; answers that differ are always among them."""
    found = [f"law: the clock and {name} differ" for name in ("numpy", "python") if not result[f"same_as_{name}"]]
    if result["persons"] < PERSONS:
        return found
    if result["times_numpy"] < AIMS["times_numpy"]:
        found.append(f"law: {result['times_numpy']} times numpy, aim at least {AIMS['times_numpy']}")
    for name, what in (
        ("over_floor", "times the floor"),
        ("peak_mb", "MB at the peak"),
        ("slower_per_person", "times as slow a person as with 10,000"),
    ):
        if result[name] > AIMS[name]:
            found.append(f"law: {result[name]} {what}, aim at most {AIMS[name]}")
    return found


def lines(result: dict[str, Any]) -> list[str]:
    """The result for a person to read."""
    return [
        f"  {result['persons']:,} people, {result['spells_per_person']} spells and {result['events_per_person']} events each,"
        f" {result['threads']} threads",
        f"  clock  {result['clock_ns']:>12,} ns a person ({result['clock_one_thread_ns']:,} with one thread,"
        f" {result['small_ns']:,} with {result['small_persons']:,} people)",
        f"  floor  {result['floor_ns']:>12,} ns: {result['over_floor']} times as long as reading {result['bytes_per_person']}"
        " bytes a person once",
        f"  numpy  {result['numpy_ns']:>12,} ns: {result['times_numpy']} times as long",
        f"  Python {result['python_ns']:>12,} ns: {result['times_python']:,} times as long",
        f"  memory {result['peak_mb']} MB at the peak, columns in and out",
        f"  files  {result['files_mb']} MB of text answered in {result['files_seconds']} s with {result['files_peak_mb']} MB",
    ]


def _child(part: str, persons: int, **environment: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", PARTS, part, str(persons)],
        env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found
