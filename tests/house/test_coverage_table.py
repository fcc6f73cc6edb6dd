"""The coverage table holds, and its checker finds what does not."""

import json
from pathlib import Path

import pytest

from jobformidler.core import coverage

ROOT = Path(__file__).resolve().parents[2]

# As the catalogue states them: 448 statements and 118 questions of the self-assessment.
AREAS = {
    "CIT": 24, "CV": 10, "PLAN": 11, "JF": 22, "CON": 26, "EMP": 51, "PAR": 13, "CEN": 21,
    "SRV": 12, "NET": 10, "JOB": 11, "MAT": 14, "PLC": 28, "HKO": 11, "PROV": 58, "PAY": 9,
    "RULE": 18, "STEER": 22, "STRAT": 14, "COMP": 8, "SELF": 119, "FID": 22, "EVAL": 16, "GOV": 16,
}  # fmt: skip


@pytest.fixture
def project(tmp_path):
    """Return a function that lays out a small project with the given table rows."""

    def build(*rows, ids=("PLC-01", "PLC-02")):
        (tmp_path / "docs").mkdir(exist_ok=True)
        (tmp_path / "tests").mkdir(exist_ok=True)
        (tmp_path / "docs/requirement-ids.txt").write_text(
            "".join(f"{identifier}\tA title\n" for identifier in ids), encoding="utf-8"
        )
        (tmp_path / "docs/coverage.csv").write_text(
            "\n".join(["id,status,where,test,note", *rows]) + "\n", encoding="utf-8"
        )
        (tmp_path / "tests/test_hours.py").write_text(
            "def test_hours_are_kept(): ...\n"
            "async def test_hours_arrive(): ...\n"
            "def helper(): ...\n"
            "class TestLadder:\n"
            "    def test_steps_are_ordered(self): ...\n",
            encoding="utf-8",
        )
        return tmp_path

    return build


def test_the_table_of_this_project_holds():
    assert coverage.problems(ROOT) == []


def test_every_requirement_of_the_catalogue_is_listed():
    counted = {area: sum(counts.values()) for area, counts in coverage.summary(ROOT).areas.items()}
    assert counted == AREAS
    assert coverage.summary(ROOT).total == 566


def test_every_title_is_one_short_line():
    too_long = [r.id for r in coverage.requirements(ROOT) if len(r.title) > coverage.MAX_TITLE]
    assert too_long == []


def test_a_sound_table_has_no_problems(project):
    root = project(
        "PLC-01,done,docs tests,tests/test_hours.py::test_hours_are_kept "
        "tests/test_hours.py::TestLadder::test_steps_are_ordered,",
        "PLC-02,partly,docs,tests/test_hours.py::test_hours_arrive,no screen yet",
    )
    assert coverage.problems(root) == []


def test_a_missing_a_doubled_and_an_unknown_identifier_are_named(project):
    found = coverage.problems(project("PLC-01,open,,,", "PLC-01,open,,,", "PLC-09,open,,,"))
    assert len(found) == 3
    assert any("PLC-01 stands 2 times" in sentence for sentence in found)
    assert any("PLC-02 is missing" in sentence for sentence in found)
    assert any("PLC-09 is not in" in sentence for sentence in found)


def test_the_order_of_the_catalogue_is_kept(project):
    found = coverage.problems(project("PLC-02,open,,,", "PLC-01,open,,,"))
    assert len(found) == 1
    assert "order" in found[0]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("PLC-01,finished,,,", "status 'finished'"),
        ("PLC-01,done,,tests/test_hours.py::test_hours_are_kept,", "'where' is empty"),
        ("PLC-01,done,docs,,", "no test is named"),
        ("PLC-01,partly,docs,,", "does not say what is missing"),
        ("PLC-01,open,src/nowhere.py,,", "'src/nowhere.py' does not exist"),
        ("PLC-01,open,../,,", "'../' does not exist"),
        ("PLC-01,open,,tests/test_nothing.py::test_a,", "is not a test file"),
        ("PLC-01,open,,tests/test_hours.py,", "has no test ''"),
        ("PLC-01,open,,tests/test_hours.py::test_hours_fly,", "has no test 'test_hours_fly'"),
        ("PLC-01,open,,tests/test_hours.py::helper,", "has no test 'helper'"),
        ("PLC-01,open,,tests/test_hours.py::test_steps_are_ordered,", "has no test"),
        ("PLC-01,open,,tests/test_hours.py::test_hours_are_kept[5],", "has no test"),
    ],
)
def test_each_fault_of_a_row_is_one_sentence(project, row, words):
    found = coverage.problems(project(row, "PLC-02,open,,,"))
    assert len(found) == 1
    assert found[0].startswith("PLC-01 (line 2): ")
    assert words in found[0]


def test_the_summary_counts_by_status_and_area(project):
    root = project("PLC-01,done,docs,tests/a.py::test_a,", "CV-01,open,,,", ids=("PLC-01", "CV-01"))
    counted = coverage.summary(root)
    assert counted.counts == {"done": 1, "partly": 0, "open": 1}
    assert counted.areas["CV"] == {"done": 0, "partly": 0, "open": 1}


def test_the_command_answers_machines_with_one_object(project, capsys):
    root = project("PLC-01,done,docs,,", "PLC-02,open,,,")
    assert coverage.main(["--check", "--json", "--root", str(root)]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["total"], answer["done"], answer["open"]) == (2, 1, 1)
    assert answer["problems"] == ["PLC-01 (line 2): done, but no test is named."]


def test_the_command_is_content_with_this_project(capsys):
    assert coverage.main(["--check", "--root", str(ROOT)]) == 0
    assert "The table holds." in capsys.readouterr().out


@pytest.mark.parametrize("content", ["", "id,status\n", "id,status,where,test,note\nPLC-01,open\n"])
def test_a_torn_table_ends_with_one_sentence_and_two(project, capsys, content):
    root = project("PLC-01,open,,,")
    (root / "docs/coverage.csv").write_text(content, encoding="utf-8")
    assert coverage.main(["--root", str(root)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_folder_without_a_table_ends_with_one_sentence_and_two(tmp_path, capsys):
    assert coverage.main(["--root", str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
