"""What `jobformidler bench` says of its measurements. The measuring itself is not tested: it takes ten minutes."""

import argparse
import json

import pytest

from jobformidler.config import bench, cli
from jobformidler.config.bench import ingest, pages


def result(**large) -> dict:
    small = {"queries": 10, "p50_ms": 50.0, "p95_ms": 60.0, "kb": 20}
    return {
        "small": {"case": small},
        "large": {"case": {**small, **large}},
        "ratio": {"case": round(large.get("p50_ms", 50.0) / 50.0, 2)},
        "policies": {"today": {"p50_ms": 22.0, "without_ms": 20.0, "ratio": 1.1}},
    }


@pytest.mark.parametrize(
    ("large", "words"),
    [
        ({}, []),
        ({"queries": 16}, ["16 queries"]),
        ({"p95_ms": 151.0}, ["151.0 ms"]),
        ({"p50_ms": 90.0}, ["1.8 times"]),
    ],
)
def test_a_missed_aim_is_named_with_its_number(large, words):
    missed = pages.missed(result(**large))
    assert len(missed) == len(words)
    assert all(word in line for word, line in zip(words, missed, strict=True))


def test_a_page_that_is_quick_anyway_may_vary():
    quick = result(p50_ms=30.0)
    quick["ratio"]["case"] = 3.0
    assert pages.missed(quick) == []


def test_a_page_of_the_whole_municipality_may_grow_with_it_but_not_beyond_its_time():
    board = {
        size: {"board": {"queries": 12, "p50_ms": ms, "p95_ms": 1.2 * ms, "kb": 60}}
        for size, ms in (("small", 50.0), ("large", 120.0))
    }
    measured = {**board, "ratio": {"board": 2.4}, "policies": {}}
    assert pages.missed(measured) == []
    board["large"]["board"]["p95_ms"] = 160.0
    assert pages.missed(measured) == ["board: 160.0 ms at p95, aim 150"]


def test_the_table_has_a_line_for_each_page():
    assert [line.split()[0] for line in pages.lines(result())] == ["page", "case", "list,", "today"]


def test_a_list_that_row_policies_slow_down_is_named():
    slow = result()
    slow["policies"]["today"]["ratio"] = 1.3
    assert pages.missed(slow) == ["today: 1.3 times as long as without row policies, aim 1.15"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, []),
        ({"ratio": 1.7}, ["1.7 times a bare COPY"]),
        ({"again_changed": 3}, ["3 changed again"]),
        ({"inserted": 9}, ["9 of 10 inserted"]),
    ],
)
def test_an_ingest_that_is_slow_or_not_what_the_file_says_is_named(changed, words):
    measured = {"rows": 10, "inserted": 10, "again_changed": 0, "ratio": 1.2, "ratio_with_clocks": 1.3} | changed
    missed = ingest.missed(measured)
    assert len(missed) == len(words)
    assert all(word in line for word, line in zip(words, missed, strict=True))


def test_results_are_written_and_a_missed_aim_is_told_by_the_exit_code(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(pages, "run", lambda: result(queries=20))
    assert bench.main(argparse.Namespace(names=["pages"], json=False), tmp_path) == 1
    assert json.loads((tmp_path / "pages.json").read_text())["large"]["case"]["queries"] == 20
    assert "20 queries, aim 15" in capsys.readouterr().out


def test_json_is_one_object(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(pages, "run", result)
    assert bench.main(argparse.Namespace(names=["pages"], json=True), tmp_path) == 0
    assert json.loads(capsys.readouterr().out)["missed"] == []


def test_the_help_needs_no_database(capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(["bench", "--help"])
    assert end.value.code == 0
    assert "the ten main pages" in " ".join(capsys.readouterr().out.split())


def test_every_bench_is_there():
    from importlib import import_module

    for name in bench.BENCHES:
        assert callable(import_module(f"jobformidler.config.bench.{name}").run)
