"""What the measurement compares answers alike, and its aims are said in words."""

import numpy as np

from jobformidler.config.bench import law, law_numpy
from jobformidler.config.bench.law_crowd import HORIZON, crowd
from jobformidler.law import ClockRules, compute, rule_set

RESULT = {
    "persons": 1_000_000, "threads": 2, "spells_per_person": 13.0, "events_per_person": 5.0, "bytes_per_person": 181,
    "floor_ns": 6.0, "clock_ns": 250, "clock_one_thread_ns": 410, "numpy_ns": 11000, "python_ns": 40000, "over_floor": 41.7,
    "times_numpy": 44.0, "times_python": 160, "small_persons": 10_000, "small_ns": 410, "slower_per_person": 1.0,
    "peak_mb": 473, "same_as_numpy": True, "same_as_python": True, "files_seconds": 10.0, "files_mb": 617, "files_peak_mb": 560,
}  # fmt: skip


def test_the_numpy_version_answers_as_the_clock_does():
    spells, approvals = crowd(2_000)
    found = compute(spells, approvals, ClockRules.of(rule_set("fleksjob-2007")), HORIZON)
    columns = [
        found.approval,
        found.event,
        found.date,
        found.cycle,
        found.counted_days,
        found.window_start,
        found.basis,
    ]
    assert np.array_equal(law_numpy.compute(spells, approvals, HORIZON.toordinal()), np.array(columns))


def test_met_aims_say_nothing_and_missed_ones_say_what():
    assert law.missed(RESULT) == []
    slow = RESULT | {"times_numpy": 10.0, "over_floor": 80.0, "same_as_python": False}
    assert law.missed(slow) == [
        "law: the clock and python differ",
        "law: 10.0 times numpy, aim at least 20",
        "law: 80.0 times the floor, aim at most 60",
    ]
    assert law.missed(slow | {"persons": 1000, "same_as_python": True}) == []
    assert any("44.0 times as long" in line for line in law.lines(RESULT))
